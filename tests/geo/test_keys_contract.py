"""Keys are geohash2's, the second curve's are those moved, and both name a place to 2 cm."""

import math

import geohash2
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chalicelib.errors import InvalidInput
from chalicelib.geo import Curve, index_key, position
from tests.geo import places
from tests.geo.oracles import apart_m, key_of
from tests.geo.places import LITERALS, dice_of

HALF_CELL = 180.0 / 2**31
"""Degrees of latitude from the middle of a cell to its edge; twice that of longitude."""
CORNER_M = 0.021
"""From the middle to a corner where cells are widest: 1.9 cm east and 0.9 cm north."""


def edges(most):
    """Places exactly on a cell's edge, of 1 to 30 bits."""
    return st.integers(1, 30).flatmap(
        lambda bits: st.integers(0, 2**bits).map(lambda number: number * 2 * most / 2**bits - most)
    )


def near_edges(most):
    return st.builds(
        lambda edge, side: min(max(math.nextafter(edge, side * math.inf), -most), most),
        edges(most),
        st.sampled_from([-1, 1]),
    )


def coordinates(most):
    return st.one_of(st.floats(-most, most), edges(most), near_edges(most))


latitudes, longitudes = coordinates(90.0), coordinates(180.0)
curves = st.sampled_from(list(Curve))


@settings(max_examples=1000)
@given(latitudes, longitudes, curves)
def test_a_key_is_the_one_spelt_by_geohash2_and_moved_by_hand(lat, lon, curve):
    assert "".join(index_key(lat, lon, curve)) == key_of(lat, lon, curve)


@pytest.mark.parametrize("curve", Curve)
def test_poles_origins_and_both_names_of_the_antimeridian_have_the_key_of_geohash2(curve):
    keys = ["".join(index_key(*place, curve)) for place in LITERALS]
    assert keys == [key_of(*place, curve) for place in LITERALS]


@given(latitudes, longitudes, st.integers(1, 12))
def test_a_key_begins_with_every_shorter_geohash_of_its_place(lat, lon, length):
    partition, sort = index_key(lat, lon)
    assert (len(partition), len(sort)) == (4, 8)
    assert (partition + sort)[:length] == geohash2.encode(lat, lon, length)


@settings(max_examples=500)
@given(latitudes, longitudes, curves)
@example(90.0, 180.0, Curve.SHIFTED)
@example(-90.0, -180.0, Curve.SHIFTED)
def test_a_position_is_the_middle_of_the_cell_whose_key_it_has(lat, lon, curve):
    key = index_key(lat, lon, curve)
    there = position(*key, curve)
    assert abs(there[0] - lat) <= HALF_CELL
    assert abs(there[1] - lon) <= 2 * HALF_CELL
    assert apart_m(lat, lon, *there) < CORNER_M
    assert index_key(*there, curve) == key


@given(latitudes, longitudes)
def test_both_curves_say_the_same_position(lat, lon):
    one, other = (position(*index_key(lat, lon, curve), curve) for curve in Curve)
    assert one == other


def test_what_the_move_pushes_over_the_end_of_the_map_comes_in_at_its_beginning():
    keys = [index_key(*place, Curve.SHIFTED)[0] for place in [(89.9, 179.9), (-89.9, -179.9)]]
    assert keys[0][0] == "0"
    assert len(set(keys)) == 2


def test_no_two_cells_of_one_curve_share_a_cell_of_the_other():
    dice = dice_of("pairs")
    plain = {index_key(*places.centre(dice)): None for _ in range(2000)}
    moved = {index_key(*position(*key), Curve.SHIFTED) for key in plain}
    assert len(moved) == len(plain)


@pytest.mark.parametrize("curve", Curve)
@pytest.mark.parametrize(
    ("lat", "lon", "wrong"),
    [
        (math.nan, 0.0, {"latitude"}),
        (0.0, math.nan, {"longitude"}),
        (math.inf, -math.inf, {"latitude", "longitude"}),
        (math.nextafter(90, 91), 0.0, {"latitude"}),
        (0.0, math.nextafter(-180, -181), {"longitude"}),
        (-94.4191, 39.2461, {"latitude"}),
    ],
)
def test_what_is_no_place_on_earth_has_no_key(lat, lon, wrong, curve):
    with pytest.raises(InvalidInput) as refusal:
        index_key(lat, lon, curve)
    assert set(refusal.value.fields) == wrong
