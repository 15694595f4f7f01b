import math
from fractions import Fraction
from itertools import combinations, pairwise

import pytest
from geographiclib.geodesic import Geodesic
from geographiclib.polygonarea import PolygonArea
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from chalicelib.errors import InvalidInput
from chalicelib.geo import Area, Bounds, Point, destination
from chalicelib.geo.distance import earthfixed_at
from chalicelib.geo.line import foot_of

WGS84 = Geodesic.WGS84
GOLDEN = (math.sqrt(5) - 1) / 2
SQUARE = [(0, 0), (9, 0), (9, 9), (0, 9), (0, 0)]
HOLE = [(3, 3), (6, 3), (6, 6), (3, 6), (3, 3)]
steps = st.integers(-8, 8)
corners = st.lists(st.tuples(steps, steps), min_size=3, max_size=7)


def closed(places):
    return [*places, places[0]]


def side(a, b, p):
    return (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])


def holds(a, b, p):
    between = all(min(u, v) <= w <= max(u, v) for u, v, w in zip(a, b, p, strict=True))
    return between and side(a, b, p) == 0


def oracle(rings, p):
    edges = [edge for ring in rings for edge in pairwise(ring)]
    if any(holds(a, b, p) for a, b in edges):
        return True
    crossings = 0
    for (ax, ay), (bx, by) in edges:
        if (ay > p[1]) != (by > p[1]):
            crossings += ax + Fraction(p[1] - ay) * (bx - ax) / (by - ay) > p[0]
    return crossings % 2 == 1


def shared(a, b, c, d):
    """Return all places two edges have in common, as parts of the first: none, one, or a range."""
    ahead, other = (b[0] - a[0], b[1] - a[1]), (d[0] - c[0], d[1] - c[1])
    turn = ahead[0] * other[1] - ahead[1] * other[0]
    if turn == 0:
        if side(a, b, c) != 0:
            return None
        long = 0 if ahead[0] else 1
        parts = sorted(Fraction(p[long] - a[long], ahead[long]) for p in (c, d))
        first, last = max(parts[0], 0), min(parts[1], 1)
        return (first, last) if first <= last else None
    one = Fraction((c[0] - a[0]) * other[1] - (c[1] - a[1]) * other[0], turn)
    two = Fraction((c[0] - a[0]) * ahead[1] - (c[1] - a[1]) * ahead[0], turn)
    return (one, one) if 0 <= one <= 1 and 0 <= two <= 1 else None


def simple(ring):
    """Say whether edges meet nowhere but each at its end, where the next one begins."""
    edges = list(pairwise(ring))
    for (i, one), (j, other) in combinations(enumerate(edges), 2):
        common = shared(*one, *other)
        follows = j - i in (1, len(edges) - 1)
        if common is not None and (not follows or common[0] != common[1]):
            return False
    return len(edges) > 2


@settings(max_examples=300)
@given(corners, st.tuples(steps, steps))
@example([(0, 0), (2, 2), (2, 0), (0, 2)], (1, 0))
@example([(0, 0), (4, 0), (2, 0), (2, 3)], (1, 0))
@example([(0, 0), (2, 0), (1, 1), (2, 2), (0, 2), (1, 1)], (1, 0))
@example([(0, 0), (4, 0), (4, 4), (2, 0), (0, 4)], (1, 0))
def test_a_ring_is_refused_or_contains_what_exact_arithmetic_says(places, place):
    ring = closed([here for before, here in pairwise([None, *places]) if here != before])
    ring = ring[:-1] if len(ring) > 1 and ring[-1] == ring[-2] else ring
    if simple(ring):
        assert Area(ring).contains(place[1], place[0]) == oracle([ring], place)
    else:
        with pytest.raises(InvalidInput):
            Area(ring)


@given(st.floats(0, 1), st.floats(-60, 60), st.floats(-60, 60))
def test_a_step_off_an_edge_is_told_from_the_edge(part, lat, lon):
    box = Area(closed([(lon, lat), (61, lat), (61, 61), (lon, 61)]))
    along = min(lon + part * (61 - lon), 61.0)
    assert box.contains(lat, along)
    assert not box.contains(math.nextafter(lat, -90), along)


