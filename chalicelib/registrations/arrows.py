"""One arrow of the state machine: the new item and its audit entry in one transaction."""

from dataclasses import replace
from datetime import datetime

from chalicelib import audit, cameras
from chalicelib.aws.transaction import Transaction
from chalicelib.cameras.model import Camera
from chalicelib.registrations import store
from chalicelib.registrations.model import Registration, State

PUBLIC = "public"
SWEEP = "system:sweep"


def owner(registration: Registration) -> str:
    """Name the owner as an actor in the audit trail."""
    return f"owner:{registration.id}"


def chain(registration: Registration) -> str:
    return f"registration#{registration.id}"


def step(  # noqa: PLR0913 - from what to what, by whom, when: all keyword-only
    transaction: Transaction,
    before: Registration,
    after: Registration,
    event: str,
    *,
    actor: str,
    now: datetime,
    **detail: object,
) -> Registration:
    """Write `after` with the next version, if `before` is still what the table holds."""
    after = replace(after, version=before.version + 1)
    store.put(transaction, before, after, now)
    audit.record(
        transaction, event, chain=chain(after), actor=actor, now=now, case_number=None, **detail
    )
    return after


def erased(registration: Registration, merged_into: str | None = None) -> Registration:
    """Return what is left of a registration: its id, its version and when it began."""
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
        camera_ids=(),
        merged_into=merged_into,
    )


def erase(
    transaction: Transaction,
    registration: Registration,
    event: str,
    *,
    actor: str,
    now: datetime,
    **detail: object,
) -> Registration:
    """Remove everything personal, cameras included, and leave a tombstone."""
    for camera in cameras.get(registration.camera_ids):
        cameras.remove(transaction, camera)
    store.put_tombstone(transaction, registration.id, event, now)
    return step(
        transaction, registration, erased(registration), event, actor=actor, now=now, **detail
    )


def show_cameras(transaction: Transaction, registration: Registration, now: datetime) -> None:
    """Let officers find the registration's cameras."""
    for camera in _cameras(registration):
        cameras.show(transaction, camera, now=now)


def hide_cameras(transaction: Transaction, registration: Registration, now: datetime) -> None:
    """Take the registration's cameras out of every search."""
    for camera in _cameras(registration):
        cameras.hide(transaction, camera, now=now)


def _cameras(registration: Registration) -> tuple[Camera, ...]:
    return cameras.get(registration.camera_ids)
