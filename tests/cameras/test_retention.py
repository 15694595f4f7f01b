from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.cameras.retention import (
    DAYS_MOST,
    GB_A_DAY_PER_KBIT,
    KBITS,
    DaysFrom,
    Estimate,
    Recorded,
    Resolution,
    estimate,
    since,
)
from chalicelib.cameras.services import SERVICES

DISKS = st.floats(0, 200_000)
CAMERAS = st.integers(1, 500)
PICTURES = st.sampled_from(Resolution)
RECORDED = st.sampled_from(Recorded)


def test_a_day_at_2048_kbits_a_second_is_22_gb():
    assert round(2048 * GB_A_DAY_PER_KBIT) == 22


def test_a_terabyte_of_1080p_keeps_the_published_45_and_11_days():
    one = estimate(1000, 1, Resolution.FULL_HD, Recorded.ALL_DAY)
    four = estimate(1000, 4, Resolution.FULL_HD, Recorded.ALL_DAY)
    assert one == Estimate(20, 61, DaysFrom.DISK)
    assert four == Estimate(5, 16, DaysFrom.DISK)


def test_a_small_card_that_records_by_movement_keeps_from_a_day_to_weeks():
    found = estimate(32, 1, Resolution.FULL_HD, Recorded.MOVEMENT)
    assert found == Estimate(1, 20, DaysFrom.DISK)


@given(DISKS, CAMERAS, PICTURES, RECORDED)
def test_an_estimate_is_a_range_that_the_index_can_hold(disk, cameras, picture, recorded):
    found = estimate(disk, cameras, picture, recorded)
    assert 0 <= found.least <= found.most <= DAYS_MOST


@given(DISKS, DISKS, CAMERAS, PICTURES, RECORDED)
def test_a_larger_disk_never_keeps_less(one, other, cameras, picture, recorded):
    small = estimate(min(one, other), cameras, picture, recorded)
    large = estimate(max(one, other), cameras, picture, recorded)
    assert (small.least <= large.least, small.most <= large.most) == (True, True)


@given(DISKS, CAMERAS, CAMERAS, PICTURES, RECORDED)
def test_more_cameras_never_keep_more(disk, one, other, picture, recorded):
    few = estimate(disk, min(one, other), picture, recorded)
    many = estimate(disk, max(one, other), picture, recorded)
    assert (many.least <= few.least, many.most <= few.most) == (True, True)


@given(DISKS, CAMERAS, PICTURES)
def test_movement_only_never_keeps_less_than_all_day(disk, cameras, picture):
    always = estimate(disk, cameras, picture, Recorded.ALL_DAY)
    movement = estimate(disk, cameras, picture, Recorded.MOVEMENT)
    assert (always.least <= movement.least, always.most <= movement.most) == (True, True)


@given(DISKS, CAMERAS, st.sampled_from([one for one in Resolution if one is not Resolution.HD]))
def test_who_does_not_know_gets_a_range_that_holds_every_answer(disk, cameras, picture):
    unsure, sure = estimate(disk, cameras), estimate(disk, cameras, picture, Recorded.ALL_DAY)
    assert unsure.least <= sure.least
    assert sure.most <= unsure.most


@given(st.floats(0, 400), CAMERAS, PICTURES)
def test_the_truth_at_any_bitrate_between_lies_in_the_range(disk, cameras, picture):
    slowest, fastest = KBITS[picture]
    kept = disk / (cameras * (slowest + fastest) / 2 * GB_A_DAY_PER_KBIT)
    found = estimate(disk, cameras, picture, Recorded.ALL_DAY)
    assert found.least <= kept <= found.most


@pytest.mark.parametrize(
    ("disk", "cameras"), [(-1, 1), (float("nan"), 1), (float("inf"), 1), (1, 0)]
)
def test_there_is_no_such_disk(disk, cameras):
    with pytest.raises(ValueError, match="a disk and at least one camera"):
        estimate(disk, cameras)


def test_the_oldest_recording_says_how_many_days_are_kept_at_least():
    today = date(2026, 11, 20)
    assert since(date(2026, 11, 6), today) == Estimate(14, 14, DaysFrom.OLDEST)
    assert since(today, today) == Estimate(0, 0, DaysFrom.OLDEST)
    assert since(date(2000, 1, 1), today) == Estimate(500, 500, DaysFrom.OLDEST)
    with pytest.raises(ValueError, match="after today"):
        since(date(2026, 11, 21), today)


def test_a_plan_keeps_what_its_public_pages_say_where_it_is_sold():
    kept = {name: SERVICES[name].kept("GB") for name in ("ring", "blink", "nest")}
    assert kept == {
        "ring": Estimate(30, 180, DaysFrom.SERVICE),
        "blink": Estimate(30, 30, DaysFrom.SERVICE),
        "nest": Estimate(30, 60, DaysFrom.SERVICE),
    }
    assert SERVICES["ring"].kept("US") == Estimate(60, 180, DaysFrom.SERVICE)
    assert SERVICES["none"].kept("US") == Estimate(0, 0, DaysFrom.SERVICE)


@pytest.mark.parametrize("country", ["US", "GB"])
def test_every_plan_is_a_range(country):
    ranges = [service.kept(country) for service in SERVICES.values()]
    assert all(0 <= one.least <= one.most <= DAYS_MOST for one in ranges)
