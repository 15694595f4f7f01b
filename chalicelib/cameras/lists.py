"""Reads a list of cameras that a business has in a spreadsheet, line by line.

    found = read(text, locate=..., covers=..., spoken=Spoken())
    found.cameras, found.wrong, found.repeats

Commas, semicolons or tabs; with or without quotation marks; any line ends; a byte order mark; a
decimal comma where commas do not separate cells. A cell may not go over several lines, so that
each line stands alone and one mistake spoils one camera. Nothing here keeps anything.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from chalicelib.cameras.list_cells import COLUMNS, TEXT_COLUMNS, Spoken, Wrong, camera_of
from chalicelib.cameras.model import Camera, CameraDetails, Kind, Premises
from chalicelib.geo import Point
from chalicelib.language import say

LINE_ENDS = re.compile(r"\r\n|\r|\n")
DELIMITERS = ("\t", ";", ",")
LINE_MOST = 2000
LINES_MOST = 1000
"""Twice what a registration may have: each line may be an address to be looked for."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet program calculates what begins like this instead of showing it."""
BYTE_ORDER_MARK = "\ufeff"

Locate = Callable[[str], Point]
"""Finds an address; raises InvalidInput with the sentence for its line."""


@dataclass(frozen=True, slots=True)
class WrongLine:
    """A line nothing can be made of: its number, the column if one is to blame, and why."""

    line: int
    column: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ListedCamera:
    """A camera of the list and where it stands there."""

    line: int
    details: CameraDetails


@dataclass(frozen=True, slots=True)
class Repeat:
    """A line that seems to say again what another line, or a camera that is there, says."""

    line: int
    like_line: int | None
    """None: like a camera that is registered already."""


@dataclass(frozen=True, slots=True)
class CameraList:
    """What a list holds; `cameras` are all good lines, `repeats` those of them to look at."""

    cameras: tuple[ListedCamera, ...] = ()
    wrong: tuple[WrongLine, ...] = ()
    repeats: tuple[Repeat, ...] = ()
    ignored: tuple[str, ...] = ()
    """Columns we do not know, as they are headed."""

    @property
    def new(self) -> tuple[ListedCamera, ...]:
        """Return the cameras that repeat nothing."""
        again = {one.line for one in self.repeats}
        return tuple(one for one in self.cameras if one.line not in again)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The lines below the first, and which cell of each is which column."""

    delimiter: str
    columns: Mapping[str, int]
    ignored: tuple[str, ...]
    width: int
    lines: Sequence[tuple[int, str]] = field(default=())


def read(  # noqa: PLR0913 - the list and what to judge it by, all keyword-only but one
    text: str,
    *,
    locate: Locate,
    covers: Callable[[Point], bool],
    known: Iterable[CameraDetails | Camera] = (),
    premises: Premises = Premises.BUSINESS,
    spoken: Spoken | None = None,
) -> CameraList:
    """Read the list; `known` are the cameras its owner has given already."""
    spoken = spoken or Spoken()
    lines = [(number, line) for number, line in _lines(text) if line.strip(" ,;\t\"'")]
    if not lines:
        return CameraList(wrong=(WrongLine(1, "", say("There is nothing in the list")),))
    if too_long := _too_long(lines):
        return CameraList(wrong=(WrongLine(lines[0][0], "", too_long),))
    sheet = _sheet(lines, spoken)
    if missing := _missing(sheet):
        return CameraList(wrong=(WrongLine(lines[0][0], "", missing),), ignored=sheet.ignored)
    good, bad = [], []
    for number, line in sheet.lines:
        try:
            cells = _cells(line, sheet)
            good.append(ListedCamera(number, camera_of(cells, locate, covers, premises, spoken)))
        except Wrong as wrong:
            bad.append(WrongLine(number, wrong.column, wrong.sentence))
    return CameraList(tuple(good), tuple(bad), _repeats(good, known), sheet.ignored)


def write(cameras: Iterable[CameraDetails | Camera]) -> str:
    """Write cameras as a list that `read` takes and that no spreadsheet program calculates."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([_safe(_cell(camera, name)) for name in COLUMNS] for camera in cameras)
    return BYTE_ORDER_MARK + out.getvalue()


def _lines(text: str) -> list[tuple[int, str]]:
    lines = list(enumerate(LINE_ENDS.split(text.removeprefix(BYTE_ORDER_MARK)), 1))
    # Excel's own way to say what separates the cells.
    return lines[1:] if lines[0][1].lower().startswith("sep=") else lines


