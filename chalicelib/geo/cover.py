"""The cells of a Z-order grid that may hold any place of a circle: never too few.

WGS84 is replaced by a sphere inside its metric. On the ellipsoid a small step measures
M dphi north and N cos(phi) dlambda east, both growing with latitude and M <= N, so with R = M at
the lowest latitude the circle can reach, every such step is at least as long as on a sphere of
radius R. Hence what is within r metres is within the angle r / R, and that cap is covered.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from chalicelib.geo.area import Circle
from chalicelib.geo.distance import ECCENTRICITY_SQUARED, SEMI_MAJOR_M
from chalicelib.geo.geohash import AXIS_BITS, spread

COARSEST_AXIS_BITS = 10
"""Both axes of a four-character geohash: no coarser, because ranges end at its edges anyway."""
CELLS_MOST = 2000
"""A cover that needs more cells (near a pole) is made of larger ones."""
FINENESS = 8
"""A cell is at most this fraction of the radius high; finer ones save under 1 % of reading."""
SLACK_RADIANS = 1e-12
"""Six micrometres on the ground: more than all rounding below adds up to."""
SLACK_DEGREES = 1e-10
METRES_A_DEGREE = 110_574.0
"""The shortest degree of latitude on WGS84, at the equator."""
ALL_ROUND = 1 - 1e-6
"""Beyond this the width of a cap is taken as all longitudes; arcsine has no digits there."""


class Grid(NamedTuple):
    """A grid of 2 ** column_bits by 2 ** row_bits cells over all longitudes and latitudes."""

    column_bits: int
    row_bits: int

    @property
    def bits(self) -> int:
        return self.column_bits + self.row_bits

    def coarser(self) -> "Grid":
        """Return the grid of the parents: one bit less on the axis whose bit is the last."""
        if self.column_bits > self.row_bits:
            return Grid(self.column_bits - 1, self.row_bits)
        return Grid(self.column_bits, self.row_bits - 1)

    def cell_km2(self, latitude: float) -> float:
        """Return the area of a cell at `latitude` to 1 %: for estimates only."""
        high = 180 / (1 << self.row_bits) * METRES_A_DEGREE / 1000
        wide = 360 / (1 << self.column_bits) * METRES_A_DEGREE / 1000
        return high * wide * max(math.cos(math.radians(latitude)), 1e-6)


class Run(NamedTuple):
    """Neighbouring cells of one row, both ends included; columns may run past either end."""

    row: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Cap:
    """The part of a sphere within `angle` radians of a place."""

    latitude: float
    longitude: float
    angle: float

    def half_width(self, south: float, north: float) -> float:
        """Return the largest difference of longitude, degrees, between two latitudes.

        sin^2(dlambda / 2) = (sin^2(angle / 2) - sin^2(dphi / 2)) / (cos phi cos phi0), the
        haversine formula solved for longitude; it grows up to the latitude where a meridian
        touches the cap and falls after it, so the nearest latitude to that one decides.
        """
        latitude = min(max(self._touching(), south), north)
        reach = math.sin(self.angle / 2) ** 2
        off = math.sin(math.radians(latitude - self.latitude) / 2) ** 2
        across = _cosine(latitude) * _cosine(self.latitude)
        if reach - off >= across * ALL_ROUND:
            return 180.0
        return math.degrees(2 * math.asin(math.sqrt(max(reach - off, 0.0) / across)))

    def _touching(self) -> float:
        sine = math.sin(math.radians(self.latitude)) / math.cos(self.angle)
        return math.degrees(math.asin(min(max(sine, -1.0), 1.0)))


def cap_round(circle: Circle) -> Cap:
    """Return a cap that holds the circle; see the top of this module."""
    lowest = max(0.0, abs(circle.centre.latitude) - circle.radius_m / METRES_A_DEGREE)
    sine = math.sin(math.radians(lowest))
    curvature = 1 - ECCENTRICITY_SQUARED * sine * sine
    radius = SEMI_MAJOR_M * (1 - ECCENTRICITY_SQUARED) / curvature**1.5
    angle = min(circle.radius_m / radius * (1 + 1e-12) + SLACK_RADIANS, math.pi / 2 - 1e-6)
    return Cap(circle.centre.latitude, circle.centre.longitude, angle)


def cover(circle: Circle) -> tuple[Grid, list[int]]:
    """Return a grid and the sorted Z-order numbers of its cells that may hold the circle."""
    cap = cap_round(circle)
    grid = _finest(circle.radius_m)
    while True:
        runs = list(_runs(cap, grid))
        count = sum(run.last - run.first + 1 for run in runs)
        if count <= CELLS_MOST or grid.bits <= 2 * COARSEST_AXIS_BITS:
            return grid, _numbers(runs, grid)
        grid = grid.coarser()


def _finest(radius_m: float) -> Grid:
    """Return a grid of cells at most an eighth of the radius high, some 300 to 600 in all."""
    fine = math.log2(180 * METRES_A_DEGREE * FINENESS / radius_m)
    rows = min(max(math.ceil(fine), COARSEST_AXIS_BITS), AXIS_BITS)
    columns = rows + (rows - fine < 1 / 2)
    return Grid(min(columns, AXIS_BITS), rows)


def _runs(cap: Cap, grid: Grid) -> Iterator[Run]:
    high, wide = 180 / (1 << grid.row_bits), 360 / (1 << grid.column_bits)
    reach = math.degrees(cap.angle) + SLACK_DEGREES
    bottom, top = max(cap.latitude - reach, -90.0), min(cap.latitude + reach, 90.0)
    last_row = (1 << grid.row_bits) - 1
    for row in range(_index(bottom + 90, high), min(_index(top + 90, high), last_row) + 1):
        south, north = max(row * high - 90, bottom), min((row + 1) * high - 90, top)
        half = cap.half_width(south, north) + SLACK_DEGREES
        west, east = cap.longitude - half + 180, cap.longitude + half + 180
        first, last = _index(west, wide), _index(east, wide)
        yield Run(row, first, min(last, first + (1 << grid.column_bits) - 1))


def _index(degrees: float, cell: float) -> int:
    """Return the cell that holds what lies `degrees` from an axis's lower end.

    A stored place on an edge belongs to the cell below, here to the one above: the slack in what
    is asked reaches below too.
    """
    return math.floor(degrees / cell)


def _numbers(runs: list[Run], grid: Grid) -> list[int]:
    columns = (1 << grid.column_bits) - 1
    column_shift = 1 if grid.column_bits == grid.row_bits else 0
    west, east = min(run.first for run in runs), max(run.last for run in runs)
    spreads = [spread(column & columns) << column_shift for column in range(west, east + 1)]
    numbers: list[int] = []
    for row, first, last in runs:
        bits = spread(row) << 1 - column_shift
        numbers += [bits | number for number in spreads[first - west : last + 1 - west]]
    return sorted(set(numbers))


def _cosine(latitude: float) -> float:
    """Return a cosine that keeps its digits at the poles, where the usual one has none left."""
    return math.sin(math.radians(90.0 - abs(latitude)))
