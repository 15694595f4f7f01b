"""Leaving: hidden at once, the contact erased in the same moment, the rest within a day.

Backups keep what they hold until they are overwritten; the tombstone says who must not be
brought back by restoring one. Links die with their registration: whoever opens one checks it.
"""

from dataclasses import replace
from datetime import datetime

from chalicelib import letters
from chalicelib.aws.transaction import Transaction
from chalicelib.errors import StateConflict
from chalicelib.registrations import arrows, store
from chalicelib.registrations.model import Registration, State

ENDED = frozenset({State.WITHDRAWN, State.ERASED})


def leave(registration: Registration, *, now: datetime) -> Registration:
    """Leave for good; the last letter goes to a sealed copy of the address that dies with it.

    The caller also ends what the owner was asked (`evidence.owner_left`); the sweep repeats that
    before the rest is erased.
    """
    if registration.state in ENDED or registration.contact is None:
        raise StateConflict
    transaction = Transaction()
    arrows.hide_cameras(transaction, registration, now)
    if registration.live:
        store.delete_address(transaction, registration)
    letters.post(
        transaction,
        "left",
        recipient=registration.id,
        subject_ids={},
        now=now,
        sealed=store.seal(registration.id, registration.contact),
    )
    after = arrows.step(
        transaction,
        registration,
        replace(registration, state=State.WITHDRAWN, contact=None, new_contact=None),
        "registration:leave",
        actor=arrows.owner(registration),
        now=now,
        camera_ids=registration.camera_ids,
    )
    transaction.commit()
    return after


def left(*, now: datetime) -> tuple[str, ...]:
    """Return the ids of those who left and are not erased yet."""
    return store.due(store.LEFT, now)


def erase_due(*, now: datetime) -> int:
    """Erase who left and what was never confirmed in time; return how many."""
    due = left(now=now) + store.due(store.UNCONFIRMED, now)
    return sum(_erase(registration_id, now) for registration_id in due)


def _erase(registration_id: str, now: datetime) -> bool:
    registration = store.glance(registration_id)
    if registration is None or registration.state not in {State.PENDING, State.WITHDRAWN}:
        return False
    transaction = Transaction()
    _erase_step(transaction, registration, now)
    try:
        transaction.commit()
    except StateConflict:  # confirmed or erased a moment ago: the next sweep looks again
        return False
    return True


def _erase_step(transaction: Transaction, registration: Registration, now: datetime) -> None:
    if registration.state is State.PENDING:
        arrows.erase(transaction, registration, "registration:expire", actor=arrows.SWEEP, now=now)
        return
    arrows.erase(
        transaction,
        registration,
        "registration:erase",
        actor=arrows.SWEEP,
        now=now,
        reason="left",
    )
