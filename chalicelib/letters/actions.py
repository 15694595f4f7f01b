"""Posting letters, and what becomes of them afterwards."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from chalicelib.aws import queue
from chalicelib.aws.transaction import Transaction
from chalicelib.errors import StateConflict
from chalicelib.letters import store
from chalicelib.letters.model import LetterState, MailEvent, OutboxRow
from chalicelib.letters.rendering import LETTERS
from chalicelib.links import new_id

NEWS = {
    "Send": LetterState.SENT,
    "Delivery": LetterState.DELIVERED,
    "Bounce": LetterState.BOUNCED,
    "Complaint": LetterState.COMPLAINED,
}


def post(  # noqa: PLR0913 - a letter has a kind, a recipient and subjects; all keyword-only
    transaction: Transaction,
    letter: str,
    *,
    recipient: str,
    subject_ids: Mapping[str, str],
    now: datetime,
    not_before: datetime | None = None,
    sealed: bytes | None = None,
) -> str:
    """Put a letter in the outbox in the same transaction as its cause; return its id.

    It leaves at once, or when `not_before` has come: then the sweep wakes the mailer.
    """
    due_at = max(now, not_before or now)
    if letter not in LETTERS:
        raise TypeError(f"no letter is called {letter}")
    row = OutboxRow(
        id=new_id(),
        version=1,
        letter=letter,
        recipient=recipient,
        subject_ids=subject_ids,
        state=LetterState.QUEUED,
        attempts=0,
        created_at=now,
        due_at=due_at,
        sealed=sealed,
    )
    store.put(transaction, row)
    if due_at <= now:
        transaction.afterwards(lambda: queue.wake(row.id))
    return row.id


def note_event(event: Mapping[str, Any]) -> MailEvent | None:
    """Note an SES event, in whatever order it comes; None if it is no news of ours.

    The same event again is told again: whoever acted on it may have died before the end.
    """
    detail = event.get("detail", event)
    state = NEWS.get(detail.get("eventType", ""))
    outbox_ids = detail.get("mail", {}).get("tags", {}).get("outbox", [])
    if state is None or not outbox_ids:
        return None
    try:
        row = store.advance(outbox_ids[0], state)
    except StateConflict:
        again = store.get(outbox_ids[0])
        if again is None or again.state != state:
            return None
        row = again
    return MailEvent(row, permanent=_is_permanent(detail))


def _is_permanent(detail: Mapping[str, Any]) -> bool:
    return bool(detail.get("bounce", {}).get("bounceType") == "Permanent")


def by_state() -> Mapping[str, int]:
    """Count the letters of the last 90 days by what became of them; for the sweep alone."""
    return store.states()


def wake_due(*, now: datetime) -> int:
    """Wake the mailer for each letter that should have left by now; return how many."""
    waiting = store.due(now)
    for outbox_id in waiting:
        queue.wake(outbox_id)
    return len(waiting)
