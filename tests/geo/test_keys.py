import pytest

from chalicelib.geo import Curve, index_key, position
from chalicelib.geo.geohash import AXIS_BITS
from chalicelib.geo.keys import SHIFT

PRESTON = (53.7632, -2.7031)


def test_a_key_is_four_characters_and_eight():
    assert [index_key(*PRESTON, curve) for curve in Curve] == [
        ("gcw1", "f7r9m4ys"),
        ("gcws", "xbdk481n"),
    ]


def test_the_second_curve_is_moved_by_a_third_of_a_three_character_cell_north():
    moved = 180 * SHIFT / 2**AXIS_BITS
    assert moved == pytest.approx(180 / 128 / 3, rel=1e-6)
    assert 2 * moved == 360 * SHIFT / 2**AXIS_BITS


@pytest.mark.parametrize("bits", range(7, 20))
def test_a_seam_of_one_curve_is_a_third_of_a_cell_from_those_of_the_other(bits):
    part = SHIFT / 2 ** (AXIS_BITS - bits) % 1
    assert min(part, 1 - part) == pytest.approx(1 / 3, abs=0.001)


@pytest.mark.parametrize("curve", Curve)
def test_a_position_has_the_key_it_was_read_from(curve):
    key = index_key(*PRESTON, curve)
    assert position(*key, curve) == pytest.approx(PRESTON, abs=4e-7)
    assert index_key(*position(*key, curve), curve) == key
