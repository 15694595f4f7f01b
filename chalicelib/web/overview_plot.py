"""Weeks as bars: numbers for a drawing that has a title, a description and the table beneath."""

from dataclasses import dataclass

from chalicelib.registrations.suppression import LEAST, Range
from chalicelib.web.overview_tables import Table

WIDE, HIGH = 780, 260
LEFT, BOTTOM, TOP = 52, 220, 20
HIDDEN_HIGH = 5
"""The mark of a week that has fewer than ten: it is there, and says nothing of how many."""
GRID = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """One week of one kind."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Step:
    """A line across, and the number it stands for."""

    y: float
    words: str


@dataclass(frozen=True, slots=True)
class Plot:
    """A drawing of two columns of the weekly table."""

    bars: tuple[Bar, ...]
    steps: tuple[Step, ...]
    first: str
    last: str
    described: str
    wide: int = WIDE
    high: int = HIGH
    left: int = LEFT
    bottom: int = BOTTOM


def plot(weeks: Table) -> Plot:
    """Draw how many joined and left in each week."""
    most = _round_up(max(one.least for _, ranges in weeks.rows for one in ranges[:2]))
    room = (WIDE - LEFT) / len(weeks.rows)
    bars = [
        _bar(one, LEFT + room * (number + 0.12 + 0.38 * side), room * 0.34, most, kind, name)
        for number, (name, ranges) in enumerate(weeks.rows)
        for side, (kind, one) in enumerate(zip(("joined", "left"), ranges[:2], strict=True))
    ]
    steps = [Step(_y(most * n / GRID, most), f"{most * n // GRID:,}") for n in range(GRID + 1)]
    names = [name for name, _ in weeks.rows]
    return Plot(tuple(bars), tuple(steps), names[0], names[-1], _described(weeks))


def _bar(one: Range, x: float, width: float, most: int, kind: str, name: str) -> Bar:  # noqa: PLR0913, PLR0917 - a bar has a place, a size and words
    high = BOTTOM - _y(one.least, most) if one.shown else HIDDEN_HIGH
    kind = kind if one.shown else f"{kind}-few"
    return Bar(round(x, 1), round(BOTTOM - high, 1), round(width, 1), round(high, 1), kind, name)


def _y(value: float, most: int) -> float:
    return round(BOTTOM - value / most * (BOTTOM - TOP), 1)


def _round_up(value: int) -> int:
    """Return the end of the scale: four equal steps of a round number."""
    step = LEAST
    while step * GRID < value:
        step *= 2
    return step * GRID


def _described(weeks: Table) -> str:
    said = []
    for column, name in enumerate(weeks.columns[:2]):
        shown = [(row, ranges[column]) for row, ranges in weeks.rows if ranges[column].shown]
        if not shown:
            said.append(f"{name}: fewer than {LEAST} in every week.")
            continue
        week, most = max(shown, key=lambda pair: pair[1].least)
        said.append(f"{name}: most in the week of {week}, {most.words}.")
    return " ".join(said)
