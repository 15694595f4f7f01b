"""A grid of equal cells over the earth, numbered along a Z-order curve."""

import math
from dataclasses import dataclass, field
from typing import NamedTuple

from chalicelib.geo.geohash import AXIS_BITS, spreads
from chalicelib.geo.keys import Curve
from chalicelib.geo.point import LATITUDE_MAX

BITS_LEAST = 22
"""The four parts of each four-character geohash: what is larger is read in whole partitions."""
BITS_MOST = 2 * AXIS_BITS
SLACK_DEGREES = 1e-10
"""Eleven micrometres on the ground, by which everything covered is widened: more than rounding
adds up to, and what lies on the edge of two cells belongs to both."""

Run = tuple[int, int]
"""Neighbouring cells of one row, first and last column; columns may run past either end."""
Runs = dict[int, list[Run]]
"""Runs of each row, in no particular order; rows may run past the top."""


class Chains(NamedTuple):
    """Where parts of a curve begin and where parts end, each in order.

    Parts may touch, overlap or come twice: the gaps between them are where one begins after as
    many others have ended as began before it.
    """

    firsts: list[int]
    lasts: list[int]


@dataclass(frozen=True, slots=True)
class Grid:
    """A grid of `2 ** bits` cells: each bit halves them, in turn from west to east and north.

    A cell is a geohash without its last bits, `high` by `wide` degrees. Row and column 0 begin at
    `south` and `west`, which are exact in binary. On the shifted curve that is beyond the edge of
    the map; there the last row and column are followed by the first.
    """

    bits: int
    curve: Curve = Curve.PLAIN
    high: float = field(init=False)
    wide: float = field(init=False)
    south: float = field(init=False)
    west: float = field(init=False)

    def __post_init__(self) -> None:
        moved = self.curve.value / (1 << AXIS_BITS)
        object.__setattr__(self, "high", 180.0 / (1 << self.row_bits))
        object.__setattr__(self, "wide", 360.0 / (1 << self.column_bits))
        object.__setattr__(self, "south", -90.0 - moved * 180.0)
        object.__setattr__(self, "west", -180.0 - moved * 360.0)

    @property
    def column_bits(self) -> int:
        return (self.bits + 1) // 2

    @property
    def row_bits(self) -> int:
        return self.bits // 2

    @property
    def columns(self) -> int:
        return 1 << self.column_bits

    def rows(self, bottom: float, top: float) -> range:
        """Return the rows between two latitudes; above the pole is none."""
        first, last = cell(bottom - self.south, self.high), cell(top - self.south, self.high)
        if top >= LATITUDE_MAX:
            last = math.ceil((LATITUDE_MAX - self.south) / self.high) - 1
        return range(first, last + 1)

    def coarser(self) -> "Grid":
        """Return the grid of the parents, half as many."""
        return Grid(self.bits - 1, self.curve)

    def chains(self, runs: Runs) -> Chains:
        """Return the parts of the curve in some runs of cells."""
        west = min([first for found in runs.values() for first, _ in found]) & -2
        east = max([last for found in runs.values() for _, last in found])
        south, across = min(runs), self.bits + 1 & 1
        columns = [bits << across for bits in spreads(west, east, self.column_bits)]
        rows = [bits << 1 - across for bits in spreads(south, max(runs), self.row_bits)]
        spans, square_spans = _spans(runs)
        cells = [
            rows[row - south] | column
            for row, first, after in spans
            for column in columns[first - west : after - west]
        ]
        squares = [
            rows[row - south] | column
            for row, first, after in square_spans
            for column in columns[first - west : after - west : 2]
        ]
        return Chains(sorted(cells + squares), sorted([*cells, *(one + 3 for one in squares)]))


Spans = list[tuple[int, int, int]]
"""Rows, each with a first column and the one after the last."""


def _spans(runs: Runs) -> tuple[Spans, Spans]:
    """Divide runs into single cells and squares of two by two, which are four in a row.

    Squares begin in even rows and columns, and are found where a row and the one above it have
    one run each.
    """
    cells, squares = [], []
    for row, found in runs.items():
        start = end = 0
        other = runs.get(row ^ 1, ())
        if len(found) == 1 == len(other):
            (first, last), (other_first, other_last) = found[0], other[0]
            start = max(first, other_first) + 1 & -2
            end = min(last, other_last) + 1 & -2
        if start >= end:
            cells += [(row, first, last + 1) for first, last in found]
            continue
        if row & 1 == 0:
            squares.append((row, start, end))
        cells += [(row, first, start), (row, end, last + 1)]
    return cells, squares


def cell(degrees: float, size: float) -> int:
    """Return the cell that holds what lies `degrees` from where the first one begins.

    A stored place on an edge belongs to the cell below, here to the one above: the slack in what
    is asked reaches below too.
    """
    return math.floor(degrees / size)


def joined(runs: list[Run], columns: int) -> list[Run]:
    """Return runs of one row in order: those that meet made one, none longer than the earth."""
    runs.sort()
    whole = [runs[0]]
    for first, last in runs:
        before = whole[-1]
        if first > before[1] + 1:
            whole.append((first, last))
        elif last > before[1]:
            whole[-1] = before[0], last
    return [(first, min(last, first + columns - 1)) for first, last in whole]


def count(runs: Runs) -> int:
    return sum([last - first + 1 for found in runs.values() for first, last in found])
