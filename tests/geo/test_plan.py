import math
from itertools import pairwise

import pytest
from geographiclib.geodesic import Geodesic
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.geo import Circle, Point, geohash, plan
from chalicelib.geo.plan import REQUESTS_MOST

WGS84 = Geodesic.WGS84
TOWNS = [
    Point(39.2461, -94.4191),
    Point(39.0911, -94.4155),
    Point(54.0470, -2.8010),
    Point(53.7632, -2.7031),
    Point(41.6672, -87.8367),
    Point(52.8052, -2.1163),
]
SEAMS = [
    Point(54.0470, -2.8125),
    Point(52.8052, -2.109375),
    Point(41.66015625, -87.8367),
    Point(51.4779, 0.0),
    Point(45.0, 7.0),
    Point(0.0, 0.0),
    Point(0.0, -78.0),
    Point(45.0, 180.0),
    Point(45.0, -180.0),
    Point(90.0, 0.0),
    Point(-90.0, 77.0),
]
ONCE_WRONG_ELSEWHERE = [
    Point(23.9579, -4.8080),
    Point(31.6260, -48.4446),
    Point(85.0, 13.0),
    Point(85.05, 11.6),
    Point(21.3, -157.8),
    Point(47.6, -122.3),
    Point(60.073, 11.1),
]


def dyadic(most):
    return st.integers(5, 20).flatmap(
        lambda bits: st.integers(0, 1 << bits).map(lambda n: n * (2 * most / (1 << bits)) - most)
    )


def towards(most, least, end):
    """Values at powers of ten from `most`, on either side of the earth."""
    return st.builds(
        lambda power, sign: sign * (most - 10**power),
        st.floats(least, end),
        st.sampled_from([-1, 1]),
    )


latitudes = st.one_of(st.floats(-90, 90), dyadic(90.0), towards(90.0, -7, 0))
longitudes = st.one_of(st.floats(-180, 180), dyadic(180.0), towards(180.0, -9, -1))
centres = st.one_of(
    st.builds(Point, latitudes, longitudes), st.sampled_from(TOWNS + SEAMS + ONCE_WRONG_ELSEWHERE)
)
radii = st.one_of(
    st.sampled_from([1, 5, 20, 50, 100, 250, 500, 1000, 5000, 20_000]),
    st.floats(0, math.log10(20_000)).map(lambda power: 10**power),
)
densities = st.floats(-1, 5).map(lambda power: 10**power)
circles = st.builds(Circle, centres, radii)


def planned(ranges, point):
    text = geohash.encode(point)
    return any(g == text[:4] and low <= text[4:] <= high for g, low, high in ranges)


def at(circle, direction, metres):
    end = WGS84.Direct(circle.centre.latitude, circle.centre.longitude, direction, metres)
    return Point(end["lat2"], end["lon2"])


def twins(point):
    """The two names of the antimeridian."""
    return (
        [point, Point(point.latitude, -point.longitude)] if abs(point.longitude) == 180 else [point]
    )


def snapped(point, bits):
    def edge(value, most):
        step = 2 * most / (1 << bits)
        return min(max(round((value + most) / step) * step - most, -most), most)

    latitude, longitude = edge(point.latitude, 90.0), edge(point.longitude, 180.0)
    return [
        Point(latitude, longitude),
        Point(latitude, point.longitude),
        Point(point.latitude, longitude),
    ]


def inside(circle, point):
    centre = circle.centre
    apart = WGS84.Inverse(centre.latitude, centre.longitude, point.latitude, point.longitude)
    return apart["s12"] <= circle.radius_m


def hard_points(circle, turn):
    radius = circle.radius_m
    for step in range(8):
        direction = turn + 45 * step
        yield at(circle, direction, radius * (1 - 1e-12))
        yield at(circle, direction, radius * (1 - 1e-7))
        within = at(circle, direction + 17, radius * math.sqrt((step + 0.5) / 8))
        yield within
        edges = snapped(within, (20, 24, 27, 30)[step % 4])
        yield from (point for point in edges if inside(circle, point))


def missed(circle, density, turn=0.0):
    ranges = plan(circle, density)
    points = [twin for point in hard_points(circle, turn) for twin in twins(point)]
    return [point for point in points if not planned(ranges, point)]


@settings(max_examples=400)
@given(circles, densities, st.floats(0, 45))
def test_every_place_inside_the_circle_is_in_a_planned_range(circle, density, turn):
    assert missed(circle, density, turn) == []


@pytest.mark.parametrize("radius", [1, 50, 250, 3000, 20_000])
@pytest.mark.parametrize("centre", TOWNS + SEAMS + ONCE_WRONG_ELSEWHERE)
def test_no_seam_pole_or_place_known_for_trouble_loses_anything(centre, radius):
    assert missed(Circle(centre, radius), 200.0) == []


@given(circles, densities)
def test_ranges_are_sorted_disjoint_whole_and_few(circle, density):
    ranges = plan(circle, density)
    assert all((len(g), len(low), len(high)) == (4, 8, 8) for g, low, high in ranges)
    assert all(low <= high for _, low, high in ranges)
    assert all(a.g + a.high < b.g + b.low for a, b in pairwise(ranges))
    assert len(ranges) <= max(REQUESTS_MOST, len({r.g for r in ranges}))


@given(centres, st.floats(1, 5000), st.floats(1.01, 3), densities)
def test_a_larger_radius_still_holds_every_place_of_the_smaller_one(centre, radius, times, density):
    larger = plan(Circle(centre, radius * times), density)
    points = [twin for p in hard_points(Circle(centre, radius), 3.0) for twin in twins(p)]
    assert all(planned(larger, point) for point in points)


def test_a_dense_city_is_read_in_at_most_32_requests():
    assert 24 <= len(plan(Circle(TOWNS[2], 5000), 3000.0)) <= REQUESTS_MOST


def test_a_small_search_in_a_quiet_place_is_one_request():
    assert [len(plan(Circle(town, 50), 5.0)) for town in TOWNS] == [1] * 6


@pytest.mark.parametrize("density", [0.0, 1e-9, 1e12])
def test_an_absurd_density_costs_requests_and_loses_nothing(density):
    assert missed(Circle(TOWNS[2], 500), density) == []
