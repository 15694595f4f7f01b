"""Small checks, each able to see one kind of damage; `test_mutants` tries them on broken copies.

`python -m tests.geo.checks NAME` prints what a check complains of and exits with 3 if anything.
They know no test framework, for they must run in a process of their own, and quickly.
"""

import math
import sys

from chalicelib.geo import Area, Circle, Corridor, Curve, best_plan, index_key, plan, position
from tests.geo.damage import told
from tests.geo.oracles import (
    TIE_M,
    WGS84,
    along,
    apart_m,
    broken_rules,
    deep_m,
    key_of,
    reached,
    read_by,
)
from tests.geo.places import LITERALS, TOWNS, a_circle, about_the_rim, an_area, dice_of, places_in

HARD = {
    "in a town": TOWNS["Liberty"],
    "on a seam": (54.047, -2.8125),
    "on three edges": (0.0, 0.0),
    "by the antimeridian": (-16.8, 179.9995),
    "on the antimeridian": (12.0, -180.0),
    "by the pole": (89.998, 20.0),
    "at the pole": (-90.0, 0.0),
    "south west": (-33.8688, -70.6693),
}
SLACK = 1 + 1e-12
"""By so much is a rim beyond the place that is inside it: less than any rounding of degrees."""


def box(south, west, north, east):
    return (west, south), (east, south), (east, north), (west, north), (west, south)


def a_route(place, *legs):
    """Return positions from a place on, by legs of degrees and metres."""
    points = [place]
    for degrees, metres in legs:
        points.append(reached(*points[-1], degrees, metres))
    return tuple((lon, lat) for lat, lon in points)


def regions():
    """Give regions of every shape at every hard place, and how far round them is asked for."""
    for lat, lon in HARD.values():
        yield Circle(lat, lon, 30), 100.0
        yield Circle(lat, lon, 2000), 0.0
        yield Corridor(a_route((lat, lon), (80, 700), (170, 900), (20, 300), (260, 800)), 40), 0.0
        yield Corridor(a_route((lat, lon), (310, 9000), (200, 400)), 15), 100.0
        south, west = min(max(lat, -90), 89.99), min(max(lon, -180), 179.98)
        ring = box(south, west, south + 0.008, west + 0.012)
        hole = box(south + 0.003, west + 0.003, south + 0.005, west + 0.007)
        yield Area(ring, (hole,)), 0.0
        yield Area(ring), 250.0
        yield Area(((west, south), (west + 0.02, south), (west, south + 0.01), (west, south))), 0.0


def every_region_is_read():
    for number, (region, margin_m) in enumerate(regions()):
        inside = list(places_in(region, margin_m, dice_of("checks", number)))
        for density in (5.0, 3000.0):
            for curve in Curve:
                ranges = plan(region, density, margin_m=margin_m, curve=curve)
                lost = [place for place in inside if not read_by(ranges, *place, curve)]
                yield from (f"{region} at {density}, {curve}: {place}" for place in lost)


def the_cheaper_plan_reads_on_the_curve_it_names():
    for number, (region, margin_m) in enumerate(regions()):
        best = best_plan(region, 3000.0, margin_m=margin_m)
        for place in places_in(region, margin_m, dice_of("checks", number)):
            if not read_by(best.ranges, *place, best.curve):
                yield f"{region}: {place}"


def every_plan_keeps_the_rules():
    for region, margin_m in regions():
        for density in (0.0, 5.0, 3000.0, 1e5):
            for curve in Curve:
                broken = broken_rules(plan(region, density, margin_m=margin_m, curve=curve))
                yield from (f"{region} at {density}, {curve}: {rule}" for rule in broken)


def a_rim_that_touches_a_cell_edge_is_read():
    """Look at circles whose southernmost place is on the equator: the cells south of it own it.

    There the sphere used for the cover touches the ellipsoid, so that nothing but slack is left.
    """
    for metres in (1, 7, 20, 50, 90):
        for lon in (0.3, -2.8125, 77.0):
            lat = WGS84.Direct(0.0, lon, 0, metres)["lat2"]
            for circle in (
                Circle(lat, lon, apart_m(lat, lon, 0.0, lon) * SLACK),
                Circle(-lat, lon, apart_m(-lat, lon, 0.0, lon) * SLACK),
            ):
                if not read_by(plan(circle, 1e9), 0.0, lon):
                    yield str(circle)


