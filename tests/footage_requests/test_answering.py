from datetime import timedelta

import pytest

from chalicelib import audit, footage_requests, registrations
from chalicelib.errors import Forbidden, InvalidInput, LinkGone, NotFound, StateConflict
from chalicelib.footage_requests import Answer, AskState, Counts, RequestState
from chalicelib.registrations import State
from tests.footage_requests.builders import a_request, an_answer_link, letters_to
from tests.incidents.builders import an_owner
from tests.officers.people import PAT, SAM

DAY = timedelta(days=1)


@pytest.fixture
def owner(cloud, now):
    return an_owner(now, "a@example.com")


@pytest.fixture
def request_(owner, now):
    return a_request(now, owner)


def the_ask(request):
    [ask] = footage_requests.get(request.id).asks
    return ask


def test_a_link_shows_what_this_owner_is_asked_and_nobody_elses_ask(owner, now):
    request = a_request(now, owner, an_owner(now, "b@example.com"))
    link = an_answer_link(request, owner, now)
    shown, ask, registration = footage_requests.of_answer_link(link, now=now)
    assert (shown.id, shown.asks, registration) == (request.id, (ask,), owner)
    assert ask.registration_id == owner.id


def test_an_answer_is_kept_and_recorded(owner, request_, now):
    token = an_answer_link(request_, owner, now)
    footage_requests.answer(token, Answer.HAVE_FOOTAGE, "  See\t22:10 \n the van ", now=now)
    ask = the_ask(request_)
    assert (ask.answer, ask.note, ask.answered_at) == (
        Answer.HAVE_FOOTAGE,
        "See 22:10\nthe van",
        now,
    )
    [entry] = audit.read_chain(f"ask#{request_.id}/{owner.id}")
    assert (entry.event, entry.actor) == ("ask:answer", f"owner:{owner.id}")
    assert "van" not in str(entry.detail)


def test_an_answer_may_be_changed_while_the_request_is_open(owner, request_, now):
    token = an_answer_link(request_, owner, now)
    footage_requests.answer(token, Answer.HAVE_FOOTAGE, "", now=now)
    footage_requests.answer(token, Answer.NOTHING_THERE, "sorry", now=now + DAY)
    assert the_ask(request_).answer is Answer.NOTHING_THERE


@pytest.mark.parametrize(
    "note", ["nothing there 🤷‍♀️", "🏴\U000e0067\U000e0062\U000e007f", "🫩 می\u200cروم"]
)
def test_a_note_may_hold_what_a_telephone_types(owner, request_, now, note):
    token = an_answer_link(request_, owner, now)
    assert footage_requests.answer(token, Answer.NOTHING_THERE, note, now=now).note == note


@pytest.mark.parametrize("note", ["x" * 501, "a\x00b", "a\u202eb"])
def test_a_note_is_short_plain_text(owner, request_, now, note):
    token = an_answer_link(request_, owner, now)
    with pytest.raises(InvalidInput):
        footage_requests.answer(token, Answer.HAVE_FOOTAGE, note, now=now)


def test_do_not_ask_again_pauses_the_registration(owner, request_, now):
    token = an_answer_link(request_, owner, now)
    footage_requests.answer(token, Answer.DO_NOT_ASK_AGAIN, "", now=now)
    assert registrations.standing(owner.id) is State.PAUSED
    footage_requests.answer(token, Answer.HAVE_FOOTAGE, "", now=now)
    assert registrations.standing(owner.id) is State.PAUSED


def test_a_link_ends_with_its_request(owner, request_, now):
    token = an_answer_link(request_, owner, now)
    footage_requests.close(request_.id, PAT, now=now)
    with pytest.raises(LinkGone):
        footage_requests.answer(token, Answer.HAVE_FOOTAGE, "", now=now)


def test_a_link_ends_when_the_request_runs_out_even_if_no_sweep_ran(owner, request_, now):
    token = an_answer_link(request_, owner, now, lives=99 * DAY)
    with pytest.raises(LinkGone):
        footage_requests.of_answer_link(token, now=request_.closes_at)


def test_a_link_of_another_request_or_purpose_opens_nothing(owner, request_, now):
    stranger = an_owner(now, "b@example.com")
    for token in ("x", an_answer_link(request_, stranger, now)):
        with pytest.raises(LinkGone):
            footage_requests.of_answer_link(token, now=now)


def test_leaving_ends_every_ask_and_forgets_the_notes(owner, request_, now):
    token = an_answer_link(request_, owner, now)
    footage_requests.answer(token, Answer.HAVE_FOOTAGE, "ring at 12 Elm St", now=now)
    registrations.leave(owner, now=now)
    assert footage_requests.owner_left(owner.id, now=now) == (request_.id,)
    assert (the_ask(request_).state, the_ask(request_).note) == (AskState.ENDED, "")
    with pytest.raises(LinkGone):
        footage_requests.of_answer_link(token, now=now)


