"""A tester's whole way, by pages and letters alone: invited, registered, asked, staying or gone."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from werkzeug.test import Client

from app import app
from chalicelib import clock, jurisdictions, pilots, registrations, settings
from chalicelib.aws.tables import OutboxItem, RegistrationItem
from chalicelib.jurisdictions.linter import TRIAL_CODE
from chalicelib.registrations import Contact, State, pilot_end
from chalicelib.web import mailroom
from tests.gateway import Gateway
from tests.letters.post_office import sent
from tests.registrations.builders import a_form, a_link
from tests.web.story import least

KEEP = re.compile(r"https://sightline\.example(/my/[\w-]{43}/keep)")
FEEDBACK = re.compile(r'href="(/feedback/\w+)"')
DAY = timedelta(days=1)


@pytest.fixture
def here(cloud, monkeypatch):
    """Run the one real programme that is a pilot."""
    monkeypatch.setenv("JURISDICTION", "staffordshire")
    settings.current.cache_clear()
    yield jurisdictions.current()
    settings.current.cache_clear()


@pytest.fixture
def visitor(here):
    return Client(Gateway(app))


def joins(name):
    now = clock.now()
    contact = Contact(name, f"{name}@example.com")
    given = least() | {"invite_code": TRIAL_CODE, "contact": contact, "visitor": name}
    pending = registrations.submit(**a_form(now, **given))
    return pending, a_link(pending.id, "confirm", now)


def posted(when):
    for item in OutboxItem.scan():
        if item.state == "queued":
            mailroom.deliver(item.id, when)


def test_a_tester_is_asked_twice_and_stays_only_by_saying_so(here, visitor):
    # Given two testers who confirmed, one of whom answers the two questions
    (ann, token), (bo, other) = joins("ann"), joins("bo")
    page = visitor.post(f"/confirm/{token}", data={"answer": "yes"})
    registrations.confirm(other, now=clock.now())
    asked = visitor.get(FEEDBACK.search(page.text)[1])
    once = re.search(r'name="once" value="([\w-]+)"', asked.text)[1]
    answers = {"once": once, "ease": "very-easy", "recommend": "yes"}
    visitor.post("/feedback/register", data=answers)

    # When the test run is about to end, both are asked, and one stays
    ends = datetime(*here.pilot_ends_on.timetuple()[:3], 12, tzinfo=UTC)
    pilot_end.sweep(now=ends - 10 * DAY)
    posted(ends - 10 * DAY)
    letters = [one for one in sent() if "ends on 30 June 2027" in one.body]
    (letter,) = [one for one in letters if one.destinations["ToAddresses"] == ["ann@example.com"]]
    visitor.post(KEEP.search(letter.body)[1], data={"agree": "yes"})
    pilot_end.sweep(now=ends + DAY)
    registrations.erase_due(now=ends + 3 * DAY)

    # Then the other is erased, and the counts are all that is left of who was invited
    assert len(letters) == 2
    assert registrations.standing(ann.id) is State.ACTIVE
    assert registrations.standing(bo.id) is State.ERASED
    (cohort,) = pilots.tallies().cohorts
    assert (cohort.taken, cohort.joined) == (2, 2)
    assert pilots.tallies().ease["register"]["very-easy"] == 1


def test_no_page_or_letter_of_a_tester_marks_them_as_police_staff(here, visitor):
    pending, token = joins("ann")
    visitor.post(f"/confirm/{token}", data={"answer": "yes"})
    posted(clock.now())

    kept = repr([item.attribute_values for item in RegistrationItem.scan()]).lower()
    said = " ".join(one.body for one in sent()).lower()
    words = ("staff-", "colleague", "employ", "invite", TRIAL_CODE.lower(), "pilot")
    assert [word for word in words if word in kept] == []
    assert [word for word in (*words[:3], TRIAL_CODE.lower()) if word in said] == []
    assert registrations.standing(pending.id) is State.ACTIVE


def test_the_end_is_said_on_the_start_page_and_the_form(visitor):
    assert "It ends on 30 June 2027." in visitor.get("/").text
    assert "until 16 June 2027" in visitor.get("/register/details").text
