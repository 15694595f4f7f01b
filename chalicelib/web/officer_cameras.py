"""Cameras as officers read them: a number, a place in words, a few facts, at most two tags."""

import math
from dataclasses import dataclass
from datetime import datetime

from chalicelib.cameras import Camera, as_found
from chalicelib.geo import Area, Circle, Corridor, Position, Region
from chalicelib.incidents import Incident, Result, Search, camera_minutes
from chalicelib.incidents.results import result_of
from chalicelib.jurisdictions import Jurisdiction
from chalicelib.web import html
from chalicelib.web.officer_html import Tag, counted
from chalicelib.web.officer_shapes import Shape, shape_of

WINDS = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")
HERE_M = 0.5
"""Nearer than this a direction means nothing."""
URGENT_DAYS = 5
"""A recording with fewer days left than this is marked: owners need some of them."""
MAP_VIEW_ANGLE = 90
FACES = {Shape.CIRCLE: "Faces scene", Shape.AREA: "Faces area", Shape.ROUTE: "Faces route"}
DETAILS = {
    "detect": "detect",
    "observe": "observe",
    "recognise": "{recognize}",
    "identify": "identify",
}
GROUND = {
    "geojson": ("/map/base.geojson", "/map/buildings.geojson"),
    "outline": ("/map/outline.geojson",),
}
"""What is drawn for each kind of map; the others bring their own ground."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list."""

    number: int
    camera_id: str
    label: str
    window: str
    """When it is asked about, if each camera has its own time."""
    facts: tuple[str, ...]
    doubt: str
    """Why it may not belong here at all."""
    tags: tuple[Tag, ...]
    minutes: int
    gone: bool


def row_of(result: Result, incident: Incident, jurisdiction: Jurisdiction) -> Row:
    return Row(
        number=result.number,
        camera_id=result.camera_id,
        label=name_of(result),
        window=own_window(result, jurisdiction) if incident.travel else "",
        facts=facts_of(result, incident, jurisdiction),
        doubt=doubt_of(result, incident),
        tags=tags_of(result, incident, jurisdiction),
        minutes=camera_minutes([result]),
        gone=result.gone,
    )


def name_of(result: Result) -> str:
    """Begin with a capital: a label may also stand within a sentence."""
    return result.label[:1].upper() + result.label[1:]


def own_window(result: Result, jurisdiction: Jurisdiction) -> str:
    """Say a camera's own time: 22:04 to 22:11."""
    ends = (result.starts_at, result.ends_at)
    return " to ".join(jurisdiction.time_words(moment, clock=24) for moment in ends)


def facts_of(result: Result, incident: Incident, jurisdiction: Jurisdiction) -> tuple[str, ...]:
    """Say kind, kind of premises, distance, and how long the recorder keeps."""
    view, words = result.view, jurisdiction.words
    kind = jurisdiction.kind_words(view.kind, short=True)
    facts = [kind] if kind else []
    if view.premises == "business":
        facts.append(words["premises_short_business"])
    if result.certainty != "uncertain":
        facts.extend(distances_of(result, incident, jurisdiction))
    if view.days_kept is not None:
        facts.append(f"keeps {counted(view.days_kept, 'day')}")
    return tuple(facts)


def distances_of(result: Result, incident: Incident, jurisdiction: Jurisdiction) -> list[str]:
    """Say how far off it is, unless its name does, and how far along a route."""
    distance = jurisdiction.distance_words(result.distance_m)
    if isinstance(incident.region, Area):
        return [f"{distance} outside"] if result.distance_m else []
    wind = WINDS[round(result.bearing / 45) % len(WINDS)]
    off = [] if distance in result.label or result.distance_m < HERE_M else [f"{distance} {wind}"]
    if result.along_m is None:
        return off
    along = f"{jurisdiction.distance_words(result.along_m)} along"
    return off if along in result.label else [along, *off]


