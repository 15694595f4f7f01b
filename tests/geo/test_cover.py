import math
from itertools import pairwise

import pytest

from chalicelib.geo import Area, Circle, Corridor, Curve, geohash, index_key, position
from chalicelib.geo.cover import CELLS_MOST, cover
from tests.geo.oracles import reached
from tests.geo.places import LITERALS, TOWNS

PRESTON = TOWNS["Preston"]
curves = pytest.mark.parametrize("curve", Curve)


def star(lat, lon, radius_m, corners=12):
    spikes = [radius_m * (0.5 + number % 2 / 2) for number in range(corners)]
    places = [reached(lat, lon, 360 * n / corners, r) for n, r in enumerate(spikes)]
    ring = [(longitude, latitude) for latitude, longitude in places]
    return Area((*ring, ring[0]))


def route(lat, lon, leg_m, legs=4, half_width_m=60.0):
    places = [(lat, lon)]
    for number in range(legs):
        places.append(reached(*places[-1], 70 + 50 * (number % 2), leg_m))
    return Corridor(tuple((longitude, latitude) for latitude, longitude in places), half_width_m)


def cells_of(covered):
    """Return the numbers of all cells: firsts and lasts balance like brackets."""
    numbers = set()
    for first, last in zip(*covered.chains, strict=True):
        numbers |= set(range(first, last + 1))
    return numbers


def holds(covered, lat, lon):
    number = geohash.number("".join(index_key(lat, lon, covered.grid.curve)))
    return number >> geohash.BITS - covered.grid.bits in cells_of(covered)


def middle_of(number, grid):
    below = geohash.BITS - grid.bits
    text = geohash.text_of((number << below) + (3 << below - 2), geohash.LENGTH)
    return position(text[:4], text[4:], grid.curve)


SHAPES = [Circle(*PRESTON, 250), star(*PRESTON, 400), route(*PRESTON, 300)]


@curves
@pytest.mark.parametrize("margin_m", [0.0, 80.0])
@pytest.mark.parametrize("region", SHAPES)
def test_no_cell_is_covered_that_lies_apart_from_the_region(region, margin_m, curve):
    covered = cover(region, margin_m, curve)
    north, east = covered.grid.high * 111_300, covered.grid.wide * 66_000
    reach = margin_m + math.hypot(north, east) / 2 * 1.05
    middles = [middle_of(number, covered.grid) for number in cells_of(covered)]
    assert [place for place in middles if -region.depth_m(*place) > reach] == []


@curves
@pytest.mark.parametrize("region", SHAPES)
def test_every_cell_whose_middle_is_inside_is_covered(region, curve):
    covered = cover(region, 0.0, curve)
    south, west, north, east = region.bounds
    sixtieths = [number / 60 for number in range(61)]
    places = [
        (south + up * (north - south), west + across * (east - west))
        for up in sixtieths
        for across in sixtieths
    ]
    inside = [place for place in places if region.contains(*place)]
    assert len(inside) > 100
    assert all(holds(covered, *place) for place in inside)


@curves
@pytest.mark.parametrize("place", LITERALS)
@pytest.mark.parametrize("radius_m", [0.01, 30, 6000])
def test_a_circle_holds_its_own_centre_even_at_a_pole_or_on_an_edge(place, radius_m, curve):
    covered = cover(Circle(*place, radius_m), 0.0, curve)
    assert holds(covered, *place)
    assert len(covered.chains.firsts) <= CELLS_MOST


@curves
@pytest.mark.parametrize(("wide", "high"), [(3e-5, 2e-5), (1e-6, 1e-2), (1e-2, 1e-6)])
def test_an_area_of_a_few_steps_or_the_width_of_a_hand_is_covered(wide, high, curve):
    south, west = PRESTON
    north, east = south + high, west + wide
    ring = ((west, south), (east, south), (east, north), (west, north), (west, south))
    covered = cover(Area(ring), 0.0, curve)
    assert all(holds(covered, lat, lon) for lon, lat in ring)


