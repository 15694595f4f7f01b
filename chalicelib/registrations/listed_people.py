"""Reads the people on an old list, line by line, beside the cameras that `cameras.lists` reads.

Lines and cells are cut as there, so that a line number means the same in both. Whoever has an
e-mail address is reached by e-mail; who has none by letter, or by phone if no address is known.
"""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from chalicelib.cameras.lists import BYTE_ORDER_MARK, DELIMITERS, LINE_ENDS, ListedCamera
from chalicelib.cameras.model import CameraDetails, Premises
from chalicelib.errors import InvalidInput
from chalicelib.registrations.model import Contact, Reach, checked, normalised

HEADINGS: Mapping[str, str] = {
    **dict.fromkeys(("name", "owner", "owner name", "full name", "contact"), "name"),
    **dict.fromkeys(("email", "e-mail", "mail", "email address"), "email"),
    **dict.fromkeys(("phone", "telephone", "tel", "phone number", "mobile"), "phone"),
    **dict.fromkeys(("postal address", "postal_address", "mailing address"), "postal_address"),
    **dict.fromkeys(("premises", "home or business", "type of place"), "premises"),
}
BUSINESS = frozenset({"business", "shop", "store", "company", "organization", "organisation"})


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody on the list who can be invited."""

    line: int
    contact: Contact
    premises: Premises
    camera: CameraDetails


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line nobody can be invited from, and why."""

    line: int
    sentence: str


def read(
    text: str, cameras: Iterable[ListedCamera]
) -> tuple[tuple[Listed, ...], tuple[BadLine, ...]]:
    """Return who can be invited and which lines are wrong or say again what another says."""
    placed = {one.line: one.details for one in cameras}
    good: list[Listed] = []
    bad: list[BadLine] = []
    for line, cells in _rows(text):
        if line not in placed:
            continue  # `cameras.lists` says what is wrong with it
        try:
            good.append(_listed(line, cells, placed[line]))
        except InvalidInput as error:
            bad.append(BadLine(line, next(iter(error.fields.values()), error.sentence)))
    return _without_repeats(good, bad)


def _listed(line: int, cells: Mapping[str, str], camera: CameraDetails) -> Listed:
    email = cells.get("email", "")
    letters_to = cells.get("postal_address", "") or camera.address or ""
    without = Reach.LETTER if letters_to else Reach.PHONE
    contact = checked(
        Contact(
            name=cells.get("name", ""),
            email=email,
            phone=cells.get("phone", ""),
            reach=Reach.EMAIL if email else without,
            postal_address="" if email else "\n".join(re.split(r", *", letters_to)),
        )
    )
    business = cells.get("premises", "").casefold() in BUSINESS
    premises = Premises.BUSINESS if business else Premises.HOME
    return Listed(line, contact, premises, replace(camera, premises=premises))


def _without_repeats(
    good: Sequence[Listed], bad: Sequence[BadLine]
) -> tuple[tuple[Listed, ...], tuple[BadLine, ...]]:
    """Leave out, and name, whoever is on the list before: nothing is merged unseen."""
    seen: dict[str, int] = {}
    kept, named = [], list(bad)
    for one in good:
        first = seen.setdefault(_who(one.contact), one.line)
        if first == one.line:
            kept.append(one)
        else:
            named.append(BadLine(one.line, f"The same person as on line {first}; left out"))
    return tuple(kept), tuple(sorted(named, key=lambda one: one.line))


def _who(contact: Contact) -> str:
    if contact.email:
        return normalised(contact.email)
    digits = re.sub(r"[^0-9]", "", contact.phone)
    return f"{contact.name.casefold()}/{digits}/{contact.postal_address.casefold()}"


def _rows(text: str) -> Iterable[tuple[int, dict[str, str]]]:
    lines = list(enumerate(LINE_ENDS.split(text.removeprefix(BYTE_ORDER_MARK)), 1))
    if lines and lines[0][1].lower().startswith("sep="):
        lines = lines[1:]
    filled = [(number, line) for number, line in lines if line.strip(" ,;\t\"'")]
    if not filled:
        return
    heading = filled[0][1]
    delimiter = max(DELIMITERS, key=lambda one: (heading.count(one), one == ","))
    columns = [HEADINGS.get(cell.casefold(), "") for cell in _cells(heading, delimiter)]
    for number, line in filled[1:]:
        cells = zip(columns, _cells(line, delimiter), strict=False)
        yield number, {column: cell for column, cell in cells if column}


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        cells = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []
    return [" ".join(cell.split()).removeprefix("'") for cell in cells]


def least(one: Listed) -> Listed:
    """Return only what a programme with minimal fields keeps."""
    camera = CameraDetails(
        one.camera.point, address=one.camera.address, accuracy_m=one.camera.accuracy_m
    )
    return replace(one, camera=camera, premises=Premises.HOME)
