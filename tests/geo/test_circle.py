import math

import pytest
from geographiclib.geodesic import Geodesic
from geographiclib.polygonarea import PolygonArea
from hypothesis import example, given
from hypothesis import strategies as st

from chalicelib.errors import InvalidInput
from chalicelib.geo import Circle, Point

WGS84 = Geodesic.WGS84
latitudes = st.floats(-90, 90)
longitudes = st.floats(-180, 180)
radii = st.floats(1, 20_000)
directions = st.floats(0, 360)


def reached(circle, direction, metres):
    end = WGS84.Direct(circle.lat, circle.lon, direction, metres)
    return end["lat2"], end["lon2"]


@given(latitudes, longitudes, radii, directions, st.floats(0, 1))
@example(90.0, 0.0, 500.0, 77.0, 1.0)
@example(-89.9999, 180.0, 500.0, 77.0, 1.0)
@example(52.8, 179.9999, 500.0, 90.0, 1.0)
def test_the_depth_in_a_circle_is_the_geodesic_to_its_edge(lat, lon, radius, direction, part):
    circle = Circle(lat, lon, radius)
    place = reached(circle, direction, part * radius)
    assert circle.distance_m(*place) == pytest.approx(part * radius, abs=5e-4)
    assert circle.depth_m(*place) == pytest.approx((1 - part) * radius, abs=5e-4)


@given(latitudes, longitudes, radii, directions)
def test_a_millimetre_decides_what_a_circle_contains(lat, lon, radius, direction):
    circle = Circle(lat, lon, radius)
    assert circle.contains(*reached(circle, direction, radius - 1e-3))
    assert not circle.contains(*reached(circle, direction, radius + 1e-3))


def test_the_middle_and_places_on_the_edge_belong_to_a_circle():
    circle = Circle(53.7632, -2.7031, 250)
    edge = circle.distance_m(53.7652, -2.7031)
    assert circle.middle == Point(53.7632, -2.7031)
    assert circle.contains(53.7632, -2.7031)
    assert Circle(53.7632, -2.7031, edge).contains(53.7652, -2.7031)
    assert not Circle(53.7632, -2.7031, math.nextafter(edge, 0)).contains(53.7652, -2.7031)


def test_a_circle_reaches_across_the_antimeridian():
    circle = Circle(0, 179.9995, 200)
    assert circle.contains(0, -179.9995)
    assert not circle.contains(0, -179.9980)
    assert circle.distance_m(0, 180) == pytest.approx(circle.distance_m(0, -180), abs=1e-6)


@given(latitudes, longitudes, st.floats(1, 200_000), directions)
@example(90.0, 0.0, 500.0, 77.0)
@example(89.999, -180.0, 500.0, 90.0)
@example(-89.99, 180.0, 500.0, 270.0)
def test_the_box_of_a_circle_holds_all_of_it(lat, lon, radius, direction):
    circle = Circle(lat, lon, radius)
    place = Point(*reached(circle, direction, radius))
    assert circle.bounds.covers(place)
    assert circle.bounds.south >= -90
    assert circle.bounds.north <= 90


@given(st.floats(-80, 80), radii)
def test_the_box_of_a_circle_is_at_most_a_hundredth_too_wide(lat, radius):
    circle = Circle(lat, 7.0, radius)
    sides = [reached(circle, direction, radius) for direction in (180, 270, 0, 90)]
    south, west, north, east = circle.bounds
    assert sides[2][0] - sides[0][0] > 0.99 * (north - south)
    assert sides[3][1] - sides[1][1] > 0.989 * (east - west)


@pytest.mark.parametrize("place", [(53.7, -2.7, 250), (0, 180, 20_000), (90, 0, 500), (41, -87, 1)])
def test_the_area_of_a_circle_is_right_to_a_hundredth(place):
    circle = Circle(*place)
    polygon = PolygonArea(WGS84)
    for direction in range(360):
        polygon.AddPoint(*reached(circle, direction, circle.radius_m))
    assert circle.area_m2 == pytest.approx(abs(polygon.Compute()[2]), rel=0.01)


def test_no_circle_is_larger_than_the_earth():
    assert Circle(0, 0, 1e9).area_m2 == pytest.approx(5.1e14, rel=0.01)
    assert Circle(0, 0, 1e9).contains(0, 180)


@pytest.mark.parametrize("radius", [0, -1, math.nan, math.inf, -math.inf, "250", True, None])
def test_a_circle_needs_a_radius_above_zero(radius):
    with pytest.raises(InvalidInput) as refusal:
        Circle(0, 0, radius)
    sentence = "The radius is a number of metres above zero."
    assert refusal.value.fields == {"radius_m": sentence}
    assert refusal.value.sentence == sentence


@pytest.mark.parametrize(
    ("place", "field"),
    [((math.nan, 0), "latitude"), ((-94.4, 39.2), "latitude"), ((0, math.inf), "longitude")],
)
def test_a_circle_round_no_place_on_earth_is_refused_by_name(place, field):
    with pytest.raises(InvalidInput) as refusal:
        Circle(*place, 100)
    assert set(refusal.value.fields) == {field}


@pytest.mark.parametrize("place", [(math.nan, 0), (91, 0), (0, 181), (0, math.nan)])
def test_a_place_off_the_earth_is_never_silently_outside(place):
    with pytest.raises(InvalidInput):
        Circle(0, 0, 100).contains(*place)
