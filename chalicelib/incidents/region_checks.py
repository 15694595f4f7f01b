"""Whether a region may be searched: its size, its number of places, and whose ground it is."""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from chalicelib.errors import InvalidInput
from chalicelib.geo import (
    Area,
    Bounds,
    Circle,
    Corridor,
    Outline,
    Point,
    Position,
    Region,
    destination,
    distance_m,
)
from chalicelib.geo.regions import points_of
from chalicelib.incidents.problems import Kind, Problem
from chalicelib.jurisdictions.model import Jurisdiction

EDGE_STEPS = 36
STEP_M = 25.0
STEPS_MOST = 1000
"""An outline that ends between two of this many places of a very long edge is not noticed."""
SWAPPED = "Latitude and longitude are the wrong way round: give latitude first."


def region_problems(region: Region, jurisdiction: Jurisdiction) -> Iterator[Problem]:
    """Give what is over a limit, and whether no part of the region is the force's."""
    match region:
        case Circle():
            over, place = _circle(region, jurisdiction), "place"
        case Corridor():
            over, place = _route(region, jurisdiction), "route"
        case _:
            over, place = _area(region, jurisdiction), "area"
    problems = tuple(over)
    yield from problems
    if not problems and not touches(region, jurisdiction.outline):
        elsewhere = f"That place is outside the area of {jurisdiction.force}."
        hint = f" {SWAPPED}" if _fits_swapped(region, jurisdiction.outline) else ""
        yield Problem(place, elsewhere + hint, Kind.ELSEWHERE)


def _circle(circle: Circle, jurisdiction: Jurisdiction) -> Iterator[Problem]:
    most = jurisdiction.limits.radius_max_m
    if circle.radius_m > most:
        sentence = f"Choose a distance of at most {jurisdiction.distance_words(most)}."
        yield Problem("radius_m", sentence, Kind.OVER)
    else:
        yield from _ground("radius_m", circle, jurisdiction)


def _route(route: Corridor, jurisdiction: Jurisdiction) -> Iterator[Problem]:
    limits, words = jurisdiction.limits, jurisdiction.distance_words
    if route.half_width_m > limits.half_width_max_m:
        sentence = f"Choose at most {words(limits.half_width_max_m)} to either side."
        yield Problem("half_width_m", sentence, Kind.OVER)
    if len(route.points) > limits.corners_max:
        yield _many("route", "places", len(route.points), limits.corners_max)
    elif route.length_m > limits.route_max_m:
        sentence = (
            f"That route is {words(route.length_m)} long. "
            f"At most {words(limits.route_max_m)} can be searched at once."
        )
        yield Problem("route", sentence, Kind.OVER)
    elif route.half_width_m <= limits.half_width_max_m:
        yield from _ground("half_width_m", route, jurisdiction)


def _area(area: Region, jurisdiction: Jurisdiction) -> Iterator[Problem]:
    corners = sum(len(ring) - 1 for ring in area.rings) if isinstance(area, Area) else 0
    if corners > jurisdiction.limits.corners_max:
        yield _many("area", "corners", corners, jurisdiction.limits.corners_max)
    else:
        yield from _ground("area", area, jurisdiction)
        yield from _edge(area, jurisdiction)


def _many(field: str, what: str, count: int, most: int) -> Problem:
    return Problem(field, too_many(what, count, most), Kind.OVER)


def too_many(what: str, count: int, most: int) -> str:
    """Say that a region has more corners or places than a search takes."""
    return f"Give at most {most} {what}; these are {count}."


def _edge(area: Region, jurisdiction: Jurisdiction) -> Iterator[Problem]:
    """Refuse what is longer than any route, however thin: a hair across a county covers nothing.

    Cameras beside it count too, as their places are not exact and as they look its way.
    """
    limits, words = jurisdiction.limits, jurisdiction.distance_words
    most = 2 * (limits.route_max_m + 2 * limits.half_width_max_m)
    rings = area.rings if isinstance(area, Area) else ()
    length = sum(distance_m(a, b) for ring in rings for a, b in pairwise(points_of(ring)))
    if length > most:
        sentence = f"Its edge is {words(length)} long. It may be at most {words(most)}."
        yield Problem("area", sentence, Kind.OVER)


def _ground(field: str, region: Region, jurisdiction: Jurisdiction) -> Iterator[Problem]:
    covered, most = region.area_m2, jurisdiction.limits.area_max_m2
    if covered > most:
        sentence = (
            f"That covers {jurisdiction.area_words(covered)}. "
            f"At most {jurisdiction.area_words(most)} can be searched at once."
        )
        yield Problem(field, sentence, Kind.OVER)


def touches(region: Region, outline: Outline) -> bool:
    """Return whether any part of the region lies in an outline, or the outline's edge in it."""
    if not _boxes_meet(region.bounds, outline.bounds):
        return False
    if any(outline.covers(point) for point in _samples(region)):
        return True
    corners = (corner for area in outline.areas for ring in area.rings for corner in ring)
    return any(region.contains(latitude, longitude) for longitude, latitude in corners)


def _boxes_meet(a: Bounds, b: Bounds) -> bool:
    return a.south <= b.north and b.south <= a.north and a.west <= b.east and b.west <= a.east


def _samples(region: Region) -> Iterator[Point]:
    """Give places of a region: what was drawn first, then its edge at short steps."""
    match region:
        case Circle():
            yield region.middle
            yield from _round(region.middle, region.radius_m)
        case Corridor():
            count = min(math.ceil(region.length_m / STEP_M), STEPS_MOST)
            line = [region.at(region.length_m * step / count) for step in range(count + 1)]
            yield from line
            for point in line:
                yield from _round(point, region.half_width_m)
        case Area():
            for ring in region.rings:
                yield from points_of(ring)
            for ring in region.rings:
                yield from _between(ring)


def _round(centre: Point, metres: float) -> Iterator[Point]:
    for step in range(EDGE_STEPS):
        yield destination(centre, 360 * step / EDGE_STEPS, metres)


def _between(ring: Sequence[Position]) -> Iterator[Point]:
    """Give places of the edges, which are straight in longitude and latitude."""
    for (west, south), (east, north) in pairwise(ring):
        length = distance_m(Point(south, west), Point(north, east))
        count = min(math.ceil(length / STEP_M), STEPS_MOST)
        for step in range(1, count):
            part = step / count
            yield Point(south + part * (north - south), west + part * (east - west))


def _fits_swapped(region: Region, outline: Outline) -> bool:
    """Return whether the places lie in the outline once latitude and longitude change places."""
    return any(_covered(outline, position) for position in _positions(region))


def _positions(region: Region) -> Sequence[Position]:
    match region:
        case Corridor():
            return region.points
        case Area():
            return region.ring
    return ((region.middle.longitude, region.middle.latitude),)


def _covered(outline: Outline, swapped: Position) -> bool:
    try:
        return outline.covers(Point(*swapped))
    except InvalidInput:
        return False
