"""The page of a search: the list, its map, and in words what was looked for."""

from collections.abc import Mapping
from dataclasses import dataclass

from chalice.app import Response

from chalicelib import jurisdictions
from chalicelib.geo import Circle, Corridor
from chalicelib.incidents import Fewest, Incident, Search, camera_minutes
from chalicelib.jurisdictions import Jurisdiction
from chalicelib.web.officer_cameras import map_data, row_of
from chalicelib.web.officer_html import counted, officer_page
from chalicelib.web.officer_shapes import Shape, shape_of

CHOOSE = "Choose whom to ask"
NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True)
class Said:
    """What a search looked for, and what to do if it found too little or too much."""

    within: str
    window: str
    nobody: str
    advice: str
    fewer: str
    route: bool


def results(
    found: Search,
    errors: Mapping[str, str] | None = None,
    *,
    ticked: frozenset[str] = frozenset(),
    fewest: str = "",
    status: int = 200,
) -> Response:
    """Answer with the list and its map; boxes of `ticked` cameras are ticked."""
    jurisdiction = jurisdictions.current()
    chosen = [result for result in found.shown if result.camera_id in ticked]
    return officer_page(
        "results.html",
        here="search",
        status=status,
        search=found,
        said=said(found.incident, jurisdiction),
        purpose=purpose_words(found.incident, jurisdiction),
        rows=[row_of(result, found.incident, jurisdiction) for result in found.results],
        uncertain=[row_of(result, found.incident, jurisdiction) for result in found.uncertain],
        minutes=minute_words(camera_minutes(found.results)),
        ticked=ticked,
        choose=CHOOSE,
        ticked_words=ticked_words(len(chosen), camera_minutes(chosen)),
        fewest=fewest,
        map_data=map_data(found, jurisdiction),
        errors=errors or {},
    )


def said(incident: Incident, jurisdiction: Jurisdiction) -> Said:
    shape, camera = shape_of(incident.region), jurisdiction.words["camera"]
    seeing = f"No registered {camera} could see it"
    return Said(
        within=within_words(incident, jurisdiction),
        window=window_words(incident, jurisdiction),
        nobody=seeing
        if incident.only_seeing
        else f"No registered {jurisdiction.words['cameras']} here",
        advice=advice_of(incident, jurisdiction),
        fewer=FEWER[shape],
        route=shape is Shape.ROUTE,
    )


FEWER = {
    Shape.CIRCLE: "choose a smaller distance, or only those that could see it,",
    Shape.AREA: "draw a smaller area, or ask only for those that could see it,",
    Shape.ROUTE: "choose a narrower strip or a shorter route",
}
LARGER = {
    Shape.CIRCLE: "Choose a larger distance with “Edit search”.",
    Shape.AREA: "Draw the area larger with “Edit search”.",
    Shape.ROUTE: "Look further to either side with “Edit search”, or along another way.",
}


def advice_of(incident: Incident, jurisdiction: Jurisdiction) -> str:
    """Say what nobody has done, and what may find somebody."""
    shape, cameras = shape_of(incident.region), jurisdiction.words["cameras"]
    if incident.only_seeing:
        return (
            f"Untick “Only {cameras} that could see it” with “Edit search” to find those nearby: "
            "somebody may have walked or driven past one."
        )
    return f"None is known to stand {within_words(incident, jurisdiction)}. {LARGER[shape]}"


def within_words(incident: Incident, jurisdiction: Jurisdiction) -> str:
    """Say the region's size: within 500 ft, inside the area, within 200 ft of a route of 1 mile."""
    match incident.region:
        case Circle(radius_m=radius_m):
            return f"within {whole(radius_m, jurisdiction)}"
        case Corridor(half_width_m=half_width_m) as route:
            near, far = (whole(metres, jurisdiction) for metres in (half_width_m, route.length_m))
            return f"within {near} of a route of {far}"
    return "inside the area drawn"


def whole(metres: float, jurisdiction: Jurisdiction) -> str:
    """Say a distance that no line break takes apart."""
    return jurisdiction.distance_words(metres).replace(" ", NO_BREAK)


def window_words(incident: Incident, jurisdiction: Jurisdiction) -> str:
    """Say the window; of an escape the start and the speeds, for each camera has its own."""
    travel = incident.travel
    if travel is None:
        return jurisdiction.window_words(incident.starts_at, incident.ends_at, clock=24)
    slowest, fastest = map(jurisdiction.speed_words, (travel.slowest_mps, travel.fastest_mps))
    left = jurisdiction.moment_words(incident.starts_at, clock=24)
    return f"left {left}, at {slowest.removesuffix(jurisdiction.speeds)}to {fastest}"


def fewest_words(chosen: Fewest, jurisdiction: Jurisdiction) -> str:
    """Say whom the fewest homes are, and how much of the route they leave unseen."""
    covered, coverable = (
        whole(metres, jurisdiction) for metres in (chosen.covered_m, chosen.coverable_m)
    )
    asked = ", ".join(
        (
            counted(chosen.homes, "home"),
            counted(len(chosen.camera_ids), jurisdiction.words["camera"]),
            minute_words(chosen.camera_minutes),
        )
    )
    verb = "cover" if chosen.homes != 1 else "covers"
    part = f"all {covered}" if covered == coverable else f"{covered} of the {coverable}"
    seen = f"that any registered {jurisdiction.words['camera']} could see"
    return (
        f"{asked} {verb} {part} {seen}. The whole route is {whole(chosen.length_m, jurisdiction)}."
    )


def ticked_words(cameras: int, minutes: int) -> str:
    return f"{cameras} selected, {minute_words(minutes)}" if cameras else CHOOSE


def minute_words(minutes: int) -> str:
    return counted(minutes, "camera-minute")


def purpose_words(incident: Incident, jurisdiction: Jurisdiction) -> str:
    """Say the purpose as the programme words it."""
    purpose = jurisdiction.purpose(incident.purpose)
    return purpose.label if purpose else incident.purpose
