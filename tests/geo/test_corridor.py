import math
from itertools import pairwise

import pytest
from geographiclib.geodesic import Geodesic
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from chalicelib.errors import InvalidInput
from chalicelib.geo import Bounds, Corridor, Point, destination
from chalicelib.geo.corridor import Nearest
from chalicelib.geo.distance import earthfixed_at
from chalicelib.geo.line import foot_of

WGS84 = Geodesic.WGS84
PRESTON = (-2.7031, 53.7632)
latitudes = st.floats(-90, 90)
longitudes = st.floats(-180, 180)
directions = st.floats(0, 360)
turns = st.lists(st.tuples(directions, st.floats(1, 20_000)), min_size=1, max_size=3)
SWAPPED = "Latitude is a number from -90 to 90. It may be swapped with the longitude."
GOLDEN = (math.sqrt(5) - 1) / 2


def route_from(lat, lon, turns):
    """Return positions, each some metres in some direction from the one before."""
    route = [(lon, lat)]
    for direction, metres in turns:
        end = WGS84.Direct(route[-1][1], route[-1][0], direction, metres)
        route.append((end["lon2"], end["lat2"]))
    return route


def leg(a, b):
    return WGS84.InverseLine(a[1], a[0], b[1], b[0])


def geodesic_m(a, b):
    return WGS84.Inverse(a[1], a[0], b[1], b[0])["s12"]


def beside(a, b, part, off):
    """Return a place so many metres beside the geodesic from a to b, and how far along."""
    line = leg(a, b)
    there = line.Position(part * line.s13)
    place = WGS84.Direct(there["lat2"], there["lon2"], there["azi2"] + 90, off)
    return (place["lon2"], place["lat2"]), part * line.s13


def oracle_m(route, place):
    """Return the metres from the nearest leg by golden-section search along each geodesic."""
    return min(_from_leg(leg(a, b), place) for a, b in pairwise(route))


def _from_leg(line, place):
    def off(along):
        there = line.Position(along)
        return geodesic_m((there["lon2"], there["lat2"]), place)

    low, high = 0.0, line.s13
    for _ in range(42):
        one, other = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
        low, high = (low, other) if off(one) < off(other) else (one, high)
    return min(off(0.0), off(line.s13), off((low + high) / 2))


@settings(max_examples=60, deadline=None)
@given(latitudes, longitudes, turns, st.floats(0, 1), st.floats(-6000, 6000))
@example(89.99, 0.0, [(0.0, 2000.0), (90.0, 500.0)], 0.3, 60.0)
@example(52.0, 179.99, [(80.0, 20_000.0)], 0.5, -150.0)
@example(-75.0, 10.0, [(95.0, 20_000.0)], 0.4, 4999.0)
def test_the_distance_from_a_route_is_that_from_its_geodesics(lat, lon, turns, part, off):
    route = route_from(lat, lon, turns)
    place, _ = beside(route[0], route[1], part, off)
    found = Corridor(route, 60).distance_m(place[1], place[0])
    assert found == pytest.approx(oracle_m(route, place), abs=1e-3)


@settings(deadline=None)
@given(latitudes, longitudes, directions, st.floats(400, 49_000), st.floats(0, 1))
@example(89.99, 0.0, 0.0, 20_000.0, 0.5)
def test_a_millimetre_decides_what_a_corridor_contains(lat, lon, direction, metres, part):
    route = route_from(lat, lon, [(direction, metres)])
    corridor = Corridor(route, 60)
    for side in (-1, 1):
        (inner, _), (outer, _) = (beside(*route, part, side * off) for off in (59.998, 60.002))
        assert corridor.contains(inner[1], inner[0])
        assert not corridor.contains(outer[1], outer[0])
        assert corridor.depth_m(inner[1], inner[0]) == pytest.approx(0.002, abs=0.001)


@settings(deadline=None)
@given(latitudes, longitudes, turns, st.floats(0, 1), st.floats(-150, 150))
def test_how_far_along_a_leg_a_place_is_follows_the_geodesic(lat, lon, turns, part, off):
    route = route_from(lat, lon, turns[:1])
    place, along = beside(*route, part, off)
    nearest = Corridor(route, 60).nearest(place[1], place[0])
    assert nearest.along_m == pytest.approx(along, abs=0.01)
    assert nearest.off_m == pytest.approx(abs(off), abs=1e-3)