@curves
def test_an_area_on_the_edges_of_cells_is_covered_on_both_sides_of_them(curve):
    south, west, side = 45.0, -2.8125, 45 / 2**14
    north, east = south + side, west + side
    area = Area(((west, south), (east, south), (east, north), (west, north), (west, south)))
    covered = cover(area, 0.0, curve)
    corners = [(south, west), (south, east), (north, west), (north, east), (south, west + side / 2)]
    assert all(holds(covered, *corner) for corner in corners)


def test_a_hole_is_left_out():
    south, west, north, east = (PRESTON[0], PRESTON[1], PRESTON[0] + 0.01, PRESTON[1] + 0.015)
    ring = ((west, south), (east, south), (east, north), (west, north), (west, south))
    inner = tuple(
        (west + 0.0075 + (x - west - 0.0075) * 0.8, south + 0.005 + (y - south - 0.005) * 0.8)
        for x, y in ring
    )
    covered = cover(Area(ring, (inner,)))
    assert not holds(covered, south + 0.005, west + 0.0075)
    assert holds(covered, south + 0.0005, west + 0.0075)


@pytest.mark.parametrize("lon", [179.999, -179.999, 180.0])
def test_the_antimeridian_makes_no_cover_larger(lon):
    there, elsewhere = cover(route(-16.8, lon, 900)), cover(route(-16.8, lon - lon // 45 * 45, 900))
    assert len(cells_of(there)) == pytest.approx(len(cells_of(elsewhere)), rel=0.02)
    assert there.grid == elsewhere.grid


@curves
@pytest.mark.parametrize("lat", [0.0, 53.7, 75.0, 84.0, 89.0, 89.95, 90.0])
def test_a_cover_has_about_the_cells_it_should_at_any_latitude(lat, curve):
    covered = cover(Circle(lat, 12.3, 250), 0.0, curve)
    assert 250 <= len(cells_of(covered)) <= CELLS_MOST


@pytest.mark.parametrize("leg_m", [50, 250, 1000, 20_000])
def test_a_long_route_has_larger_cells_not_more(leg_m):
    covered = cover(route(*PRESTON, leg_m, legs=5))
    assert 300 <= len(cells_of(covered)) <= CELLS_MOST


def test_few_cameras_make_cells_larger_and_lose_nothing():
    circle = Circle(*PRESTON, 250)
    many, few = cover(circle, cameras_per_km2=5000.0), cover(circle, cameras_per_km2=1.0)
    assert len(cells_of(few)) < len(cells_of(many)) / 2
    rim = [reached(*PRESTON, degrees, 250 - 1e-6) for degrees in range(0, 360, 5)]
    assert all(holds(few, *place) for place in rim)


@curves
def test_what_bends_is_covered_where_it_bends(curve):
    start, end = (60.0, 10.0), (60.0, 10.35)
    covered = cover(Corridor((start[::-1], end[::-1]), 5.0), 0.0, curve)
    bulge = Corridor((start[::-1], end[::-1]), 5.0).at(9750)
    assert bulge.latitude > 60.0001
    assert holds(covered, bulge.latitude, bulge.longitude)


@curves
def test_a_route_past_the_pole_is_covered(curve):
    points = ((0.0, 89.99), (180.0, 89.99), (-90.0, 89.98))
    region = Corridor(points, 20.0)
    covered = cover(region, 30.0, curve)
    spots = [region.at(along) for along in (0, 700, 1116.9, 1117, 1500, 3000)]
    assert all(holds(covered, spot.latitude, spot.longitude) for spot in spots)


def test_parts_come_in_the_order_of_the_curve():
    for region in SHAPES:
        firsts, lasts = cover(region).chains
        assert all(a <= b for a, b in pairwise(firsts))
        assert all(a <= b for a, b in pairwise(lasts))
        assert all(first <= last for first, last in zip(firsts, lasts, strict=True))
