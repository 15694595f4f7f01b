"""An incident, a search around it, and how its results are ranked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chalicelib import clock
from chalicelib.cameras.model import FoundCamera, Premises, View
from chalicelib.geo.area import Circle
from chalicelib.geo.point import Point
from chalicelib.jurisdictions.addresses import Place
from chalicelib.jurisdictions.tables import Retention

DAY = timedelta(days=1)
NEAR_STEP_M = 50
"""Cameras within the same 50 m count as equally near: their positions are no better than that."""


@dataclass(frozen=True, slots=True)
class Incident:
    """Why somebody may look: a case, a purpose, a place and a window of time."""

    case_number: str
    purpose: str
    reason: str
    place: Place
    radius_m: int
    starts_at: datetime
    ends_at: datetime

    @property
    def circle(self) -> Circle:
        """Return the area to search."""
        return Circle(self.place.point, self.radius_m)


@dataclass(frozen=True, slots=True)
class Result:
    """One camera as an officer sees it before asking anybody: no address, no name."""

    number: int
    camera_id: str
    point: Point
    label: str
    distance_m: float
    bearing: float
    view: View
    faces_scene: bool
    kept_until: datetime
    """The end of the window plus the days the recorder keeps."""
    kept_is_guess: bool
    """The owner did not say how long: the programme's cautious guess, shown as unknown."""
    days_left: float
    gone: bool


@dataclass(frozen=True, slots=True)
class Search:
    """A search that was run and written to the audit log."""

    id: str
    incident: Incident
    officer_id: str
    at: datetime
    results: tuple[Result, ...]
    truncated: bool


def kept_until(view: View, ends_at: datetime, retention: Retention) -> tuple[datetime, bool]:
    """Return until when a recording of the window exists, and whether that is only a guess."""
    if view.days_kept is not None:
        return ends_at + DAY * view.days_kept, False
    business = view.premises is Premises.BUSINESS
    days = retention.business_days_unknown if business else retention.home_days_unknown
    return ends_at + DAY * days, True


def ranked(results: Iterable[Result]) -> tuple[Result, ...]:
    """Put the most promising camera first and number them from 1.

    In this order: recordings that still exist before those that are gone; cameras that face the
    scene before the others; nearer ones by steps of 50 m; within a step the recording that is
    lost first, because it has to be asked for today; then distance and id, so that a ranking is
    always the same.
    """
    ordered = sorted(results, key=_rank)
    return tuple(replace(result, number=number) for number, result in enumerate(ordered, 1))


def _rank(result: Result) -> tuple[bool, bool, int, float, float, str]:
    step = int(result.distance_m // NEAR_STEP_M)
    return (
        result.gone,
        not result.faces_scene,
        step,
        result.days_left,
        result.distance_m,
        result.camera_id,
    )


def result_of(
    found: FoundCamera, label: str, incident: Incident, *, retention: Retention, now: datetime
) -> Result:
    """Turn what the index knows about a camera into a row, not yet numbered."""
    until, guess = kept_until(found.view, incident.ends_at, retention)
    return Result(
        number=0,
        camera_id=found.id,
        point=found.point,
        label=label,
        distance_m=found.distance_m,
        bearing=found.bearing,
        view=found.view,
        faces_scene=found.faces_scene,
        kept_until=until,
        kept_is_guess=guess,
        days_left=(until - now) / DAY,
        gone=until < now,
    )


def incident_as_json(incident: Incident) -> dict[str, object]:
    """Write an incident for a table."""
    return {
        "case_number": incident.case_number,
        "purpose": incident.purpose,
        "reason": incident.reason,
        "latitude": str(incident.place.point.latitude),
        "longitude": str(incident.place.point.longitude),
        "label": incident.place.label,
        "radius_m": incident.radius_m,
        "starts_at": clock.stamp(incident.starts_at),
        "ends_at": clock.stamp(incident.ends_at),
    }


def incident_from_json(stored: Mapping[str, str]) -> Incident:
    """Read back what `incident_as_json` wrote."""
    point = Point(float(stored["latitude"]), float(stored["longitude"]))
    return Incident(
        case_number=stored["case_number"],
        purpose=stored["purpose"],
        reason=stored["reason"],
        place=Place(point, stored["label"]),
        radius_m=int(stored["radius_m"]),
        starts_at=clock.moment(stored["starts_at"]),
        ends_at=clock.moment(stored["ends_at"]),
    )
