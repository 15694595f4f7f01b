"""One row of the table: its lookups, and what they come to."""

import math
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from bench.meter import ENTRY_BYTES, YARDSTICK_BYTES, Bill, charge, yardstick

Counts = Sequence[int]


class Read(NamedTuple):
    """What one plan of ours cost, how long the planning took, and how far it was off."""

    bill: Bill
    plan_ms: float
    missed: int
    extra: int


@dataclass(frozen=True, slots=True)
class Rival:
    """What somebody else's recipe went through for the same lookup, and how far it was off."""

    counts: Counts
    entry_bytes: int = YARDSTICK_BYTES
    missed: int = 0
    extra: int = 0
    fails: bool = False

    @property
    def bill(self) -> Bill:
        return charge(self.counts, self.entry_bytes)


@dataclass(frozen=True, slots=True)
class Lookup:
    """One search, paid for on one curve and on the better of two, and by each rival."""

    hits: int
    one: Read
    two: Read
    rivals: dict[str, Rival] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """Lookups of one kind."""

    kind: str
    density: str
    size: str
    lookups: list[Lookup]
    whole_ms: float | None = None
    """Processor time of whole lookups of this kind, the network left out; a few are timed."""

    @property
    def name(self) -> str:
        return f"{self.kind} {self.density} {self.size}"

    @property
    def wrong(self) -> int:
        reads = (read for lookup in self.lookups for read in (lookup.one, lookup.two))
        return sum(read.missed + read.extra for read in reads)

    def figures(self) -> dict[str, Any]:
        """Return everything that is printed of the row."""
        hits = [lookup.hits for lookup in self.lookups]
        return {
            "row": self.name,
            "lookups": len(hits),
            "hits": _rounded(statistics.fmean(hits)),
            "hits_p95": percentile(hits, 95),
            "lb48": _rounded(self._least()),
            "entry_bytes": ENTRY_BYTES,
            "total_cpu_ms_p50": self.whole_ms,
            **self._read(lambda lookup: lookup.one),
            "two_curves": self._read(lambda lookup: lookup.two),
            "competitors": {name: self._rival(name) for name in self.rivals()},
        }

    def rivals(self) -> list[str]:
        names = (name for lookup in self.lookups for name in lookup.rivals)
        return list(dict.fromkeys(names))

    def _least(self) -> float:
        return statistics.fmean(yardstick(lookup.hits).units for lookup in self.lookups)

    def _read(self, which: Callable[[Lookup], Read]) -> dict[str, Any]:
        reads = [which(lookup) for lookup in self.lookups]
        requests = [read.bill.requests for read in reads]
        units = [read.bill.units for read in reads]
        entries = statistics.fmean(read.bill.entries for read in reads)
        hits = statistics.fmean(lookup.hits for lookup in self.lookups)
        plan_ms = [read.plan_ms for read in reads]
        return {
            "requests": _rounded(statistics.fmean(requests)),
            "requests_p50": percentile(requests, 50),
            "requests_p95": percentile(requests, 95),
            "requests_max": max(requests),
            "one_request": _rounded(sum(count == 1 for count in requests) / len(requests)),
            "rcu": _rounded(statistics.fmean(units)),
            "rcu_p95": percentile(units, 95),
            "lb48_ratio": _rounded(statistics.fmean(units) / self._least()),
            "entries": _rounded(entries),
            "read_per_hit": _rounded(entries / hits) if hits else None,
            "missed": sum(read.missed for read in reads),
            "extra": sum(read.extra for read in reads),
            "plan_ms_p50": _rounded(percentile(plan_ms, 50)),
            "plan_ms_p95": _rounded(percentile(plan_ms, 95)),
        }

    def _rival(self, name: str) -> dict[str, Any]:
        """Return what a rival paid, beside ours for the very lookups it was asked to do."""
        asked = [lookup for lookup in self.lookups if name in lookup.rivals]
        rivals = [lookup.rivals[name] for lookup in asked]
        requests, units = means(rival.bill for rival in rivals)
        one, two = (means(bills) for bills in zip(*_ours(asked), strict=True))
        return {
            "lookups": len(asked),
            "requests": _rounded(requests),
            "rcu": _rounded(units),
            "requests_ratio": _rounded(requests / one[0]),
            "rcu_ratio": _rounded(units / one[1]),
            "requests_ratio_two_curves": _rounded(requests / two[0]),
            "rcu_ratio_two_curves": _rounded(units / two[1]),
            "missed": sum(rival.missed for rival in rivals),
            "extra": sum(rival.extra for rival in rivals),
            "fails": sum(rival.fails for rival in rivals),
        }


def _ours(lookups: Iterable[Lookup]) -> Iterable[tuple[Bill, Bill]]:
    return ((lookup.one.bill, lookup.two.bill) for lookup in lookups)


def means(bills: Iterable[Bill]) -> tuple[float, float]:
    """Return the mean requests and the mean read units."""
    requests, units, _ = zip(*bills, strict=True)
    return statistics.fmean(requests), statistics.fmean(units)


def percentile(values: Sequence[float], percent: int) -> float:
    """Return the smallest value that is not exceeded in so many of a hundred cases."""
    return sorted(values)[math.ceil(percent / 100 * len(values)) - 1]


def _rounded(value: float) -> float:
    return round(value, 4)
