import re
from datetime import timedelta

import pytest

from chalicelib import footage_requests, registrations
from chalicelib.aws.tables import OutboxItem
from chalicelib.footage_requests import AskState
from chalicelib.registrations import Contact, State
from chalicelib.web import mailroom
from tests.footage_requests.builders import a_request
from tests.footage_requests.builders import sent as asking
from tests.footage_requests.escapes import a_search_along, an_owner_along
from tests.incidents.builders import an_owner
from tests.letters.post_office import an_event, sent
from tests.registrations.builders import (
    CANARY,
    LABEL,
    a_camera,
    a_form,
    a_link,
    a_pending_registration,
    an_active_registration,
)

WHEN = re.compile(r"When: (.*?)<br>")
LINK = re.compile(r"https://sightline\.example/([a-z-]+)/([\w-]{43})(/leave)?\"")


def all_delivered(now):
    for item in OutboxItem.scan():
        mailroom.deliver(item.id, now)


def rows(letter):
    return [item for item in OutboxItem.scan() if item.letter == letter]


def link(mail, page):
    """The token of a link in a letter to `page`, e.g. `my` or `my/leave`."""
    return next(token for path, token, leave in LINK.findall(mail.body) if path + leave == page)


def test_the_whole_way_from_the_form_to_leaving_goes_by_letters_alone(cloud, now):
    pending = a_pending_registration(now)
    all_delivered(now)
    registrations.confirm(link(sent()[-1], "confirm"), now=now)
    registrations.ask_for_manage_link(CANARY.email, visitor="v", now=now)
    all_delivered(now)
    owned = registrations.of_manage_link(link(sent()[-1], "my"), now=now)
    assert owned.id == pending.id
    leaving = registrations.of_leave_link(link(sent()[-1], "my/leave"), now=now)
    registrations.leave(leaving, now=now)
    all_delivered(now)
    assert [mail.destinations["ToAddresses"] for mail in sent()] == [[CANARY.email]] * 3
    assert [item.state for item in OutboxItem.scan()] == ["sent"] * 3
    assert not [item for item in OutboxItem.scan() if item.sealed]


def test_a_letter_for_confirmation_names_the_camera_and_its_owner(cloud, now):
    a_pending_registration(now)
    all_delivered(now)
    assert LABEL in sent()[0].body
    assert CANARY.name in sent()[0].body
    assert "Nov 27, 2026" in sent()[0].body


def test_an_unknown_address_gets_no_letter(cloud, now):
    registrations.ask_for_manage_link("nobody@example.com", visitor="v", now=now)
    all_delivered(now)
    assert ([item.state for item in OutboxItem.scan()], sent()) == (["suppressed"], [])


def test_who_was_erased_meanwhile_gets_nothing(cloud, now):
    pending = a_pending_registration(now)
    registrations.not_me(a_link(pending.id, "confirm", now), now=now)
    all_delivered(now)
    assert ([item.state for item in OutboxItem.scan()], sent()) == (["suppressed"], [])


def test_the_last_letter_leaves_even_after_everything_else_is_erased(cloud, now):
    registrations.leave(an_active_registration(now), now=now)
    mailroom.sweep(now)
    all_delivered(now + timedelta(hours=1))
    assert [mail.subject for mail in sent()] == ["Alder Falls Camera Register: you have left"]
    assert sent()[0].destinations["ToAddresses"] == [CANARY.email]


def joined(now):
    """A registration to which the owner has added a camera by the form."""
    active = an_active_registration(now)
    an_active_registration(now, camera=a_camera(label="canary yard"))
    return active


def test_a_camera_that_joined_is_announced(cloud, now):
    joined(now)
    all_delivered(now)
    assert ["canary yard" in mail.body for mail in sent()] == [True]
    assert rows("camera_added")[0].state == "sent"


def test_a_new_address_is_written_to_at_the_new_address(cloud, now):
    active = an_active_registration(now)
    new = Contact(CANARY.name, "new@example.com")
    registrations.change_contact(active, new, now=now)
    all_delivered(now)
    assert [mail.destinations["ToAddresses"] for mail in sent()] == [["new@example.com"]]


