"""Geohash keys as text and as integers: the only file that imports geohash2.

geohash2 is used for `encode` and `decode_exactly` alone: its `decode` returns places outside
their own cell, and it accepts NaN and latitudes beyond the poles, which `Point` refuses.
Its cells exclude their south and west edge and include the north and east one; other libraries
do the opposite, so keys of two libraries must never meet in one table.

A key is 60 bits, longitude and latitude alternating, longitude first (a Z-order curve); read as
12 base32 characters it is the geohash. Keys of one length sort as text as they do as numbers.
"""

import math
from functools import lru_cache

import geohash2

from chalicelib.geo.point import Point

ALPHABET = "0123456789bcdefghjkmnpqrstuvwxyz"
LENGTH = 12
BITS = 5 * LENGTH
AXIS_BITS = BITS // 2
"""Bits of each coordinate; a cell of the full key is at most 3.8 by 1.9 cm."""

_TO_DIGITS = str.maketrans(ALPHABET, "0123456789abcdefghijklmnopqrstuv")


def encode(point: Point) -> str:
    """Return the 12-character geohash of the cell that holds `point`."""
    text: str = geohash2.encode(point.latitude, point.longitude, LENGTH)
    return text


def decode(text: str) -> Point:
    """Return the centre of the cell named by a geohash, at most 1.9 cm from whatever is in it.

    Raises KeyError if `text` is not a geohash in lower case.
    """
    latitude, longitude, _, _ = geohash2.decode_exactly(text)
    return Point(latitude, longitude)


def key(point: Point) -> int:
    """Return the 60-bit key of `point`: the number `encode` writes in base32."""
    column = _cell(point.longitude, 180.0)
    row = _cell(point.latitude, 90.0)
    return spread(column) << 1 | spread(row)


def number(text: str) -> int:
    """Return the integer a geohash of any length spells."""
    return int(text.translate(_TO_DIGITS), 32)


def text_of(value: int, length: int) -> str:
    """Write `value` as a geohash of `length` characters."""
    pairs = [_PAIRS[value >> 5 * place & 1023] for place in range(length - 2, -1, -2)]
    if length % 2:
        pairs.append(ALPHABET[value & 31])
    return "".join(pairs)


def spread(value: int) -> int:
    """Return a number of up to 32 bits with a zero bit before each of its bits."""
    value = (value | value << 16) & 0x0000FFFF0000FFFF
    value = (value | value << 8) & 0x00FF00FF00FF00FF
    value = (value | value << 4) & 0x0F0F0F0F0F0F0F0F
    value = (value | value << 2) & 0x3333333333333333
    return (value | value << 1) & 0x5555555555555555


def spreads(first: int, last: int, bits: int) -> list[int]:
    """Return `spread` of all numbers from `first` to `last`, ends included, modulo 2 ** `bits`.

    `bits` is at least 10: as many numbers as are written at once.
    """
    found: list[int] = []
    while first <= last:
        low = first & 1023
        block = spread(first >> 10 & (1 << bits - 10) - 1) << 20
        found += [block | bits_of for bits_of in _SPREAD[low : low + last - first + 1]]
        first += 1024 - low
    return found


def gathered(value: int) -> int:
    """Return every second bit of a number, from the lowest: what `spread` undoes."""
    value &= 0x5555555555555555
    value = (value | value >> 1) & 0x3333333333333333
    value = (value | value >> 2) & 0x0F0F0F0F0F0F0F0F
    value = (value | value >> 4) & 0x00FF00FF00FF00FF
    value = (value | value >> 8) & 0x0000FFFF0000FFFF
    return (value | value >> 16) & 0x00000000FFFFFFFF


def place(value: int) -> Point:
    """Return the centre of the cell of a 60-bit key; equal to `decode` of its text."""
    return Point(*middle(gathered(value >> 1), gathered(value)))


def middle(column: int, row: int) -> tuple[float, float]:
    """Return the latitude and longitude of the middle of a cell of the full key."""
    return (2 * row + 1) * _HALF_ROW - 90.0, (2 * column + 1) * _HALF_COLUMN - 180.0


def cell_of(first: str, rest: str) -> tuple[int, int]:
    """Return the column and the row named by a geohash in two parts, the second of 8 characters.

    Lookups read thousands, most of them with the same first part.
    """
    both = (
        _first_of(first)
        | _CELLS[rest[:2]] << 15
        | _CELLS[rest[2:4]] << 10
        | _CELLS[rest[4:6]] << 5
        | _CELLS[rest[6:]]
    )
    return both >> 32, both & 0xFFFFFFFF


@lru_cache
def _first_of(text: str) -> int:
    return _CELLS[text[:2]] << 25 | _CELLS[text[2:]] << 20


_HALF_ROW, _HALF_COLUMN = 90.0 / (1 << AXIS_BITS), 180.0 / (1 << AXIS_BITS)
_SPREAD = [spread(value) for value in range(1024)]
_PAIRS = [one + other for one in ALPHABET for other in ALPHABET]
_CELLS = {pair: gathered(at >> 1) << 32 | gathered(at) for at, pair in enumerate(_PAIRS)}
"""The five bits of the column, and 32 places lower those of the row, that two characters hold."""


def _cell(degrees: float, most: float) -> int:
    """Return the index of the cell (low, high] of one axis that holds `degrees`."""
    count = 1 << AXIS_BITS
    index = math.ceil((degrees + most) * (count / (2 * most))) - 1
    # Scaling rounds; the edges themselves are exact in binary and settle it.
    while index > 0 and _edge(2 * index, most) >= degrees:
        index -= 1
    while index < count - 1 and _edge(2 * index + 2, most) < degrees:
        index += 1
    return max(index, 0)


def _edge(half_cells: int, most: float) -> float:
    """Return the degrees that lie `half_cells` half cells from an axis's lower end; exact."""
    return half_cells * (most / (1 << AXIS_BITS)) - most
