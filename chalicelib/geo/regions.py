"""What the shapes a search can have share. Positions in sequences are as GeoJSON writes them."""

import math
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from chalicelib.errors import InvalidInput
from chalicelib.geo.distance import ECCENTRICITY_SQUARED, SEMI_MAJOR_M
from chalicelib.geo.point import LATITUDE_MAX, LONGITUDE_MAX, Point, is_number

Position = tuple[float, float]
"""Longitude first, then latitude, in degrees (RFC 7946, 3.1.1)."""
LEAST_RADIUS_M = SEMI_MAJOR_M * (1 - ECCENTRICITY_SQUARED)
"""No direction anywhere on WGS84 is curved more: that of the meridian at the equator."""
POSITION_NUMBERS = 2
"""Longitude and latitude; what follows, an altitude, is ignored."""


class Bounds(NamedTuple):
    """A box of latitudes and longitudes round a shape, in degrees.

    Where the shape crosses the antimeridian, `west` is below -180 or `east` above 180.
    """

    south: float
    west: float
    north: float
    east: float

    def covers(self, point: Point) -> bool:
        return self.south <= point.latitude <= self.north and any(
            self.west <= point.longitude + turn <= self.east for turn in (0, -360, 360)
        )

    def moved(self, longitude: float) -> "Bounds":
        """Return the same box so many degrees further east."""
        return self._replace(west=self.west + longitude, east=self.east + longitude)


class Region(Protocol):
    """A shape on the ground: `Circle`, `Area` or `Corridor`. Its edge belongs to it."""

    @property
    def middle(self) -> Point:
        """Return a place to centre a map on; it need not be inside."""

    @property
    def bounds(self) -> Bounds:
        """Return a box that holds the whole shape."""

    @property
    def area_m2(self) -> float:
        """Return the square metres of the shape, to 1 %."""

    def contains(self, lat: float, lon: float) -> bool:
        """Say whether a place is inside or on the edge."""

    def distance_m(self, lat: float, lon: float) -> float:
        """Return the metres to what happened: a circle's centre, a route, an area (0 inside)."""

    def depth_m(self, lat: float, lon: float) -> float:
        """Return the metres to the edge, negative outside."""


def points_of(positions: Sequence[Position], field: str = "place") -> tuple[Point, ...]:
    """Return GeoJSON positions as places; a third number is ignored.

    Raises InvalidInput that says under `field` which of them is wrong.
    """
    if not isinstance(positions, list | tuple):
        raise refused(field, "The places are a list of longitudes and latitudes.")
    return tuple(_point(position, number, field) for number, position in enumerate(positions, 1))


def bounds_of(points: Sequence[Point]) -> Bounds:
    latitudes = [point.latitude for point in points]
    longitudes = [point.longitude for point in points]
    return Bounds(min(latitudes), min(longitudes), max(latitudes), max(longitudes))


def bounds_round(point: Point, metres: float) -> Bounds:
    """Return a box that holds everything within so many metres; at most 1 % too wide.

    On a sphere no larger than the ellipsoid is anywhere, which makes every angle larger, the
    meridian that touches a circle of the angle t round latitude phi is asin(sin t / cos phi) off.
    """
    angle = metres / LEAST_RADIUS_M * (1 + 1e-9)  # more than rounding takes off
    north, south = (point.latitude + sign * math.degrees(angle) for sign in (1, -1))
    if north >= LATITUDE_MAX or south <= -LATITUDE_MAX:
        south, north = max(south, -LATITUDE_MAX), min(north, LATITUDE_MAX)
        return Bounds(south, -LONGITUDE_MAX, north, LONGITUDE_MAX)
    half = math.degrees(math.asin(math.sin(angle) / math.cos(math.radians(point.latitude))))
    return Bounds(south, point.longitude - half, north, point.longitude + half)


def checked_length(metres: object, field: str, called: str) -> float:
    """Return a length; raises InvalidInput under `field` unless finite and above zero."""
    if not is_number(metres) or not 0 < metres < math.inf:
        raise refused(field, f"{called} is a number of metres above zero.")
    return metres


def refused(field: str, sentence: str) -> InvalidInput:
    """Return an error to raise that says the sentence, also under the field's name."""
    return InvalidInput(sentence, {field: sentence})


def _point(position: Sequence[float], number: int, field: str) -> Point:
    if not isinstance(position, list | tuple) or len(position) < POSITION_NUMBERS:
        raise refused(field, f"Place {number} is not a longitude and a latitude.")
    try:
        return Point(position[1], position[0])
    except InvalidInput as error:
        sentences = " ".join(error.fields.values())
        raise refused(field, f"Place {number} is not on earth. {sentences}") from error
