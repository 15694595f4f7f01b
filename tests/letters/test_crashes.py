"""The process dies at each write to AWS in turn: nothing is lost, nothing said twice."""

from datetime import timedelta

import pytest

from chalicelib import audit, evidence, footage_requests, registrations
from chalicelib.aws.tables import AuditItem, OutboxItem
from chalicelib.errors import StateConflict
from chalicelib.footage_requests import Answer
from chalicelib.letters.model import GRACE, LEASE
from chalicelib.registrations import State
from chalicelib.web import mailroom
from tests.evidence.builders import MP4, an_asked_owner, now_stored, posted
from tests.footage_requests.builders import a_request, an_answer_link, sent
from tests.incidents.builders import a_search, an_owner
from tests.letters import post_office
from tests.officers.people import PAT
from tests.reaper import MOMENTS, deaths
from tests.registrations.builders import CANARY, a_link, a_pending_registration

LATER = LEASE + GRACE + timedelta(minutes=1)


def again(work):
    """Do what somebody does who saw an error page: press the button once more."""
    try:
        return work()
    except StateConflict:
        return None


def everything_due(now):
    """Let the sweep run and the queue deliver, twice: as often as it likes."""
    for _ in range(2):
        mailroom.sweep(now)
        footage_requests.sweep(now=now)
        evidence.sweep(now=now)
        for item in list(OutboxItem.scan()):
            mailroom.deliver(item.id, now)


def letters_to(address, words=""):
    return [
        mail
        for mail in post_office.sent()
        if mail.destinations["ToAddresses"] == [address] and words in mail.subject
    ]


def outbox(recipient, letter):
    return [
        item for item in OutboxItem.scan() if (item.recipient, item.letter) == (recipient, letter)
    ]


def recorded(event, chain):
    assert audit.verify(chain) is None
    return [item for item in AuditItem.query(chain) if item.event == event]


def address(number):
    return f"a{number}@example.com"


@pytest.mark.parametrize("reaper", MOMENTS, indirect=True)
def test_a_confirmation_is_made_once(reaper, now):
    def prepared(number):
        contact = type(CANARY)("Ann", address(number), "")
        pending = a_pending_registration(now, contact=contact, visitor=f"v{number}")
        token = a_link(pending.id, "confirm", now)
        return (pending, token), lambda: registrations.confirm(token, now=now)

    for (pending, token), call in deaths(reaper, prepared):
        registrations.confirm(token, now=now)
        assert registrations.get(pending.id).state is State.ACTIVE, call
        chain = f"registration#{pending.id}"
        assert len(recorded("registration:confirm", chain)) == 1, call


@pytest.mark.parametrize("reaper", MOMENTS, indirect=True)
def test_who_leaves_is_gone_and_told_once(reaper, now):
    def left(owner):
        registrations.leave(owner, now=now)
        evidence.owner_left(owner.id, now=now)

    def prepared(number):
        owner = an_owner(now, address(number))
        request = a_request(now, owner)
        return (owner, request, number), lambda: left(owner)

    for (owner, request, _), call in deaths(reaper, prepared):
        if registrations.standing(owner.id) is State.ACTIVE:
            left(registrations.get(owner.id))
        everything_due(now + LATER)
        assert registrations.standing(owner.id) is State.ERASED, call
        (ask,) = footage_requests.get(request.id).asks
        assert (ask.state, ask.note) == ("ended", ""), call
        assert [item.state for item in outbox(owner.id, "left")] == ["sent"], call
        assert len(recorded("registration:leave", f"registration#{owner.id}")) == 1
        assert not [item for item in outbox(owner.id, "left") if item.sealed]


@pytest.mark.parametrize("reaper", MOMENTS, indirect=True)
def test_a_request_reaches_each_owner_once(reaper, now):
    def prepared(number):
        owners = [an_owner(now, address(2 * number + step)) for step in (0, 1)]
        cameras = [camera for owner in owners for camera in owner.camera_ids]
        search = a_search(PAT, now)
        return owners, lambda: sent(search, cameras, now)

    for owners, call in deaths(reaper, prepared):
        everything_due(now + LATER)
        counts = [[item.state for item in outbox(owner.id, "request")] for owner in owners]
        assert counts in ([["sent"]] * 2, [[]] * 2), call
        if counts[0]:
            (request, *_) = [
                one for one in footage_requests.list_open() if _asks(one, owners[0].id)
            ]
            assert len(request.asks) == 2, call
            assert len(recorded("request:send", f"request#{request.id}")) == 1


