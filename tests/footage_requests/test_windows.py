"""Each owner along an escape route is asked about the minutes when it can have passed them."""

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib import (
    cameras,
    footage_requests,
    jurisdictions,
    letters,
    registrations,
    settings,
)
from chalicelib.aws.transaction import Transaction
from chalicelib.footage_requests import Question, RequestState, Wording, sending
from chalicelib.incidents import Window
from tests.footage_requests.builders import WORDS, sent
from tests.footage_requests.escapes import (
    LABEL,
    a_camera_along,
    a_search_along,
    an_escape,
    an_owner_along,
    the_route,
)
from tests.footage_requests.test_letters import written
from tests.incidents.builders import (
    a_camera_at,
    a_route,
    a_search,
    a_square,
    an_incident,
    an_owner,
)
from tests.officers.people import PAT

MINUTE = timedelta(minutes=1)
NEAR, FAR = (-5, 7), (0, 37)
"""Minutes after setting off that a camera at the start and one after 1800 m are asked about.

It sees 60 m of the road to either side, or 70: its place is known to 10 m. The fastest run 5 m a
second and the slowest walk 1; clocks may be 5 minutes off; minutes are whole.
"""
SAID = {
    "mdy": {
        "near": ("Nov 19, 2026, 11:35 PM to 11:47 PM", "Sunday, Nov 29"),
        "far": ("Nov 19, 2026, 11:40 PM to Nov 20, 2026, 12:17 AM", "Monday, Nov 30"),
    },
    "dmy": {
        "near": ("19 November 2026, 11:35pm to 11:47pm", "Sunday 29 November"),
        "far": ("19 November 2026, 11:40pm to 20 November 2026, 12:17am", "Monday 30 November"),
    },
}


@pytest.fixture(params=jurisdictions.ids())
def programme(request, cloud, monkeypatch):
    monkeypatch.setenv("JURISDICTION", request.param)
    settings.current.cache_clear()
    return jurisdictions.load(request.param)


@pytest.fixture
def near(cloud, now):
    return an_owner_along(now, "near@example.com", 0)


@pytest.fixture
def far(cloud, now):
    return an_owner_along(now, "far@example.com", 1800)


def after(request, minutes):
    """Return the window of so many minutes after setting off."""
    first, last = (request.incident.starts_at + minute * MINUTE for minute in minutes)
    return Window(first, last)


def windows(request):
    return {ask.registration_id: Window(ask.starts_at, ask.ends_at) for ask in request.asks}


def every_camera(*owners):
    return [camera_id for owner in owners for camera_id in owner.camera_ids]


def test_two_owners_on_one_route_are_asked_about_their_own_windows(near, far, now):
    request = sent(a_search_along(now), every_camera(near, far), now)
    assert windows(request) == {near.id: after(request, NEAR), far.id: after(request, FAR)}
    assert Window(request.starts_at, request.ends_at) == after(request, (-5, 37))
    assert request.own_times
    assert footage_requests.get(request.id) == request


def test_an_owner_of_two_cameras_is_asked_from_the_first_minute_to_the_last(cloud, now):
    both = an_owner_along(now, "both@example.com", 0, 1800)
    request = sent(a_search_along(now), both.camera_ids, now)
    assert windows(request) == {both.id: after(request, (-5, 37))}
    assert not request.own_times


def test_without_speeds_everybody_is_asked_about_the_incidents_window(near, far, now):
    search = a_search_along(now, travel=None)
    request = sent(search, every_camera(near, far), now)
    whole = Window(search.incident.starts_at, search.incident.ends_at)
    assert windows(request) == {near.id: whole, far.id: whole}
    assert not request.own_times


def test_a_camera_of_which_only_the_street_is_known_is_asked_about_all_of_it(cloud, now):
    owner = an_owner_along(now, "vague@example.com", 1000, accuracy_m=2000)
    search = a_search_along(now)
    draft = footage_requests.draft(search, owner.camera_ids, officer=PAT, now=now)
    assert ([one.camera_id for one in search.uncertain], draft.camera_minutes) == (
        [*owner.camera_ids],
        44,
    )
    request = sent(search, owner.camera_ids, now)
    assert windows(request) == {owner.id: after(request, (-5, 39))}


