"""Leaving: hidden at once, the contact erased in the same moment, the rest within a day.

Backups keep what they hold until they are overwritten; the tombstone says who must not be
brought back by restoring one (see `restoring`). Links die with their registration: whoever opens
one checks it.
"""

from dataclasses import replace
from datetime import datetime

from chalicelib import letters
from chalicelib.aws.transaction import Transaction
from chalicelib.errors import InvalidInput, StateConflict
from chalicelib.officers.model import Officer
from chalicelib.registrations import arrows, store
from chalicelib.registrations.model import Registration, State

ENDED = frozenset({State.WITHDRAWN, State.ERASED})
BY_OWNER = "owner"
PILOT_ENDED = "pilot_ended"
REASONS = ("phone", "letter", "in_person", "moved", "not_the_owner", "died")
"""Why a coordinator may end an entry for somebody; the audit log keeps which it was."""


def leave(registration: Registration, *, now: datetime) -> Registration:
    """Leave for good; the last letter goes to a sealed copy of the address that dies with it.

    The caller also ends what the owner was asked (`evidence.owner_left`); the sweep repeats that
    before the rest is erased.
    """
    return _leave(registration, actor=arrows.owner(registration), reason=BY_OWNER, now=now)


def withdraw_for(
    registration: Registration, *, officer: Officer, reason: str, now: datetime
) -> Registration:
    """Leave for somebody who said so on the phone or in a letter, or who cannot say it any more."""
    if reason not in REASONS:
        raise InvalidInput(fields={"reason": "Choose how you know that this person leaves."})
    return _leave(registration, actor=officer.actor, reason=reason, now=now)


def leave_at_end(registration: Registration, *, now: datetime) -> Registration:
    """Leave for somebody who has not chosen to stay after a test run."""
    return _leave(registration, actor=arrows.SWEEP, reason=PILOT_ENDED, now=now)


def _leave(registration: Registration, *, actor: str, reason: str, now: datetime) -> Registration:
    if registration.state in ENDED or registration.contact is None:
        raise StateConflict
    transaction = Transaction()
    if registration.live:
        store.delete_address(transaction, registration)
    if registration.contact.email:
        letters.post(
            transaction,
            "left",
            recipient=registration.id,
            subject_ids={"language": registration.language},
            now=now,
            sealed=store.seal(registration.id, registration.contact),
        )
    after = arrows.step(
        transaction,
        registration,
        replace(registration, state=State.WITHDRAWN, contact=None, new_contact=None),
        "registration:leave",
        actor=actor,
        now=now,
        camera_ids=registration.camera_ids,
        reason=reason,
    )
    return arrows.commit(transaction, after, now=now)
