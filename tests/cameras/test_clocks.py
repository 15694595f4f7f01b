from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.cameras import clocks
from chalicelib.cameras.clocks import ClockCheck, ClockMethod, Reading, Shown

CHICAGO, LONDON = ZoneInfo("America/Chicago"), ZoneInfo("Europe/London")
NOON = datetime(2026, 11, 20, 18, tzinfo=UTC)
"""Noon in Chicago."""
ZONES = st.sampled_from([CHICAGO, LONDON, ZoneInfo("UTC"), ZoneInfo("Australia/Lord_Howe")])
MOMENTS = st.integers(1_704_000_000, 1_861_000_000).map(
    lambda seconds: datetime.fromtimestamp(seconds, tz=UTC)
)
"""2024 to 2028."""
OFFSETS = st.integers(-30 * 365 * 86_400, 30 * 365 * 86_400)


def a_check(offset_s=0, doubt_s=0, at=NOON, drift_s=0.0):
    return ClockCheck(offset_s, doubt_s, ClockMethod.LIVE, at, drift_s)


CHECKS = st.builds(a_check, OFFSETS, st.integers(0, 900), drift_s=st.floats(-60, 60))


def wall(text):
    return datetime.fromisoformat(text)


def shown(*texts):
    return Shown(*(wall(text) for text in texts))


def test_a_clock_that_is_read_at_once_is_known_to_the_seconds():
    reading = Reading(time(12, 3, 12), exact=True)
    found = clocks.check(reading, (NOON, NOON), CHICAGO)
    assert found == ClockCheck(192, 15, ClockMethod.LIVE, NOON)


def test_without_seconds_it_may_stand_anywhere_in_that_minute():
    found = clocks.check(Reading(time(12, 3)), (NOON, NOON), CHICAGO)
    assert (found.offset_s, found.doubt_s) == (210, 45)


def test_a_page_left_open_makes_the_comparison_worse_by_half_of_that_time():
    sent = NOON - timedelta(minutes=10)
    found = clocks.check(Reading(time(11, 55), exact=True), (sent, NOON), CHICAGO)
    assert (found.offset_s, found.doubt_s) == (0, 315)


def test_a_reading_without_its_day_is_of_the_nearest_one():
    midnight = datetime(2026, 11, 20, 6, 1, tzinfo=UTC)
    found = clocks.check(Reading(time(23, 58), exact=True), (midnight, midnight), CHICAGO)
    assert found.offset_s == -180


def test_a_recorder_that_was_never_set_is_years_off_and_that_is_kept():
    reading = Reading(time(0, 0), date(2000, 1, 1), exact=True)
    found = clocks.check(reading, (NOON, NOON), CHICAGO)
    assert found.offset_s == (wall("2000-01-01") - wall("2026-11-20T12:00")).total_seconds()


def test_an_hour_is_kept_as_an_hour_whatever_it_comes_from():
    reading = Reading(time(13, 0), exact=True)
    assert clocks.check(reading, (NOON, NOON), CHICAGO).offset_s == 3600


def test_another_clock_read_at_the_same_moment_is_the_true_time():
    found = clocks.compared(
        Reading(time(8, 5), date(2026, 11, 19)), Reading(time(8, 0)), now=NOON, zone=CHICAGO
    )
    assert found == ClockCheck(300 - 86_400, 75, ClockMethod.TYPED, NOON)


def test_a_clock_its_owner_calls_right_may_be_two_minutes_off():
    assert clocks.said_correct(NOON) == ClockCheck(0, 120, ClockMethod.SAYS_CORRECT, NOON)


def test_two_checks_tell_the_drift():
    later = NOON + timedelta(days=30)
    found = clocks.after(a_check(offset_s=60, drift_s=None), a_check(offset_s=150, at=later))
    assert found.drift_s == 3.0


@pytest.mark.parametrize(("days", "offset_s"), [(2, 150), (30, 86_400)])
def test_two_checks_too_close_or_a_clock_that_was_set_tell_no_drift(days, offset_s):
    later = a_check(offset_s=offset_s, at=NOON + timedelta(days=days), drift_s=None)
    assert clocks.after(a_check(drift_s=1.5), later).drift_s == 1.5


def test_no_new_check_leaves_the_old_one_and_the_other_way_round():
    old = a_check(offset_s=60)
    assert (clocks.after(old, None), clocks.after(None, old)) == (old, old)
    assert clocks.after(None, None) is None


def test_a_fast_recorder_shows_later_times():
    starts, ends = NOON, NOON + timedelta(minutes=15)
    found = clocks.shown_window(a_check(offset_s=192), starts, ends, CHICAGO)
    assert found == (shown("2026-11-20T12:03", "2026-11-20T12:19"),)


def test_doubt_and_the_drift_since_the_check_widen_the_window():
    starts, ends = NOON + timedelta(days=30), NOON + timedelta(days=30, minutes=15)
    drifting = a_check(doubt_s=60, drift_s=None)
    found = clocks.shown_window(drifting, starts, ends, CHICAGO)
    assert found == (shown("2026-12-20T11:57", "2026-12-20T12:18"),)
    assert clocks.doubt_at(drifting, starts) == timedelta(seconds=120)