@settings(max_examples=200)
@given(st.tuples(*[st.tuples(st.floats(-3, 3), st.floats(50, 56))] * 3), st.floats(0, 1))
def test_on_an_edge_aslant_the_last_digit_decides_as_exact_arithmetic_does(places, part):
    (ax, ay), (bx, by), _ = places
    assume(abs(side(*places)) > 1e-6)
    place = (ax + part * (bx - ax), ay + part * (by - ay))
    exact = closed([tuple(map(Fraction, position)) for position in places])
    expected = oracle([exact], tuple(map(Fraction, place)))
    assert Area(closed(places)).contains(place[1], place[0]) == expected


def test_a_hole_is_outside_but_its_edge_is_not():
    area = Area(SQUARE, [HOLE])
    places = [(1, 1), (4, 4), (3, 4), (9, 9), (4, 10)]
    assert [area.contains(lat, lon) for lat, lon in places] == [True, False, True, True, False]
    assert area.bounds == Bounds(0, 0, 9, 9)
    assert area.middle == Point(4.5, 4.5)


def geodesic_m(a, b):
    return WGS84.Inverse(a[1], a[0], b[1], b[0])["s12"]


def oracle_m(ring, place):
    """Return the metres from the nearest edge by golden-section search along straight lines."""
    return min(_from_edge(a, b, place) for a, b in pairwise(ring))


def _from_edge(a, b, place):
    def off(part):
        return geodesic_m((a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])), place)

    best = min(range(21), key=lambda step: off(step / 20)) / 20
    low, high = max(best - 0.05, 0.0), min(best + 0.05, 1.0)
    for _ in range(38):
        one, other = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
        low, high = (low, other) if off(one) < off(other) else (one, high)
    return off((low + high) / 2)


def round_about(lat, lon, reaches, turn=0.0):
    """Return a ring round a place, its corners so many metres off, without crossing 180."""
    directions = [turn + 360 * number / len(reaches) for number in range(len(reaches))]
    pairs = zip(directions, reaches, strict=True)
    places = [WGS84.Direct(lat, lon, direction, metres) for direction, metres in pairs]
    return closed([(place["lon2"], place["lat2"]) for place in places])


sizes = st.lists(st.floats(200, 20_000), min_size=3, max_size=4)


@settings(max_examples=60, deadline=None)
@given(st.floats(-89, 89), sizes, st.floats(0, 360), st.floats(0, 360), st.floats(0, 25_000))
@example(88.9, [15_000.0] * 3, 10.0, 200.0, 9000.0)
@example(0.0, [15_000.0] * 4, 45.0, 90.0, 9000.0)
def test_the_distance_from_an_area_is_that_from_its_straight_lines(lat, reaches, turn, way, off):
    ring, there = round_about(lat, 5.0, reaches, turn), WGS84.Direct(lat, 5.0, way, off)
    place = there["lon2"], there["lat2"]
    area, expected = Area(ring), oracle_m(ring, place)
    assert area.edge_distance_m(place[1], place[0]) == pytest.approx(expected, abs=1e-3)
    inside = area.contains(place[1], place[0])
    away, depth = (0.0, expected) if inside else (expected, -expected)
    assert area.distance_m(place[1], place[0]) == pytest.approx(away, abs=1e-3)
    assert area.depth_m(place[1], place[0]) == pytest.approx(depth, abs=1e-3)


def test_in_a_hole_the_area_is_as_far_as_the_edge_of_the_hole():
    area = Area(SQUARE, [HOLE])
    assert area.distance_m(4.5, 3.01) == pytest.approx(1109.7, abs=0.5)
    assert area.depth_m(4.5, 3.01) == -area.distance_m(4.5, 3.01)
    assert area.depth_m(4.5, 2.99) == pytest.approx(1109.7, abs=0.5)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.floats(100, 900), min_size=60, max_size=100), st.floats(0, 360), st.floats(0, 2000)
)
def test_looking_from_afar_first_finds_the_same_nearest_edge(reaches, way, off):
    area = Area(round_about(53.7632, -2.7031, reaches))
    there = destination(Point(53.7632, -2.7031), way, off)
    place = earthfixed_at(there.latitude, there.longitude)
    feet = [foot_of(piece, place) for piece in area.line.pieces]
    assert area.line.nearest(place).off_m == min(foot.off_m for foot in feet)


