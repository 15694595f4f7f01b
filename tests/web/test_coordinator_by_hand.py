import re
from datetime import timedelta

import pytest

from chalicelib import audit, clock, footage_requests, incidents, letters, registrations
from chalicelib.aws.tables import OutboxItem
from chalicelib.footage_requests import Answer
from chalicelib.letters import LetterState
from chalicelib.letters import store as outbox
from chalicelib.registrations import State, references
from tests.web.desk import Coordinator, deliver_all
from tests.web.people import an_officer
from tests.web.story import an_incident

TYPED = re.compile(r"/p/((?:[A-Z2-7]{4}-){3}[A-Z2-7]{4})")
BY_LETTER = {"reach": "letter", "phone": "", "postal_address": "1 Canary Street\nAlder Falls"}


@pytest.fixture
def desk(cloud):
    return Coordinator()


def entry_of(reference):
    return registrations.get(references.find(reference))


def asked(now):
    """Ask everybody near the middle for footage."""
    officer = an_officer()
    search = incidents.search(an_incident(now), officer, now=now)
    return footage_requests.send(
        search.id,
        [result.camera_id for result in search.results],
        what_happened="A car was damaged.",
        looking_for="A person on foot.",
        reply_by=now + timedelta(days=3),
        officer=officer,
        now=now,
    )


def waiting(desk, letter, **paper):
    """Enter somebody without e-mail and return their letter of a kind."""
    reference = desk.enters(**paper)
    if letter == "request":
        asked(clock.now())
    return reference, next(row for row in deliver_all() if row.letter == letter)


def test_a_letter_is_kept_until_it_is_done_and_then_for_ninety_days(desk):
    _, row = waiting(desk, "paper_welcome")
    before = OutboxItem.get(row.id).expires
    now = clock.now()
    letters.by_hand.done(row, letters.by_hand.POSTED, actor="officer:o-coord", now=now)

    ninety_days = now + timedelta(days=90)
    assert (before, OutboxItem.get(row.id).expires) == (None, int(ninety_days.timestamp()))


def test_a_welcome_letter_waits_to_be_printed_and_was_not_mailed(desk):
    _, row = waiting(desk, "paper_welcome")

    assert (row.state, row.attempts) == (LetterState.BY_HAND, 1)
    page = desk.look("/by-hand").text
    assert "Welcome letter" in page
    assert row.id in page
    assert "Canary" not in page


def test_opening_a_letter_shows_it_and_is_recorded_first(desk):
    reference, row = waiting(desk, "paper_welcome", **BY_LETTER)

    page = desk.do(f"/by-hand/{row.id}").text

    assert reference in page
    assert "Canary Yellowhammer\n1 Canary Street\nAlder Falls" in page
    [entry] = audit.read_chain(f"outbox#{row.id}")
    assert (entry.event, entry.detail["step"], entry.actor) == (
        "letter:by_hand",
        "opened",
        "officer:o-coord",
    )


def test_the_typed_link_of_the_letter_leads_to_leaving(desk):
    _, row = waiting(desk, "paper_welcome", **BY_LETTER)
    code = TYPED.search(desk.do(f"/by-hand/{row.id}").text).group(1)

    answer = desk.client.get(f"/p/{code.lower()}")

    assert answer.status_code == 303
    assert desk.client.get(answer.location).status_code == 200
    assert desk.client.get("/my/aaaabbbbccccdddd/leave").status_code == 410


def test_a_letter_is_done_once(desk):
    _, row = waiting(desk, "paper_welcome")

    first = desk.do(f"/by-hand/{row.id}/done", step="phoned")
    again = desk.do(f"/by-hand/{row.id}/done", step="phoned")

    assert (first.status_code, again.status_code) == (303, 404)
    assert letters.by_hand.waiting() == ()
    assert outbox.get(row.id).state is LetterState.SENT


