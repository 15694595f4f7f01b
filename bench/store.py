"""A geo index in memory that counts what DynamoDB would charge for reading it."""

import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from chalicelib.geo import Circle, KeyRange, Point, distance_m, geohash
from chalicelib.geo.plan import ENTRY_BYTES, PAGE_BYTES

BUCKET = 0.02
"""Degrees of the plain grid by which every camera near a scene is looked at, as a check."""
PAGE_MOST_BYTES = 1 << 20
METRES_A_DEGREE = 110_574.0


@dataclass(frozen=True, slots=True)
class Bill:
    """What one lookup read and what it found."""

    requests: int
    units: float
    entries: int
    found: frozenset[int]


class Index:
    """Cameras sorted by key. They stand at the centre of their cell, as in the real index."""

    def __init__(self, points: Iterable[Point]) -> None:
        """Take in cameras; several may share a place."""
        self.keys = sorted(geohash.key(point) for point in points)
        self.points = [geohash.place(key) for key in self.keys]
        self.buckets: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        for number, point in enumerate(self.points):
            self.buckets[_bucket(point.latitude, point.longitude)].append(number)

    def read(self, stretches: Iterable[tuple[int, int]], circle: Circle) -> Bill:
        """Read stretches of keys, ends included, and keep what the circle covers."""
        requests, units, read = 0, 0.0, []
        for low, high in stretches:
            entries = range(bisect_left(self.keys, low), bisect_right(self.keys, high))
            size = len(entries) * ENTRY_BYTES
            requests += max(1, math.ceil(size / PAGE_MOST_BYTES))
            units += 0.5 * max(1, math.ceil(size / PAGE_BYTES))
            read += entries
        found = frozenset(number for number in read if circle.covers(self.points[number]))
        return Bill(requests, units, len(read), found)

    def looked_at_one_by_one(self, circle: Circle) -> frozenset[int]:
        """Return what a lookup must find, without any use of keys."""
        return frozenset(
            number
            for number in self._around(circle)
            if distance_m(circle.centre, self.points[number]) <= circle.radius_m
        )

    def _around(self, circle: Circle) -> Iterator[int]:
        centre = circle.centre
        high = 1.01 * circle.radius_m / METRES_A_DEGREE
        wide = high / math.cos(math.radians(centre.latitude))
        south, west = _bucket(centre.latitude - high, centre.longitude - wide)
        north, east = _bucket(centre.latitude + high, centre.longitude + wide)
        for row in range(south, north + 1):
            for column in range(west, east + 1):
                yield from self.buckets.get((row, column), ())


def _bucket(latitude: float, longitude: float) -> tuple[int, int]:
    return math.floor(latitude / BUCKET), math.floor(longitude / BUCKET)


def planned(ranges: Iterable[KeyRange]) -> list[tuple[int, int]]:
    """Return planned ranges as numbers."""
    return [(geohash.number(g + low), geohash.number(g + high)) for g, low, high in ranges]


def nine_neighbours(circle: Circle) -> list[tuple[int, int]]:
    """Return the usual recipe: a cell no smaller than the radius, and the eight round it."""
    length = next(
        length for length in range(12, 0, -1) if _side_m(circle, length) >= circle.radius_m
    )
    below = geohash.BITS - 5 * length
    cell = geohash.key(circle.centre) >> below
    return [(near << below, (near + 1 << below) - 1) for near in _block(cell, 5 * length)]


def _side_m(circle: Circle, length: int) -> float:
    rows, columns = 5 * length // 2, (5 * length + 1) // 2
    narrowing = math.cos(math.radians(abs(circle.centre.latitude) + 0.1))
    return METRES_A_DEGREE * min(180 / 2**rows, 360 / 2**columns * narrowing)


def _block(cell: int, bits: int) -> Iterator[int]:
    swapped = bits % 2
    column = geohash.gathered(cell if swapped else cell >> 1)
    row = geohash.gathered(cell >> 1 if swapped else cell)
    for x in range(column - 1, column + 2):
        for y in range(row - 1, row + 2):
            yield geohash.spread(x) << (1 - swapped) | geohash.spread(y) << swapped
