"""Which stretches of the geo index to read for a circle, at the lowest cost.

A request costs at least one page of 4 KB, so reading through a gap that holds less than a page
is cheaper than asking twice. Gaps are closed by that rule and by one of four pages; what costs
less, in pages rounded up for each request, is taken.
"""

import math
from itertools import pairwise
from typing import NamedTuple

from chalicelib.geo.area import Circle
from chalicelib.geo.cover import Grid, cover
from chalicelib.geo.geohash import BITS, text_of

PARTITION_LENGTH = 4
"""Characters of the partition key: shorter gains nothing, longer cuts ranges apart."""
SORT_LENGTH = 8
ENTRY_BYTES = 35
PAGE_BYTES = 4096
PAGE_ENTRIES = PAGE_BYTES // ENTRY_BYTES
"""117 entries share the smallest charge."""
REQUESTS_MOST = 32
DENSITY = 50.0
"""Cameras per square kilometre where nothing better is known. It only ever costs money: a wrong
density reads more or asks more often, and finds the same."""
DENSITY_LEAST = 0.001
"""Below this nothing changes: the whole circle is one request in each partition already."""

_SORT_BITS = 5 * SORT_LENGTH


class KeyRange(NamedTuple):
    """One request: the partition `g` and the first and last sort key, both included.

    Both bounds have the full length of a stored key; a longer or shorter one would sort wrongly.
    """

    g: str
    low: str
    high: str


class Stretch(NamedTuple):
    """Neighbouring cells of the grid within one partition, both ends included."""

    first: int
    last: int


def plan(circle: Circle, density: float = DENSITY) -> tuple[KeyRange, ...]:
    """Return the ranges to read so that no place within `circle` is missed.

    `density` is the expected number of cameras per square kilometre. Ranges are sorted and
    disjoint, each in one partition, and at most 32 unless the circle touches more partitions
    than that (only near a pole or beyond any search radius). The method: a conservative cover
    by Z-order cells an eighth of the radius high, merged over gaps as this module's head says.
    """
    grid, numbers = cover(circle)
    expected = grid.cell_km2(circle.centre.latitude) * max(density, DENSITY_LEAST)
    stretches = _stretches(numbers, grid)
    options = [_merged(stretches, grid, pages * PAGE_ENTRIES / expected) for pages in (1, 4)]
    best = min(options, key=lambda option: (_cost(option, expected), len(option)))
    return tuple(_key_range(stretch, grid) for stretch in _capped(best, grid))


def _stretches(numbers: list[int], grid: Grid) -> list[Stretch]:
    shift = grid.bits - 5 * PARTITION_LENGTH
    stretches, first = [], numbers[0]
    for before, number in pairwise([*numbers, -2]):
        if number != before + 1 or number >> shift != before >> shift:
            stretches.append(Stretch(first, before))
            first = number
    return stretches


def _merged(stretches: list[Stretch], grid: Grid, gap: float) -> list[Stretch]:
    """Close every gap of fewer cells than `gap`, never across partitions."""
    shift = grid.bits - 5 * PARTITION_LENGTH
    merged = [stretches[0]]
    for stretch in stretches[1:]:
        before = merged[-1]
        if stretch.first >> shift == before.last >> shift and stretch.first - before.last <= gap:
            merged[-1] = Stretch(before.first, stretch.last)
        else:
            merged.append(stretch)
    return merged


def _cost(stretches: list[Stretch], expected: float) -> int:
    cells = (last - first + 1 for first, last in stretches)
    return sum(max(1, math.ceil(count * expected / PAGE_ENTRIES)) for count in cells)


def _capped(stretches: list[Stretch], grid: Grid) -> list[Stretch]:
    """Close the smallest gaps, as many as it takes to ask no more than 32 times."""
    excess = len(stretches) - REQUESTS_MOST
    shift = grid.bits - 5 * PARTITION_LENGTH
    gaps = sorted(
        after.first - before.last
        for before, after in pairwise(stretches)
        if after.first >> shift == before.last >> shift
    )
    if excess <= 0 or not gaps:
        return stretches
    return _merged(stretches, grid, gaps[min(excess, len(gaps)) - 1])


def _key_range(stretch: Stretch, grid: Grid) -> KeyRange:
    below = BITS - grid.bits
    low, high = stretch.first << below, (stretch.last + 1 << below) - 1
    sort = (1 << _SORT_BITS) - 1
    return KeyRange(
        text_of(low >> _SORT_BITS, PARTITION_LENGTH),
        text_of(low & sort, SORT_LENGTH),
        text_of(high & sort, SORT_LENGTH),
    )
