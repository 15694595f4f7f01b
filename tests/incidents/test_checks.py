from datetime import timedelta

import pytest

from chalicelib import jurisdictions
from chalicelib.errors import InvalidInput, OutsideJurisdiction
from chalicelib.geo import Point, destination
from chalicelib.incidents import Place, check
from chalicelib.officers import Role
from tests.incidents.builders import an_incident

OFFICER = frozenset({Role.OFFICER})
SUPERVISOR = frozenset({Role.SUPERVISOR})
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def problems(now, roles=OFFICER, **changes):
    try:
        check(an_incident(now, **changes), jurisdictions.load("demo"), roles, now)
    except InvalidInput as error:
        return set(error.fields)
    return set()


def test_a_whole_incident_passes(now):
    assert problems(now) == set()


@pytest.mark.parametrize("number", ["", " ", " 26-1", "26\n1", "26\u202e1", "x" * 41])
def test_a_case_number_is_short_printable_text(now, number):
    assert problems(now, case_number=number) == {"case_number"}


def test_a_purpose_is_one_of_the_programmes(now):
    assert problems(now, purpose="curiosity") == {"purpose"}


@pytest.mark.parametrize("reason", ["", "too short", " " * 20, "x" * 301, "with a\x00control sign"])
def test_a_reason_is_a_sentence(now, reason):
    assert problems(now, reason=reason) == {"reason"}


@pytest.mark.parametrize("radius", [0, -5, 641, 10**9])
def test_a_radius_stays_within_the_programmes(now, radius):
    assert problems(now, radius_m=radius) == {"radius_m"}


@pytest.mark.parametrize("hours", [-1, 0, 0.2, 2.01, 13])
def test_a_window_is_neither_too_short_nor_too_long(now, hours):
    start = now - 20 * HOUR
    assert problems(now, starts_at=start, ends_at=start + hours * HOUR) == {"ends_at"}


@pytest.mark.parametrize(("hours", "wrong"), [(12, set()), (12.1, {"ends_at"})])
def test_a_supervisor_may_ask_for_twelve_hours(now, hours, wrong):
    start = now - 20 * HOUR
    assert problems(now, SUPERVISOR, starts_at=start, ends_at=start + hours * HOUR) == wrong


def test_a_window_is_in_the_past(now):
    assert problems(now, ends_at=now + timedelta(seconds=1), starts_at=now - HOUR) == {"ends_at"}
    later = {"starts_at": now + HOUR, "ends_at": now + 2 * HOUR}
    assert problems(now, **later) == {"starts_at", "ends_at"}


def test_a_window_is_not_older_than_recordings_can_be(now):
    start = now - 45 * DAY
    assert problems(now, starts_at=start, ends_at=start + HOUR) == set()
    assert problems(now, starts_at=start - HOUR, ends_at=start) == {"starts_at"}


def test_a_place_of_another_force_is_refused_in_its_own_way(now):
    place = Place(Point(51.5, -0.1), "far away")
    with pytest.raises(OutsideJurisdiction):
        check(an_incident(now, place=place), jurisdictions.load("demo"), OFFICER, now)


def test_a_circle_that_reaches_into_the_area_may_be_searched(now):
    demo = jurisdictions.load("demo")
    north = Point(demo.outline.bounds.north, demo.map.centre.longitude)
    outside = next(
        point
        for metres in range(0, 30_000, 25)
        if not demo.covers(point := destination(demo.map.centre, 0, metres))
    )
    assert north.latitude >= demo.map.centre.latitude
    assert problems(now, place=Place(destination(outside, 0, 50), "edge")) == set()
    assert problems(now, place=Place(destination(outside, 0, 500), "beyond")) == {"place"}
