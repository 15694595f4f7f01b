"""After a restore: whoever a backup brought back is erased again.

The tombstones themselves are never restored: they outlive every backup, and what they say is
younger than what any backup holds.
"""

from collections.abc import Callable, Iterator
from datetime import datetime

from chalicelib.aws.transaction import Transaction
from chalicelib.registrations import arrows, store
from chalicelib.registrations.confirming import MERGED
from chalicelib.registrations.model import State

OPERATOR = "system:restore"


def replay_tombstones(
    now: datetime, ending: Callable[[str], None] = lambda _: None
) -> tuple[str, ...]:
    """Erase everybody who has a tombstone and is there again; return their ids.

    `ending` closes what an owner is still part of, as for somebody who leaves. May be repeated.
    """
    back = tuple(_brought_back())
    for registration_id in back:
        ending(registration_id)
        _erase(registration_id, now)
    return back


def _brought_back() -> Iterator[str]:
    for registration_id, reason in store.tombstones():
        registration = store.glance(registration_id)
        # One that was merged did not end: its owner takes part, and an old link confirms nothing.
        there = registration is not None and registration.state is not State.ERASED
        if there and reason != MERGED:
            yield registration_id


def _erase(registration_id: str, now: datetime) -> None:
    registration = store.get(registration_id)
    if registration is None:
        return
    transaction = Transaction()
    after = arrows.erase(
        transaction,
        registration,
        "registration:erase",
        actor=OPERATOR,
        now=now,
        reason="restored",
    )
    arrows.commit(transaction, after, now=now)