@settings(deadline=None)
@given(latitudes, longitudes, turns, st.floats(0, 1))
def test_a_place_along_the_route_lies_on_its_geodesics(lat, lon, turns, part):
    route = route_from(lat, lon, turns)
    corridor, lines = (
        Corridor(route, 60),
        [leg(a, b) for a, b in pairwise(route)],
    )
    assert corridor.length_m == pytest.approx(sum(line.s13 for line in lines), abs=0.01)
    left = part * corridor.length_m
    while left > lines[0].s13 and len(lines) > 1:
        left -= lines.pop(0).s13
    there, found = lines[0].Position(left), corridor.at(part * corridor.length_m)
    apart = geodesic_m((there["lon2"], there["lat2"]), (found.longitude, found.latitude))
    assert apart < 0.02


def test_beyond_its_ends_a_route_is_at_its_ends():
    corridor = Corridor([PRESTON, (-2.70, 53.77)], 60)
    assert corridor.at(-5) == corridor.at(0)
    assert corridor.at(1e9) == corridor.at(corridor.length_m)
    start, end = corridor.at(0), corridor.at(1e9)
    assert (start.longitude, start.latitude) == pytest.approx(PRESTON, abs=1e-12)
    assert (end.longitude, end.latitude) == pytest.approx((-2.70, 53.77), abs=1e-12)


def test_where_a_route_passes_twice_the_first_time_counts():
    there, back = (-2.7031, 53.7632), (-2.6931, 53.7632)
    corridor = Corridor([there, back, there], 60)
    off, along = corridor.nearest(53.7636, -2.7001)
    assert corridor.nearest(53.7632, -2.7031) == Nearest(0, 0)
    assert along < corridor.length_m / 2
    assert off == pytest.approx(Corridor([there, back], 60).nearest(53.7636, -2.7001).off_m)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(directions, st.floats(5, 300)), min_size=30, max_size=99), turns)
def test_looking_from_afar_first_finds_the_same_nearest_place(bends, aside):
    route = route_from(53.7632, -2.7031, bends)
    corridor, (lon, lat) = Corridor(route, 60), route_from(53.7632, -2.7031, aside)[-1]
    place = earthfixed_at(lat, lon)
    feet = [foot_of(piece, place) for piece in corridor.line.pieces]
    assert corridor.line.nearest(place).off_m == min(foot.off_m for foot in feet)


def test_a_place_on_the_very_edge_belongs_to_a_corridor():
    route, (lon, lat) = [PRESTON, (-2.70, 53.77)], (-2.7025, 53.766)
    edge = Corridor(route, 60).distance_m(lat, lon)
    assert Corridor(route, edge).contains(lat, lon)
    assert not Corridor(route, math.nextafter(edge, 0)).contains(lat, lon)


def test_a_route_leads_across_the_antimeridian_and_over_a_pole():
    across = Corridor([(179.999, -17.0), (-179.999, -17.0)], 60)
    assert across.length_m == pytest.approx(212.9, abs=0.1)
    assert across.contains(-17.0, 180.0)
    assert across.contains(-17.0, -180.0)
    over = Corridor([(0, 89.99), (180, 89.99)], 60)
    assert over.length_m == pytest.approx(2233.9, abs=0.1)
    assert [over.contains(90, lon) for lon in (-180, 0, 77)] == [True, True, True]


@settings(deadline=None)
@given(latitudes, longitudes, turns, st.floats(0, 1), st.sampled_from([-1, 1]))
@example(89.99, 0.0, [(10.0, 2500.0)], 0.5, 1)
@example(-17.0, 179.99, [(90.0, 20_000.0)], 0.5, 1)
def test_the_box_of_a_corridor_holds_its_width_too(lat, lon, turns, part, side):
    route = route_from(lat, lon, turns)
    place, _ = beside(route[0], route[1], part, side * 60)
    assert Corridor(route, 60).bounds.covers(Point(place[1], place[0]))


def test_the_box_of_a_route_across_the_antimeridian_is_small():
    south, west, north, east = Corridor([(179.99, 0.0), (-179.99, 0.01)], 60).bounds
    assert Bounds(south, west, north, east) == pytest.approx((0, 179.99, 0.01, 180.01), abs=1e-3)


