"""The cells of one line of a list of cameras, and the camera they make."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from chalicelib.cameras.model import RANGES, TEXT_MAX, CameraDetails, Kind, Premises
from chalicelib.errors import InvalidInput
from chalicelib.geo import Point
from chalicelib.language import say

COLUMNS = (
    *("label", "address", "latitude", "longitude"),
    *("kind", "heading", "view_angle", "days_kept"),
)
TEXT_COLUMNS = frozenset({"label", "address", "kind"})
DEGREES = re.compile(r"[+-]?[0-9]{1,3}(\.[0-9]{0,15})?", re.ASCII)
WHOLE = re.compile(r"([0-9]{1,4})(\.0*)?(°| ?days?| ?degrees)?", re.ASCII | re.IGNORECASE)
EIGHTHS = ("n", "ne", "e", "se", "s", "sw", "w", "nw")
COMPASS = {name: place * 45 for place, name in enumerate(EIGHTHS)}
LIMITS = {name: (least, most) for name, least, most in RANGES} | {"heading": (0, 360)}
PIN_ACCURACY_M = 10
ADDRESS_ACCURACY_M = 25

Cells = Mapping[str, str]


class Wrong(Exception):
    """One line cannot be used: because of which column, and the sentence for it."""

    def __init__(self, column: str, sentence: str) -> None:
        """Blame `column`, or "" for the line as a whole."""
        super().__init__(sentence)
        self.column = column
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Spoken:
    """What columns, kinds and directions are called besides their plain English names."""

    columns: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    compass: Mapping[str, int] = field(default_factory=dict)

    def column(self, heading: str) -> str | None:
        """Return the column a heading names, however it is written."""
        plain = {plainly(name): name for name in COLUMNS}
        named = {plainly(word): name for word, name in self.columns.items()}
        return (plain | named).get(plainly(heading))

    def kind(self, text: str) -> Kind | None:
        plain = {plainly(kind): kind for kind in Kind}
        named = {plainly(word): kind for word, kind in self.kinds.items()}
        return (plain | named).get(plainly(text))

    def direction(self, text: str) -> int | None:
        named = {plainly(word): degrees for word, degrees in self.compass.items()}
        return (COMPASS | named).get(plainly(text))


def plainly(text: str) -> str:
    """Return letters and digits only: `View angle`, `view_angle` and `VIEW-ANGLE` are the same."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in folded if sign.isalnum())


def camera_of(
    cells: Cells,
    locate: Callable[[str], Point],
    covers: Callable[[Point], bool],
    premises: Premises,
    spoken: Spoken,
) -> CameraDetails:
    """Return the camera of one line; raise Wrong for the first cell that cannot be used."""
    _check_texts(cells)
    point, blamed = _place(cells, locate)
    if not covers(point):
        raise Wrong(blamed, _outside(point, covers))
    return CameraDetails(
        point=point,
        address=cells.get("address") or None,
        label=cells.get("label") or None,
        kind=_kind(cells.get("kind", ""), spoken),
        premises=premises,
        heading=_heading(cells.get("heading", ""), spoken),
        view_angle=_whole(cells, "view_angle"),
        accuracy_m=ADDRESS_ACCURACY_M if blamed == "address" else PIN_ACCURACY_M,
        days_kept=_whole(cells, "days_kept"),
    )


def _check_texts(cells: Cells) -> None:
    for column, text in cells.items():
        if not text.isprintable():
            raise Wrong(column, say("Some of the text has characters that cannot be used."))
        if len(text) > TEXT_MAX:
            raise Wrong(column, say("Use at most %(most)s characters", most=TEXT_MAX))


def _place(cells: Cells, locate: Callable[[str], Point]) -> tuple[Point, str]:
    """Return where the camera is, and the column that says so."""
    latitude, longitude = cells.get("latitude", ""), cells.get("longitude", "")
    if not latitude and not longitude:
        return _found(cells.get("address", ""), locate), "address"
    for column, text in (("latitude", latitude), ("longitude", longitude)):
        if not DEGREES.fullmatch(text):
            raise Wrong(column, say("Enter latitude and longitude as numbers"))
    try:
        return Point(round(float(latitude), 6), round(float(longitude), 6)), "latitude"
    except InvalidInput as error:
        sentence = say("Latitude goes from -90 to 90 and longitude from -180 to 180")
        raise Wrong("latitude", sentence) from error


def _found(address: str, locate: Callable[[str], Point]) -> Point:
    if not address:
        raise Wrong("address", say("Enter an address, or latitude and longitude"))
    try:
        point = locate(address)
    except InvalidInput as error:
        raise Wrong("address", next(iter(error.fields.values()), error.sentence)) from error
    return Point(round(point.latitude, 6), round(point.longitude, 6))


def _outside(point: Point, covers: Callable[[Point], bool]) -> str:
    try:
        turned = covers(Point(point.longitude, point.latitude))
    except InvalidInput:
        turned = False
    if turned:
        return say("Latitude and longitude look the wrong way round")
    return say("That place is outside our area.")


def _kind(text: str, spoken: Spoken) -> Kind:
    if not text:
        return Kind.OTHER
    kind = spoken.kind(text)
    if kind is None:
        raise Wrong("kind", say("Enter one of %(kinds)s", kinds=", ".join(Kind)))
    return kind


def _heading(text: str, spoken: Spoken) -> int | None:
    direction = spoken.direction(text) if text else None
    if direction is not None:
        return direction
    degrees = _whole({"heading": text}, "heading")
    return None if degrees is None else degrees % 360


def _whole(cells: Cells, column: str) -> int | None:
    text = cells.get(column, "")
    if not text:
        return None
    least, most = LIMITS[column]
    match = WHOLE.fullmatch(text)
    if not match or not least <= int(match[1]) <= most:
        raise Wrong(
            column, say("Enter a whole number from %(least)s to %(most)s", least=least, most=most)
        )
    return int(match[1])