def test_round_a_place_everybody_is_asked_about_the_incidents_window(cloud, now):
    owner = an_owner(now, "a@example.com")
    request = sent(a_search(PAT, now), owner.camera_ids, now)
    whole = Window(now - timedelta(hours=3), now - timedelta(hours=2))
    assert windows(request) == {owner.id: whole}
    assert (request.starts_at, request.ends_at, request.own_times) == (*whole, False)


@pytest.mark.parametrize("region", [a_square(), a_route()])
def test_in_an_area_or_along_a_route_without_speeds_too(cloud, now, region):
    owner = an_owner(now, "a@example.com", a_camera_at(20, bearing=90))
    request = sent(a_search(PAT, now, region=region), owner.camera_ids, now)
    [window] = windows(request).values()
    assert window == Window(now - timedelta(hours=3), now - timedelta(hours=2))
    assert footage_requests.get(request.id).incident == request.incident


def test_a_draft_says_how_many_minutes_of_recordings_it_asks_for(near, far, now):
    both = an_owner_along(now, "both@example.com", 0, 1800)
    search = a_search_along(now)
    draft = footage_requests.draft(search, every_camera(near, far, both), officer=PAT, now=now)
    assert (draft.owners, draft.camera_minutes) == (3, 12 + 37 + 2 * 42)


def test_the_window_follows_the_camera_and_not_the_search(near, now):
    search = a_search_along(now)
    registrations.change_camera(near, near.camera_ids[0], a_camera_along(1800), now=now)
    request = sent(search, near.camera_ids, now)
    assert windows(request) == {near.id: after(request, FAR)}


@pytest.mark.parametrize("taken_away", ["removed", "hidden"])
def test_a_camera_that_went_after_the_search_is_not_asked_about(cloud, now, taken_away):
    owner = an_owner_along(now, "both@example.com", 0, 1800)
    search = a_search_along(now)
    first, second = owner.camera_ids
    take_away(owner, second, taken_away, now)
    draft = footage_requests.draft(search, owner.camera_ids, officer=PAT, now=now)
    assert (draft.camera_minutes, draft.cameras_unavailable) == (12, (second,))
    request = sent(search, owner.camera_ids, now)
    assert [ask.camera_ids for ask in request.asks] == [(first,)]
    assert windows(request) == {owner.id: after(request, NEAR)}


def take_away(owner, camera_id, how, now):
    if how == "removed":
        registrations.remove_camera(owner, camera_id, now=now)
        return
    transaction = Transaction()
    [camera] = cameras.get([camera_id])
    cameras.hide(transaction, camera, now=now)
    transaction.commit()


def test_an_owner_who_left_after_the_search_takes_their_minutes_along(near, far, now):
    search = a_search_along(now)
    registrations.leave(far, now=now)
    request = sent(search, every_camera(near, far), now)
    assert windows(request) == {near.id: after(request, NEAR)}
    assert Window(request.starts_at, request.ends_at) == after(request, NEAR)


def test_a_sending_that_is_resumed_asks_what_was_to_be_asked(near, far, now):
    request = begun(a_search_along(now), every_camera(near, far), now)
    assert sending.ask_owner(request, near.id, a_question(near, request, NEAR), now)
    for owner in (near, far):
        registrations.change_camera(owner, owner.camera_ids[0], a_camera_along(900), now=now)
    assert footage_requests.sweep(now=now + MINUTE) == 1
    finished = footage_requests.get(request.id)
    assert finished.state is RequestState.OPEN
    assert windows(finished) == {near.id: after(request, NEAR), far.id: after(request, FAR)}
    assert (finished.starts_at, finished.ends_at) == (request.starts_at, request.ends_at)


def test_a_reminder_before_all_is_sent_loses_no_window(near, far, now):
    request = begun(a_search_along(now), every_camera(near, far), now)
    footage_requests.remind(request.id, PAT, now=now)
    finished = sending.complete(footage_requests.get(request.id), now=now)
    assert windows(finished) == {near.id: after(request, NEAR), far.id: after(request, FAR)}


def test_pressing_again_after_a_camera_moved_sends_nothing_new(near, now):
    search = a_search_along(now)
    first = sent(search, near.camera_ids, now)
    registrations.change_camera(near, near.camera_ids[0], a_camera_along(1800), now=now)
    assert sent(search, near.camera_ids, now + MINUTE) == first


def begun(search, camera_ids, now):
    """A request whose sender crashed right after writing it down."""
    draft = footage_requests.draft(search, camera_ids, officer=PAT, now=now)
    wording = Wording(**WORDS, reply_by=now + timedelta(days=1))
    request = sending.new_request("r" * 13, draft, wording, PAT, now)
    return sending.begin(request, draft, search.id, PAT)