def test_both_names_of_the_antimeridian_are_one_place():
    east = Area([(179, 0), (180, 0), (180, 1), (179, 1), (179, 0)])
    assert [east.contains(0.5, lon) for lon in (180, -180, -179.99)] == [True, True, False]
    assert east.distance_m(0.5, -179.99) == pytest.approx(1113.1, abs=0.5)


def test_every_longitude_names_the_pole():
    area = Area([(0, 89.9), (90, 89.9), (90, 90), (0, 90), (0, 89.9)])
    assert [area.contains(90, lon) for lon in (-180, 0, 45, 200 - 360)] == [True] * 4
    assert not area.contains(89.95, 200 - 360)
    assert area.distance_m(89.999, -135) == pytest.approx(111.69, abs=0.01)


def geodesic_area_m2(ring):
    """Return the area of a ring whose straight edges are followed by many short geodesics."""
    polygon = PolygonArea(WGS84)
    for a, b in pairwise(ring):
        for step in range(50):
            lon, lat = (u + step / 50 * (v - u) for u, v in zip(a, b, strict=True))
            polygon.AddPoint(lat, lon)
    return abs(polygon.Compute()[2])


@settings(max_examples=40, deadline=None)
@given(st.floats(-89, 89), st.lists(st.floats(20, 20_000), min_size=3, max_size=5))
def test_the_area_is_right_to_a_thousandth_anywhere(lat, reaches):
    ring = round_about(lat, 5.0, reaches)
    assert Area(ring).area_m2 == pytest.approx(geodesic_area_m2(ring), rel=1e-3)


def test_holes_are_taken_out_of_the_area():
    whole, hole = Area(SQUARE).area_m2, Area(HOLE).area_m2
    assert Area(SQUARE, [HOLE]).area_m2 == whole - hole
    assert whole == pytest.approx(geodesic_area_m2(SQUARE), rel=1e-3)
    assert Area(SQUARE[::-1]).area_m2 == whole


def test_lists_altitudes_and_corners_given_twice_make_the_same_area():
    plain = Area(tuple(SQUARE), (tuple(HOLE),))
    heavy = [[float(lon), float(lat), 20.0] for lon, lat in SQUARE for _ in range(2)]
    assert Area(heavy, [[list(position) for position in HOLE]]) == plain
    assert hash(Area(heavy, [HOLE])) == hash(plain)
    assert plain.ring == tuple(SQUARE)


SHORT = "The ring of an area has three corners or more and ends at the first."
FLAT = "The corners of the area lie in one line, with nothing between them."
CROSSED = "The edge of the area crosses or touches itself."
LATITUDE = "Latitude is a number from -90 to 90."
LONGITUDE = "Longitude is a number from -180 to 180."


