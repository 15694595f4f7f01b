"""A camera, what its owner says about it, and the six bytes of it that a search reads."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

from chalicelib.cameras.clocks import ClockCheck
from chalicelib.cameras.retention import DaysFrom
from chalicelib.errors import InvalidInput
from chalicelib.geo import Detail, Point, View
from chalicelib.language import say

REACH_MAX_M = 250
POINT_ACCURACY_MAX_M = 100
"""A place known no better is kept apart from the points: thousands would share one spot."""
ACCURACY_MAX_M = 5200
"""How far off the middle of a postcode or a small town may be."""
DAYS_KEPT_MAX = 500
TEXT_MAX = 200

REACH_USUAL_M = 60
"""Taken for a camera whose owner does not know how far it sees."""
VIEW_ANGLE_USUAL = 90
"""Taken for a camera whose owner knows its direction only."""


class Kind(StrEnum):
    """What a camera is. The order is part of the index format: add at the end only."""

    DOORBELL = "doorbell"
    FIXED = "fixed"
    FLOODLIGHT = "floodlight"
    DOME = "dome"
    INDOOR = "indoor"
    DASH = "dash"
    OTHER = "other"


class Premises(StrEnum):
    """Where a camera hangs. The order is part of the index format: add at the end only."""

    HOME = "home"
    BUSINESS = "business"


@dataclass(frozen=True, slots=True)
class IndexedView:
    """What an index entry says of a camera besides its place; None is unknown."""

    heading: int | None
    view_angle: int | None
    reach_m: int | None
    accuracy_m: int
    kind: Kind
    premises: Premises
    days_kept: int | None

    @property
    def reaches_m(self) -> int:
        """Return how far it sees, as far as that is known."""
        return REACH_USUAL_M if self.reach_m is None else self.reach_m

    @property
    def sight(self) -> View | None:
        """Return what it looks at; None if it does not see all round and nobody said whither."""
        angle = VIEW_ANGLE_USUAL if self.view_angle is None else self.view_angle
        if self.heading is None and angle < 360:  # noqa: PLR2004 - all round
            return None
        return View(self.heading or 0, angle, self.reaches_m)


@dataclass(frozen=True, slots=True)
class CameraDetails:
    """What a form says of a camera. Raises InvalidInput naming each field that cannot be."""

    point: Point
    address: str | None = None
    label: str | None = None
    kind: Kind = Kind.OTHER
    premises: Premises = Premises.HOME
    heading: int | None = None
    view_angle: int | None = None
    reach_m: int | None = None
    accuracy_m: int = 10
    days_kept: int | None = None
    """For how many days a recording is kept for sure; the least of an estimate."""
    days_most: int | None = None
    """For how many days it may be kept; None if `days_kept` is all that is known."""
    days_from: DaysFrom | None = None
    clock: ClockCheck | None = None

    def __post_init__(self) -> None:
        """Refuse what the index entry could not hold."""
        wrong = {
            name: say("Enter a whole number from %(least)s to %(most)s", least=least, most=most)
            for name, least, most in RANGES
            if not _fits(getattr(self, name), least, most)
        }
        wrong |= {
            name: say("Use at most %(most)s characters", most=TEXT_MAX)
            for name in ("address", "label")
            if len(getattr(self, name) or "") > TEXT_MAX
        }
        if wrong:
            raise InvalidInput(fields=wrong)


RANGES = (
    ("heading", 0, 359),
    ("view_angle", 1, 360),
    ("reach_m", 0, REACH_MAX_M),
    ("accuracy_m", 0, ACCURACY_MAX_M),
    ("days_kept", 0, DAYS_KEPT_MAX),
    ("days_most", 0, DAYS_KEPT_MAX),
)
"""Smallest and largest whole number of each field."""


def _fits(value: int | None, least: int, most: int) -> bool:
    return value is None or least <= value <= most


@dataclass(frozen=True, slots=True)
class Camera:
    """A registered camera. `visible` says whether a search may find it."""

    id: str
    registration_id: str
    point: Point
    address: str | None
    label: str | None
    kind: Kind
    premises: Premises
    heading: int | None
    view_angle: int | None
    reach_m: int | None
    accuracy_m: int
    days_kept: int | None
    days_most: int | None
    days_from: DaysFrom | None
    clock: ClockCheck | None
    version: int
    created_at: datetime
    visible: bool

    @property
    def is_point(self) -> bool:
        """Say whether its place is known well enough to stand among the points of the index."""
        return self.accuracy_m <= POINT_ACCURACY_MAX_M

    @property
    def details(self) -> CameraDetails:
        """Return what a form would have to say to get this camera."""
        return CameraDetails(
            point=self.point,
            address=self.address,
            label=self.label,
            kind=self.kind,
            premises=self.premises,
            heading=self.heading,
            view_angle=self.view_angle,
            reach_m=self.reach_m,
            accuracy_m=self.accuracy_m,
            days_kept=self.days_kept,
            days_most=self.days_most,
            days_from=self.days_from,
            clock=self.clock,
        )


Certainty = Literal["definite", "possible", "uncertain"]
"""Definite: it is where the search asked, however far off its place may be. Possible: it may be.
Uncertain: its place is only known to more than 100 m, and it may be."""


@dataclass(frozen=True, slots=True)
class FoundCamera:
    """A camera as a search shows it: from the index alone, so without address or owner."""

    id: str
    point: Point
    distance_m: float
    """From the centre of a circle, the line of a route, the edge of an area (0 inside)."""
    bearing: float
    """Direction to the camera from the middle of the region, or from the route where nearest."""
    view: IndexedView
    certainty: Certainty
    faces: bool
    """Whether it looks at the scene and reaches it."""
    detail: Detail | None
    """What it would show at the distance of the scene, if it faces it."""


@dataclass(frozen=True, slots=True)
class Found:
    """The nearest cameras of a lookup, and what the lookup cost."""

    cameras: tuple[FoundCamera, ...]
    uncertain: tuple[FoundCamera, ...]
    """At most a hundred whose place is only known to more than 100 m."""
    requests: int
    entries_read: int
    capacity_units: float
    truncated: bool
    """Whether there are more than `cameras` holds; `total` says how many."""
    total: int