@pytest.mark.parametrize(
    ("event", "state"),
    [
        ("Complaint", State.PAUSED),
        ("Delivery", State.ACTIVE),
    ],
)
def test_a_complaint_pauses_and_an_arrival_does_not(cloud, now, event, state):
    active = joined(now)
    mailroom.mail_event(an_event(event, rows("camera_added")[0].id), now)
    assert registrations.standing(active.id) == state


@pytest.mark.parametrize(
    ("kind", "state"), [("Permanent", State.PAUSED), ("Transient", State.ACTIVE)]
)
def test_only_a_dead_address_pauses(cloud, now, kind, state):
    active = joined(now)
    event = an_event("Bounce", rows("camera_added")[0].id, bounce={"bounceType": kind})
    mailroom.mail_event(event, now)
    mailroom.mail_event(event, now)
    assert registrations.standing(active.id) == state


def test_a_mistyped_new_address_does_not_pause_the_owner(cloud, now):
    active = an_active_registration(now)
    registrations.change_contact(active, Contact("Ann", "no@example.com"), now=now)
    (letter,) = [row for row in rows("confirm") if row.subject_ids]
    event = an_event("Bounce", letter.id, bounce={"bounceType": "Permanent"})
    mailroom.mail_event(event, now)
    assert registrations.standing(active.id) == State.ACTIVE


def test_the_sweep_erases_what_is_due_and_wakes_what_was_left_lying(cloud, now):
    pending = registrations.submit(**a_form(now))
    url = "https://sqs.us-east-1.amazonaws.com/123456789012/outbox"
    cloud("sqs").purge_queue(QueueUrl=url)
    mailroom.sweep(now + timedelta(days=7))
    assert registrations.standing(pending.id) == State.ERASED
    (message,) = cloud("sqs").receive_message(QueueUrl=url)["Messages"]
    mailroom.deliver(message["Body"], now + timedelta(days=7))
    assert sent() == []


def asked(now):
    owner = an_owner(now, "asked@example.com")
    request = a_request(now, owner)
    return owner, request, rows("request")[0].id


def ask_state(request):
    return footage_requests.get(request.id).asks[0].state


def test_a_request_goes_out_with_a_way_to_answer_and_a_way_to_leave(cloud, now):
    owner, request, outbox_id = asked(now)
    mailroom.deliver(outbox_id, now)
    (mail,) = sent()
    answering = footage_requests.of_answer_link(link(mail, "answer"), now=now)
    assert (answering[0].id, answering[2].id) == (request.id, owner.id)
    assert registrations.of_leave_link(link(mail, "my/leave"), now=now).id == owner.id
    assert ask_state(request) == AskState.MAILED


def test_two_owners_along_a_route_read_their_own_times(cloud, now):
    owners = [an_owner_along(now, f"{at}@example.com", at) for at in (0, 1800)]
    asking(a_search_along(now), [camera for owner in owners for camera in owner.camera_ids], now)
    for row in rows("request"):
        mailroom.deliver(row.id, now)
    told = {
        mail.destinations["ToAddresses"][0]: WHEN.search(mail.body)[1].strip() for mail in sent()
    }
    assert told == {
        "0@example.com": "Nov 20, 2026, 2:55 AM to 3:07 AM",
        "1800@example.com": "Nov 20, 2026, 3:00 AM to 3:37 AM",
    }


def test_an_owner_who_left_meanwhile_is_not_asked(cloud, now):
    owner, _, outbox_id = asked(now)
    registrations.leave(owner, now=now)
    mailroom.deliver(outbox_id, now)
    assert (OutboxItem.get(outbox_id).state, sent()) == ("suppressed", [])


def test_officers_learn_that_somebody_cannot_be_reached_and_the_owner_is_paused(cloud, now):
    owner, request, outbox_id = asked(now)
    mailroom.deliver(outbox_id, now)
    event = an_event("Bounce", outbox_id, bounce={"bounceType": "Permanent"})
    mailroom.mail_event(event, now)
    assert ask_state(request) == AskState.BOUNCED
    assert registrations.standing(owner.id) == State.PAUSED


def test_asks_end_by_the_sweep_if_the_page_broke_off_after_leaving(cloud, now):
    owner, request, _ = asked(now)
    registrations.leave(owner, now=now)
    mailroom.sweep(now)
    assert ask_state(request) == AskState.ENDED
    assert registrations.standing(owner.id) == State.ERASED
