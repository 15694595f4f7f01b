"""Everything along a route."""

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import NamedTuple

from chalicelib.geo.distance import (
    AXES_SQUARED,
    SEMI_MAJOR_M,
    Earthfixed,
    arc_m,
    arc_of,
    bearing,
    destination,
    earthfixed,
    earthfixed_at,
    horizon_at,
)
from chalicelib.geo.line import TIE_M, Line, Piece
from chalicelib.geo.point import Point
from chalicelib.geo.regions import (
    Bounds,
    Position,
    bounds_round,
    checked_length,
    points_of,
    refused,
)
from chalicelib.geo.swath import swath_m2

PIECE_MOST_M = 5000.0
"""Longer legs are cut: up to here a geodesic and its normal section agree to 0.1 mm."""
LEG_MOST_M = 50_000.0
"""A leg beyond this is a slip, such as one place with latitude and longitude swapped; up to here
the parts of a cut leg stay within half a millimetre of its geodesic."""


class Nearest(NamedTuple):
    """Where a route comes nearest to a place: how far off that is, and how far along."""

    off_m: float
    along_m: float


@dataclass(frozen=True, slots=True)
class Corridor:
    """Everything within `half_width_m` metres of a route of geodesic lines on WGS84.

    `points` are GeoJSON positions: longitude first; lists become tuples, altitudes are left out.
    Poles and the antimeridian are places like any other. Raises InvalidInput, naming `route`, for
    fewer than two places, for a place that directly repeats the one before or is more than 50 km
    from it, and for one that is not on earth; naming `half_width_m` unless that is finite and
    above zero.
    """

    points: tuple[Position, ...]
    half_width_m: float
    line: Line = field(init=False, repr=False, compare=False)
    """The route, earth-fixed."""
    begins_m: tuple[float, ...] = field(init=False, repr=False, compare=False)
    """How far along each piece of the line begins, and, last, how long all of it is."""

    def __post_init__(self) -> None:
        checked_length(self.half_width_m, "half_width_m", "The width on each side")
        places = points_of(self.points, "route")
        fixed = [earthfixed(place) for place in places]
        _check_legs([arc_m(a, b) for a, b in pairwise(fixed)])
        pieces = _pieces(_cut(places, fixed))
        lengths = (arc_m(piece.start, piece.at(1.0)) for piece in pieces)
        object.__setattr__(self, "points", tuple((p.longitude, p.latitude) for p in places))
        object.__setattr__(self, "line", Line.of(pieces))
        object.__setattr__(self, "begins_m", tuple(accumulate(lengths, initial=0.0)))

    @property
    def length_m(self) -> float:
        """Return the metres from the first place to the last along the route."""
        return self.begins_m[-1]

    @property
    def middle(self) -> Point:
        """Return the place half way along."""
        return self.at(self.length_m / 2)

    @property
    def bounds(self) -> Bounds:
        """Return a box that holds the corridor, its width included; hardly any wider."""
        longitude = self.points[0][0]
        boxes = []
        for piece in self.line.pieces:
            margin = self.half_width_m + _bulge_m(piece)
            for point in (piece.point_at(0.0), piece.point_at(1.0)):
                # The short way on, beyond the antimeridian if need be.
                longitude += (point.longitude - longitude + 180) % 360 - 180
                boxes.append(bounds_round(Point(point.latitude, 0.0), margin).moved(longitude))
        south, west, north, east = zip(*boxes, strict=True)
        return Bounds(min(south), min(west), max(north), max(east))

    @property
    def area_m2(self) -> float:
        """Return the square metres within the width, those passed twice counted once.

        In an azimuthal equidistant map round the middle; to 1 % for routes within 1,000 km of it.
        """
        middle = self.middle
        seen = horizon_at(middle.latitude, middle.longitude).seen
        ends = [(seen(piece.start), seen(piece.at(1.0))) for piece in self.line.pieces]
        return swath_m2(ends, self.half_width_m)

    def at(self, along_m: float) -> Point:
        """Return the place that many metres along the route; its ends beyond them."""
        pieces = self.line.pieces
        number = min(max(bisect_right(self.begins_m, along_m) - 1, 0), len(pieces) - 1)
        begins, ends = self.begins_m[number : number + 2]
        return pieces[number].point_at(min(max((along_m - begins) / (ends - begins), 0.0), 1.0))

    def nearest(self, lat: float, lon: float) -> Nearest:
        """Return how far the route is from a place, and how far along that is.

        To a millimetre up to 5 km away. Where the route passes as near more than once, to a
        millimetre, the first time counts.
        """
        off, number, part = self.line.nearest(earthfixed_at(lat, lon))
        begins, ends = self.begins_m[number : number + 2]
        return Nearest(arc_of(off), begins + part * (ends - begins))

    def contains(self, lat: float, lon: float) -> bool:
        return self.distance_m(lat, lon) <= self.half_width_m

    def distance_m(self, lat: float, lon: float) -> float:
        """Return the metres from the route's line."""
        return arc_of(self.line.nearest(earthfixed_at(lat, lon)).off_m)

    def depth_m(self, lat: float, lon: float) -> float:
        return self.half_width_m - self.distance_m(lat, lon)


def _check_legs(lengths: Sequence[float]) -> None:
    if not lengths:
        raise refused("route", "A route has at least two places.")
    for number, length in enumerate(lengths, 2):
        if length <= TIE_M:
            raise refused("route", f"Place {number} of the route repeats the one before it.")
        if length > LEG_MOST_M:
            sentence = f"Place {number} of the route is more than 50 km from the one before it."
            raise refused("route", sentence)


def _pieces(places: Sequence[Earthfixed]) -> list[Piece]:
    return [
        Piece.through(number, start, _half_way(start, end), end)
        for number, (start, end) in enumerate(pairwise(places))
    ]


def _cut(points: Sequence[Point], fixed: Sequence[Earthfixed]) -> list[Earthfixed]:
    """Return the places of a route and, in equal steps of at most 5 km, some between them."""
    places = [fixed[0]]
    for (point, end), goal in zip(pairwise(points), fixed[1:], strict=True):
        here = point
        while (left := arc_m(places[-1], goal)) > PIECE_MOST_M:
            step = left / math.ceil(left / PIECE_MOST_M)
            here = destination(here, bearing(here, end), step)
            places.append(earthfixed(here))
        places.append(goal)
    return places


def _bulge_m(piece: Piece) -> float:
    """Return how far a piece may leave the box of its ends.

    A geodesic leaves its parallel by tan(latitude) / R a metre, so by tan(latitude) times as much
    as it rises over the straight line through the earth; and that rise is what it strays.
    """
    south, _, north, _ = bounds_round(piece.point_at(0.5), piece.half_m)
    return 1.1 * piece.stray_m * (1 + math.tan(math.radians(max(north, -south))))


def _half_way(start: Earthfixed, end: Earthfixed) -> Earthfixed:
    """Return the place of the surface above the middle of the straight line between two.

    Up is the ellipsoid's normal there, so that the three are in one normal section.
    """
    x, y, z = ((a + b) / 2 for a, b in zip(start, end, strict=True))
    up_x, up_y, up_z = x, y, z * AXES_SQUARED
    a = up_x * up_x + up_y * up_y + AXES_SQUARED * up_z * up_z
    b = x * up_x + y * up_y + AXES_SQUARED * z * up_z
    c = x * x + y * y + AXES_SQUARED * z * z - SEMI_MAJOR_M**2
    # The smaller root, written so that no digits cancel.
    height = -c / (b + math.sqrt(b * b - a * c))
    return Earthfixed(x + height * up_x, y + height * up_y, z + height * up_z)
