"""An incident, a search around it, and how its results are ranked."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple, Protocol

from chalicelib import clock
from chalicelib.cameras.model import Certainty, IndexedView, Premises
from chalicelib.errors import InvalidInput
from chalicelib.geo import Circle, Corridor, Detail, Point, Region
from chalicelib.incidents.geojson import region_as_json, region_from_json
from chalicelib.jurisdictions.addresses import Place
from chalicelib.jurisdictions.tables import Retention

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
NEAR_STEP_M = 50
"""Cameras within the same 50 m count as equally near: their positions are no better than that."""
SCENE_RADIUS_M = 10.0
"""How far round its centre something at the scene of a circle may have happened."""
ROUTE_SIDE_M = 5.0
"""How far to either side of its line somebody on a route may have been: a road's width."""
SPEED_LEAST_MPS, SPEED_MOST_MPS = 0.3, 70.0
SPEED_WRONG = "Enter a speed from 1 to 150 mph (2 to 240 km/h)."


class Window(NamedTuple):
    """A stretch of time that recordings are asked for."""

    starts_at: datetime
    ends_at: datetime


class Timed(Protocol):
    """Anything with a window of its own."""

    @property
    def starts_at(self) -> datetime: ...

    @property
    def ends_at(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class Travel:
    """An escape along a route: they set off from its first place when the incident starts.

    Metres a second. Raises InvalidInput naming `slowest` or `fastest` unless both are speeds a
    person or a car can have, the fastest at least the slowest.
    """

    slowest_mps: float
    fastest_mps: float

    def __post_init__(self) -> None:
        speeds = {"slowest": self.slowest_mps, "fastest": self.fastest_mps}
        wrong = {
            name: SPEED_WRONG
            for name, speed in speeds.items()
            if not (math.isfinite(speed) and SPEED_LEAST_MPS <= speed <= SPEED_MOST_MPS)
        }
        if not wrong and self.fastest_mps < self.slowest_mps:
            wrong["fastest"] = "The fastest speed must be at least the slowest."
        if wrong:
            raise InvalidInput(fields=wrong)


@dataclass(frozen=True, slots=True)
class Incident:
    """Why somebody may look: a case, a purpose, a region and a window of time.

    `place` is the region's middle with the name that officers and owners read. With `travel` the
    window is from setting off to arriving at the slowest, and each camera has a part of it.
    """

    case_number: str
    purpose: str
    reason: str
    place: Place
    region: Region
    starts_at: datetime
    ends_at: datetime
    only_seeing: bool = False
    """Look for cameras that see the scene, wherever they stand, not for those in the region."""
    travel: Travel | None = None

    @property
    def scene(self) -> Region:
        """Return where it happened, which is what a camera must see: less than is searched."""
        match self.region:
            case Circle(lat, lon):
                return Circle(lat, lon, SCENE_RADIUS_M)
            case Corridor(points):
                return Corridor(points, ROUTE_SIDE_M)
        return self.region


@dataclass(frozen=True, slots=True)
class Result:
    """One camera as an officer sees it before asking anybody: no address, no name."""

    number: int
    camera_id: str
    point: Point
    label: str
    distance_m: float
    bearing: float
    view: IndexedView
    faces: bool
    """It looks at the scene and is near enough to see it."""
    detail: Detail | None
    """What it would show of the scene; None if it does not face it or only as a speck."""
    certainty: Certainty
    starts_at: datetime
    """Its own window: with travel, when they can have passed it."""
    ends_at: datetime
    along_m: float | None
    """How far along the route it is; None without a route."""
    overwritten_at: datetime
    """The end of its window plus the days the recorder keeps."""
    overwritten_is_guess: bool
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
    uncertain: tuple[Result, ...]
    """Cameras that may be anywhere near: their place is known to a postcode or town only."""
    truncated: bool

    @property
    def shown(self) -> tuple[Result, ...]:
        """Return everything the officer gets to see, as numbered."""
        return (*self.results, *self.uncertain)


@dataclass(frozen=True, slots=True)
class Fewest:
    """The cameras that leave no stretch of a route unseen and bother the fewest homes."""

    camera_ids: tuple[str, ...]
    homes: int
    camera_minutes: int
    covered_m: float
    coverable_m: float
    """How much of the route the search's cameras can see, or may see."""
    length_m: float


def camera_minutes(windows: Iterable[Timed]) -> int:
    """Return how many minutes of recordings that is, each camera's own counted in full."""
    return sum(math.ceil((one.ends_at - one.starts_at) / MINUTE) for one in windows)


def overwritten(
    view: IndexedView, ends_at: datetime, retention: Retention
) -> tuple[datetime, bool]:
    """Return when a window's recording is overwritten, and whether that is only a guess."""
    if view.days_kept is not None:
        return ends_at + DAY * view.days_kept, False
    business = view.premises is Premises.BUSINESS
    days = retention.business_days_unknown if business else retention.home_days_unknown
    return ends_at + DAY * days, True


def ranked(results: Iterable[Result], *, after: int = 0) -> tuple[Result, ...]:
    """Put the most promising camera first and number them, the first `after` + 1.

    In this order: recordings that still exist before those that are gone; cameras that face the
    scene before the others; nearer ones by steps of 50 m; within a step the recording that is
    lost first, because it has to be asked for today; then distance and id, so that a ranking is
    always the same.
    """
    ordered = sorted(results, key=_rank)
    return tuple(replace(one, number=number) for number, one in enumerate(ordered, after + 1))


def _rank(result: Result) -> tuple[bool, bool, int, float, float, str]:
    step = int(result.distance_m // NEAR_STEP_M)
    return (
        result.gone,
        not result.faces,
        step,
        result.days_left,
        result.distance_m,
        result.camera_id,
    )


def incident_as_json(incident: Incident) -> dict[str, Any]:
    """Write an incident for a table."""
    travel = incident.travel
    return {
        "case_number": incident.case_number,
        "purpose": incident.purpose,
        "reason": incident.reason,
        "label": incident.place.label,
        "place": [incident.place.point.longitude, incident.place.point.latitude],
        "region": region_as_json(incident.region),
        "starts_at": clock.stamp(incident.starts_at),
        "ends_at": clock.stamp(incident.ends_at),
        "only_seeing": incident.only_seeing,
        "travel": [travel.slowest_mps, travel.fastest_mps] if travel else None,
    }


def incident_from_json(stored: Mapping[str, Any]) -> Incident:
    """Read back what `incident_as_json` wrote."""
    longitude, latitude = stored["place"]
    return Incident(
        case_number=stored["case_number"],
        purpose=stored["purpose"],
        reason=stored["reason"],
        place=Place(Point(latitude, longitude), stored["label"]),
        region=region_from_json(stored["region"]),
        starts_at=clock.moment(stored["starts_at"]),
        ends_at=clock.moment(stored["ends_at"]),
        only_seeing=stored["only_seeing"],
        travel=Travel(*stored["travel"]) if stored["travel"] else None,
    )
