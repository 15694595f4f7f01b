from datetime import timedelta

import pytest
from botocore.stub import Stubber

from chalicelib import audit, letters, links, settings
from chalicelib.aws.clients import client
from chalicelib.aws.tables import OutboxItem
from chalicelib.aws.transaction import Transaction
from chalicelib.errors import Unavailable
from chalicelib.letters.model import GRACE, LEASE, MOST_ATTEMPTS, RETRY_AFTER, LetterState
from tests.letters.post_office import (
    ADDRESS,
    an_event,
    delivered,
    posted,
    sent,
    state_of,
    to_ann,
    to_nobody,
)

LOST = LEASE + GRACE
QUEUE = "https://sqs.us-east-1.amazonaws.com/123456789012/outbox"


class Crash(BaseException):
    """The process is gone: nothing may catch this."""


def crashing(row, transaction, now):
    raise Crash


@pytest.fixture
def ses(cloud):
    with Stubber(client("sesv2")) as stub:
        yield stub


def refusing(stub, code, status=400):
    stub.add_client_error("send_email", code, http_status_code=status)


def test_a_posted_letter_wakes_the_mailer_only_once_its_cause_is_written(cloud, now):
    transaction = Transaction()
    outbox_id = letters.post(transaction, "left", recipient="abc", subject_ids={}, now=now)
    assert "Messages" not in cloud("sqs").receive_message(QueueUrl=QUEUE)
    transaction.commit()
    (message,) = cloud("sqs").receive_message(QueueUrl=QUEUE)["Messages"]
    assert message["Body"] == outbox_id


def test_a_letter_nobody_wrote_templates_for_cannot_be_posted(cloud, now):
    with pytest.raises(TypeError):
        posted(now, letter="advert")


def test_many_deliveries_of_the_same_message_are_one_letter(cloud, now):
    outbox_id = posted(now)
    states = [delivered(outbox_id, now + timedelta(minutes=n)) for n in range(20)]
    assert states == [LetterState.SENT] + [None] * 19
    assert [mail.destinations["ToAddresses"] for mail in sent()] == [[ADDRESS]]


def test_a_message_about_a_letter_that_is_not_there_is_no_error(cloud, now):
    assert delivered("nothing", now) is None


def test_a_letter_to_nobody_is_suppressed_and_its_sealed_address_dies(cloud, now):
    outbox_id = posted(now, sealed=b"sealed")
    assert delivered(outbox_id, now, to_nobody) == LetterState.SUPPRESSED
    item = OutboxItem.get(outbox_id)
    assert (item.state, item.sealed, item.waiting, sent()) == ("suppressed", None, None, [])


def test_the_sealed_address_dies_with_the_sending(cloud, now):
    outbox_id = posted(now, sealed=b"sealed")
    delivered(outbox_id, now)
    item = OutboxItem.get(outbox_id)
    assert (item.state, item.sealed, item.waiting) == ("sent", None, None)


def test_a_crash_before_the_sending_is_made_up_for_after_lease_and_grace(cloud, now):
    outbox_id = posted(now)
    with pytest.raises(Crash):
        delivered(outbox_id, now, crashing)
    assert delivered(outbox_id, now + LOST - timedelta(seconds=1)) is None
    assert delivered(outbox_id, now + LOST) == LetterState.SENT
    assert len(sent()) == 1


def test_a_crash_after_the_sending_is_told_by_the_send_event(ses, cloud, now):
    outbox_id = posted(now)
    refusing(ses, "InternalFailure", 500)
    assert delivered(outbox_id, now) == LetterState.CLAIMED
    assert letters.note_event(an_event("Send", outbox_id)).row.state == LetterState.SENT
    assert delivered(outbox_id, now + LOST) is None
    assert letters.wake_due(now=now + LOST) == 0


def test_without_a_send_event_it_is_tried_again(ses, cloud, now):
    outbox_id = posted(now)
    refusing(ses, "InternalFailure", 500)
    delivered(outbox_id, now)
    ses.deactivate()
    assert delivered(outbox_id, now + LOST) == LetterState.SENT


def test_an_event_that_comes_before_our_own_mark_wins(cloud, now):
    outbox_id = posted(now)

    def overtaken(row, transaction, now):
        letters.note_event(an_event("Delivery", outbox_id))
        return to_ann(row, transaction, now)

    assert delivered(outbox_id, now, overtaken) is None
    assert (state_of(outbox_id), sent()) == ("delivered", [])


def test_being_told_to_wait_is_waiting_and_not_failing(ses, cloud, now):
    outbox_id = posted(now)
    refusing(ses, "TooManyRequestsException", 429)
    assert delivered(outbox_id, now) == LetterState.QUEUED
    assert delivered(outbox_id, now + timedelta(minutes=1)) is None
    ses.deactivate()
    assert letters.wake_due(now=now + RETRY_AFTER) == 1
    assert delivered(outbox_id, now + RETRY_AFTER) == LetterState.SENT


def test_a_letter_ses_refuses_for_good_fails_once_and_is_recorded(ses, cloud, now):
    outbox_id = posted(now, sealed=b"sealed")
    refusing(ses, "MessageRejected")
    assert delivered(outbox_id, now) == LetterState.TECHNICAL_FAILURE
    assert delivered(outbox_id, now + LOST) is None
    (entry,) = audit.read_chain(f"outbox#{outbox_id}")
    assert (entry.event, entry.actor) == ("letter:failed", "system:mailer")
    assert entry.detail == {
        "outbox_id": outbox_id,
        "letter": "camera_added",
        "reason": "MessageRejected",
    }
    assert OutboxItem.get(outbox_id).sealed is None


