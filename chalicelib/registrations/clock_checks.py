"""Keeping what an owner found when they compared a recorder's clock, for cameras of theirs."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from chalicelib import cameras
from chalicelib.aws.transaction import Transaction
from chalicelib.cameras import Camera
from chalicelib.cameras.clocks import ClockCheck
from chalicelib.errors import StateConflict
from chalicelib.registrations import arrows
from chalicelib.registrations.model import Registration

AT_ONCE = 40
"""One recorder serves dozens of cameras at most; a transaction takes a hundred actions."""


def record_clock_check(
    registration: Registration, camera_ids: Iterable[str], check: ClockCheck, *, now: datetime
) -> Registration:
    """Keep the check with these cameras, as far as they are the owner's.

    Each forty cameras are one transaction with its audit entry. After a crash between two of them
    some cameras have the check and the others what they had: each is true.
    """
    if not registration.live:
        raise StateConflict
    own = [camera_id for camera_id in camera_ids if camera_id in registration.camera_ids]
    for start in range(0, len(own), AT_ONCE):
        some = cameras.get(own[start : start + AT_ONCE])
        registration = _recorded(registration, some, check, now)
    return registration


def _recorded(
    registration: Registration, some: Iterable[Camera], check: ClockCheck, now: datetime
) -> Registration:
    transaction = Transaction()
    changed = []
    for camera in some:
        cameras.change(transaction, camera, replace(camera.details, clock=check), now=now)
        changed.append(f"clock:{camera.id}")
    after = arrows.step(
        transaction,
        registration,
        registration,
        "registration:change",
        actor=arrows.owner(registration),
        now=now,
        changed=changed,
    )
    transaction.commit()
    return after