def square(metres):
    """Return the positions of a walk round a square block, back to the start."""
    places = [Point(53.7632, -2.7031)]
    for direction in (0, 90, 180, 270):
        places.append(destination(places[-1], direction, metres))
    return [(place.longitude, place.latitude) for place in places]


ENDS = math.pi * 60 * 60
OUTER_BEND = math.pi * 60 * 60 / 4
INNER_BEND = 60 * 60


@pytest.mark.parametrize(
    ("route", "expected"),
    [
        (square(1000)[:2], 1000 * 120 + ENDS),
        (square(1000)[:2] * 2, 1000 * 120 + ENDS),
        (square(1000)[:3], 2 * 1000 * 120 + ENDS + OUTER_BEND - INNER_BEND),
        (square(1000), 4 * 1000 * 120 + 4 * (OUTER_BEND - INNER_BEND)),
        (square(100), 100 * 100 + 4 * 100 * 60 + ENDS),
    ],
)
def test_ground_within_the_width_is_counted_once(route, expected):
    assert Corridor(route, 60).area_m2 == pytest.approx(expected, rel=0.01)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(directions, st.floats(20, 300)), min_size=1, max_size=5), directions)
def test_the_area_of_a_corridor_is_what_a_grid_of_places_in_it_counts(bends, turn):
    route = route_from(53.7632, -2.7031, [(way + turn, metres) for way, metres in bends])
    corridor = Corridor(route, 60)
    south, west, north, east = corridor.bounds
    steps = [(step + 0.5) / 70 for step in range(70)]
    inside = sum(
        corridor.contains(south + up * (north - south), west + along * (east - west))
        for up in steps
        for along in steps
    )
    box = geodesic_m((west, south), (west, north)) * geodesic_m((west, south), (east, south))
    assume(inside > 400)
    assert corridor.area_m2 == pytest.approx(box * inside / 70**2, rel=0.03)


def test_a_route_of_lists_with_altitudes_is_the_same_route():
    plain = Corridor((PRESTON, (-2.70, 53.77)), 60)
    assert Corridor([[*PRESTON, 31.5], [-2.70, 53.77, 40.0]], 60) == plain
    assert hash(Corridor([[*PRESTON], [-2.70, 53.77]], 60)) == hash(plain)
    assert plain.points == (PRESTON, (-2.70, 53.77))


@pytest.mark.parametrize("width", [0, -60, math.nan, math.inf, "60", True, None])
def test_a_corridor_needs_a_width_above_zero(width):
    with pytest.raises(InvalidInput) as refusal:
        Corridor((PRESTON, (-2.70, 53.77)), width)
    sentence = "The width on each side is a number of metres above zero."
    assert refusal.value.fields == {"half_width_m": sentence}


@pytest.mark.parametrize(
    ("route", "sentence"),
    [
        ([], "A route has at least two places."),
        ([PRESTON], "A route has at least two places."),
        ([PRESTON, PRESTON], "Place 2 of the route repeats the one before it."),
        (
            [PRESTON, (-2.7, 53.77), (-2.7, 53.77)],
            "Place 3 of the route repeats the one before it.",
        ),
        ([(180, 5), (-180, 5)], "Place 2 of the route repeats the one before it."),
        (
            [PRESTON, (53.77, -2.7)],
            "Place 2 of the route is more than 50 km from the one before it.",
        ),
        (
            [(-94.4, 39.2), (39.2, -94.5)],
            f"Place 2 is not on earth. {SWAPPED}",
        ),
        (
            [(math.nan, 39.2), PRESTON],
            "Place 1 is not on earth. Longitude is a number from -180 to 180.",
        ),
        (
            [PRESTON, ("-2.7", 53.7)],
            "Place 2 is not on earth. Longitude is a number from -180 to 180.",
        ),
        ([PRESTON, (-2.7,)], "Place 2 is not a longitude and a latitude."),
        ([PRESTON, 53.7], "Place 2 is not a longitude and a latitude."),
        ([PRESTON, "53"], "Place 2 is not a longitude and a latitude."),
        (53.7, "The places are a list of longitudes and latitudes."),
    ],
)
def test_a_route_that_is_none_is_refused_in_a_sentence(route, sentence):
    with pytest.raises(InvalidInput) as refusal:
        Corridor(route, 60)
    assert refusal.value.fields == {"route": sentence}
    assert refusal.value.sentence == sentence
