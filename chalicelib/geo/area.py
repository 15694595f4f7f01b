"""Shapes that say whether they cover a place. An edge belongs to its shape."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from chalicelib.errors import InvalidInput
from chalicelib.geo.distance import distance_m
from chalicelib.geo.point import Point

CORNERS_LEAST = 4
"""Positions in the smallest closed ring, the first repeated as the last (RFC 7946, 3.1.6)."""
DOUBTFUL = 1e-9
"""Square degrees below which rounding could turn the sign of a side; decided exactly instead."""


@dataclass(frozen=True, slots=True)
class Circle:
    """Everything within `radius_m` metres of `centre` along the surface of WGS84.

    Raises InvalidInput unless the radius is finite and above zero.
    """

    centre: Point
    radius_m: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.radius_m) and self.radius_m > 0):
            raise InvalidInput(fields={"radius": "The radius is a distance above zero."})

    def covers(self, point: Point) -> bool:
        return distance_m(self.centre, point) <= self.radius_m


class Bounds(NamedTuple):
    """The smallest box of latitudes and longitudes round a shape, in degrees."""

    south: float
    west: float
    north: float
    east: float

    def covers(self, point: Point) -> bool:
        return (
            self.south <= point.latitude <= self.north and self.west <= point.longitude <= self.east
        )


@dataclass(frozen=True, slots=True)
class Polygon:
    """An area bounded by rings: the first is its outside, further ones are holes.

    Rings are closed: the last place repeats the first. Edges are straight lines in longitude
    and latitude, and nothing crosses the antimeridian (RFC 7946, 3.1.1 and 3.1.9). A place is
    inside if a ray from it crosses the rings an odd number of times (even-odd rule); a place on
    any ring, a hole's included, is inside. Raises InvalidInput for an open or too short ring.
    """

    rings: tuple[tuple[Point, ...], ...]

    def __post_init__(self) -> None:
        if not self.rings or not all(map(_is_closed, self.rings)):
            raise InvalidInput("An area needs closed rings of at least three corners.")

    @property
    def bounds(self) -> Bounds:
        return bounds_of(self.rings[0])

    def covers(self, point: Point) -> bool:
        """Say whether `point` is inside or on an edge; exact for any input."""
        inside = False
        for ring in self.rings:
            for a, b in pairwise(ring):
                if not _beside(a, b, point):
                    continue
                side = _side(a, b, point)
                if side == 0 and _alongside(a, b, point):
                    return True
                if (a.latitude > point.latitude) != (b.latitude > point.latitude):
                    inside ^= (side > 0) == (b.latitude > a.latitude)
        return inside


def bounds_of(points: Sequence[Point]) -> Bounds:
    latitudes = [point.latitude for point in points]
    longitudes = [point.longitude for point in points]
    return Bounds(min(latitudes), min(longitudes), max(latitudes), max(longitudes))


def _is_closed(ring: Sequence[Point]) -> bool:
    return len(ring) >= CORNERS_LEAST and ring[0] == ring[-1]


def _beside(a: Point, b: Point, point: Point) -> bool:
    """Say whether the edge reaches the point's latitude at all: most edges do not."""
    if a.latitude > b.latitude:
        a, b = b, a
    return a.latitude <= point.latitude <= b.latitude


def _alongside(a: Point, b: Point, point: Point) -> bool:
    return bounds_of((a, b)).covers(point)


def _side(a: Point, b: Point, point: Point) -> float | Fraction:
    """Return above zero if `point` is left of the line from `a` to `b`, zero if on it."""
    side = (b.longitude - a.longitude) * (point.latitude - a.latitude) - (
        b.latitude - a.latitude
    ) * (point.longitude - a.longitude)
    if abs(side) > DOUBTFUL:
        return side
    ax, ay = Fraction(a.longitude), Fraction(a.latitude)
    bx, by = Fraction(b.longitude), Fraction(b.latitude)
    return (bx - ax) * (Fraction(point.latitude) - ay) - (by - ay) * (
        Fraction(point.longitude) - ax
    )
