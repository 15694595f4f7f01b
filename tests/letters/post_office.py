"""What the tests' SES has sent, and letters that need no registration."""

from moto.backends import get_backend

from chalicelib import letters
from chalicelib.aws.tables import OutboxItem
from chalicelib.aws.transaction import Transaction
from chalicelib.letters import AddedValues, LetterContext

ADDRESS = "ann@example.com"


def sent():
    """Every mail SES took, oldest first."""
    return get_backend("ses")["123456789012"]["us-east-1"].sent_messages


def posted(now, letter="camera_added", **changes):
    given = {"recipient": "abc", "subject_ids": {}, "now": now} | changes
    transaction = Transaction()
    outbox_id = letters.post(transaction, letter, **given)
    transaction.commit()
    return outbox_id


def to_ann(row, transaction, now):
    return LetterContext(ADDRESS, "Ann", AddedValues(camera="yard"))


def to_nobody(row, transaction, now):
    return None


def delivered(outbox_id, now, context=to_ann):
    row = letters.deliver(outbox_id, now=now, contexts={"camera_added": context})
    return row.state if row else None


def state_of(outbox_id):
    return OutboxItem.get(outbox_id).state


def an_event(kind, outbox_id, **more):
    """An SES event as EventBridge brings it."""
    detail = {"eventType": kind, "mail": {"tags": {"outbox": [outbox_id]}}} | more
    return {"source": "aws.ses", "detail": detail}
