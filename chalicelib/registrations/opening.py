"""Opening an entry for a coordinator: only by its reference, only for a reason, always recorded."""

from datetime import datetime, timedelta

from chalicelib import audit, limits
from chalicelib.aws.transaction import Transaction
from chalicelib.errors import InvalidInput
from chalicelib.registrations import arrows, references, store
from chalicelib.registrations.model import Registration, State

REASONS = {
    "owner_calls": "The owner calls",
    "owner_writes": "The owner has written",
    "letter_back": "A letter came back",
    "paper_form": "Completing a paper form",
}
ACTING = "acting"
"""What is recorded for each deed on an entry that was opened before."""
TRIES_AN_HOUR = 120
"""Each deed on an entry counts: one phone call may take five."""
HOUR = timedelta(hours=1)


def opened(text: str, reason: str, *, officer_id: str, now: datetime) -> Registration:
    """Return the entry a reference leads to; raise InvalidInput for `reference` or `reason`.

    Guessing references is slow, and what is read is recorded before anybody sees it.
    """
    if reason not in {*REASONS, ACTING}:
        raise InvalidInput(fields={"reason": "Select why you open this entry"})
    limits.count(f"reference#{officer_id}", most=TRIES_AN_HOUR, window=HOUR, now=now)
    known = references.find(text)
    registration = store.get(known) if known else None
    if registration is None or not (registration.live or registration.state is State.PENDING):
        sentence = "No entry has this reference. Ask again, or they have left already"
        raise InvalidInput(fields={"reference": sentence})
    transaction = Transaction()
    audit.record(
        transaction,
        "registration:view",
        chain=arrows.readings(registration),
        actor=f"officer:{officer_id}",
        now=now,
        reason=reason,
    )
    transaction.commit()
    return registration
