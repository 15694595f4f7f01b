"""From cameras as the index knows them to rows an officer can choose from."""

from dataclasses import replace
from datetime import datetime

from chalicelib.cameras.model import FoundCamera
from chalicelib.geo import Area, Corridor, Point, distance_m
from chalicelib.incidents.model import DAY, Incident, Result, overwritten
from chalicelib.incidents.windows import window_of
from chalicelib.jurisdictions import addresses
from chalicelib.jurisdictions.model import Jurisdiction

ADDRESS_WITHIN_M = 30
AT_THE_SCENE_M = 5
WINDS = ("n", "ne", "e", "se", "s", "sw", "w", "nw")


def result_of(
    found: FoundCamera, incident: Incident, jurisdiction: Jurisdiction, now: datetime
) -> Result:
    """Turn what the index knows about a camera into a row, not yet ranked or numbered."""
    return named(unnamed(found, incident, jurisdiction, now), incident, jurisdiction)


def unnamed(
    found: FoundCamera, incident: Incident, jurisdiction: Jurisdiction, now: datetime
) -> Result:
    """Return a row without its label, which takes longest: only what is shown needs one."""
    window = window_of(incident, found.point, found.view, clock_doubt=jurisdiction.clock_doubt)
    until, guess = overwritten(found.view, window.ends_at, jurisdiction.retention)
    return Result(
        number=0,
        camera_id=found.id,
        point=found.point,
        label="",
        distance_m=found.distance_m,
        bearing=found.bearing,
        view=found.view,
        faces=found.faces,
        detail=found.detail,
        certainty=found.certainty,
        starts_at=window.starts_at,
        ends_at=window.ends_at,
        along_m=_along(found.point, incident),
        overwritten_at=until,
        overwritten_is_guess=guess,
        days_left=(until - now) / DAY,
        gone=until < now,
    )


def named(result: Result, incident: Incident, jurisdiction: Jurisdiction) -> Result:
    """Return the row with its label."""
    return replace(result, label=label_of(result, incident, jurisdiction))


def label_of(result: Result, incident: Incident, jurisdiction: Jurisdiction) -> str:
    """Name a camera by the nearest public address, else by where it is from the scene."""
    if result.certainty == "uncertain":
        return f"known only to within {jurisdiction.distance_words(result.view.accuracy_m)}"
    address = addresses.nearest(result.point, jurisdiction, ADDRESS_WITHIN_M)
    if address is not None:
        return address.line
    return _direction(result, incident, jurisdiction)


def _direction(result: Result, incident: Incident, jurisdiction: Jurisdiction) -> str:
    metres, scene = result.distance_m, "the scene"
    if isinstance(incident.region, Area):
        # Inside, the distance to the area is 0 for all: only the middle tells them apart.
        metres, scene = distance_m(incident.region.middle, result.point), "the middle of the area"
    if result.along_m is not None:
        scene = f"the route, {jurisdiction.distance_words(result.along_m)} along"
    if metres < AT_THE_SCENE_M:
        return f"at {scene}"
    wind = jurisdiction.words["compass_" + WINDS[round(result.bearing / 45) % len(WINDS)]]
    return f"{jurisdiction.distance_words(metres)} {wind} of {scene}"


def _along(point: Point, incident: Incident) -> float | None:
    if not isinstance(incident.region, Corridor):
        return None
    return incident.region.nearest(point.latitude, point.longitude).along_m
