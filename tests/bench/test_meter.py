import pytest

from bench.meter import ENTRY_BYTES, Bill, charge, item_bytes, yardstick
from chalicelib.cameras import CameraDetails, packed
from chalicelib.geo import Point, index_key


def test_a_query_that_finds_nothing_still_costs_half_a_unit():
    assert charge([0], ENTRY_BYTES) == Bill(requests=1, units=0.5, entries=0)


@pytest.mark.parametrize(("entries", "units"), [(1, 0.5), (117, 0.5), (118, 1.0), (234, 1.0)])
def test_117_entries_share_half_a_unit(entries, units):
    assert charge([entries], ENTRY_BYTES) == Bill(1, units, entries)


def test_each_range_is_rounded_up_by_itself():
    assert charge([60, 60], ENTRY_BYTES) == Bill(2, 1.0, 120)


def test_more_than_a_megabyte_takes_another_request():
    assert charge([29_959], ENTRY_BYTES).requests == 1
    assert charge([29_960], ENTRY_BYTES) == Bill(2, 128.5, 29_960)


@pytest.mark.parametrize(
    ("cameras", "units"), [(1_000_000, 5_859), (10_000_000, 58_594), (100_000_000, 585_938)]
)
def test_a_scan_of_plain_entries_costs_what_is_published_for_it(cameras, units):
    assert charge([cameras], 48).units == pytest.approx(units, rel=2e-4)


@pytest.mark.parametrize(
    ("hits", "units"), [(0, 0.5), (85, 0.5), (86, 1.0), (628, 4.0), (9_425, 55.5)]
)
def test_the_yardstick_pays_for_the_hits_alone(hits, units):
    assert yardstick(hits) == Bill(1, units, hits)


def test_an_entry_of_ours_is_as_small_as_it_is_billed():
    g, s = index_key(54.047, -2.801)
    view = packed(CameraDetails(Point(54.047, -2.801), heading=210, reach_m=15))
    entry = {"i": {"S": "a" * 13}, "g": {"S": g}, "s": {"S": s}, "v": {"B": view}}
    assert item_bytes(entry) == ENTRY_BYTES


@pytest.mark.parametrize(
    ("number", "size"), [("1", 2), ("-25", 2), ("120", 2), ("123", 3), ("1000", 2)]
)
def test_a_number_takes_a_byte_for_two_digits_and_one_more(number, size):
    assert item_bytes({"n": {"N": number}}) == 1 + size
