import math

import pytest

from chalicelib.errors import InvalidInput
from chalicelib.geo import Point


@pytest.mark.parametrize("place", [(90, 0), (-90, 180), (-0.0, -180), (45, 180.0)])
def test_the_poles_and_the_antimeridian_are_places(place):
    point = Point(*place)
    assert (point.latitude, point.longitude) == place


@pytest.mark.parametrize(
    "value", [math.nan, math.inf, -math.inf, 90.0000001, -91, 10**400, "53.8", True, None, [53]]
)
def test_a_latitude_off_the_earth_is_refused_by_name(value):
    with pytest.raises(InvalidInput) as refusal:
        Point(value, 0)
    assert set(refusal.value.fields) == {"latitude"}


@pytest.mark.parametrize("value", [math.nan, math.inf, 180.0000001, -181, "2", False, None])
def test_a_longitude_off_the_earth_is_refused_by_name(value):
    with pytest.raises(InvalidInput) as refusal:
        Point(0, value)
    assert refusal.value.fields == {"longitude": "Longitude is a number from -180 to 180."}


def test_a_swapped_latitude_and_longitude_is_called_that():
    with pytest.raises(InvalidInput) as refusal:
        Point(-94.4191, 39.2461)
    assert refusal.value.fields == {
        "latitude": "Latitude is a number from -90 to 90. It may be swapped with the longitude."
    }
