"""To whom letters about a request go and when, from the request to the mailbox."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib import audit, footage_requests, registrations
from chalicelib.cameras import Premises
from chalicelib.registrations.model import Authority, Contact, Person, Site, State
from chalicelib.web import mailroom
from tests.footage_requests.builders import an_answer_link, letters_to, sent
from tests.incidents.builders import a_camera_at, a_search
from tests.letters import post_office
from tests.officers.people import PAT
from tests.registrations.builders import an_active_registration

# Six in the morning in Chicago.
HOUR = timedelta(hours=1)
ANN = Contact("Ann", "ann@example.com")
QUIET = replace(ANN, quiet_from="22:00", quiet_until="07:00")
SECOND = replace(ANN, second=Person("Sam next door", "sam@example.com"))
SHOP = replace(
    ANN,
    site=Site(
        "Corner Shop",
        duty_manager=Person("", "duty@example.com"),
        out_of_hours=Person("", "night@example.com"),
        opens="08:00",
        closes="18:00",
        authority=Authority.OWNER,
    ),
)


def asked(now, contact, purpose="burglary", **camera):
    """A request to an owner with this contact, and the owner."""
    owner = an_active_registration(
        now, contact=contact, kind=Premises.BUSINESS, camera=a_camera_at(40, **camera)
    )
    search = a_search(PAT, now, purpose=purpose)
    return sent(search, owner.camera_ids, now), owner


def delivered(owner, letter, now):
    """Send all letters of a kind to an owner, as the queue and the sweep would."""
    for item in letters_to(owner, letter):
        mailroom.deliver(item.id, now)
    return mailboxes()


def mailboxes():
    return [mail.destinations["ToAddresses"][0] for mail in post_office.sent()]


def bounced(owner, letter, now):
    for item in letters_to(owner, letter):
        if item.state == "sent":
            event = post_office.an_event("Bounce", item.id, bounce={"bounceType": "Permanent"})
            mailroom.mail_event(event, now)


def the_ask(request):
    [ask] = footage_requests.get(request.id).asks
    return ask


def test_a_letter_waits_for_the_end_of_quiet_hours(cloud, now):
    request, owner = asked(now, QUIET)
    assert delivered(owner, "request", now) == []
    assert the_ask(request).not_before == now + HOUR
    assert delivered(owner, "request", now + HOUR - timedelta(seconds=1)) == []
    assert delivered(owner, "request", now + HOUR) == ["ann@example.com"]
    assert the_ask(request).state == "mailed"


def test_who_is_next_is_not_written_to_in_quiet_hours_either(cloud, now):
    quiet = replace(SECOND, quiet_from="07:30", quiet_until="09:00")
    request, owner = asked(now, quiet)
    assert delivered(owner, "request", now) == ["ann@example.com"]
    bounced(owner, "request", now + 2 * HOUR)
    assert the_ask(request).not_before == now + 3 * HOUR
    assert delivered(owner, "request", now + 2 * HOUR)[1:] == []
    assert delivered(owner, "request", now + 3 * HOUR)[1:] == ["sam@example.com"]


@pytest.mark.parametrize("goes", ["leaves", "pauses", "is unreachable", "has left and is erased"])
def test_a_letter_that_waited_does_not_reach_somebody_who_went(cloud, now, goes):
    request, owner = asked(now, QUIET)
    assert delivered(owner, "request", now) == []
    if goes == "pauses":
        registrations.pause(owner, now=now)
    elif goes == "is unreachable":
        registrations.mark_unreachable(owner.id, now=now)
    else:
        registrations.leave(owner, now=now)
    if goes == "has left and is erased":
        registrations.erase_due(now=now)

    assert delivered(owner, "request", now + HOUR) == []
    assert the_ask(request).state == "queued"


def test_the_sweep_wakes_a_letter_whose_quiet_hours_are_over(cloud, now):
    _, owner = asked(now, QUIET)
    [letter] = letters_to(owner, "request")
    assert letter.id not in woken(cloud, now + HOUR - timedelta(seconds=1))
    assert letter.id in woken(cloud, now + HOUR)


def woken(cloud, moment):
    """The letters whose mailer a sweep wakes."""
    queue = cloud("sqs").get_queue_url(QueueName="outbox")["QueueUrl"]
    mailroom.sweep(moment)
    found = cloud("sqs").receive_message(QueueUrl=queue, MaxNumberOfMessages=10)
    return {message["Body"] for message in found.get("Messages", [])}


@pytest.mark.parametrize(
    ("purpose", "days_kept", "waits"),
    [
        ("burglary", None, True),
        ("burglary", 2, True),
        ("burglary", 1, False),  # lost half an hour from now
        ("missing-child", None, False),
        ("missing-person", 2, False),
    ],
)
def test_a_life_or_a_recording_about_to_be_lost_waits_for_nobody(
    cloud, now, purpose, days_kept, waits
):
    camera = a_camera_at(40, days_kept=days_kept)
    owner = an_active_registration(now, contact=QUIET, camera=camera)
    times = {"starts_at": now - 25 * HOUR, "ends_at": now - 23.5 * HOUR}
    request = sent(a_search(PAT, now, purpose=purpose, **times), owner.camera_ids, now)
    assert (the_ask(request).not_before is not None) is waits
    assert delivered(owner, "request", now) == ([] if waits else ["ann@example.com"])


def test_whoever_is_on_duty_is_written_to(cloud, now):
    _, owner = asked(now, SHOP)
    assert delivered(owner, "request", now) == ["night@example.com"]
    request, owner = asked(now + 6 * HOUR, replace(SHOP, email="b@example.com"))
    assert delivered(owner, "request", now + 6 * HOUR)[1:] == ["duty@example.com"]
    assert the_ask(request).to == "duty_manager"
    [*_, mail] = post_office.sent()
    assert "Hello Corner Shop," in mail.body


def test_only_the_owner_is_given_the_link_to_leave(cloud, now):
    _, owner = asked(now, SHOP)
    delivered(owner, "request", now)
    _, home = asked(now, replace(ANN, email="b@example.com"))
    delivered(home, "request", now)
    others, own = (mail.body for mail in post_office.sent())
    assert ("/leave" in others, "/leave" in own) == (False, True)


def test_the_reminder_goes_to_the_second_contact(cloud, now):
    request, owner = asked(now, SECOND)
    delivered(owner, "request", now)
    footage_requests.remind(request.id, PAT, now=now + 24 * HOUR)
    assert delivered(owner, "reminder", now + 24 * HOUR) == ["ann@example.com", "sam@example.com"]
    [*_, mail] = post_office.sent()
    assert "Hello Sam next door," in mail.body


def test_a_second_contact_stands_in_for_an_address_that_is_dead(cloud, now):
    request, owner = asked(now, SECOND)
    delivered(owner, "request", now)
    bounced(owner, "request", now)
    assert registrations.get(owner.id).state is State.PAUSED
    assert the_ask(request).state == "queued"
    assert delivered(owner, "request", now + HOUR) == ["ann@example.com", "sam@example.com"]
    assert the_ask(request).state == "mailed"
    token = an_answer_link(request, owner, now)
    assert footage_requests.of_answer_link(token, now=now)[1].to == "second"


def test_once_nobody_is_left_the_officer_sees_that(cloud, now):
    request, owner = asked(now, replace(SHOP, second=SECOND.second))
    for step in range(3):
        delivered(owner, "request", now + step * HOUR / 10)
        bounced(owner, "request", now + step * HOUR / 10)
    assert mailboxes() == ["night@example.com", "ann@example.com", "sam@example.com"]
    assert the_ask(request).state == "bounced"
    assert (
        len(
            [
                e
                for e in audit.read_chain(f"ask#{the_ask(request).subject}")
                if e.event == "ask:bounce"
            ]
        )
        == 3
    )


def test_a_dead_address_of_a_role_does_not_pause_the_owner(cloud, now):
    _, owner = asked(now, SHOP)
    delivered(owner, "request", now)
    bounced(owner, "request", now)
    assert registrations.get(owner.id).state is State.ACTIVE
    assert delivered(owner, "request", now) == ["night@example.com", "ann@example.com"]


def test_news_told_again_writes_to_nobody_again(cloud, now):
    _, owner = asked(now, SECOND)
    delivered(owner, "request", now)
    [first] = letters_to(owner, "request")
    event = post_office.an_event("Bounce", first.id, bounce={"bounceType": "Permanent"})
    for _ in range(5):
        mailroom.mail_event(event, now)
    assert len(letters_to(owner, "request")) == 2
    delivered(owner, "request", now)
    mailroom.mail_event(event, now)
    assert delivered(owner, "request", now) == ["ann@example.com", "sam@example.com"]


def test_whoever_answered_before_the_letter_came_back_is_not_asked_again(cloud, now):
    request, owner = asked(now, SECOND)
    delivered(owner, "request", now)
    token = an_answer_link(request, owner, now)
    footage_requests.answer(token, footage_requests.Answer.NOTHING_THERE, "", now=now)
    bounced(owner, "request", now)
    assert len(letters_to(owner, "request")) == 1


def test_an_owner_who_said_stop_has_nobody_else_asked(cloud, now):
    request, owner = asked(now, SECOND)
    delivered(owner, "request", now)
    token = an_answer_link(request, owner, now)
    footage_requests.answer(token, footage_requests.Answer.DO_NOT_ASK_AGAIN, "", now=now)
    assert registrations.get(owner.id).state is State.PAUSED
    bounced(owner, "request", now)
    assert delivered(owner, "request", now) == ["ann@example.com"]


def test_the_outbox_holds_a_role_and_no_address(cloud, now):
    _, owner = asked(now, SHOP)
    [item] = letters_to(owner, "request")
    assert dict(item.subject_ids)["to"] == "out_of_hours"
    assert "example.com" not in str(item.attribute_values)
