"""Squares of about five kilometres: which a programme's area has, and who takes part in each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from chalicelib.geo import Outline, Point, geohash
from chalicelib.registrations.suppression import LEAST, Range, released

LENGTH = 5
DEGREES = 360 / 2**13
"""Both sides of a square, the same in longitude and latitude."""
FEW, NO_HOMES, NO_BUSINESSES = "few", "no_homes", "no_businesses"


@dataclass(frozen=True, slots=True)
class Square:
    """One square as it may be shown."""

    number: int
    centre: Point
    cameras: Range
    gap: str
    """FEW, NO_HOMES or NO_BUSINESSES where outreach could help; "" elsewhere."""


def squares_of(outline: Outline) -> Iterator[str]:
    """Give the squares whose middle lies inside the area."""
    box = outline.bounds
    rows, columns = _steps(box.south, box.north, -90), _steps(box.west, box.east, -180)
    for latitude in rows:
        for longitude in columns:
            if outline.covers(Point(latitude, longitude)):
                yield geohash.encode(Point(latitude, longitude))[:LENGTH]


def shown(
    outline: Outline,
    cameras: Mapping[str, int],
    kinds: Mapping[str, Mapping[str, int]],
    *,
    by_kind: bool,
) -> tuple[tuple[Square, ...], Range]:
    """Return every square of the area, and what may be shown of all cameras together."""
    names = sorted({*squares_of(outline), *cameras})
    figures = {name: cameras.get(name, 0) for name in names}
    release = released({"squares": figures})
    found = tuple(
        Square(
            number,
            geohash.decode(name),
            release.tables["squares"][name],
            gap(figures[name], kinds.get(name, {}) if by_kind else None),
        )
        for number, name in enumerate(names, start=1)
    )
    return found, release.total


def gap(cameras: int, kinds: Mapping[str, int] | None) -> str:
    """Say what a square lacks, from nothing but whether figures reach ten."""
    if cameras < LEAST:
        return FEW
    if kinds is None:
        return ""
    homes, businesses = (kinds.get(kind, 0) >= LEAST for kind in ("home", "business"))
    if homes == businesses:
        return ""
    return NO_BUSINESSES if homes else NO_HOMES


def _steps(low: float, high: float, edge: float) -> list[float]:
    """Return the middles of the rows or columns of squares between two degrees."""
    first = int((low - edge) // DEGREES)
    last = int((high - edge) // DEGREES)
    return [edge + (number + 0.5) * DEGREES for number in range(first, last + 1)]
