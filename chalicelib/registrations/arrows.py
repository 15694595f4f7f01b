"""One arrow of the state machine: the new item and its audit entry in one transaction.

`step` comes last in its transaction: it adds as many of the cameras as still fit. `commit` writes
it and lets the other cameras follow.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from chalicelib import audit, pilots
from chalicelib.aws.transaction import Transaction
from chalicelib.registrations import references, settling, store
from chalicelib.registrations.model import Registration, State

PUBLIC = "public"
SWEEP = "system:sweep"
OWN_ACTIONS = 3
"""The registration, its audit entry and the head of that chain."""


def owner(registration: Registration) -> str:
    """Name the owner as an actor in the audit trail."""
    return f"owner:{registration.id}"


def chain(registration: Registration) -> str:
    return f"registration#{registration.id}"


def readings(registration: Registration) -> str:
    """Name the chain of those who read an entry, which changes nothing and so is no arrow."""
    return f"reading#{registration.id}"


def step(  # noqa: PLR0913 - from what to what, by whom, when: all keyword-only
    transaction: Transaction,
    before: Registration,
    after: Registration,
    event: str,
    *,
    actor: str,
    now: datetime,
    reserve: int = 0,
    **detail: object,
) -> Registration:
    """Write `after` with the next version, if `before` is still what the table holds."""
    if _moves_cameras(before, after):
        after = settling.begin(transaction, after, reserve=OWN_ACTIONS + reserve, now=now)
    entry = audit.record(
        transaction, event, chain=chain(after), actor=actor, now=now, case_number=None, **detail
    )
    after = replace(after, version=entry.seq)
    store.put(transaction, before, after, now)
    return after


def commit(transaction: Transaction, after: Registration, *, now: datetime) -> Registration:
    """Write the arrow, then whatever of its cameras did not fit."""
    transaction.commit()
    return settling.finish(after, now=now)


def _moves_cameras(before: Registration, after: Registration) -> bool:
    return (
        before.visible != after.visible
        or before.camera_ids != after.camera_ids
        or after.state is State.ERASED
        or not before.settled
    )


def erased(registration: Registration, merged_into: str | None = None) -> Registration:
    """Return what is left of a registration: its id, its version and when it began.

    The ids of its cameras stay until those are gone.
    """
    return Registration(
        id=registration.id,
        state=State.ERASED,
        version=registration.version,
        created_at=registration.created_at,
        confirmed_at=None,
        kind=None,
        source="",
        notice_version="",
        notice_hash="",
        language="",
        contact=None,
        camera_ids=registration.camera_ids,
        merged_into=merged_into,
    )


def erase(  # noqa: PLR0913 - what, why, by whom and when: all keyword-only but three
    transaction: Transaction,
    registration: Registration,
    event: str,
    *,
    actor: str,
    now: datetime,
    reason: str | None = None,
) -> Registration:
    """Remove everything personal, cameras included, and leave a tombstone."""
    if registration.contact and store.live_id_of(registration.contact.email) == registration.id:
        store.delete_address(transaction, registration)
    references.delete(transaction, registration.id)
    pilots.leave_cohort(transaction, registration.id)
    store.put_tombstone(transaction, registration.id, reason or "expired", now)
    detail: dict[str, Any] = {"reason": reason} if reason else {}
    return step(
        transaction, registration, erased(registration), event, actor=actor, now=now, **detail
    )
