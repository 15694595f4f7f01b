import math

import pytest
from geographiclib.geodesic import Geodesic
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.errors import InvalidInput
from chalicelib.geo import Point, bearing, destination, distance_m
from chalicelib.geo.distance import earthfixed, earthfixed_at, horizon_at, point_of

WGS84 = Geodesic.WGS84
latitudes = st.floats(-90, 90)
longitudes = st.floats(-180, 180)
directions = st.floats(0, 359.999)


def reached(latitude, longitude, direction, metres):
    end = WGS84.Direct(latitude, longitude, direction, metres)
    return Point(end["lat2"], end["lon2"])


def apart(one, other):
    return WGS84.Inverse(one.latitude, one.longitude, other.latitude, other.longitude)["s12"]


def turned(one, other):
    return abs((one - other + 180) % 360 - 180)


@given(latitudes, longitudes, directions, st.floats(0, 20_000))
def test_a_distance_up_to_20_km_is_the_geodesic_to_a_tenth_of_a_millimetre(
    latitude, longitude, direction, metres
):
    end = reached(latitude, longitude, direction, metres)
    assert distance_m(Point(latitude, longitude), end) == pytest.approx(metres, abs=1e-4)


@given(latitudes, longitudes, latitudes, longitudes)
def test_any_distance_on_earth_is_right_to_five_per_cent_and_the_same_both_ways(a, b, c, d):
    one, other = Point(a, b), Point(c, d)
    assert distance_m(one, other) == pytest.approx(apart(one, other), rel=0.05, abs=1e-3)
    assert distance_m(one, other) == distance_m(other, one)


@given(st.floats(-89, 89), longitudes, directions, st.floats(1, 20_000))
def test_a_bearing_is_the_azimuth_of_the_geodesic(latitude, longitude, direction, metres):
    end = reached(latitude, longitude, direction, metres)
    found = bearing(Point(latitude, longitude), end)
    assert turned(found, direction) < 0.01
    assert 0 <= found < 360


def test_a_bearing_to_the_same_place_is_north():
    assert bearing(Point(53.8, -2.7), Point(53.8, -2.7)) == 0


@given(latitudes, longitudes, directions, st.floats(0, 50_000))
def test_a_destination_lies_where_the_geodesic_ends(latitude, longitude, direction, metres):
    found = destination(Point(latitude, longitude), direction, metres)
    assert apart(found, reached(latitude, longitude, direction, metres)) < 1e-3


def test_a_destination_beyond_the_antimeridian_stays_on_earth():
    end = destination(Point(-17.0, 179.999), 90, 1000)
    assert end.longitude == pytest.approx(-179.991609, abs=1e-5)
    assert end.latitude == pytest.approx(-17.0, abs=1e-5)


@given(st.floats(-89.9, 89.9), longitudes, directions, directions, st.floats(1, 5_000))
def test_a_horizon_shows_a_place_in_its_direction_and_distance(
    latitude, longitude, heading, direction, metres
):
    end = reached(latitude, longitude, direction, metres)
    right, ahead = horizon_at(latitude, longitude, heading).seen(earthfixed(end))
    way = math.radians(direction - heading)
    assert (right, ahead) == pytest.approx(
        (metres * math.sin(way), metres * math.cos(way)), abs=0.01
    )


def test_on_a_horizon_the_place_itself_and_its_antipode_are_straight_ahead():
    horizon = horizon_at(0, 0)
    assert horizon.seen(earthfixed_at(0, 0)) == (0, 0)
    assert math.hypot(*horizon.seen(earthfixed_at(0, 180))) == pytest.approx(2.0e7, rel=0.01)


@given(latitudes, longitudes)
def test_an_earth_fixed_place_gives_back_its_degrees(latitude, longitude):
    found = point_of(earthfixed_at(latitude, longitude))
    assert apart(found, Point(latitude, longitude)) < 1e-6


@pytest.mark.parametrize(
    "place", [(math.nan, 0), (0, math.nan), (90.1, 0), (0, -181), (math.inf, 0)]
)
def test_what_is_not_on_earth_has_no_earth_fixed_place(place):
    for find in (earthfixed_at, horizon_at):
        with pytest.raises(InvalidInput):
            find(*place)
