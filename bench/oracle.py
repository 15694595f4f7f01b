"""Which cameras a lookup must find, counted out: no key, and no formula the register uses.

Cameras come out of plain buckets of degrees. Distances are by the mid-latitude formula (0.3 mm at
5 km, up to 60 degrees), which geographiclib settles near the edge; areas are by upright rays where
the register shoots level ones; routes are cut into short pieces by geographiclib.
"""

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from geographiclib.geodesic import Geodesic

from bench.fleet import Box, Fleet
from chalicelib.geo import Area, Circle, Corridor, Position, Region

TIE_M = 0.001
"""Nobody can say of a camera this close to an edge on which side it is."""
DOUBTFUL_M = 0.05
ROUGHLY = 1.01
"""What a distance in the plane of the middle may be off by, with room to spare."""
PIECE_M = 50.0
"""A geodesic this long and its chord part by a twentieth of a millimetre."""
SEMI_MAJOR_M = 6378137.0
SEMI_MINOR_M = 6356752.314245
SQUEEZE = SEMI_MINOR_M**2 / SEMI_MAJOR_M**2
WGS84 = Geodesic.WGS84


class Expected(NamedTuple):
    """What a lookup has to find, and what it may find or not: cameras on the very edge."""

    inside: frozenset[int]
    ties: frozenset[int]

    def missed_by(self, found: frozenset[int]) -> int:
        return len(self.inside - found - self.ties)

    def extra_in(self, found: frozenset[int]) -> int:
        return len(found - self.inside - self.ties)


class Scale(NamedTuple):
    """Metres a degree at one latitude: `north` along a meridian, `east` across it."""

    north: float
    east: float


def expected(fleet: Fleet, region: Region) -> Expected:
    """Look at every camera near the region."""
    match region:
        case Circle():
            depths = _circle(fleet, region)
        case Area():
            depths = _area(fleet, region)
        case Corridor():
            depths = _corridor(fleet, region)
    inside, ties = set(), set()
    for number, depth in depths:
        if depth >= 0:
            inside.add(number)
        if abs(depth) <= TIE_M:
            ties.add(number)
    return Expected(frozenset(inside), frozenset(ties))


def scale(latitude: float) -> Scale:
    """Return the curvature of the ellipse there, by its geocentric form."""
    cosine, sine = math.cos(math.radians(latitude)), math.sin(math.radians(latitude))
    stretched = math.sqrt(cosine * cosine + SQUEEZE * sine * sine)
    across = SEMI_MAJOR_M / stretched
    along = across * SQUEEZE / (stretched * stretched)
    return Scale(math.radians(along), math.radians(across) * cosine)


def apart_m(a: Position, b: Position) -> float:
    """Return the metres between two positions by the mid-latitude formula."""
    metres = scale((a[1] + b[1]) / 2)
    return math.hypot((b[0] - a[0]) * metres.east, (b[1] - a[1]) * metres.north)


def box_round(box: Box, margin_m: float) -> Box:
    metres = scale(max(abs(box.south), abs(box.north)))
    high, wide = ROUGHLY * margin_m / metres.north, ROUGHLY * margin_m / metres.east
    return Box(box.south - high, box.west - wide, box.north + high, box.east + wide)


def bounds(region: Area | Corridor) -> Box:
    """Return a box round the whole shape, a route's width included."""
    positions = region.ring if isinstance(region, Area) else region.points
    longitudes, latitudes = zip(*positions, strict=True)
    box = Box(min(latitudes), min(longitudes), max(latitudes), max(longitudes))
    return box if isinstance(region, Area) else box_round(box, region.half_width_m)


def edges_of(area: Area) -> list[tuple[Position, Position]]:
    return [edge for ring in (area.ring, *area.holes) for edge in pairwise(ring)]


Depths = Iterator[tuple[int, float]]
"""Cameras and how deep inside they are, in metres; only the sign counts away from the edge."""


