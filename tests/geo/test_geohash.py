import geohash2
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chalicelib.geo import Point, distance_m, geohash


def dyadic(most):
    """Places exactly on a cell's edge, of 1 to 30 bits."""
    return st.integers(1, 30).flatmap(
        lambda bits: st.integers(0, 1 << bits).map(lambda n: n * (2 * most / (1 << bits)) - most)
    )


latitudes = st.one_of(st.floats(-90, 90), dyadic(90.0))
longitudes = st.one_of(st.floats(-180, 180), dyadic(180.0))
points = st.builds(Point, latitudes, longitudes)


@given(points)
@example(Point(0, 0))
@example(Point(-0.0, -0.0))
@example(Point(90, 180))
@example(Point(-90, -180))
@example(Point(45, -180))
def test_the_integer_key_spells_the_same_as_geohash2(point):
    expected = geohash2.encode(point.latitude, point.longitude, 12)
    assert geohash.encode(point) == expected
    assert geohash.text_of(geohash.key(point), 12) == expected
    assert geohash.number(expected) == geohash.key(point)


@given(points, st.integers(1, 11))
def test_a_shorter_geohash_is_the_beginning_of_a_longer_one(point, length):
    shorter = geohash2.encode(point.latitude, point.longitude, length)
    assert geohash.encode(point)[:length] == shorter


@given(points)
def test_a_decoded_key_lies_within_two_centimetres_and_encodes_to_itself(point):
    text = geohash.encode(point)
    centre = geohash.decode(text)
    assert centre == geohash.place(geohash.number(text))
    assert distance_m(point, centre) < 0.021
    assert geohash.encode(centre) == text


def test_a_place_on_an_edge_belongs_to_the_cell_south_west_of_it():
    assert geohash.encode(Point(0, 0)) == "7zzzzzzzzzzz"


@given(st.integers(0, (1 << 32) - 1))
def test_spreading_and_gathering_bits_undo_each_other(value):
    assert geohash.gathered(geohash.spread(value)) == value


@given(st.integers(-3000, 3000), st.integers(0, 2500), st.integers(10, 30))
def test_spreading_neighbours_together_is_spreading_each_of_them_round_the_end(first, more, bits):
    each = [geohash.spread(value % (1 << bits)) for value in range(first, first + more + 1)]
    assert geohash.spreads(first, first + more, bits) == each


@given(points, st.integers(1, 12))
def test_a_number_is_written_in_as_many_characters_as_asked_for(point, length):
    text = geohash.encode(point)
    assert geohash.text_of(geohash.number(text[:length]), length) == text[:length]


@pytest.mark.parametrize("text", ["a", "GCW2", "gcwi"])
def test_text_that_is_no_geohash_is_refused(text):
    with pytest.raises(KeyError):
        geohash.decode(text)