def doubt_of(result: Result, incident: Incident) -> str:
    """Say in words that it is only possible."""
    if result.certainty != "possible":
        return ""
    if not incident.only_seeing:
        return "Possible: it may stand just outside"
    if result.faces:
        return "Possible: it may stand just too far off"
    return "Possible: nobody has said which way it looks"


def tags_of(result: Result, incident: Incident, jurisdiction: Jurisdiction) -> tuple[Tag, ...]:
    """Return what decides whom to ask first."""
    faces = (Tag("green", faces_words(result, incident, jurisdiction)),) if result.faces else ()
    return (*faces, *recording_tag(result, jurisdiction))


def faces_words(result: Result, incident: Incident, jurisdiction: Jurisdiction) -> str:
    """Say that it looks there, and what for that is good enough."""
    faces = FACES[shape_of(incident.region)]
    if result.detail is None:
        return faces
    return f"{faces} · {DETAILS[result.detail].format_map(jurisdiction.words)}"


def recording_tag(result: Result, jurisdiction: Jurisdiction) -> tuple[Tag, ...]:
    """Say in what way the recording is in doubt, if it is; not where nobody is asked for it."""
    if result.gone:
        return (Tag("grey", "Likely gone"),)
    if result.overwritten_is_guess and jurisdiction.fields == "full":
        return (Tag("yellow", "Retention unknown"),)
    if result.days_left < URGENT_DAYS:
        return (Tag("red", days_left_words(result.days_left)),)
    return ()


def days_left_words(days: float) -> str:
    """Say how long is left, rounded down: nobody should count on hours that may be gone."""
    whole = math.floor(days)
    return f"{counted(whole, 'day')} left" if whole >= 1 else "Last day"


def result_for(
    camera: Camera, incident: Incident, *, jurisdiction: Jurisdiction, now: datetime
) -> Result:
    """Look at a camera that was asked about as the search showed it."""
    found = as_found(
        camera, incident.region, scene=incident.scene, only_seeing=incident.only_seeing
    )
    return result_of(found, incident, jurisdiction, now)


def map_data(search: Search, jurisdiction: Jurisdiction) -> dict[str, object]:
    """Return what the map draws: the list but for what has no sure place, nothing around it."""
    return {
        **ground(jurisdiction),
        "region": region_data(search.incident.region),
        "cameras": [pin(result) for result in search.results],
    }


def region_data(region: Region) -> dict[str, object]:
    """Return a region for the map, which writes latitude first."""
    match region:
        case Area():
            return {"kind": "area", "rings": [turned(ring) for ring in region.rings]}
        case Corridor():
            line = turned(region.points)
            return {"kind": "route", "line": line, "half_width": region.half_width_m}
        case Circle():
            centre = [region.lat, region.lon]
            return {"kind": "circle", "centre": centre, "radius": region.radius_m}
    raise TypeError(region)


def turned(positions: tuple[Position, ...]) -> list[list[float]]:
    return [[latitude, longitude] for longitude, latitude in positions]


def ground(jurisdiction: Jurisdiction) -> dict[str, object]:
    """Return where the map's ground comes from, always ourselves, and how much may be drawn."""
    chosen, limits = jurisdiction.map, jurisdiction.limits
    return {
        "centre": [chosen.centre.latitude, chosen.centre.longitude],
        "zoom": chosen.zoom,
        "units": jurisdiction.units,
        "attribution": chosen.attribution,
        "ground": [html.url(address) for address in GROUND.get(chosen.provider, ())],
        "tiles": chosen.base_url if chosen.provider == "xyz" else "",
        "area_max_m2": limits.area_max_m2,
        "route_max_m": limits.route_max_m,
    }


def pin(result: Result) -> dict[str, object]:
    """Return one camera for the map."""
    view = result.view
    sees = MAP_VIEW_ANGLE if view.view_angle is None else view.view_angle
    return {
        "number": result.number,
        "at": [round(result.point.latitude, 6), round(result.point.longitude, 6)],
        "label": name_of(result),
        "heading": view.heading,
        "angle": sees,
        "reach": view.reach_m,
        "gone": result.gone,
    }
