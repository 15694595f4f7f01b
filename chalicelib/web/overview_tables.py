"""The overview's figures as tables: what the page, its plot and its file all show."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from chalicelib.geo import Point, bearing, distance_m, geohash
from chalicelib.jurisdictions import Jurisdiction
from chalicelib.registrations import areas, figures
from chalicelib.registrations.figures import WAYS, Figures
from chalicelib.registrations.suppression import Range, Release, range_of, released

STANDINGS = {
    "active": "Taking part",
    "reconfirm_due": "Lapsing: asked whether the entry is still right",
    "lapsed": "Lapsed: hidden, erased unless they answer",
    "paused": "Paused by the owner",
    "unreachable": "Paused because a letter came back",
}
KINDS = {"home": "Homes", "business": "Businesses"}
WAY_WORDS = {
    "joined": "Joined",
    "left": "Left",
    "lapsed": "Lapsed",
    "erased": "Erased",
    "unconfirmed": "Never confirmed",
}
GAPS = {
    areas.FEW: "Few cameras, or none",
    areas.NO_HOMES: "Few homes or none",
    areas.NO_BUSINESSES: "Few businesses or none",
}
COMPASS = ("n", "ne", "e", "se", "s", "sw", "w", "nw")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Table:
    """One table of figures: a heading for each column, and ranges in the rows."""

    id: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Range, ...]], ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything a coordinator is shown."""

    as_of: datetime
    registered: Range
    unconfirmed: Range
    cameras: Range
    tables: tuple[Table, ...]
    weeks: Table
    squares: tuple[tuple[str, areas.Square], ...]

    @property
    def gaps(self) -> tuple[tuple[str, str], ...]:
        """Return the squares where something is missing, and what."""
        return tuple((words, GAPS[one.gap]) for words, one in self.squares if one.gap)

    @property
    def busy(self) -> tuple[tuple[str, Range], ...]:
        """Return the squares with a figure that may be shown, the most cameras first."""
        found = [(words, one.cameras) for words, one in self.squares if not one.cameras.hidden]
        return tuple(sorted(found, key=lambda row: -row[1].least))


def overview(counted: Figures, here: Jurisdiction) -> Overview:
    """Return what may be shown of the figures."""
    release = released(_adding_up(counted, here))
    full = here.fields == "full"
    squares, cameras = areas.shown(
        here.outline, counted.squares, counted.kinds_by_square, by_kind=full
    )
    return Overview(
        as_of=counted.as_of,
        registered=release.total,
        unconfirmed=range_of(counted.unconfirmed),
        cameras=cameras,
        tables=_tables(release),
        weeks=_weeks(counted, here),
        squares=tuple((_named(one, here), one) for one in squares),
    )


def lines(shown: Overview) -> Iterator[tuple[str, ...]]:
    """Give the lines of the file: table, row, column, least, most, as the page says it."""
    yield ("table", "row", "column", "at least", "at most", "shown as")
    yield _line("total", "registered", "registrations", shown.registered)
    yield _line("total", "unconfirmed", "registrations", shown.unconfirmed)
    yield _line("total", "cameras", "cameras", shown.cameras)
    for table in (*shown.tables, shown.weeks):
        for name, ranges in table.rows:
            for column, one in zip(table.columns, ranges, strict=True):
                yield _line(table.id, name, column, one)
    for words, square in shown.squares:
        yield _line("area", words, "cameras", square.cameras)
        if square.gap:
            yield ("area", words, "gap", "", "", GAPS[square.gap])


def as_file(shown: Overview) -> str:
    """Write the lines as CSV that no spreadsheet takes for formulas."""
    out = io.StringIO()
    csv.writer(out).writerows([_plain(cell) for cell in line] for line in lines(shown))
    return out.getvalue()


def day(begins: date, here: Jurisdiction) -> str:
    """Say a day; noon, so that no time zone moves it to the one before."""
    return here.date_words(datetime(begins.year, begins.month, begins.day, 12, tzinfo=UTC))


def square_size(here: Jurisdiction) -> str:
    """Say how large a square is: 3 miles by 2.4 miles."""
    middle = here.map.centre
    beside = Point(middle.latitude, middle.longitude + areas.DEGREES)
    above = Point(middle.latitude + areas.DEGREES, middle.longitude)
    high, wide = (here.distance_words(distance_m(middle, one)) for one in (above, beside))
    return f"{wide} by {high}"


def _adding_up(counted: Figures, here: Jurisdiction) -> Mapping[str, Mapping[str, int]]:
    """Return the tables that all add up to the registrations there are."""
    standing = {name: counted.states.get(name, 0) for name in STANDINGS}
    found = {"standing": standing, "source": dict(sorted(counted.sources.items()))}
    if here.fields == "full":
        found["kind"] = {name: counted.kinds.get(name, 0) for name in KINDS}
    return found


def _tables(release: Release) -> tuple[Table, ...]:
    captions = {"standing": "How they stand", "source": "How they came", "kind": "Who they are"}
    words = {**STANDINGS, **KINDS}
    return tuple(
        Table(
            name,
            captions[name],
            ("Registrations",),
            tuple((words.get(key, key) or "not known", (one,)) for key, one in table.items()),
        )
        for name, table in release.tables.items()
    )


def _weeks(counted: Figures, here: Jurisdiction) -> Table:
    rows = tuple(
        (day(week.begins, here), tuple(range_of(week.counts[way]) for way in WAYS))
        for week in figures.weeks(counted)
    )
    return Table("week", "Week by week", tuple(WAY_WORDS[way] for way in WAYS), rows)


def _named(square: areas.Square, here: Jurisdiction) -> str:
    """Say where a square is as people there would: so far, and which way, from the middle."""
    return f"Square {square.number}: {_where(here.map.centre, square.centre, here)}"


def _where(middle: Point, there: Point, here: Jurisdiction) -> str:
    if geohash.encode(middle)[: areas.LENGTH] == geohash.encode(there)[: areas.LENGTH]:
        return "the middle of the map"
    way = here.words[f"compass_{COMPASS[int((bearing(middle, there) + 22.5) // 45) % 8]}"]
    return f"about {here.distance_words(distance_m(middle, there))} {way} of the middle"


def _line(table: str, row: str, column: str, one: Range) -> tuple[str, ...]:
    least = str(one.least) if one.shown else ""
    most = str(one.most) if one.shown else ""
    return (table, row, column, least, most, one.words)


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
