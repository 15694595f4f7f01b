"""Lines on the ground, cut into pieces so short that a parabola follows each of them.

A parabola through both ends and the middle of a piece of up to 5 km, in earth-fixed space, keeps
to a geodesic and to a line straight in longitude and latitude within a tenth of a millimetre: what
it leaves out grows with the cube of the length.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

from chalicelib.geo.distance import Earthfixed, point_of
from chalicelib.geo.point import Point

TIE_M = 1e-3
"""Distances closer together than this are the same: the first place along the line counts."""


class Piece(NamedTuple):
    """The parabola start + t ahead + t (1 - t) bow for t from 0 to 1, earth-fixed metres."""

    number: int
    start: Earthfixed
    ahead: Earthfixed
    bow: Earthfixed
    middle: Earthfixed
    stray_m: float
    """No place of the piece is further from the straight line between its ends."""
    half_m: float
    """No place of the piece is further from its middle."""

    @classmethod
    def through(cls, number: int, start: Earthfixed, middle: Earthfixed, end: Earthfixed) -> Self:
        ahead = Earthfixed(end.x - start.x, end.y - start.y, end.z - start.z)
        bow = Earthfixed(
            4 * middle.x - 2 * (start.x + end.x),
            4 * middle.y - 2 * (start.y + end.y),
            4 * middle.z - 2 * (start.z + end.z),
        )
        stray = math.hypot(*bow) / 4
        return cls(number, start, ahead, bow, middle, stray, math.hypot(*ahead) / 2 + stray)

    def at(self, part: float) -> Earthfixed:
        (x, y, z), (dx, dy, dz), (bx, by, bz) = self.start, self.ahead, self.bow
        aside = part * (1 - part)
        return Earthfixed(
            x + part * dx + aside * bx, y + part * dy + aside * by, z + part * dz + aside * bz
        )

    def point_at(self, part: float) -> Point:
        return point_of(self.at(part))


class Foot(NamedTuple):
    """The place of a piece nearest to some other place, and the straight metres between them."""

    off_m: float
    number: int
    part: float


class Block(NamedTuple):
    """Pieces that follow each other; none reaches further than `half_m` from `middle`."""

    middle: Earthfixed
    half_m: float
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """Numbered pieces, in blocks of the square root of their number for a quick look from afar."""

    blocks: tuple[Block, ...]

    @classmethod
    def of(cls, pieces: Sequence[Piece]) -> Self:
        size = math.isqrt(len(pieces) - 1) + 1
        parts = (tuple(pieces[n : n + size]) for n in range(0, len(pieces), size))
        return cls(tuple(map(_block, parts)))

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return tuple(piece for block in self.blocks for piece in block.pieces)

    def near(self, place: Earthfixed, within_m: float) -> Iterator[Piece]:
        """Give every piece that may come within so many metres, and some others."""
        for block in self.blocks:
            if math.dist(block.middle, place) - block.half_m <= within_m:
                for piece in block.pieces:
                    if math.dist(piece.middle, place) - piece.half_m <= within_m:
                        yield piece

    def nearest(self, place: Earthfixed) -> Foot:
        """Return the least distance, and the first place of the line that is so near.

        The middle of a piece is a place of the line: what begins beyond the nearest of them is
        out of the question.
        """
        aways = [math.dist(block.middle, place) for block in self.blocks]
        most = min(aways) + TIE_M
        hopeful: list[tuple[float, Piece]] = []
        for away, block in zip(aways, self.blocks, strict=True):
            if away - block.half_m <= most:
                near = [(math.dist(piece.middle, place), piece) for piece in block.pieces]
                most = min(most, min(near)[0] + TIE_M)
                hopeful += near
        return _first(
            [foot_of(piece, place) for away, piece in hopeful if away - piece.half_m <= most]
        )


def foot_of(piece: Piece, place: Earthfixed) -> Foot:
    """Return where a piece comes nearest to a place.

    Newton's method on the slope of the squared distance, from the foot on the straight line: one
    step leaves nothing to gain. Where the distance bends down instead, beyond the centre of a
    curve round a pole, an end is nearest.
    """
    (x, y, z), (dx, dy, dz), (bx, by, bz) = piece.start, piece.ahead, piece.bow
    x, y, z = x - place[0], y - place[1], z - place[2]
    # Corners a billionth of a millimetre apart, or all at a pole, have no line between them.
    squared = dx * dx + dy * dy + dz * dz or 1.0
    part = _clamped(-(x * dx + y * dy + z * dz) / squared)
    aside, turn = part * (1 - part), 1 - 2 * part
    px, tx = x + part * dx + aside * bx, dx + turn * bx
    py, ty = y + part * dy + aside * by, dy + turn * by
    pz, tz = z + part * dz + aside * bz, dz + turn * bz
    bend = tx * tx + ty * ty + tz * tz - 2 * (px * bx + py * by + pz * bz)
    if bend <= 0.0:
        return min(_foot(piece, one, place) for one in (part, 0.0, 1.0))
    return _foot(piece, _clamped(part - (px * tx + py * ty + pz * tz) / bend), place)


def _foot(piece: Piece, part: float, place: Earthfixed) -> Foot:
    return Foot(math.dist(piece.at(part), place), piece.number, part)


def _clamped(part: float) -> float:
    return 0.0 if part < 0.0 else min(part, 1.0)


def _first(feet: list[Foot]) -> Foot:
    best = min(feet)
    if len(feet) == 1:
        return best
    _, number, part = min((foot for foot in feet if foot.off_m <= best.off_m + TIE_M), key=_order)
    return Foot(best.off_m, number, part)


def _block(pieces: tuple[Piece, ...]) -> Block:
    middle = pieces[len(pieces) // 2].middle
    half = max(math.dist(middle, piece.middle) + piece.half_m for piece in pieces)
    return Block(middle, half, pieces)


def _order(foot: Foot) -> tuple[int, float]:
    return foot.number, foot.part