def an_edge_on_a_cell_edge_is_read():
    """Look at boxes whose south and west edges are cell edges: the cells beyond own them."""
    for bits in (16, 19, 22):
        for row in (-3, 0, 1, 5):
            south, step = row * 180 / 2**bits, 180 / 2**bits
            area = Area(box(south, south, south + 3 * step, south + 2 * step))
            for place in [(south, south + step / 3), (south + step / 3, south), (south, south)]:
                if not read_by(plan(area, 1e9), *place):
                    yield f"{area}: {place}"


def a_bent_route_is_read():
    """Look at routes along a parallel whose middle, nearer to the pole, is in another partition."""
    for bits, row in ((7, 127), (7, 126), (10, 900)):
        edge = row * 180 / 2**bits - 90
        lat = WGS84.Direct(edge, 0.0, 180, 101)["lat2"]
        points = ((8.0, lat), (8 + 0.04 / math.cos(math.radians(lat)), lat))
        ((middle, lon),) = along(points, (0.5,))
        rim = reached(middle, lon, 0, 100 * (1 - 1e-9))
        for curve in Curve:
            if not read_by(plan(Corridor(points, 100), curve=curve), *rim, curve):
                yield f"{points}: {rim}"


def a_rim_belongs_to_its_region():
    """Look at regions that end exactly where a place is, by their own measure."""
    for lat, lon in TOWNS.values():
        for degrees in range(0, 360, 40):
            place = reached(lat, lon, degrees, 200)
            circle = Circle(lat, lon, Circle(lat, lon, 1).distance_m(*place))
            route = a_route((lat, lon), (degrees + 70, 500), (degrees + 170, 300))
            corridor = Corridor(route, Corridor(route, 1).distance_m(*place))
            yield from (str(one) for one in (circle, corridor) if not one.contains(*place))
    area = Area(box(1, 1, 9, 9), (box(3, 3, 6, 6),))
    edges = [(1, 1), (1, 4), (4, 1), (9, 5), (5, 9), (9, 9), (3, 4), (4, 3), (6, 6), (6, 4), (4, 6)]
    yield from (f"{area}: {place}" for place in edges if not area.contains(*place))


def a_hole_is_outside():
    area = Area(box(1, 1, 9, 9), (box(3, 3, 6, 6),))
    inside = {(2, 2): True, (4, 4): False, (5.9, 3.1): False, (7, 4): True, (0, 4): False}
    yield from (str(place) for place, is_in in inside.items() if area.contains(*place) != is_in)
    near = Area(box(1, 1, 1.09, 1.09), (box(1.03, 1.03, 1.06, 1.06),))
    if abs(near.depth_m(1.04, 1.04) - deep_m(near, 1.04, 1.04)) > TIE_M:
        yield f"{near}: how deep its hole is"


def every_distance_is_the_ellipsoids():
    for number, (lat, lon) in enumerate(HARD.values()):
        dice = dice_of("distances", number)
        route = a_route((lat, lon), (80, 3000), (170, 900), (20, 300))
        south, west = min(max(lat, -90), 89.5), min(max(lon, -180), 179.5)
        for region in (
            Circle(lat, lon, 5000),
            Corridor(route, 60),
            Corridor(a_route((lat, lon), (310, 40_000)), 60),
            Area(((west, south), (west + 0.45, south), (west, south + 0.3), (west, south))),
        ):
            for place in about_the_rim(region, dice):
                if abs(region.depth_m(*place) - deep_m(region, *place)) > TIE_M:
                    yield f"{region}: {place}"


def every_key_is_the_geohash():
    for number in range(60):
        dice = dice_of("keys", number)
        circle, area = a_circle(dice), an_area(dice)
        for lat, lon in [(circle.lat, circle.lon), *(ring[::-1] for ring in area.ring), *LITERALS]:
            for curve in Curve:
                key = index_key(lat, lon, curve)
                there = position(*key, curve)
                if "".join(key) != key_of(lat, lon, curve) or apart_m(lat, lon, *there) > 0.021:
                    yield f"{lat}, {lon}, {curve}"


CHECKS = {
    check.__name__: check
    for check in (
        every_region_is_read,
        the_cheaper_plan_reads_on_the_curve_it_names,
        every_plan_keeps_the_rules,
        a_rim_that_touches_a_cell_edge_is_read,
        an_edge_on_a_cell_edge_is_read,
        a_bent_route_is_read,
        a_rim_belongs_to_its_region,
        a_hole_is_outside,
        every_distance_is_the_ellipsoids,
        every_key_is_the_geohash,
    )
}


if __name__ == "__main__":
    told(CHECKS, sys.argv[1])
