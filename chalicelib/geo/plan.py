"""Which stretches of the geo index to read for a region, at the lowest cost.

A request costs at least one page of 4 KB, so reading through a gap that holds less than a page
is cheaper than asking twice. Gaps are closed by that rule and by wider ones; what costs least,
in pages rounded up for each request and in time for asking, is taken.
"""

import math
from bisect import bisect_left
from itertools import islice
from operator import sub
from typing import NamedTuple

from chalicelib.geo.cover import cover
from chalicelib.geo.geohash import BITS, text_of
from chalicelib.geo.grid import Chains, Grid
from chalicelib.geo.keys import PARTITION_LENGTH, SORT_LENGTH, Curve
from chalicelib.geo.regions import Region

ENTRY_BYTES = 35
PAGE_BYTES = 4096
PAGE_ENTRIES = PAGE_BYTES // ENTRY_BYTES
"""117 entries share the smallest charge."""
GAPS_PAGES = 1.0, 1.5, 2.0
"""Expected pages up to which gaps are closed: the cheapest of these rules is taken."""
REQUEST_PAGES = 0.75
"""What a request costs beside its pages: about as much time as that many entries take.

More asks less often and reads more: from 0.5 to 0.75 one request answers 71 % of the suburban
searches of 250 m, not 67 %, for 1 % more pages.
"""
REQUESTS_MOST = 32
DENSITY = 50.0
"""Cameras per square kilometre where nothing better is known. It only ever costs money: a wrong
density reads more or asks more often, and finds the same."""
DENSITY_LEAST = 0.001
"""Below this nothing changes: the whole region is one request in each partition already."""

_SORT_BITS = 5 * SORT_LENGTH


class KeyRange(NamedTuple):
    """One request: the partition and the first and last sort key, both included.

    Both bounds have the full length of a stored key; a longer or shorter one would sort wrongly.
    """

    partition: str
    low: str
    high: str


Stretch = tuple[int, int]
"""First and last cell of what is read in one request."""


class Plan(NamedTuple):
    """What to read, from which of the two curves, and about how many pages that will be.

    `cost` is in pages too, and counts what requests take beside them.
    """

    curve: Curve
    ranges: list[KeyRange]
    pages: int
    cost: float


def plan(
    region: Region,
    cameras_per_km2: float = DENSITY,
    *,
    margin_m: float = 0.0,
    curve: Curve = Curve.PLAIN,
) -> list[KeyRange]:
    """Return the ranges to read so that no place within `margin_m` of `region` is missed.

    `cameras_per_km2` is the expected density. Ranges are sorted and disjoint, each in one
    partition, and at most 32 unless the region touches more partitions than that (only near a
    pole or beyond any search). The method: a conservative cover by cells in Z-order, merged over
    gaps as this module's head says.
    """
    return planned(region, cameras_per_km2, margin_m=margin_m, curve=curve).ranges


def best_plan(region: Region, cameras_per_km2: float = DENSITY, *, margin_m: float = 0.0) -> Plan:
    """Return the cheaper of the plans on the two curves; `plan` says what it covers.

    The second curve is not looked at where the first one takes a single page.
    """
    first = planned(region, cameras_per_km2, margin_m=margin_m, curve=Curve.PLAIN)
    if first.pages == 1:
        return first
    second = planned(region, cameras_per_km2, margin_m=margin_m, curve=Curve.SHIFTED)
    return min(first, second, key=lambda plan: plan.cost)


def planned(region: Region, cameras_per_km2: float, *, margin_m: float, curve: Curve) -> Plan:
    """Return the plan on one curve."""
    grid, chains, cell_km2 = cover(region, margin_m, curve, cameras_per_km2)
    a_page = PAGE_ENTRIES / (cell_km2 * max(cameras_per_km2, DENSITY_LEAST))
    cuts = _partition_ends(chains, grid)
    gaps = _gaps(chains, GAPS_PAGES[0] * a_page)
    options = [_stretches(chains, cuts, gaps)]
    for pages in GAPS_PAGES[1:] if gaps else ():
        gaps = [gap for gap in gaps if gap[0] > pages * a_page]
        options.append(_stretches(chains, cuts, gaps))
    cost, best = min((_cost(option, a_page), option) for option in options)
    ranges = [_key_range(first, last, grid) for first, last in best]
    return Plan(curve, ranges, _pages(best, a_page), cost)


def _partition_ends(chains: Chains, grid: Grid) -> list[int]:
    """Return the places in chains after which another partition begins."""
    firsts = chains.firsts
    shift = grid.bits - 5 * PARTITION_LENGTH
    ends, place = [], 0
    while firsts[place] >> shift != firsts[-1] >> shift:
        place = bisect_left(firsts, (firsts[place] >> shift) + 1 << shift)
        ends.append(place - 1)
    return ends


def _gaps(chains: Chains, least: float) -> list[tuple[int, int]]:
    """Return the gaps of more than `least` cells, and the places in the chains before them."""
    firsts, lasts = chains
    if lasts[-1] - firsts[0] - len(firsts) < least:
        return []
    gaps = map(sub, islice(firsts, 1, None), lasts)
    return [(gap, place) for place, gap in enumerate(gaps) if gap > least]


def _stretches(chains: Chains, cuts: list[int], gaps: list[tuple[int, int]]) -> list[Stretch]:
    """Return what is left in one piece between cuts and gaps; of too many gaps the widest."""
    left = max(REQUESTS_MOST - 1 - len(cuts), 0)
    if len(gaps) > left:
        cut = set(cuts)
        gaps = sorted((gap for gap in gaps if gap[1] not in cut), reverse=True)[:left]
    ends = sorted({*cuts, *(place for _, place in gaps)})
    firsts = [chains.firsts[0], *(chains.firsts[end + 1] for end in ends)]
    lasts = [*(chains.lasts[end] for end in ends), chains.lasts[-1]]
    return list(zip(firsts, lasts, strict=True))


def _pages(stretches: list[Stretch], a_page: float) -> int:
    return sum(max(1, math.ceil((last + 1 - first) / a_page)) for first, last in stretches)


def _cost(stretches: list[Stretch], a_page: float) -> float:
    """Return the pages to expect, where rounding up adds half of one, and what asking costs."""
    pages = sum([max(1.0, (last + 1 - first) / a_page + 0.5) for first, last in stretches])
    return pages + REQUEST_PAGES * len(stretches)


def _key_range(first: int, last: int, grid: Grid) -> KeyRange:
    below = BITS - grid.bits
    low, high = first << below, (last + 1 << below) - 1
    sort = (1 << _SORT_BITS) - 1
    return KeyRange(
        text_of(low >> _SORT_BITS, PARTITION_LENGTH),
        text_of(low & sort, SORT_LENGTH),
        text_of(high & sort, SORT_LENGTH),
    )