def _circle(fleet: Fleet, circle: Circle) -> Depths:
    latitude, longitude, radius = circle.lat, circle.lon, circle.radius_m
    here, metres = (longitude, latitude), scale(latitude)
    latitudes, longitudes = fleet.latitudes, fleet.longitudes
    for bucket, numbers in fleet.buckets(box_round(Box(latitude, longitude, *here[::-1]), radius)):
        nearest, farthest = _reach(bucket, here, metres)
        if nearest > radius * ROUGHLY:
            continue
        if farthest * ROUGHLY < radius:
            yield from ((number, radius) for number in numbers)
            continue
        for number in numbers:
            there = (longitudes[number], latitudes[number])
            depth = radius - apart_m(here, there)
            if abs(depth) < DOUBTFUL_M:
                depth = radius - _geodesic_m(here, there)
            yield number, depth


def _reach(bucket: Box, here: Position, metres: Scale) -> tuple[float, float]:
    """Return about how near and how far a bucket's places are."""
    wests, souths = (bucket.west - here[0], bucket.east - here[0]), bucket.south - here[1]
    easts = [offset * metres.east for offset in wests]
    norths = [souths * metres.north, (bucket.north - here[1]) * metres.north]
    near = math.hypot(max(easts[0], -easts[1], 0), max(norths[0], -norths[1], 0))
    return near, math.hypot(max(map(abs, easts)), max(map(abs, norths)))


def _geodesic_m(a: Position, b: Position) -> float:
    return WGS84.Inverse(a[1], a[0], b[1], b[0], WGS84.DISTANCE)["s12"]


def _area(fleet: Fleet, area: Area) -> Depths:
    edges = edges_of(area)
    for _, numbers in fleet.buckets(box_round(bounds(area), 1.0)):
        for number in numbers:
            place = (fleet.longitudes[number], fleet.latitudes[number])
            inside, near = _upright_ray(edges, place)
            if near and min(_off_line_m(a, b, place) for a, b in near) <= TIE_M:
                yield number, 0.0
            elif inside:
                yield number, 1.0


NEARLY = 1e-5
"""Degrees, about a metre: an edge this near is looked at again."""


def _upright_ray(
    edges: list[tuple[Position, Position]], place: Position
) -> tuple[bool, list[tuple[Position, Position]]]:
    """Say whether a ray to the north crosses an odd number of edges, and which pass very near."""
    x, y = place
    inside, near = False, []
    for a, b in edges:
        west, east = (a, b) if a[0] <= b[0] else (b, a)
        if west[0] - NEARLY <= x <= east[0] + NEARLY:
            run = east[0] - west[0]
            crossing = west[1] + (east[1] - west[1]) * ((x - west[0]) / run if run else 0.5)
            inside ^= west[0] <= x < east[0] and crossing > y
            slope = abs(east[1] - west[1]) + run
            if abs(crossing - y) * run <= NEARLY * slope or run <= 2 * NEARLY:
                near.append((a, b))
    return inside, near


def _corridor(fleet: Fleet, corridor: Corridor) -> Depths:
    width = corridor.half_width_m
    nearest: dict[int, float] = {}
    for a, b in pieces(corridor):
        south, north = sorted((a[1], b[1]))
        west, east = sorted((a[0], b[0]))
        around = box_round(Box(south, west, north, east), width + 1)
        for _, numbers in fleet.buckets(around):
            for number in numbers:
                longitude, latitude = fleet.longitudes[number], fleet.latitudes[number]
                if around.south <= latitude <= around.north and (
                    around.west <= longitude <= around.east
                ):
                    off = _off_line_m(a, b, (longitude, latitude))
                    nearest[number] = min(nearest.get(number, off), off)
    return ((number, width - off) for number, off in nearest.items())


def pieces(corridor: Corridor) -> Iterator[tuple[Position, Position]]:
    for a, b in pairwise(corridor.points):
        line = WGS84.InverseLine(a[1], a[0], b[1], b[0])
        count = math.ceil(line.s13 / PIECE_M)
        steps = (line.Position(line.s13 * step / count) for step in range(count + 1))
        yield from pairwise((step["lon2"], step["lat2"]) for step in steps)


def _off_line_m(a: Position, b: Position, place: Position) -> float:
    """Return the metres from a place to a short line: its foot in a plane, then the distance."""
    metres = scale(place[1])
    east, north = (b[0] - a[0]) * metres.east, (b[1] - a[1]) * metres.north
    x, y = (place[0] - a[0]) * metres.east, (place[1] - a[1]) * metres.north
    part = (x * east + y * north) / ((east * east + north * north) or 1.0)
    part = min(max(part, 0.0), 1.0)
    foot = a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])
    return apart_m(place, foot)
