from datetime import UTC, datetime, timedelta

import pytest

from chalicelib import audit, cameras, registrations
from chalicelib.aws.tables import LimitItem, OutboxItem, RegistrationItem
from chalicelib.errors import LinkGone
from chalicelib.registrations import State, pilot_end
from tests.pilots.conftest import CODE, LAST, pilot  # noqa: F401 - a fixture for the tests below
from tests.registrations.builders import a_form, a_link, an_active_registration
from tests.web.story import least

DAY = timedelta(days=1)
NOON = datetime(LAST.year, LAST.month, LAST.day, 18, tzinfo=UTC)
"""Noon of the last day where the programme is."""
AGREED = {"notice_version": "2026-12-01", "notice_hash": "f" * 64, "language": "en-US"}


@pytest.fixture
def tester(pilot, now):  # noqa: F811 - the fixture imported above
    return an_active_registration(now, **(least() | {"invite_code": CODE}))


def letters():
    return [item.recipient for item in OutboxItem.scan() if item.letter == "pilot_ending"]


def events(registration):
    return [entry.event for entry in audit.read_chain(f"registration#{registration.id}")]


def keeps(registration, when):
    return pilot_end.keep(registrations.get(registration.id), **AGREED, now=when)


def test_nobody_is_asked_before_the_last_fortnight(tester):
    pilot_end.sweep(now=NOON - 15 * DAY)

    assert letters() == []


def test_everybody_is_asked_once(tester):
    for hours in range(0, 72, 5):
        pilot_end.sweep(now=NOON - 14 * DAY + timedelta(hours=hours))

    assert letters() == [tester.id]
    assert events(tester)[-1] == "pilot:ask"
    assert pilot_end.choices([tester.id]) == {"stays": 0, "open": 1}


def test_who_joins_in_the_last_days_is_asked_too(tester, now):
    pilot_end.sweep(now=NOON - 3 * DAY)
    contact = registrations.Contact("Bo", "bo@example.com")
    late = a_form(now, **(least() | {"invite_code": CODE, "contact": contact, "visitor": "w"}))
    pending = registrations.submit(**late)
    registrations.confirm(a_link(pending.id, "confirm", now), now=now)
    pilot_end.sweep(now=NOON - 2 * DAY)

    assert sorted(letters()) == sorted([tester.id, pending.id])


def test_who_does_not_choose_is_gone_after_the_last_day(tester):
    pilot_end.sweep(now=NOON - 14 * DAY)
    pilot_end.sweep(now=NOON)
    before = registrations.standing(tester.id)
    pilot_end.sweep(now=NOON + DAY)
    after = registrations.standing(tester.id)
    registrations.erase_due(now=NOON + 2 * DAY)

    assert (before, after) == (State.ACTIVE, State.WITHDRAWN)
    assert registrations.standing(tester.id) is State.ERASED
    assert cameras.get(tester.camera_ids) == ()
    (left,) = [
        e for e in audit.read_chain(f"registration#{tester.id}") if e.event.endswith("leave")
    ]
    assert (left.actor, left.detail["reason"]) == ("system:sweep", "pilot_ended")
    assert [i.name for i in LimitItem.scan() if tester.id in i.name] == []


def test_who_agrees_anew_stays(tester):
    pilot_end.sweep(now=NOON - 14 * DAY)
    kept = keeps(tester, NOON - DAY)
    pilot_end.sweep(now=NOON + DAY)

    assert registrations.standing(tester.id) is State.ACTIVE
    assert (kept.notice_version, kept.notice_hash) == ("2026-12-01", "f" * 64)
    assert events(tester)[-1] == "pilot:keep"
    assert pilot_end.choices([tester.id]) == {"stays": 1, "open": 0}


def test_a_second_press_changes_nothing(tester):
    first = keeps(tester, NOON - DAY)

    assert keeps(tester, NOON).version == first.version
    assert events(tester).count("pilot:keep") == 1


def test_the_choice_is_not_written_into_the_registration(tester):
    plain = {name for name, value in item(tester).attribute_values.items() if value is not None}
    pilot_end.sweep(now=NOON - 14 * DAY)
    keeps(tester, NOON - DAY)
    after = {name for name, value in item(tester).attribute_values.items() if value is not None}

    assert after == plain
    assert "pilot" not in repr(item(tester).attribute_values)


def item(registration):
    return RegistrationItem.get(registration.id)


def test_a_link_to_stay_opens_nothing_once_its_owner_has_left(tester, now):
    token = a_link(tester.id, "keep", now, lives=timedelta(days=60))
    found = pilot_end.of_keep_link(token, now=now)
    registrations.leave(registrations.get(tester.id), now=now)

    assert found.id == tester.id
    with pytest.raises(LinkGone):
        pilot_end.of_keep_link(token, now=now)


def test_a_crash_before_the_end_of_a_run_asks_nobody_twice(tester):
    pilot_end.sweep(now=NOON - 14 * DAY)
    for one in LimitItem.scan():
        if one.name.startswith("pilot_end#"):
            one.delete()
    pilot_end.sweep(now=NOON - 14 * DAY)

    assert letters() == [tester.id]


def test_one_that_fails_keeps_nobody_else_from_being_asked(tester, now):
    contact = registrations.Contact("Bo", "bo@example.com")
    given = least() | {"invite_code": CODE, "contact": contact, "visitor": "w"}
    other = an_active_registration(now, **given)
    for hour, one in enumerate((tester, other)):  # whichever is the first in the table
        item = RegistrationItem.get(one.id)
        sound, item.contact = item.contact, b"nobody can open this"
        item.save()
        pilot_end.sweep(now=NOON - 14 * DAY + timedelta(hours=hour))
        item.contact = sound
        item.save()

    assert sorted(letters()) == sorted([tester.id, other.id])


def test_a_live_programme_ends_nobody(cloud, now):
    active = an_active_registration(now)
    pilot_end.sweep(now=now + 400 * DAY)

    assert registrations.standing(active.id) is State.ACTIVE
    assert letters() == []