def a_question(owner, request, minutes):
    return Question(owner.camera_ids, *after(request, minutes))


def test_the_window_stays_when_a_request_is_answered_reminded_and_closed(near, far, now):
    request = sent(a_search_along(now), every_camera(near, far), now)
    footage_requests.note_mailed(request.id, near.id, now=now)
    footage_requests.remind(request.id, PAT, now=now + MINUTE)
    closed = footage_requests.close(request.id, PAT, now=now + 2 * MINUTE)
    assert windows(closed) == windows(request)
    assert (closed.starts_at, closed.ends_at) == (request.starts_at, request.ends_at)


@pytest.mark.parametrize("letter", ["request", "reminder"])
def test_each_letter_says_its_owners_own_minutes_in_every_programme(programme, now, letter):
    kept = {"days_kept": 10} if programme.fields == "full" else {}
    owners = {
        "near": an_owner_along(now, "near@example.com", 0, **kept),
        "far": an_owner_along(now, "far@example.com", 1800, **kept),
    }
    search = a_search_along(now, **before_midnight(programme))
    request = sent(search, every_camera(*owners.values()), now)
    if letter == "reminder":
        footage_requests.remind(request.id, PAT, now=now)
    for name, owner in owners.items():
        rendered = letters.render(letter, written(owner, letter, now).values)
        every = {words for said in SAID[programme.date_order].values() for words in said}
        own = SAID[programme.date_order][name][: 1 + len(kept)]
        for body in (rendered.text, rendered.html):
            assert {words for words in every if words in body} == set(own)


def before_midnight(programme):
    """Set off at twenty to midnight: the far owner's minutes are on two days."""
    starts_at = datetime(2026, 11, 19, 23, 40, tzinfo=programme.zone).astimezone(UTC)
    return {"starts_at": starts_at, "ends_at": starts_at + 34 * MINUTE}


def test_no_letter_shows_a_route(near, now):
    request = sent(a_search_along(now), near.camera_ids, now)
    rendered = letters.render("request", written(near, "request", now).values)
    for body in (rendered.text, rendered.html):
        assert not [piece for piece in pieces_of(request.incident) if piece in body]


def pieces_of(incident):
    """What would give a route away: its places to a hundred metres, its width, its name."""
    places = [f"{number:.3f}" for position in incident.region.points for number in position]
    return [*places, str(incident.region.half_width_m), LABEL]


def test_the_letter_beside_the_form_says_that_each_owner_gets_their_own_time(cloud, now):
    wording = Wording(**WORDS, reply_by=now + timedelta(days=1))
    letter = footage_requests.preview(an_escape(now), wording, officer=PAT)
    said = "between Nov 20, 2026, 2:55 AM and Nov 20, 2026, 3:39 AM"
    assert f"When: (each owner's own time, {said})" in letter.text


def test_the_letter_beside_the_form_says_the_window_if_all_have_the_same(cloud, now):
    wording = Wording(**WORDS, reply_by=now + timedelta(days=1))
    for incident in (an_incident(now), an_escape(now, travel=None, ends_at=now - 2 * 60 * MINUTE)):
        letter = footage_requests.preview(incident, wording, officer=PAT)
        assert "When: Nov 20, 2026, 3:00 AM to 4:00 AM\n" in letter.text


def test_a_code_tells_the_hours_of_all_letters_and_no_route(near, far, now):
    request = sent(a_search_along(now), every_camera(near, far), now)
    check = footage_requests.check_code(request.code, now=now)
    assert Window(check.starts_at, check.ends_at) == after(request, (-5, 37))
    assert check.own_times
    told = {name for name in check.__slots__ if name not in {"starts_at", "ends_at", "own_times"}}
    assert told == {"code", "force", "sent_at", "open"}


def test_a_search_shows_the_windows_that_are_asked_about(near, far, now):
    search = a_search_along(now)
    request = sent(search, every_camera(near, far), now)
    shown = {one.camera_id: Window(one.starts_at, one.ends_at) for one in search.results}
    asked = {ask.camera_ids[0]: Window(ask.starts_at, ask.ends_at) for ask in request.asks}
    assert shown == asked


def test_the_route_of_these_tests_is_as_long_as_they_say(cloud):
    assert the_route().length_m == pytest.approx(2000, abs=0.01)