def test_a_window_before_the_check_is_as_doubtful_as_one_after_it():
    check = a_check(doubt_s=10, drift_s=-4.0)
    days = timedelta(days=5)
    assert clocks.doubt_at(check, NOON - days) == timedelta(seconds=30)
    assert clocks.doubt_at(check, NOON + days) == timedelta(seconds=30)


def test_an_unknown_clock_means_a_quarter_of_an_hour_either_side():
    found = clocks.shown_window(None, NOON, NOON + timedelta(hours=1), CHICAGO)
    assert found == (shown("2026-11-20T11:45", "2026-11-20T13:15"),)


def test_if_clocks_have_changed_since_the_check_there_are_two_answers():
    summer = a_check(offset_s=60, at=datetime(2026, 7, 1, tzinfo=UTC))
    found = clocks.shown_window(summer, NOON, NOON + timedelta(minutes=15), CHICAGO)
    assert found == (
        shown("2026-11-20T12:01", "2026-11-20T12:16"),
        shown("2026-11-20T13:01", "2026-11-20T13:16"),
    )


def test_the_night_the_clocks_go_back_in_chicago_has_two_answers():
    starts = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)  # 00:30 in summer time
    ends = datetime(2026, 11, 1, 7, 30, tzinfo=UTC)  # 01:30 for the second time
    check = a_check(at=datetime(2026, 10, 20, tzinfo=UTC))
    assert clocks.shown_window(check, starts, ends, CHICAGO) == (
        shown("2026-11-01T00:30", "2026-11-01T02:00"),
        shown("2026-11-01T00:30", "2026-11-01T02:30"),
    )


def test_the_night_the_clocks_go_forward_in_london_has_two_answers():
    starts = datetime(2027, 3, 28, 0, 30, tzinfo=UTC)
    ends = datetime(2027, 3, 28, 1, 30, tzinfo=UTC)  # 02:30 in summer time
    check = a_check(at=datetime(2027, 3, 1, tzinfo=UTC))
    assert clocks.shown_window(check, starts, ends, LONDON) == (
        shown("2027-03-28T00:30", "2027-03-28T02:30"),
        shown("2027-03-28T00:30", "2027-03-28T01:30"),
    )


def test_a_difference_nobody_can_read_off_is_not_told():
    window = (NOON, NOON + timedelta(minutes=15), CHICAGO)
    told = [clocks.notable(a_check(offset_s=seconds), *window) for seconds in (-30, -29, 29, 30)]
    assert told == [True, False, False, True]
    summer = a_check(at=datetime(2026, 7, 1, tzinfo=UTC))
    assert clocks.notable(summer, *window)


def test_an_hour_that_comes_twice_is_two_moments_and_one_that_never_comes_is_none():
    twice = clocks.true_times(a_check(), wall("2026-11-01T01:30"), CHICAGO)
    assert twice == (
        datetime(2026, 11, 1, 6, 30, tzinfo=UTC),
        datetime(2026, 11, 1, 7, 30, tzinfo=UTC),
    )
    assert clocks.true_times(a_check(), wall("2027-03-28T01:30"), LONDON) == ()


@given(ZONES, MOMENTS, OFFSETS)
def test_from_a_recorder_and_back_is_exact_to_the_second(zone, moment, offset_s):
    check = a_check(offset_s=offset_s)
    true = moment.astimezone(zone).replace(tzinfo=None)
    found = clocks.true_times(check, true + timedelta(seconds=offset_s), zone)
    assert moment in found
    assert len(found) <= 2


@given(ZONES, MOMENTS, st.integers(0, 720), CHECKS)
def test_every_minute_of_a_window_is_in_what_is_shown(zone, starts, minutes, check):
    ends = starts + timedelta(minutes=minutes)
    first = clocks.shown_window(check, starts, ends, zone)[0]
    for step in range(0, minutes + 1, max(1, minutes // 7)):
        true = (starts + timedelta(minutes=step)).astimezone(zone).replace(tzinfo=None)
        assert first.starts_at <= true + timedelta(seconds=check.offset_s) <= first.ends_at


@given(ZONES, MOMENTS, st.integers(0, 720), st.integers(0, 900), st.integers(0, 900))
def test_more_doubt_never_narrows_what_is_shown(zone, starts, minutes, one, other):
    ends = starts + timedelta(minutes=minutes)
    less, more = (
        clocks.shown_window(a_check(doubt_s=doubt), starts, ends, zone)
        for doubt in sorted((one, other))
    )
    assert more[0].starts_at <= less[0].starts_at
    assert less[0].ends_at <= more[0].ends_at


@given(ZONES, MOMENTS, OFFSETS)
def test_a_recorder_read_at_once_gives_its_own_offset_back(zone, moment, offset_s):
    face = moment.astimezone(zone).replace(tzinfo=None) + timedelta(seconds=offset_s)
    reading = Reading(face.time(), face.date(), exact=True)
    assert clocks.check(reading, (moment, moment), zone).offset_s == offset_s
