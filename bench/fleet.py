"""Cameras in memory: sorted by key on both curves, and in plain buckets for counting them out."""

import math
from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from chalicelib.geo import Curve, KeyRange, geohash, index_key

AXIS_CELLS = 1 << geohash.AXIS_BITS
HALF_BITS = geohash.AXIS_BITS // 2
HALF = (1 << HALF_BITS) - 1
SPREAD = [geohash.spread(value) for value in range(HALF + 1)]
CHECKED = 25
"""Cameras of each fleet whose keys are compared with those the register itself would store."""
BUCKET_CAMERAS = 60


class Cell(NamedTuple):
    """A camera's place as the cells of both axes: where the index keeps it, to 2 cm."""

    row: int
    column: int

    @classmethod
    def of(cls, latitude: float, longitude: float) -> "Cell":
        row = math.ceil((latitude + 90) / 180 * AXIS_CELLS) - 1
        column = math.ceil((longitude + 180) / 360 * AXIS_CELLS) - 1
        return cls(min(max(row, 0), AXIS_CELLS - 1), min(max(column, 0), AXIS_CELLS - 1))

    def key(self, curve: Curve) -> int:
        column = self.column + curve.value & AXIS_CELLS - 1
        row = self.row + curve.value & AXIS_CELLS - 1
        return _spread(column) << 1 | _spread(row)


class Box(NamedTuple):
    """Latitudes and longitudes from the south-west to the north-east, in degrees."""

    south: float
    west: float
    north: float
    east: float


class Fleet:
    """Cameras by number; several may share a place."""

    def __init__(self, cells: Iterable[Cell], cameras_per_km2: float) -> None:
        """Take in cameras; the density sizes the buckets and is what a planner may be told."""
        self.cameras_per_km2 = cameras_per_km2
        placed = sorted((cell.key(Curve.PLAIN), cell) for cell in cells)
        self.latitudes = array("d", (_degrees(cell.row, 90.0) for _, cell in placed))
        self.longitudes = array("d", (_degrees(cell.column, 180.0) for _, cell in placed))
        shifted = [cell.key(Curve.SHIFTED) for _, cell in placed]
        order = sorted(range(len(shifted)), key=shifted.__getitem__)
        self._keys = {
            Curve.PLAIN: array("Q", (key for key, _ in placed)),
            Curve.SHIFTED: array("Q", (shifted[number] for number in order)),
        }
        self._order = array("L", order)
        self._side = math.sqrt(BUCKET_CAMERAS / cameras_per_km2) / 111
        self._buckets = self._bucketed()
        self._check()

    def __len__(self) -> int:
        return len(self.latitudes)

    def numbers(self, wanted: tuple[int, int], curve: Curve = Curve.PLAIN) -> Sequence[int]:
        """Return the cameras whose keys lie in a range, ends included."""
        keys = self._keys[curve]
        first, end = bisect_left(keys, wanted[0]), bisect_right(keys, wanted[1])
        return range(first, end) if curve is Curve.PLAIN else self._order[first:end]

    def count(self, wanted: tuple[int, int]) -> int:
        return len(self.numbers(wanted))

    def buckets(self, box: Box) -> Iterator[tuple[Box, Sequence[int]]]:
        """Give each bucket that touches the box, with its own bounds; no key is used."""
        side = self._side
        columns = range(math.floor(box.west / side), math.floor(box.east / side) + 1)
        for row in range(math.floor(box.south / side), math.floor(box.north / side) + 1):
            for column in columns:
                if numbers := self._buckets.get((row, column)):
                    south, west = row * side, column * side
                    yield Box(south, west, south + side, west + side), numbers

    def _bucketed(self) -> dict[tuple[int, int], array]:
        buckets: dict[tuple[int, int], array] = defaultdict(lambda: array("L"))
        side, floor = self._side, math.floor
        places = zip(self.latitudes, self.longitudes, strict=True)
        for number, (latitude, longitude) in enumerate(places):
            buckets[floor(latitude / side), floor(longitude / side)].append(number)
        return buckets

    def _check(self) -> None:
        """Compare some keys with the register's own: a benchmark of other keys proves nothing."""
        for number in range(0, len(self), max(1, len(self) // CHECKED)):
            place = self.latitudes[number], self.longitudes[number]
            for curve in Curve:
                key = geohash.number("".join(index_key(*place, curve)))
                if number not in self.numbers((key, key), curve):
                    raise AssertionError(f"camera {number} is not where its key says")


def bounds_of(wanted: KeyRange) -> tuple[int, int]:
    """Return a planned range as numbers, both ends included."""
    partition, low, high = wanted
    return geohash.number(partition + low), geohash.number(partition + high)


def _spread(value: int) -> int:
    return SPREAD[value >> HALF_BITS] << 2 * HALF_BITS | SPREAD[value & HALF]


def _degrees(cell: int, most: float) -> float:
    """Return the middle of a cell of one axis; exact, as all cell edges are in binary."""
    return (2 * cell + 1) * (most / AXIS_CELLS) - most
