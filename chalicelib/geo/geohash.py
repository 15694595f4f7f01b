"""Geohash keys as text and as integers: the only file that imports geohash2.

geohash2 is used for `encode` and `decode_exactly` alone: its `decode` returns places outside
their own cell, and it accepts NaN and latitudes beyond the poles, which `Point` refuses.
Its cells exclude their south and west edge and include the north and east one; other libraries
do the opposite, so keys of two libraries must never meet in one table.

A key is 60 bits, longitude and latitude alternating, longitude first (a Z-order curve); read as
12 base32 characters it is the geohash. Keys of one length sort as text as they do as numbers.
"""

import math

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
    return "".join(ALPHABET[value >> 5 * place & 31] for place in reversed(range(length)))


def spread(value: int) -> int:
    """Return a number of up to 32 bits with a zero bit before each of its bits."""
    value = (value | value << 16) & 0x0000FFFF0000FFFF
    value = (value | value << 8) & 0x00FF00FF00FF00FF
    value = (value | value << 4) & 0x0F0F0F0F0F0F0F0F
    value = (value | value << 2) & 0x3333333333333333
    return (value | value << 1) & 0x5555555555555555


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
    column, row = gathered(value >> 1), gathered(value)
    return Point(_edge(2 * row + 1, 90.0), _edge(2 * column + 1, 180.0))


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
