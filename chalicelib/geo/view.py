"""What a camera looks at, and how well it would show it."""

import math
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from chalicelib.geo.area import Area
from chalicelib.geo.circle import Circle
from chalicelib.geo.corridor import Corridor
from chalicelib.geo.distance import DEGREE, Earthfixed, earthfixed_at, horizon_at
from chalicelib.geo.line import Piece, foot_of
from chalicelib.geo.regions import Region, refused
from chalicelib.geo.sector import Sector

PIXELS_ACROSS = 1920
"""A camera of full HD, the commonest; nobody is asked how many pixels theirs has."""
FISHEYE_FROM = 110
"""Degrees from which a lens is taken to spread its pixels evenly over the angle."""
ALL_ROUND = 360
STRAIGHT_M = 5e-4
"""An edge of an area is taken for straight if it strays no further from that."""
TOUCH_M = 1e-6
"""Nearer than this is touching: rounding adds up to less."""


class Detail(StrEnum):
    """What a picture is good for, from the pixels it has for a metre of the scene.

    Thresholds 25, 62.5, 125 and 250 pixels a metre: the DORI tiers of IEC EN 62676-4.
    """

    DETECT = "detect"
    OBSERVE = "observe"
    RECOGNISE = "recognise"
    IDENTIFY = "identify"


PIXELS_A_METRE = (
    (Detail.IDENTIFY, 250.0),
    (Detail.RECOGNISE, 125.0),
    (Detail.OBSERVE, 62.5),
    (Detail.DETECT, 25.0),
)


@dataclass(frozen=True, slots=True)
class View:
    """A slice of a disc: `angle` degrees wide round `heading`, out to `reach_m` metres.

    `heading` is a compass direction in degrees; an angle of 360 makes it the whole disc and a
    reach of 0 the camera's own place alone. Raises InvalidInput, naming `heading`, `view_angle`
    or `reach_m`, unless the heading is finite, the angle above 0 and up to 360, and the reach
    finite and not negative.
    """

    heading: float
    angle: float
    reach_m: float

    def __post_init__(self) -> None:
        if not -math.inf < self.heading < math.inf:
            raise refused("heading", "The direction is a number of degrees.")
        if not 0 < self.angle <= ALL_ROUND:
            raise refused("view_angle", "The angle of view is above 0 and up to 360 degrees.")
        if not 0 <= self.reach_m < math.inf:
            raise refused("reach_m", "The reach is a number of metres, zero or more.")

    def sees(self, region: Region, lat: float, lon: float) -> bool:
        """Say whether a camera at this place has any of `region` in view; edges count.

        Decided in the azimuthal equidistant map round the camera, where views are true sectors
        and the ground within some kilometres is true to a millimetre. A circle is in view if its
        middle is within its radius of the sector, a corridor if its route is within its half
        width, an area if the camera stands in it or an edge, a hole's included, meets the sector:
        from a camera in a hole that sees nothing but the hole, the area is out of view.
        """
        match region:
            case Circle():
                return self._sees_circle(region, lat, lon)
            case Corridor():
                return self._sees_corridor(region, lat, lon)
            case Area():
                return region.contains(lat, lon) or self._sees_edge(region, lat, lon)
        raise TypeError(region)

    def detail(self, metres: float) -> Detail | None:
        """Return what can be made out at this distance, None if not even that something is there.

        Pixels a metre = pixels across / width of the view there: 2 d tan(angle / 2) for a flat
        lens, d times the angle in radians for a wide one, which is rough.
        """
        width = metres * _width_at_a_metre(self.angle)
        for detail, pixels in PIXELS_A_METRE:
            if width * pixels <= PIXELS_ACROSS:
                return detail
        return None

    @property
    def _sector(self) -> Sector:
        return Sector(self.angle * DEGREE / 2, self.reach_m)

    def _sees_circle(self, circle: Circle, lat: float, lon: float) -> bool:
        # Most cameras of a search are too far from the scene; a straight line is no longer.
        if math.dist(earthfixed_at(lat, lon), circle.fixed) > self.reach_m + circle.radius_m + 1:
            return False
        eye = horizon_at(lat, lon, self.heading)
        return self._sector.near_spot(eye.seen(circle.fixed), circle.radius_m)

    def _sees_corridor(self, corridor: Corridor, lat: float, lon: float) -> bool:
        eye, sector = horizon_at(lat, lon, self.heading), self._sector
        width = corridor.half_width_m
        return any(
            sector.near_leg(eye.seen(piece.start), eye.seen(piece.at(1.0)), width)
            for piece in corridor.line.near(eye.place, self.reach_m + width)
        )

    def _sees_edge(self, area: Area, lat: float, lon: float) -> bool:
        eye, sector = horizon_at(lat, lon, self.heading), self._sector
        for piece in area.line.near(eye.place, self.reach_m):
            spots = [eye.seen(place) for place in _corners(piece, eye.place, self.reach_m)]
            if any(sector.near_leg(a, b, TOUCH_M) for a, b in pairwise(spots)):
                return True
        return False


def _corners(piece: Piece, eye: Earthfixed, reach_m: float) -> list[Earthfixed]:
    """Return places of the part of a piece that may be in reach; between them it is straight."""
    first, last = 0.0, 1.0
    if piece.stray_m > STRAIGHT_M:
        part = foot_of(piece, eye).part
        # Two places within reach are no further apart than twice that.
        span = 2.1 * reach_m / max(math.hypot(*piece.ahead), TOUCH_M)
        first, last = max(part - span, 0.0), min(part + span, 1.0)
    strays = piece.stray_m * (last - first) ** 2
    count = max(1, math.ceil(math.sqrt(strays / STRAIGHT_M)))
    return [piece.at(first + (last - first) * number / count) for number in range(count + 1)]


def _width_at_a_metre(angle: float) -> float:
    if angle >= FISHEYE_FROM:
        return math.radians(angle)
    return 2 * math.tan(math.radians(angle / 2))
