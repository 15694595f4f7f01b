"""One lookup, by us and by everybody else."""

import time
from collections.abc import Callable

from bench.competitors import intersecting_cells, nine_neighbours, scan
from bench.dynamodbgeo_client import ITEM_BYTES, Register
from bench.fleet import Fleet, bounds_of
from bench.meter import ENTRY_BYTES, Bill, charge
from bench.oracle import Expected, expected
from bench.rows import Lookup, Read, Rival, means
from chalicelib.geo import Circle, Curve, KeyRange, Region, best_plan, plan

THEIR_ITEMS_MOST = 100_000
"""A row stops asking dynamodbgeo after so many items: it needs 15 microseconds for each."""


class Looks:
    """Lookups in the fleets of one row."""

    def __init__(
        self,
        fleets: list[Fleet],
        *,
        theirs: int,
        rivals: bool = True,
        density: Callable[[Region], float] | None = None,
    ) -> None:
        """Set up dynamodbgeo for as many lookups as it is asked for.

        Without `density` the planner is told how dense the cameras were strewn.
        """
        self.fleets, self.density = fleets, density
        self.registers = [Register(fleet) for fleet in fleets] if theirs else []
        self.rivals, self.left, self.items = rivals, theirs, 0

    def look(self, town: int, region: Region) -> Lookup:
        """Look once, and let the others look too."""
        fleet = self.fleets[town]
        wanted = expected(fleet, region)
        told = self.density(region) if self.density else fleet.cameras_per_km2
        reads = ours(fleet, region, told, wanted)
        rivals = self._rivals(town, region, wanted) if self.rivals else {}
        return Lookup(len(wanted.inside), *reads, rivals)

    def _rivals(self, town: int, region: Region, wanted: Expected) -> dict[str, Rival]:
        fleet = self.fleets[town]
        rivals = {"scan": Rival(scan(fleet))}
        if isinstance(region, Circle):
            rivals["nine neighbours"] = Rival(nine_neighbours(fleet, region))
        for length, counts in intersecting_cells(fleet, region).items():
            rivals[f"{length} characters"] = Rival(counts)
        if self.left and self.items < THEIR_ITEMS_MOST:
            self.left -= 1
            rivals |= self._dynamodbgeo(town, region, wanted)
        return rivals

    def _dynamodbgeo(self, town: int, region: Region, wanted: Expected) -> dict[str, Rival]:
        answer = self.registers[town].look(region)
        self.items += sum(answer.counts)
        extra = wanted.extra_in(answer.found) if isinstance(region, Circle) else 0
        return {
            f"dynamodbgeo, {name} items": Rival(
                answer.counts, size, wanted.missed_by(answer.found), extra, answer.fails_at(size)
            )
            for name, size in ITEM_BYTES.items()
        }


def ours(
    fleet: Fleet, region: Region, cameras_per_km2: float, wanted: Expected
) -> tuple[Read, Read]:
    """Plan on one curve and on the better of two, read both, and compare what they find."""
    started = time.process_time()
    ranges = plan(region, cameras_per_km2)
    planned = time.process_time()
    better = best_plan(region, cameras_per_km2)
    ended = time.process_time()
    inside = Inside(fleet, region)
    bills = []
    for curve, some, seconds in (
        (Curve.PLAIN, ranges, planned - started),
        (better.curve, better.ranges, ended - planned),
    ):
        bill, found = read(fleet, some, curve, inside)
        bills.append(Read(bill, 1000 * seconds, wanted.missed_by(found), wanted.extra_in(found)))
    return bills[0], bills[1]


class Inside(dict[int, bool]):
    """Whether cameras are in the region; each is measured once."""

    def __init__(self, fleet: Fleet, region: Region) -> None:
        self.fleet, self.region = fleet, region

    def __missing__(self, number: int) -> bool:
        place = self.fleet.latitudes[number], self.fleet.longitudes[number]
        self[number] = answer = self.region.contains(*place)
        return answer


def read(
    fleet: Fleet, ranges: list[KeyRange], curve: Curve, inside: Inside
) -> tuple[Bill, frozenset[int]]:
    """Return what reading these ranges costs, and which of the cameras read are inside."""
    parts = [fleet.numbers(bounds_of(one), curve) for one in ranges]
    found = frozenset(number for part in parts for number in part if inside[number])
    return charge(map(len, parts), ENTRY_BYTES), found


def best_precision(lookups: list[Lookup]) -> list[Lookup]:
    """Keep, of the single precisions, the one that is cheapest over all lookups of a row."""
    lengths = {name for one in lookups for name in one.rivals if name.endswith("characters")}
    everywhere = [name for name in lengths if all(name in one.rivals for one in lookups)]
    if not everywhere:
        return lookups
    costs = {name: means(one.rivals[name].bill for one in lookups)[::-1] for name in everywhere}
    best = min(sorted(everywhere), key=costs.__getitem__)
    return [_with_cells(one, lengths, best) for one in lookups]


def _with_cells(lookup: Lookup, lengths: set[str], best: str) -> Lookup:
    rivals = {name: rival for name, rival in lookup.rivals.items() if name not in lengths}
    rivals["intersecting cells"] = lookup.rivals[best]
    return Lookup(lookup.hits, lookup.one, lookup.two, rivals)
