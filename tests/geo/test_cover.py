import math

from geographiclib.geodesic import Geodesic
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.geo import Circle, Point
from chalicelib.geo.cover import cap_round


@given(st.floats(-89, 89), st.floats(1, 20_000), st.floats(0, 360))
def test_the_cap_that_is_covered_reaches_beyond_the_whole_circle(latitude, radius, direction):
    end = Geodesic.WGS84.Direct(latitude, 0, direction, radius)
    cap = cap_round(Circle(Point(latitude, 0), radius))
    assert abs(end["lat2"] - latitude) <= math.degrees(cap.angle)
    assert abs(end["lon2"]) <= cap.half_width(end["lat2"], end["lat2"])