def _asks(request, registration_id):
    return registration_id in {ask.registration_id for ask in request.asks}


@pytest.mark.parametrize("reaper", MOMENTS, indirect=True)
@pytest.mark.parametrize("answer", [Answer.HAVE_FOOTAGE, Answer.DO_NOT_ASK_AGAIN])
def test_an_answer_given_again_is_kept(reaper, now, answer):
    def prepared(number):
        owner = an_owner(now, address(number))
        request = a_request(now, owner)
        token = an_answer_link(request, owner, now)
        return (owner, request, token), lambda: given(token)

    def given(token):
        return footage_requests.answer(token, answer, "a note", now=now)

    for (owner, request, token), call in deaths(reaper, prepared):
        given(token)
        (ask,) = footage_requests.get(request.id).asks
        assert (ask.answer, ask.note) == (answer, "a note"), call
        paused = answer is Answer.DO_NOT_ASK_AGAIN
        assert registrations.standing(owner.id) == ("paused" if paused else "active"), call
        assert len(recorded("ask:answer", f"ask#{ask.subject}")) in {1, 2}, call


@pytest.mark.parametrize("reaper", MOMENTS, indirect=True)
def test_a_clip_arrives_once_and_its_receipt_is_written_once(reaper, now):
    def prepared(number):
        asked = an_asked_owner(now, address(number))
        clip, version = posted(asked, MP4, now)
        return (asked, clip, version), lambda: evidence.receive(clip.key, version, now=now)

    for (asked, clip, version), call in deaths(reaper, prepared):
        evidence.receive(clip.key, version, now=now)
        evidence.receive(clip.key, version, now=now)
        everything_due(now + LATER)
        stored = now_stored(clip)
        assert (stored.state, stored.object_version) == ("arrived", version), call
        receipts = [
            item for item in outbox(asked.owner.id, "receipt") if clip.id in str(item.subject_ids)
        ]
        assert [item.state for item in receipts] == ["sent"], call
        assert len(recorded("clip:receive", f"clip#{clip.id}")) == 1


@pytest.mark.parametrize("reaper", MOMENTS, indirect=True)
def test_a_letter_leaves_once_if_its_send_event_arrives(reaper, now):
    def prepared(number):
        contact = type(CANARY)("Ann", address(number), "")
        pending = a_pending_registration(now, contact=contact, visitor=f"v{number}")
        (row,) = outbox(pending.id, "confirm")
        return (row, number), lambda: mailroom.deliver(row.id, now)

    for (row, number), call in deaths(reaper, prepared):
        if letters_to(address(number)):
            mailroom.mail_event(post_office.an_event("Send", row.id), now)
        everything_due(now + timedelta(minutes=2))
        everything_due(now + LATER)
        assert len(letters_to(address(number))) == 1, call
        assert post_office.state_of(row.id) == "sent", call


@pytest.mark.parametrize("reaper", MOMENTS, indirect=True)
def test_a_dead_address_is_noted_however_often_the_event_is_told(reaper, now):
    def prepared(number):
        owner = an_owner(now, address(number))
        request = a_request(now, owner)
        (row,) = outbox(owner.id, "request")
        mailroom.deliver(row.id, now)
        event = post_office.an_event("Bounce", row.id, bounce={"bounceType": "Permanent"})
        return (owner, request, event), lambda: mailroom.mail_event(event, now)

    for (owner, request, event), call in deaths(reaper, prepared):
        mailroom.mail_event(event, now)
        (ask,) = footage_requests.get(request.id).asks
        assert (ask.state, registrations.standing(owner.id)) == ("bounced", "paused"), call
        assert len(recorded("registration:unreachable", f"registration#{owner.id}")) == 1
