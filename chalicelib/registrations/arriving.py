"""Cameras of a long form or list: brought in batches, and part of nothing before all are there.

The last batch goes into the transaction that makes them somebody's. If that never comes, the note
that names the others leads the sweep to them: whoever sent the form was told to try again.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from chalicelib import cameras
from chalicelib.aws.transaction import Transaction
from chalicelib.cameras import CameraDetails
from chalicelib.links import new_id
from chalicelib.registrations import store

BATCH = 60
"""Leaves room in the last transaction for the registration itself and for settling."""
OVERDUE = timedelta(hours=1)


def bring(
    transaction: Transaction,
    registration_id: str,
    *,
    camera_details: Sequence[CameraDetails],
    visible: bool,
    now: datetime,
) -> tuple[str, ...]:
    """Add the cameras, the last of them in `transaction`; return the ids in order."""
    first, last = camera_details[:-BATCH], camera_details[-BATCH:]
    note, brought = f"arriving#{new_id()}", list[str]()
    for start in range(0, len(first), BATCH):
        ahead = Transaction()
        batch = first[start : start + BATCH]
        brought += _add(ahead, registration_id, batch, visible=False, now=now)
        store.put_arriving(ahead, note, brought, due_at=now + OVERDUE)
        ahead.commit()
    if brought:
        store.delete_arriving(transaction, note)
    return (*brought, *_add(transaction, registration_id, last, visible=visible, now=now))


def _add(
    transaction: Transaction,
    registration_id: str,
    camera_details: Sequence[CameraDetails],
    *,
    visible: bool,
    now: datetime,
) -> list[str]:
    return [
        cameras.add(transaction, registration_id, details, visible=visible, now=now).id
        for details in camera_details
    ]


def clear(note: str) -> None:
    """Remove what arrived in part; a call that is still bringing the rest then fails whole."""
    found = store.arriving(note)
    for start in range(0, len(found), BATCH):
        transaction = Transaction()
        for camera in cameras.get(found[start : start + BATCH]):
            cameras.remove(transaction, camera)
        store.still_arriving(transaction, note)
        transaction.commit()
    transaction = Transaction()
    store.delete_arriving(transaction, note)
    transaction.commit()