def _too_long(lines: Sequence[tuple[int, str]]) -> str:
    """Say why reading the list would take all day; "" if it would not."""
    if len(lines) > LINES_MOST:
        return say("This list is too long. Put it in as two lists")
    if len(lines[0][1]) > LINE_MOST:
        return say("This line is too long. It can have at most %(most)s characters", most=LINE_MOST)
    return ""


def _sheet(lines: Sequence[tuple[int, str]], spoken: Spoken) -> _Sheet:
    heading = lines[0][1]
    delimiter = max(DELIMITERS, key=lambda one: (heading.count(one), one == ","))
    headings = [" ".join(cell.split()) for cell in _split(heading, delimiter) or []]
    columns: dict[str, int] = {}
    ignored = []
    for place, cell in enumerate(headings):
        column = spoken.column(cell)
        if column and column not in columns:
            columns[column] = place
        elif cell:
            ignored.append(cell)
    return _Sheet(delimiter, columns, tuple(ignored), len(headings), lines[1:])


def _missing(sheet: _Sheet) -> str:
    """Say what keeps the list from being read at all; "" if nothing does."""
    if "address" not in sheet.columns and not {"latitude", "longitude"} <= set(sheet.columns):
        return say(
            "The first line must name the columns: address, or latitude and longitude, "
            "and any others that you have"
        )
    return "" if sheet.lines else say("There is no camera below the first line")


def _cells(line: str, sheet: _Sheet) -> dict[str, str]:
    if len(line) > LINE_MOST:
        raise Wrong(
            "",
            say("This line is too long. It can have at most %(most)s characters", most=LINE_MOST),
        )
    cells = _split(line, sheet.delimiter)
    if cells is None:
        raise Wrong(
            "",
            say("A quotation mark is not closed. Put each camera on one line of its own"),
        )
    if any(cell.strip() for cell in cells[sheet.width :]):
        raise Wrong("", say("This line has more cells than the first line has columns"))
    comma = sheet.delimiter != ","
    return {
        column: _plain(cells[place], column, decimal_comma=comma)
        for column, place in sheet.columns.items()
        if place < len(cells)
    }


def _split(line: str, delimiter: str) -> list[str] | None:
    """Return the cells of one line; None if a quotation mark of it has no other."""
    if line.count('"') % 2:
        return None
    try:
        return next(csv.reader([line], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return None


def _plain(cell: str, column: str, *, decimal_comma: bool) -> str:
    """Undo what `_safe` and other languages' number formats do."""
    text = " ".join(cell.split())
    if column in TEXT_COLUMNS:
        return text[1:] if text[:1] == "'" and text[1:2] in FORMULA else text
    text = text.removeprefix("'")
    return text.replace(",", ".") if decimal_comma else text


def _safe(text: str) -> str:
    number = re.fullmatch(r"-?[0-9.]+", text)
    return f"'{text}" if text.startswith(FORMULA) and not number else text


def _cell(camera: CameraDetails | Camera, name: str) -> str:
    if name in {"latitude", "longitude"}:
        return f"{getattr(camera.point, name):.6f}"
    value = getattr(camera, name)
    return "" if value is None else str(value)


def _repeats(
    good: Iterable[ListedCamera], known: Iterable[CameraDetails | Camera]
) -> tuple[Repeat, ...]:
    """Find lines that may mean a camera another line means, or one that is there already."""
    at: dict[tuple[float, float], list[tuple[int | None, CameraDetails | Camera]]] = {}
    for camera in known:
        at.setdefault(_spot(camera), []).append((None, camera))
    found = []
    for one in good:
        there = at.setdefault(_spot(one.details), [])
        like = [line for line, other in there if _alike(one.details, other)]
        if like:
            found.append(Repeat(one.line, like[0]))
        there.append((one.line, one.details))
    return tuple(found)


def _spot(camera: CameraDetails | Camera) -> tuple[float, float]:
    """Return its place to a metre."""
    return (round(camera.point.latitude, 5), round(camera.point.longitude, 5))


def _alike(one: CameraDetails | Camera, other: CameraDetails | Camera) -> bool:
    """Say whether nothing that is known of both tells two cameras at one place apart."""
    return not any(
        mine and theirs and mine != theirs
        for mine, theirs in zip(_features(one), _features(other), strict=True)
    )


def _features(camera: CameraDetails | Camera) -> tuple[str, str, str]:
    heading = "" if camera.heading is None else str(camera.heading)
    kind = "" if camera.kind is Kind.OTHER else str(camera.kind)
    return (camera.label or "").casefold(), heading, kind
