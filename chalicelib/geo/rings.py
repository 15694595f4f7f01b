"""The rings of an area: what makes one usable, and on which side of them a place is."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import combinations, pairwise
from typing import NamedTuple

from chalicelib.geo.regions import Position, points_of, refused

Ring = tuple[Position, ...]

FIELD = "area"
FLAT = "The corners of the area lie in one line, with nothing between them."
CORNERS_LEAST = 3
HALF_ROUND = 180
"""An edge as wide as this many degrees is one that was meant to cross the antimeridian."""
ROUNDING = 4e-16
"""What the sign of a side may owe to rounding, of the sum of its two products: 3 + 16 e units of
e = 2^-53 (Shewchuk, Discrete and Computational Geometry 18, 1997, section 4.3)."""
TINIEST = 1e-280
"""Products so small lose digits below any fraction of themselves."""

TOUCH, CROSS = 1, 2
"""Two edges have a place in common; they go through each other or share a stretch."""


class Edge(NamedTuple):
    """From one corner to the next, with the latitudes between which it lies."""

    south: float
    north: float
    a: Position
    b: Position


def ring_of(positions: Sequence[Position]) -> Ring:
    """Return a closed ring as tuples, without altitudes and corners given twice in a row.

    Raises InvalidInput, naming `area`, for a ring that is open, has fewer than three corners, is
    all in one line, crosses or touches itself, or has an edge half way round the earth.
    """
    points = points_of(positions, FIELD)
    if len(points) <= CORNERS_LEAST or points[0] != points[-1]:
        raise refused(FIELD, "The ring of an area has three corners or more and ends at the first.")
    ring = _tidy((point.longitude, point.latitude) for point in points)
    if all(side_of(ring[0], ring[1 % len(ring)], corner) == 0 for corner in ring):
        raise refused(FIELD, FLAT)
    if any(abs(a[0] - b[0]) >= HALF_ROUND for a, b in pairwise(ring)):
        raise refused(FIELD, "An area does not cross the meridian of 180 degrees; make it two.")
    if _meet([ring]):
        raise refused(FIELD, "The edge of the area crosses or touches itself.")
    return ring


def check_holes(ring: Ring, holes: Sequence[Ring]) -> None:
    """Refuse holes that cross the ring or each other, overlap, or lie outside.

    Holes may touch the ring and each other at single places (OGC 06-103r4, 6.1.11.1).
    """
    if _meet([ring, *holes]):
        raise refused(FIELD, "A hole of the area crosses its edge or another hole.")
    outside = edges_of([ring])
    if any(where(outside, *place) < 0 for hole in holes for place in _samples(hole)):
        raise refused(FIELD, "A hole of the area is outside it.")
    rings = [(edges_of([hole]), _samples(hole)) for hole in holes]
    for (edges, samples), (others, theirs) in combinations(rings, 2):
        if any(where(edges, *place) > 0 for place in theirs) or any(
            where(others, *place) > 0 for place in samples
        ):
            raise refused(FIELD, "A hole of the area is inside another hole.")


def edges_of(rings: Iterable[Ring]) -> tuple[Edge, ...]:
    return tuple(
        Edge(min(a[1], b[1]), max(a[1], b[1]), a, b) for ring in rings for a, b in pairwise(ring)
    )


def where(edges: Iterable[Edge], lon: float, lat: float) -> int:
    """Return 1 inside, 0 on an edge, -1 outside by the even-odd rule; exact for any numbers."""
    inside = False
    for south, north, a, b in edges:
        if not south <= lat <= north:
            continue
        side = side_of(a, b, (lon, lat))
        if side == 0 and min(a[0], b[0]) <= lon <= max(a[0], b[0]):
            return 0
        if (a[1] > lat) != (b[1] > lat):
            inside ^= (side > 0) == (b[1] > a[1])
    return 1 if inside else -1


def side_of(a: Position, b: Position, place: Position) -> float | Fraction:
    """Return above zero if `place` is left of the line from `a` to `b`, zero if on it; exactly."""
    one = (b[0] - a[0]) * (place[1] - a[1])
    other = (b[1] - a[1]) * (place[0] - a[0])
    side = one - other
    if abs(side) > ROUNDING * (abs(one) + abs(other)) + TINIEST:
        return side
    if place in (a, b):
        return 0.0
    ax, ay, bx, by = (Fraction(value) for value in (*a, *b))
    return (bx - ax) * (Fraction(place[1]) - ay) - (by - ay) * (Fraction(place[0]) - ax)


def _tidy(positions: Iterable[Position]) -> Ring:
    ring: list[Position] = []
    for position in positions:
        if not ring or position != ring[-1]:
            ring.append(position)
    return tuple(ring)


def _samples(ring: Ring) -> list[Position]:
    """Return the corners of a ring and the middles of its edges."""
    middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in pairwise(ring)]
    return [*ring[1:], *middles]


class Numbered(NamedTuple):
    """An edge that knows its ring, its own number and how many edges the ring has."""

    edge: Edge
    ring: int
    number: int
    edges: int


def _meet(rings: Sequence[Ring]) -> bool:
    """Say whether edges meet that must not, looking only at those whose latitudes overlap."""
    edges = [
        Numbered(edge, which, number, len(ring) - 1)
        for which, ring in enumerate(rings)
        for number, edge in enumerate(edges_of([ring]))
    ]
    beside: list[Numbered] = []
    for one in sorted(edges, key=lambda numbered: numbered.edge.south):
        beside = [other for other in beside if other.edge.north >= one.edge.south]
        if any(_wrongly(one, other) for other in beside):
            return True
        beside.append(one)
    return False


def _wrongly(one: Numbered, other: Numbered) -> bool:
    """Say whether two edges cross, or touch where only edges that follow each other may."""
    contact = _contact(one.edge, other.edge)
    if one.ring != other.ring or abs(one.number - other.number) in (1, one.edges - 1):
        return contact == CROSS
    return contact >= TOUCH


def _contact(one: Edge, other: Edge) -> int:
    """Return what two edges have in common: nothing (0), TOUCH or CROSS."""
    _, _, a, b = one
    _, _, c, d = other
    if min(a[0], b[0]) > max(c[0], d[0]) or max(a[0], b[0]) < min(c[0], d[0]):
        return 0
    to_c, to_d = _sign(side_of(a, b, c)), _sign(side_of(a, b, d))
    if to_c == to_d == 0:
        first, last = max(min(a, b), min(c, d)), min(max(a, b), max(c, d))
        return CROSS if first < last else int(first == last)
    sides = to_c * to_d, _sign(side_of(c, d, a)) * _sign(side_of(c, d, b))
    if max(sides) > 0:
        return 0
    return CROSS if max(sides) < 0 else TOUCH


def _sign(value: float | Fraction) -> int:
    return (value > 0) - (value < 0)