def test_after_four_hours_of_trying_a_letter_is_given_up(cloud, now):
    def unavailable(row, transaction, now):
        raise Unavailable

    outbox_id = posted(now)
    for attempt in range(MOST_ATTEMPTS):
        assert delivered(outbox_id, now + attempt * RETRY_AFTER, unavailable)
    assert state_of(outbox_id) == "queued"
    later = now + MOST_ATTEMPTS * RETRY_AFTER
    assert delivered(outbox_id, later) == LetterState.TECHNICAL_FAILURE
    assert sent() == []


def test_two_mailers_with_the_same_message_send_one_letter(cloud, now):
    outbox_id = posted(now)

    def meanwhile(row, transaction, now):
        assert delivered(outbox_id, now) is None
        return to_ann(row, transaction, now)

    assert delivered(outbox_id, now, meanwhile) == LetterState.SENT
    assert len(sent()) == 1


def test_a_mailer_that_lost_its_claim_does_not_send(cloud, now):
    outbox_id = posted(now)

    def slow(row, transaction, now):
        assert delivered(outbox_id, now + LOST) == LetterState.SENT
        return to_ann(row, transaction, now)

    assert delivered(outbox_id, now, slow) is None
    assert len(sent()) == 1


def test_a_queue_that_does_not_answer_loses_nothing(cloud, now):
    cloud("sqs").delete_queue(QueueUrl=QUEUE)
    outbox_id = posted(now)
    cloud("sqs").create_queue(QueueName="outbox")
    assert letters.wake_due(now=now + timedelta(minutes=5)) == 1
    (message,) = cloud("sqs").receive_message(QueueUrl=QUEUE)["Messages"]
    assert message["Body"] == outbox_id


def test_news_moves_a_letter_forward_only(cloud, now):
    outbox_id = posted(now)
    delivered(outbox_id, now)
    kinds = ["Send", "Bounce", "Delivery", "Send", "Complaint", "Bounce"]
    news = [letters.note_event(an_event(kind, outbox_id)) for kind in kinds]
    assert [one.row.state if one else None for one in news] == [
        *(LetterState.SENT, LetterState.BOUNCED, None, None),
        *(LetterState.COMPLAINED, None),
    ]


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"detail": {}},
        {"detail": {"eventType": "Open", "mail": {"tags": {"outbox": ["a"]}}}},
        {"detail": {"eventType": "Send", "mail": {"tags": {}}}},
        an_event("Send", "not-ours"),
    ],
)
def test_news_of_something_else_is_no_news(cloud, event):
    assert letters.note_event(event) is None


def test_a_trial_writes_to_its_own_mailbox_and_says_for_whom(cloud, now, monkeypatch):
    monkeypatch.setenv("TEST_MAILBOX", "trial@sightline.example")
    settings.current.cache_clear()
    delivered(posted(now), now)
    (mail,) = sent()
    assert mail.destinations["ToAddresses"] == ["trial@sightline.example"]
    assert "<p>Trial run: this letter was for abc.</p>\n<p>Hello Ann," in mail.body
    assert ADDRESS not in str(vars(mail))


def test_a_trial_writes_to_the_addresses_it_is_allowed_to(cloud, now, monkeypatch):
    monkeypatch.setenv("TEST_MAILBOX", "trial@sightline.example")
    monkeypatch.setenv("LETTER_ALLOW_LIST", f"other@example.com, {ADDRESS}")
    settings.current.cache_clear()
    delivered(posted(now), now)
    assert [mail.destinations["ToAddresses"] for mail in sent()] == [[ADDRESS]]


def test_links_in_a_letter_work_by_the_time_it_is_read(cloud, now):
    def with_link(row, transaction, now):
        token = links.issue(transaction, purpose="manage", subject="abc", lives=LOST, now=now)
        with_link.token = token
        return to_ann(row, transaction, now)

    delivered(posted(now), now, with_link)
    assert links.open_link(with_link.token, "manage", now=now).subject == "abc"


def test_a_letter_that_has_to_wait_wakes_nobody_and_leaves_when_it_is_due(cloud, now):
    later = now + timedelta(hours=9)
    outbox_id = posted(now, not_before=later)
    assert "Messages" not in cloud("sqs").receive_message(QueueUrl=QUEUE)
    assert delivered(outbox_id, later - timedelta(seconds=1)) is None
    assert (letters.wake_due(now=later - timedelta(seconds=1)), sent()) == (0, [])
    assert letters.wake_due(now=later) == 1
    assert [delivered(outbox_id, later) for _ in range(2)] == [LetterState.SENT, None]


def test_waiting_until_a_moment_that_has_passed_is_not_waiting(cloud, now):
    outbox_id = posted(now, not_before=now - timedelta(hours=1))
    (message,) = cloud("sqs").receive_message(QueueUrl=QUEUE)["Messages"]
    assert message["Body"] == outbox_id
    assert delivered(outbox_id, now) == LetterState.SENT


def test_a_new_letter_does_not_wait_for_a_mailers_clock_that_is_behind(cloud, now):
    assert delivered(posted(now), now - timedelta(seconds=30)) == LetterState.SENT


def test_a_letter_that_waited_is_tried_as_often_as_any_other(ses, cloud, now):
    later = now + timedelta(hours=9)
    outbox_id = posted(now, not_before=later)
    refusing(ses, "TooManyRequestsException", 429)
    assert delivered(outbox_id, later) == LetterState.QUEUED
    ses.deactivate()
    assert delivered(outbox_id, later + RETRY_AFTER) == LetterState.SENT
