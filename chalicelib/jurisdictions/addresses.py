"""Finds a place by its address in the programme's own list; nothing is asked of anybody outside."""

import json
import math
import re
from dataclasses import dataclass
from functools import cache
from operator import itemgetter

from chalicelib.errors import InvalidInput
from chalicelib.geo import Point, distance_m
from chalicelib.geo.point import LATITUDE_MAX, LONGITUDE_MAX
from chalicelib.jurisdictions import reader
from chalicelib.jurisdictions.corners import corners
from chalicelib.jurisdictions.folding import folded
from chalicelib.jurisdictions.model import Jurisdiction
from chalicelib.language import say

MOST = 10
POSTCODE_LEAST = 5
"""Signs of a postcode, without spaces, before it stands for anything: a ZIP code, or AB1 2C."""
CELL = 0.001
"""Side of a bucket of the list in degrees: about a hundred metres."""
COORDINATES = re.compile(r"\s*([+-]?\d{1,3}(?:\.\d+)?)\s*[,;\s]\s*([+-]?\d{1,3}(?:\.\d+)?)\s*")


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """One line of the list and where it is."""

    line: str
    point: Point


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere an officer or owner named."""

    point: Point
    label: str


def find(text: str, jurisdiction: Jurisdiction, most: int = MOST) -> tuple[Address, ...]:
    """Return up to `most` addresses that begin with, or else contain, the words of `text`.

    A postcode stands for its streets; a number or a street after it leaves fewer.
    """
    wanted = folded(text)
    if not wanted:
        return ()
    known = _all(jurisdiction)
    found = [address for plain, address in known if plain == wanted]
    found = found or [address for plain, address in known if plain.startswith(wanted)]
    found = found or [address for plain, address in known if f" {wanted}" in plain]
    found = found or _in_postcode(wanted.split(), jurisdiction)
    return tuple(found[:most])


def _in_postcode(words: list[str], jurisdiction: Jurisdiction) -> list[Address]:
    """Return the addresses of the postcode that the first one or two of `words` are."""
    codes = _postcodes(jurisdiction.id) if jurisdiction.gazetteer == "file" else {}
    for length in (2, 1):
        code, rest = "".join(words[:length]), f" {' '.join(words[length:])}"
        streets = codes.get(code, frozenset())
        if streets:
            return [
                address
                for plain, address in _all(jurisdiction)
                if plain.partition(" ")[2] in streets and rest.rstrip() in f" {plain}"
            ]
    return []


def nearest(point: Point, jurisdiction: Jurisdiction, within_m: float) -> Address | None:
    """Return the address nearest to `point`, if one is within `within_m` metres."""
    near = [
        (distance_m(point, address.point), address)
        for cell in _around(point, within_m)
        for address in _buckets(jurisdiction).get(cell, ())
    ]
    distance, address = min(near, default=(math.inf, None), key=itemgetter(0))
    return address if distance <= within_m else None


def place_from_text(text: str, jurisdiction: Jurisdiction) -> Place:
    """Read an address of the list, a corner of two streets of the map, or latitude and longitude.

    Raises InvalidInput for `place`.
    """
    text = " ".join(text.split())  # thousands of spaces would take the patterns seconds
    if match := COORDINATES.fullmatch(text):
        point = _point(float(match[1]), float(match[2]))
        near = nearest(point, jurisdiction, 30)
        return Place(point, near.line if near else f"{point.latitude:.5f}, {point.longitude:.5f}")
    found = find(text, jurisdiction)
    if not found:
        return _corner(text, jurisdiction)
    if len(found) > 1 and folded(found[0].line) != folded(text):
        lines = "; ".join(address.line for address in found[:3])
        raise _unknown(
            say("There is more than one such address: %(lines)s. Enter one of them", lines=lines)
        )
    return Place(found[0].point, found[0].line)


def _corner(text: str, jurisdiction: Jurisdiction) -> Place:
    found = corners(text, jurisdiction)
    if not found:
        raise _unknown(_not_found(text, jurisdiction))
    if len(found) > 1:
        raise _unknown(say("Those streets meet more than once. Enter latitude and longitude"))
    return Place(found[0].point, found[0].line)


def _not_found(text: str, jurisdiction: Jurisdiction) -> str:
    if not text.strip():
        return say("Enter an address, or latitude and longitude")
    if jurisdiction.gazetteer == "none":
        return say("Enter latitude and longitude, or use the map")
    return say("We could not find that address. Check it, or enter latitude and longitude")


def _unknown(sentence: str) -> InvalidInput:
    return InvalidInput(fields={"place": sentence})


def _point(latitude: float, longitude: float) -> Point:
    try:
        return Point(latitude, longitude)
    except InvalidInput as error:
        if abs(longitude) <= LATITUDE_MAX < abs(latitude) <= LONGITUDE_MAX:
            raise _unknown(say("Give latitude first: these look the wrong way round")) from error
        sentence = say("Latitude goes from -90 to 90 and longitude from -180 to 180")
        raise _unknown(sentence) from error


def _around(point: Point, within_m: float) -> list[tuple[int, int]]:
    """Return the buckets a circle around `point` can touch."""
    rows = math.ceil(within_m / 111_000 / CELL)
    columns = math.ceil(rows / max(0.1, math.cos(math.radians(point.latitude))))
    row, column = _cell(point)
    return [
        (row + down, column + right)
        for down in range(-rows, rows + 1)
        for right in range(-columns, columns + 1)
    ]


def _cell(point: Point) -> tuple[int, int]:
    return math.floor(point.latitude / CELL), math.floor(point.longitude / CELL)


def _all(jurisdiction: Jurisdiction) -> tuple[tuple[str, Address], ...]:
    return _list(jurisdiction.id) if jurisdiction.gazetteer == "file" else ()


def _buckets(jurisdiction: Jurisdiction) -> dict[tuple[int, int], list[Address]]:
    return _cells(jurisdiction.id) if jurisdiction.gazetteer == "file" else {}


@cache
def _list(jurisdiction_id: str) -> tuple[tuple[str, Address], ...]:
    """Read `{street: [[number, latitude, longitude], ...]}`, streets and numbers in order."""
    streets = json.loads(reader.path(f"{jurisdiction_id}/addresses.json").read_text("utf-8"))
    addresses = (
        Address(f"{number} {street}", Point(latitude, longitude))
        for street, houses in streets.items()
        for number, latitude, longitude in houses
    )
    return tuple((folded(address.line), address) for address in addresses)


@cache
def _postcodes(jurisdiction_id: str) -> dict[str, frozenset[str]]:
    """Read `{postcode: [street, ...]}`, if the programme has such a list.

    The first part of a postcode counts too if it is long enough: 64999 for 64999-1001.
    """
    file = reader.path(f"{jurisdiction_id}/postcodes.json")
    known = json.loads(file.read_text("utf-8")) if file.is_file() else {}
    found: dict[str, frozenset[str]] = {}
    for code, streets in known.items():
        words = folded(code).split()
        for part in {words[0], "".join(words)}:
            if len(part) >= POSTCODE_LEAST:
                found[part] = found.get(part, frozenset()) | set(map(folded, streets))
    return found


@cache
def _cells(jurisdiction_id: str) -> dict[tuple[int, int], list[Address]]:
    cells: dict[tuple[int, int], list[Address]] = {}
    for _, address in _list(jurisdiction_id):
        cells.setdefault(_cell(address.point), []).append(address)
    return cells