def test_a_letter_that_left_and_then_bounced_is_noted_in_that_order_only(owner, request_, now):
    footage_requests.note_bounced(request_.id, owner.id, now=now)
    footage_requests.note_mailed(request_.id, owner.id, now=now)
    footage_requests.note_bounced(request_.id, owner.id, now=now)
    footage_requests.note_bounced("unknown", owner.id, now=now)
    assert the_ask(request_).state is AskState.BOUNCED
    chain = audit.read_chain(f"ask#{request_.id}/{owner.id}")
    assert [entry.event for entry in chain] == ["ask:bounce"]


def test_one_reminder_goes_to_those_who_are_silent(owner, now):
    silent = an_owner(now, "b@example.com")
    request = a_request(now, owner, silent)
    footage_requests.answer(an_answer_link(request, owner, now), Answer.NOTHING_THERE, "", now=now)
    reminded = footage_requests.remind(request.id, PAT, now=now + DAY)
    assert reminded.reminded_at == now + DAY
    assert [len(letters_to(one, "reminder")) for one in (owner, silent)] == [0, 1]
    with pytest.raises(StateConflict):
        footage_requests.remind(request.id, PAT, now=now + 2 * DAY)


def test_only_the_sender_reminds_and_only_while_it_is_open(owner, request_, now):
    with pytest.raises(Forbidden):
        footage_requests.remind(request_.id, SAM, now=now)
    footage_requests.close(request_.id, SAM, now=now)
    with pytest.raises(StateConflict):
        footage_requests.remind(request_.id, PAT, now=now)


def test_closing_twice_is_refused_and_once_is_recorded(owner, request_, now):
    closed = footage_requests.close(request_.id, PAT, now=now)
    assert closed.state is RequestState.CLOSED
    with pytest.raises(StateConflict):
        footage_requests.close(request_.id, PAT, now=now)
    chain = [entry.event for entry in audit.read_chain(f"request#{request_.id}")]
    assert chain == ["request:send", "request:close"]
    assert (footage_requests.list_open(), footage_requests.list_closed()) == ((), (closed,))


def test_the_sweep_closes_what_has_run_out(owner, request_, now):
    assert footage_requests.sweep(now=request_.closes_at - timedelta(seconds=1)) == 0
    assert footage_requests.sweep(now=request_.closes_at) == 1
    assert footage_requests.get(request_.id).state is RequestState.CLOSED


def test_looking_at_a_request_is_recorded(owner, request_, now):
    assert footage_requests.view(request_.id, SAM, now=now) == request_
    last = audit.read_chain(f"request#{request_.id}")[-1]
    assert (last.event, last.actor) == ("request:view", "officer:sam")


def test_officers_see_the_asked_cameras_until_their_owner_leaves(owner, request_, now):
    [camera] = footage_requests.cameras_of(request_)[owner.id]
    assert (camera.id, camera.address) == (owner.camera_ids[0], "40 Canary Street")
    registrations.leave(owner, now=now)
    assert footage_requests.cameras_of(request_) == {owner.id: ()}


def test_counts_add_up(owner, now):
    others = [an_owner(now, f"{name}@example.com") for name in "bcde"]
    request = a_request(now, owner, *others)
    said = (Answer.HAVE_FOOTAGE, Answer.NOTHING_THERE, Answer.DO_NOT_ASK_AGAIN)
    for one, answer in zip((owner, *others), said, strict=False):
        footage_requests.note_mailed(request.id, one.id, now=now)
        footage_requests.answer(an_answer_link(request, one, now), answer, "", now=now)
    footage_requests.note_bounced(request.id, others[-1].id, now=now)
    assert footage_requests.counts(footage_requests.get(request.id)) == Counts(
        asked=5,
        sent=4,
        will_share=1,
        nothing_seen=1,
        no_answer=1,
        could_not_reach=1,
        cannot_help=1,
    )


@pytest.mark.parametrize("typed", [str, str.lower, lambda code: code.replace("-", " ")])
def test_anybody_with_the_code_learns_that_a_request_is_real_and_no_more(
    owner, request_, now, typed
):
    check = footage_requests.check_code(typed(request_.code), now=now)
    incident = request_.incident
    assert (check.code, check.starts_at, check.ends_at) == (
        request_.code,
        incident.starts_at,
        incident.ends_at,
    )
    assert (check.own_times, check.open) == (False, True)
    assert not {"place", "case_number", "officer_name"} & set(check.__slots__)


@pytest.mark.parametrize("typed", ["", "AAAA-AAAA", "code#", "x" * 999])
def test_an_unknown_code_is_not_found(cloud, now, typed):
    with pytest.raises(NotFound):
        footage_requests.check_code(typed, now=now)
