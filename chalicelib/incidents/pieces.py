"""A route in pieces of some 25 m, and which of them a camera can see."""

import math
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from chalicelib.cameras.model import IndexedView
from chalicelib.geo import Corridor, Point, View, distance_m
from chalicelib.geo.distance import Earthfixed, earthfixed
from chalicelib.geo.regions import Position, points_of
from chalicelib.incidents.model import ROUTE_SIDE_M

PIECE_M = 25.0
APART_M = 0.01
"""Bends nearer than this to a piece's end are that end."""
ROUTES_REMEMBERED = 32
"""One for each width: cameras differ in how well their place is known."""


class Piece(NamedTuple):
    """A short stretch of a route."""

    number: int
    begins_m: float
    ends_m: float
    ground: Corridor
    heart: Earthfixed
    spread_m: float
    """Nothing of `ground` is further from `heart`."""


@lru_cache(ROUTES_REMEMBERED)
def pieces(route: Corridor, side_m: float = ROUTE_SIDE_M) -> tuple[Piece, ...]:
    """Cut a route into equal pieces of at most 25 m, each `side_m` wide to either side."""
    count = max(1, math.ceil(route.length_m / PIECE_M))
    step = route.length_m / count
    bends = _bends(route)
    return tuple(_piece(route, bends, number, step, side_m) for number in range(count))


def seen(route: Corridor, point: Point, sight: View, *, accuracy_m: float = 0) -> tuple[Piece, ...]:
    """Return the pieces that a camera at `point` sees any of.

    If it may stand up to `accuracy_m` off, what it may see moves as far, whichever way: that
    is what a camera just there sees of a route as much wider.
    """
    here = earthfixed(point)
    return tuple(
        piece
        for piece in pieces(route, ROUTE_SIDE_M + accuracy_m)
        if math.dist(here, piece.heart) <= sight.reach_m + piece.spread_m
        and sight.sees(piece.ground, point.latitude, point.longitude)
    )


def within_reach(
    route: Corridor, point: Point, view: IndexedView, *, accuracy_m: float = 0
) -> tuple[Piece, ...]:
    """Return the pieces that a camera could see if it looked their way."""
    return seen(route, point, View(0, 360, view.reaches_m), accuracy_m=accuracy_m)


def _piece(
    route: Corridor,
    bends: tuple[tuple[float, Position], ...],
    number: int,
    step: float,
    side: float,
) -> Piece:
    begins, ends = number * step, (number + 1) * step
    turns = (at for along, at in bends if begins + APART_M < along < ends - APART_M)
    line = (_position(route, begins), *turns, _position(route, ends))
    heart = earthfixed(route.at((begins + ends) / 2))
    return Piece(number, begins, ends, Corridor(line, side), heart, step / 2 + side + APART_M)


def _position(route: Corridor, along_m: float) -> Position:
    point = route.at(along_m)
    return point.longitude, point.latitude


def _bends(route: Corridor) -> tuple[tuple[float, Position], ...]:
    """Return the places of a route, each with the metres to it."""
    along, found = 0.0, []
    places = points_of(route.points)
    for (a, b), position in zip(pairwise(places), route.points[1:], strict=True):
        along += distance_m(a, b)
        found.append((along, position))
    return tuple(found)