@pytest.mark.parametrize(
    ("ring", "sentence"),
    [
        ([], SHORT),
        ([(0, 0), (1, 1), (0, 0)], SHORT),
        (SQUARE[:-1], SHORT),
        ([(5, 5)] * 5, FLAT),
        ([(0, 0), (1, 1), (0, 0), (0, 0)], FLAT),
        ([(0, 0), (1, 1), (3, 3), (0, 0)], FLAT),
        ([(0.1, 0.3), (0.2, 0.6), (0.3, 0.9), (0.1, 0.3)], FLAT),
        ([(0, 0), (5e-6, 0), (5e-6, 5e-6), (0, 0)], FLAT),
        ([(0, 0), (1, 1), (1, 0), (0, 1), (0, 0)], CROSSED),
        ([(0, 0), (2, 0), (1, 0), (1, 1), (0, 0)], CROSSED),
        ([(0, 0), (2, 0), (1, 1), (2, 2), (0, 2), (1, 1), (0, 0)], CROSSED),
        (
            [(179, 0), (-179, 0), (-179, 1), (179, 1), (179, 0)],
            "An area does not cross the meridian of 180 degrees; make it two.",
        ),
        ([(0, 0), (200, 0), (0, 9), (0, 0)], f"Place 2 is not on earth. {LONGITUDE}"),
        (
            [(39.2, -94.4), (39.3, -94.4), (39.3, -94.5), (39.2, -94.4)],
            f"Place 1 is not on earth. {LATITUDE} It may be swapped with the longitude.",
        ),
        ([(0, 0), (1, math.nan), (0, 9), (0, 0)], f"Place 2 is not on earth. {LATITUDE}"),
        ([(0, 0), (1, 0), (math.inf, 9), (0, 0)], f"Place 3 is not on earth. {LONGITUDE}"),
        ([(0, 0), (1, "0"), (0, 9), (0, 0)], f"Place 2 is not on earth. {LATITUDE}"),
        ([(0, 0), (True, 0), (0, 9), (0, 0)], f"Place 2 is not on earth. {LONGITUDE}"),
        ([(0, 0), (1,), (0, 9), (0, 0)], "Place 2 is not a longitude and a latitude."),
        ([(0, 0), None, (0, 9), (0, 0)], "Place 2 is not a longitude and a latitude."),
        (None, "The places are a list of longitudes and latitudes."),
    ],
)
def test_a_ring_that_is_none_is_refused_in_a_sentence(ring, sentence):
    for build in (lambda: Area(ring), lambda: Area([(-99, -60), (99, -60), (0, 60)], [ring])):
        with pytest.raises(InvalidInput) as refusal:
            build()
        assert set(refusal.value.fields) == {"area"}
    with pytest.raises(InvalidInput) as refusal:
        Area(ring)
    assert refusal.value.fields == {"area": sentence}
    assert refusal.value.sentence == sentence


OVER = "A hole of the area crosses its edge or another hole."
WITHIN = "A hole of the area is inside another hole."


def box(west, south, east, north):
    return closed([(west, south), (east, south), (east, north), (west, north)])


@pytest.mark.parametrize(
    ("holes", "sentence"),
    [
        ([box(7, 7, 10, 8)], OVER),
        ([box(10, 10, 12, 12)], "A hole of the area is outside it."),
        ([SQUARE], OVER),
        ([HOLE, HOLE], OVER),
        ([HOLE, box(5, 5, 7, 7)], OVER),
        ([HOLE, box(4, 4, 5, 5)], WITHIN),
        ([box(4, 4, 5, 5), HOLE], WITHIN),
        ([box(-1, -1, 10, 10)], "A hole of the area is outside it."),
        ([box(0, 3, 3, 6)], OVER),
    ],
)
def test_a_hole_that_is_none_is_refused_in_a_sentence(holes, sentence):
    with pytest.raises(InvalidInput) as refusal:
        Area(SQUARE, holes)
    assert refusal.value.fields == {"area": sentence}


def test_holes_may_touch_at_single_places():
    corner = closed([(0, 0), (2, 1), (1, 2)])
    area = Area(SQUARE, [HOLE, box(6, 6, 7, 7), corner])
    assert [area.contains(lat, lon) for lat, lon in [(6, 6), (6.5, 6.5), (0, 0), (1, 1)]] == [
        True,
        False,
        True,
        False,
    ]
    assert area.holes[2] == tuple(corner)


def test_a_ring_of_a_thousand_corners_is_checked_in_no_time():
    ring = round_about(53.0, -2.0, [1000 + number % 7 * 100 for number in range(1000)])
    assert Area(ring).contains(53.0, -2.0)
    with pytest.raises(InvalidInput):
        Area([*ring[:500], *ring[500:520][::-1], *ring[520:]])


@pytest.mark.parametrize("place", [(math.nan, 0), (91, 0), (0, 181), (0, math.nan)])
def test_a_place_off_the_earth_is_never_silently_outside(place):
    with pytest.raises(InvalidInput):
        Area(SQUARE).contains(*place)
    with pytest.raises(InvalidInput):
        Area(SQUARE).depth_m(*place)
