import math

from geographiclib.geodesic import Geodesic
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.geo.cap import Cap, cap_round, inner_radius_m

latitudes = st.floats(-89, 89)


@given(latitudes, st.floats(1, 26_000), st.floats(0, 360))
def test_the_cap_that_is_covered_reaches_beyond_the_whole_circle(latitude, radius_m, direction):
    end = Geodesic.WGS84.Direct(latitude, 0, direction, radius_m)
    cap = cap_round(latitude, 0.0, radius_m)
    assert abs(end["lat2"] - latitude) <= math.degrees(cap.angle)
    assert abs(end["lon2"]) <= cap.half_width(end["lat2"])


@given(latitudes, st.floats(1, 26_000))
def test_the_cap_is_less_than_a_hundredth_too_wide(latitude, radius_m):
    angle = cap_round(latitude, 0.0, radius_m).angle
    assert angle * inner_radius_m(90.0) < 1.012 * radius_m + 1e-5


@given(st.floats(-80, 80), st.floats(1e-6, 1e-3), st.floats(-1, 1))
def test_a_cap_is_nowhere_wider_than_at_its_widest(latitude, angle, part):
    cap = Cap(latitude, 0.0, angle)
    elsewhere = latitude + part * math.degrees(angle)
    assert cap.half_width(elsewhere) <= cap.half_width(cap.widest) * (1 + 1e-9)


def test_a_cap_that_holds_a_pole_goes_all_round_there():
    cap = cap_round(89.999, 40.0, 500.0)
    assert cap.widest == 90.0
    assert cap.half_width(90.0) == 180.0
    assert cap.half_width(89.9950) < 180.0


def test_the_inner_radius_is_that_of_the_meridian_at_the_lowest_latitude():
    radii = [round(inner_radius_m(latitude)) for latitude in (-5.0, 0.0, 45.0, 90.0)]
    assert radii == [6_335_439, 6_335_439, 6_367_382, 6_399_594]
