"""Everything inside an outline."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from chalicelib.geo.distance import (
    ECCENTRICITY_SQUARED,
    SEMI_MAJOR_M,
    Earthfixed,
    arc_of,
    earthfixed_at,
)
from chalicelib.geo.line import Line, Piece
from chalicelib.geo.point import LATITUDE_MAX, LONGITUDE_MAX, Point
from chalicelib.geo.regions import Bounds, Position, bounds_of, points_of, refused
from chalicelib.geo.rings import FIELD, FLAT, Edge, Ring, check_holes, edges_of, ring_of, where

PIECE_DEGREES = 0.05
"""Longer edges are cut: up to 5.6 km, and less where meridians draw together."""
PIECES_MOST = 256
"""An edge longer than 1,400 km is larger than any search; its pieces are longer, and less exact."""
LEAST_M2 = 1.0
"""Less is a line: corners written in decimals are hardly ever in one to the last digit."""
ECCENTRICITY = math.sqrt(ECCENTRICITY_SQUARED)


@dataclass(frozen=True, slots=True)
class Area:
    """Everything inside a ring and outside its holes, as GeoJSON writes a polygon.

    Positions are longitude first; a ring is closed, its last position repeating the first. Edges
    are straight lines in longitude and latitude, and nothing crosses the antimeridian (RFC 7946,
    3.1.1 and 3.1.9). A place is inside if a ray from it crosses the rings an odd number of times
    (even-odd rule), decided exactly; a place on any ring, a hole's included, is inside. Lists
    become tuples, altitudes and corners given twice in a row are left out. Raises InvalidInput,
    naming `area`, for a ring that is open, too short, all in one line or below a square metre, or
    that crosses or touches itself, for a hole that is not within the ring and outside the other
    holes, and for a position that is not on earth.
    """

    ring: Ring
    holes: tuple[Ring, ...] = ()
    bounds: Bounds = field(init=False, repr=False, compare=False)
    sides: tuple[Edge, ...] = field(init=False, repr=False, compare=False)
    """The edges of every ring, in longitude and latitude."""
    line: Line = field(init=False, repr=False, compare=False)
    """The same edges, earth-fixed."""

    def __post_init__(self) -> None:
        ring, holes = ring_of(self.ring), tuple(map(ring_of, self.holes))
        if any(_ring_m2(one) < LEAST_M2 for one in (ring, *holes)):
            raise refused(FIELD, FLAT)
        if holes:
            check_holes(ring, holes)
        object.__setattr__(self, "ring", ring)
        object.__setattr__(self, "holes", holes)
        object.__setattr__(self, "bounds", bounds_of(points_of(ring)))
        object.__setattr__(self, "sides", edges_of(self.rings))
        object.__setattr__(self, "line", Line.of(_pieces(self.sides)))

    @property
    def rings(self) -> tuple[Ring, ...]:
        return (self.ring, *self.holes)

    @property
    def middle(self) -> Point:
        """Return the middle of the bounds."""
        south, west, north, east = self.bounds
        return Point((south + north) / 2, (west + east) / 2)

    @property
    def area_m2(self) -> float:
        """Return the square metres on WGS84, holes taken out; see `_swept`."""
        ring, *holes = map(_ring_m2, self.rings)
        return ring - sum(holes)

    def contains(self, lat: float, lon: float) -> bool:
        """Say whether a place is inside or on an edge; exact for any input."""
        if abs(lat) < LATITUDE_MAX and abs(lon) < LONGITUDE_MAX:
            return self._holds(lon, lat)
        return any(self._holds(name, lat) for name in self._names(Point(lat, lon)))

    def distance_m(self, lat: float, lon: float) -> float:
        """Return the metres from the area, 0 inside; to a millimetre."""
        return 0.0 if self.contains(lat, lon) else self.edge_distance_m(lat, lon)

    def depth_m(self, lat: float, lon: float) -> float:
        away = self.edge_distance_m(lat, lon)
        return away if self.contains(lat, lon) else -away

    def edge_distance_m(self, lat: float, lon: float) -> float:
        """Return the metres from the nearest edge, a hole's included; to a millimetre.

        Exact for edges up to 1,400 km and places up to 100 km off; further away as `distance_m`.
        """
        return arc_of(self.line.nearest(earthfixed_at(lat, lon)).off_m)

    def edges(self) -> Iterator[tuple[Position, Position]]:
        """Give every edge of every ring."""
        for ring in self.rings:
            yield from pairwise(ring)

    def _holds(self, lon: float, lat: float) -> bool:
        south, west, north, east = self.bounds
        if not (south <= lat <= north and west <= lon <= east):
            return False
        return where(self.sides, lon, lat) >= 0

    def _names(self, point: Point) -> set[float]:
        """Return the longitudes of a place that has several: a pole, or on the antimeridian."""
        if abs(point.latitude) == LATITUDE_MAX:
            return {lon for ring in self.rings for lon, lat in ring if lat == point.latitude}
        return {point.longitude, -point.longitude}


def _pieces(edges: tuple[Edge, ...]) -> list[Piece]:
    pieces: list[Piece] = []
    for _, _, a, b in edges:
        longest = max(abs(b[0] - a[0]), abs(b[1] - a[1]))
        count = min(math.ceil(longest / PIECE_DEGREES), PIECES_MOST)
        places = [_between(a, b, half / (2 * count)) for half in range(2 * count + 1)]
        for start, middle, end in zip(places[:-1:2], places[1::2], places[2::2], strict=True):
            pieces.append(Piece.through(len(pieces), start, middle, end))
    return pieces


def _between(a: Position, b: Position, part: float) -> Earthfixed:
    """Return a place on the straight line in longitude and latitude, its ends as they are."""
    if part == 1:
        return earthfixed_at(b[1], b[0])
    return earthfixed_at(a[1] + part * (b[1] - a[1]), a[0] + part * (b[0] - a[0]))


def _ring_m2(ring: Ring) -> float:
    return abs(sum(_swept(a, b) for a, b in pairwise(ring)))


def _swept(a: Position, b: Position) -> float:
    """Return the square metres between an edge and the equator, negative if it goes west.

    The area below a parallel is a closed formula on an ellipsoid (Snyder, Map Projections: A
    Working Manual, 1987, 3-12 and 14-1); along the edge it is averaged by Simpson's rule.
    """
    mean = (_below(a[1]) + 4 * _below((a[1] + b[1]) / 2) + _below(b[1])) / 6
    return SEMI_MAJOR_M**2 / 2 * math.radians(b[0] - a[0]) * mean


def _below(latitude: float) -> float:
    sine = ECCENTRICITY * math.sin(math.radians(latitude))
    ratio = 1 - ECCENTRICITY_SQUARED
    return ratio / ECCENTRICITY * (sine / (1 - sine * sine) + math.atanh(sine))
