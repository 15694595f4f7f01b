"""Strips along lines that are straight in longitude and latitude, and the cells they touch.

Two places within the angle t of each other on a sphere, both at latitudes of at most phi, differ
by dphi and dlambda with sin^2(t / 2) >= sin^2(dphi / 2) + cos^2(phi) sin^2(dlambda / 2) (the
haversine formula). So but for the bend of the sine they are within t of each other in a plane
where a degree of longitude is cos(phi) wide, and there a strip is a line with half a disc at
either end.
"""

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from chalicelib.geo.cap import cosine
from chalicelib.geo.grid import SLACK_DEGREES, Grid, Runs, cell
from chalicelib.geo.regions import Position

BEND_MOST = 0.5
"""Radians of longitude up to which the bend of the sine, t^2 / 24, is corrected (by t^2 / 20);
what is wider, at the poles, is taken all round."""


class Strip(NamedTuple):
    """What lies within `half_width` degrees of latitude of a line, `narrow` for longitude.

    The line leads `wide` degrees east from its western end and there `high` degrees north, or
    south. Its strip's west side is the half disc up to a height of `tangent`, from there a
    straight line that begins `bulge` further west and gains `slope` for each degree of height, and
    at the end the half disc there. Heights are from the western end towards the other.
    """

    west: Position
    wide: float
    high: float
    half_width: float
    narrow: float
    tangent: float
    bulge: float
    slope: float

    def draw(self, grid: Grid, runs: Runs) -> None:
        """Add the cells of a grid that touch the strip: one run in each of its rows.

        The strip is convex. Its west side bulges most where the line begins, and in each row the
        latitude nearest to that decides; the east side is the west side turned upside down.
        """
        if not self.narrow:
            for row in self._rows(grid):
                runs[row].append((0, grid.columns - 1))
            return
        begin, end = self.west[0] - grid.west, self.west[0] - grid.west + self.wide
        base, rise = grid.south - self.west[1] - SLACK_DEGREES, abs(self.high)
        step = grid.high + 2 * SLACK_DEGREES
        for row in self._rows(grid):
            low = row * grid.high + base
            if self.high < 0:
                low = -low - step
            first = begin - self._side(low, low + step)
            last = end + self._side(rise - low - step, rise - low)
            runs[row].append((cell(first, grid.wide), cell(last, grid.wide)))

    def _rows(self, grid: Grid) -> range:
        begin, end = self.west[1], self.west[1] + self.high
        if self.high < 0:
            begin, end = end, begin
        return grid.rows(max(begin - self.half_width, -90.0), min(end + self.half_width, 90.0))

    def _side(self, low: float, high: float) -> float:
        """Return how far west of the line's end the west side comes between two heights."""
        height = low if low > 0 else min(high, 0.0)
        if height <= self.tangent:
            left = self.half_width * self.half_width - height * height
            return math.sqrt(left) / self.narrow if left > 0 else 0.0
        height -= abs(self.high)
        if height < self.tangent:
            return self.bulge - (height + abs(self.high) - self.tangent) * self.slope
        left = self.half_width * self.half_width - height * height
        return (math.sqrt(left) / self.narrow if left > 0 else 0.0) - self.wide


def strip(start: Position, end: Position, angle: float) -> Strip:
    """Return the strip of all within `angle` radians of a line."""
    west, east = (start, end) if start < end else (end, start)
    narrow, half_width = 1.0, math.degrees(angle)
    if angle:
        narrow = cosine(min(max(abs(start[1]), abs(end[1])) + half_width, 90.0))
        bend = angle / narrow if angle < BEND_MOST * narrow else 0.0
        narrow = narrow if bend else 0.0
        half_width *= 1 + bend * bend / 20
    half_width += 2 * SLACK_DEGREES
    wide, high = east[0] - west[0], east[1] - west[1]
    length = math.hypot(wide * narrow, high) or 1.0
    tangent = half_width * wide * narrow / length
    bulge = half_width * abs(high) / length / narrow if narrow else 0.0
    slope = wide / abs(high) if high else 0.0
    return Strip(west, wide, high, half_width, narrow, tangent, bulge, slope)


def pole(latitude: float) -> Strip:
    """Return the strip that is a pole under all its longitudes."""
    return strip((0.0, latitude), (0.0, latitude), 1e-12)


def draw_inside(rings: Iterable[Sequence[Position]], grid: Grid, runs: Runs) -> None:
    """Add the cells whose middle latitude has parts inside rings (even-odd rule).

    With all cells that touch an edge this is every cell that touches the inside: in a cell that
    no edge touches, all or nothing is inside.
    """
    crossings: dict[int, list[float]] = {}
    for ring in rings:
        for (row, x, y), (other_row, other_x, other_y) in pairwise(_rows_above(ring, grid)):
            for between in range(min(row, other_row), max(row, other_row)):
                part = ((between + 0.5) * grid.high + grid.south - y) / (other_y - y)
                place = x + part * (other_x - x) - grid.west
                crossings.setdefault(between, []).append(place)
    for row, places in crossings.items():
        places.sort()
        for first, last in zip(places[::2], places[1::2], strict=True):
            runs[row].append((cell(first, grid.wide), cell(last, grid.wide)))


def _rows_above(ring: Sequence[Position], grid: Grid) -> list[tuple[int, float, float]]:
    """Return the corners of a ring, each after the first row whose middle is not below it."""
    middle, high = grid.south + grid.high / 2, grid.high
    return [(math.ceil((y - middle) / high), x, y) for x, y in ring]
