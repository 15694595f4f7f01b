"""Which figures may be shown, so that no small group can be counted back.

A figure under 10 is hidden and every other one is shown as a step of five: 15 to 19. Figures that
add up to one total are released together. Somebody may know every rule here and all that is
shown, and tries to work a hidden figure out: it must keep at least five possible values. Where it
would not, the smallest shown figures are withheld as well, and the total last.

What is not promised: who compares two days' releases learns that a figure has passed a step of
five, and may narrow a hidden one further if everything else stood still between them. Figures of
single weeks are therefore never shown with a total.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

LEAST = 10
STEP = 5
POSSIBLE = 5
"""So many values a hidden figure must still be able to have."""
UNBOUNDED = 10**9


@dataclass(frozen=True, slots=True, order=True)
class Range:
    """What may be known of a figure: it lies between these two, both included."""

    least: int
    most: int

    @property
    def hidden(self) -> bool:
        """Whether it is one of the small ones."""
        return self.most < LEAST

    @property
    def withheld(self) -> bool:
        """Whether it is hidden only to protect others."""
        return self.most >= UNBOUNDED

    @property
    def shown(self) -> bool:
        return not self.hidden and not self.withheld

    @property
    def words(self) -> str:
        if self.hidden:
            return f"fewer than {LEAST}"
        return "withheld" if self.withheld else f"{self.least:,} to {self.most:,}"


SMALL = Range(0, LEAST - 1)
WITHHELD = Range(LEAST, UNBOUNDED)
NOTHING_SAID = Range(0, UNBOUNDED)


def range_of(figure: int) -> Range:
    """Return how a figure is shown when nothing else adds up with it."""
    if figure < LEAST:
        return SMALL
    low = figure // STEP * STEP
    return Range(low, low + STEP - 1)


@dataclass(frozen=True, slots=True)
class Release:
    """Tables that each add up to the same total, as they may be shown."""

    total: Range
    tables: Mapping[str, Mapping[str, Range]]


def released(tables: Mapping[str, Mapping[str, int]]) -> Release:
    """Return what may be shown of tables that all add up to one total."""
    totals = {sum(table.values()) for table in tables.values()}
    if len(totals) > 1:
        raise ValueError("these tables do not add up to the same total")
    ranges = {
        name: {key: range_of(figure) for key, figure in table.items()}
        for name, table in tables.items()
    }
    release = Release(range_of(totals.pop()) if totals else SMALL, ranges)
    while name := _betrayed(release):
        coarser = _coarser(release, name)
        if coarser is None:
            return release
        release = coarser
    return release


def possible_total(release: Release) -> Range:
    """Return what the total can be, given everything that is shown."""
    low, high = release.total.least, release.total.most
    for table in release.tables.values():
        low = max(low, sum(one.least for one in table.values()))
        high = min(high, sum(one.most for one in table.values()))
    return Range(low, high)


def possible(release: Release, name: str) -> dict[str, Range]:
    """Return what each figure of one table can be, given everything that is shown."""
    table, total = release.tables[name], possible_total(release)
    least = sum(one.least for one in table.values())
    most = sum(one.most for one in table.values())
    return {
        key: Range(
            max(one.least, total.least - (most - one.most)),
            min(one.most, total.most - (least - one.least)),
        )
        for key, one in table.items()
    }


def _betrayed(release: Release) -> str | None:
    """Return the first table in which a small figure could nearly be worked out."""
    for name, table in release.tables.items():
        known = possible(release, name)
        if any(one.hidden and _values(known[key]) < POSSIBLE for key, one in table.items()):
            return name
    return None


def _values(known: Range) -> int:
    return known.most - known.least + 1


def _coarser(release: Release, betrayed: str) -> Release | None:
    """Withhold one figure more: of the betrayed table, else the total, else of any table."""
    for name in (betrayed, "", *release.tables):
        if not name and release.total.shown:
            return replace(release, total=NOTHING_SAID)
        table = release.tables.get(name, {})
        shown = sorted((one.least, key) for key, one in table.items() if one.shown)
        if shown:
            key = shown[0][1]
            return replace(release, tables={**release.tables, name: {**table, key: WITHHELD}})
    return None


def alone(figures: Sequence[int]) -> tuple[Range, ...]:
    """Return figures that are shown without any total, each by itself."""
    return tuple(range_of(figure) for figure in figures)