def test_an_answer_by_phone_reaches_the_officer_under_the_coordinators_name(desk):
    reference, row = waiting(desk, "request")

    done = desk.do(
        f"/by-hand/{row.id}/done", step="phoned", answer="nothing_there", note="until nine"
    )

    assert done.status_code == 303
    [(request, ask)] = footage_requests.asked_of(entry_of(reference).id)
    assert (ask.answer, ask.note) == (Answer.NOTHING_THERE, "until nine")
    entries = audit.read_chain(f"ask#{request.id}/{ask.registration_id}")
    assert [(one.event, one.actor) for one in entries if one.event == "ask:answer"] == [
        ("ask:answer", "officer:o-coord")
    ]


def test_do_not_ask_again_by_phone_hides_the_cameras(desk):
    reference, row = waiting(desk, "request")

    desk.do(f"/by-hand/{row.id}/done", step="phoned", answer="do_not_ask_again")

    assert entry_of(reference).state is State.PAUSED


def test_a_call_about_a_request_needs_its_answer(desk):
    _, row = waiting(desk, "request")

    answer = desk.do(f"/by-hand/{row.id}/done", step="phoned")

    assert answer.status_code == 400
    assert answer.text.count("Select what they answered") == 2
    assert outbox.get(row.id).state is LetterState.BY_HAND


@pytest.mark.parametrize("fields", [{"step": ""}, {"step": "phoned", "answer": "everything"}])
def test_nonsense_changes_nothing(desk, fields):
    _, row = waiting(desk, "request")

    assert desk.do(f"/by-hand/{row.id}/done", **fields).status_code == 400
    assert outbox.get(row.id).state is LetterState.BY_HAND


def test_a_letter_that_cannot_arrive_pauses_them(desk):
    reference, row = waiting(desk, "paper_welcome", **BY_LETTER)

    desk.do(f"/by-hand/{row.id}/done", step="not_reached")

    assert entry_of(reference).state is State.PAUSED
    assert entry_of(reference).unreachable_since is not None
    assert outbox.get(row.id).state is LetterState.BOUNCED
    [noted] = audit.read_day(clock.now().date(), event="registration:unreachable")
    assert noted.actor == "officer:o-coord"


def test_a_letter_to_somebody_who_has_left_is_not_shown(desk):
    reference, row = waiting(desk, "paper_welcome")
    desk.acts(reference, "leave", reason="phone")

    answer = desk.do(f"/by-hand/{row.id}")

    assert answer.status_code == 303
    assert letters.by_hand.waiting() == ()
    assert outbox.get(row.id).state is LetterState.SUPPRESSED


def test_an_email_letter_cannot_be_opened_by_hand(desk):
    desk.enters(reach="email", email="canary@example.com", phone="")
    now = clock.now()
    [outbox_id] = outbox.due(now)

    assert desk.do(f"/by-hand/{outbox_id}").status_code == 404


def test_the_yearly_question_is_answered_by_phone(desk):
    reference = desk.enters()
    later = clock.now() + timedelta(days=400)
    registrations.sweep(now=later, ending=lambda _: None)
    row = next(row for row in deliver_all(later) if row.letter == "reconfirm")
    assert entry_of(reference).state is State.RECONFIRM_DUE

    desk.do(f"/by-hand/{row.id}/done", step="phoned", answer="still_right")

    assert entry_of(reference).state is State.ACTIVE


def test_who_has_paused_stays_so_when_all_is_right_by_phone(desk):
    reference = desk.enters()
    registrations.pause(entry_of(reference), now=clock.now())
    later = clock.now() + timedelta(days=400)
    registrations.sweep(now=later, ending=lambda _: None)
    row = next(row for row in deliver_all(later) if row.letter == "reconfirm")

    desk.do(f"/by-hand/{row.id}/done", step="phoned", answer="still_right")

    entry = entry_of(reference)
    assert (entry.state, entry.asked_at) == (State.PAUSED, None)


def test_who_is_heard_of_again_on_the_phone_can_be_found_again(desk):
    reference = desk.enters()
    registrations.mark_unreachable(entry_of(reference).id, now=clock.now(), actor="officer:o-coord")

    desk.acts(reference, "still-right")

    entry = entry_of(reference)
    assert (entry.state, entry.unreachable_since) == (State.ACTIVE, None)
