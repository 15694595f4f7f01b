"""Requests as they are after an officer has searched, chosen and sent."""

from datetime import timedelta

from chalicelib import footage_requests, jurisdictions, links
from chalicelib.aws.tables import OutboxItem
from chalicelib.aws.transaction import Transaction
from tests.incidents.builders import a_search, an_owner
from tests.officers.people import PAT

WORDS = {"what_happened": "A burglary took place nearby.", "looking_for": "A dark van."}


def sent(search, camera_ids, now, officer=PAT, **changes):
    given = {**WORDS, "reply_by": now + timedelta(days=5)} | changes
    return footage_requests.send(search.id, camera_ids, **given, officer=officer, now=now)


def a_request(now, *owners):
    """A request to these owners, or to one new owner."""
    owners = owners or (an_owner(now, "a@example.com"),)
    search = a_search(PAT, now)
    return sent(search, [camera for owner in owners for camera in owner.camera_ids], now)


def an_answer_link(request, registration, now, lives=None):
    """A link as the letter to this owner carries it."""
    transaction = Transaction()
    token = links.issue(
        transaction,
        purpose="answer",
        subject=f"{request.id}/{registration.id}",
        lives=lives or timedelta(days=jurisdictions.current().limits.request_open_days),
        now=now,
    )
    transaction.commit()
    return token


def letters_to(registration, letter):
    return [
        item
        for item in OutboxItem.scan()
        if (item.recipient, item.letter) == (registration.id, letter)
    ]
