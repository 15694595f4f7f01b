"""What the usual recipes would read for the same lookup, as counts of entries a request.

They are billed at the 48 bytes of a plain entry: 35 come from this register's own packing.
"""

import math
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from bench.fleet import Box, Fleet
from bench.oracle import bounds, box_round, edges_of, pieces, scale
from chalicelib.geo import Area, Circle, Corridor, Point, Position, Region, distance_m, geohash

CELLS_MOST = 600
"""A precision that needs more cells than this is not a candidate."""
LENGTHS = range(4, 9)
Counts = list[int]


def scan(fleet: Fleet) -> Counts:
    """Read the whole table, page after page."""
    return [len(fleet)]


def nine_neighbours(fleet: Fleet, circle: Circle) -> Counts:
    """Read the cell of the scene and the eight round it, cells no smaller than the radius."""
    length = next(
        length for length in range(12, 0, -1) if _smaller_side_m(circle, length) >= circle.radius_m
    )
    rows, columns = _axis_bits(length)
    row = math.floor((circle.lat + 90) / 180 * 2**rows)
    column = math.floor((circle.lon + 180) / 360 * 2**columns)
    around = ((row + up, column + right) for up in (-1, 0, 1) for right in (-1, 0, 1))
    return [fleet.count(_keys(*cell, length)) for cell in around]


def intersecting_cells(fleet: Fleet, region: Region) -> dict[int, Counts]:
    """Return, for each length of key, what its cells that touch the region hold."""
    answers = {}
    for length in LENGTHS:
        cells = list(islice(_touching(region, length), CELLS_MOST + 1))
        if len(cells) <= CELLS_MOST:
            answers[length] = [fleet.count(_keys(*cell, length)) for cell in cells]
    return answers


def _touching(region: Region, length: int) -> Iterable[tuple[int, int]]:
    match region:
        case Circle():
            return _in_circle(region, length)
        case Corridor():
            rounds = chain.from_iterable(_in_circle(one, length) for one in _beads(region))
            return dict.fromkeys(rounds)
        case Area():
            edges, box = edges_of(region), bounds(region)
            return (cell for cell, one in _cells(box, length) if _in_area(region, edges, one))
    raise TypeError(region)


def _beads(corridor: Corridor) -> Iterator[Circle]:
    """Give circles that together hold the corridor and hardly more."""
    for a, b in pieces(corridor):
        half = distance_m(Point(*a[::-1]), Point(*b[::-1])) / 2
        middle = (a[1] + b[1]) / 2, (a[0] + b[0]) / 2
        yield Circle(*middle, math.hypot(half, corridor.half_width_m))


def _in_area(area: Area, edges: list[tuple[Position, Position]], box: Box) -> bool:
    corners = [(x, y) for x in (box.west, box.east) for y in (box.south, box.north)]
    if any(area.contains(y, x) for x, y in corners):
        return True
    return any(_passes(a, b, box) for a, b in edges)


def _passes(a: Position, b: Position, box: Box) -> bool:
    """Say whether a line touches a box: cut to the box, something of it is left."""
    first, last = 0.0, 1.0
    for start, end, low, high in (
        (a[0], b[0], box.west, box.east),
        (a[1], b[1], box.south, box.north),
    ):
        if start == end:
            if not low <= start <= high:
                return False
            continue
        cuts = sorted(((low - start) / (end - start), (high - start) / (end - start)))
        first, last = max(first, cuts[0]), min(last, cuts[1])
    return first <= last


def _in_circle(circle: Circle, length: int) -> Iterator[tuple[int, int]]:
    around = box_round(Box(circle.lat, circle.lon, circle.lat, circle.lon), circle.radius_m)
    for cell, box in _cells(around, length):
        if _away_m(circle, box) <= circle.radius_m:
            yield cell


def _cells(around: Box, length: int) -> Iterator[tuple[tuple[int, int], Box]]:
    rows, columns = _axis_bits(length)
    high, wide = 180 / 2**rows, 360 / 2**columns
    for row in range(
        math.floor((around.south + 90) / high), math.floor((around.north + 90) / high) + 1
    ):
        for column in range(
            math.floor((around.west + 180) / wide), math.floor((around.east + 180) / wide) + 1
        ):
            south, west = row * high - 90, column * wide - 180
            yield (row, column), Box(south, west, south + high, west + wide)


def _away_m(circle: Circle, box: Box) -> float:
    """Return how far a box is from the scene, in the plane of the scene."""
    metres = scale(circle.lat)
    north = max(box.south - circle.lat, circle.lat - box.north, 0) * metres.north
    east = max(box.west - circle.lon, circle.lon - box.east, 0) * metres.east
    return math.hypot(north, east)


def _smaller_side_m(circle: Circle, length: int) -> float:
    rows, columns = _axis_bits(length)
    metres = scale(abs(circle.lat) + circle.radius_m / 111_000)
    return min(metres.north * 180 / 2**rows, metres.east * 360 / 2**columns)


def _axis_bits(length: int) -> tuple[int, int]:
    """Return the bits of latitude and of longitude in a geohash of so many characters."""
    return 5 * length // 2, (5 * length + 1) // 2


def _keys(row: int, column: int, length: int) -> tuple[int, int]:
    """Return the first and last full key in a cell."""
    odd = length % 2
    prefix = geohash.spread(column) << (1 - odd) | geohash.spread(row) << odd
    below = geohash.BITS - 5 * length
    return prefix << below, (prefix + 1 << below) - 1
