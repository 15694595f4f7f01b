"""Letting the cameras follow their registration, however many there are.

A registration may have five hundred cameras and a transaction a hundred actions. So the state
changes first, together with as many cameras as fit; the rest follows in further transactions, each
of which holds only while the state is still the one they follow. Until the last of them the
registration is marked, and whatever a crash leaves behind the sweep finishes.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from chalicelib import cameras
from chalicelib.aws.transaction import Transaction
from chalicelib.cameras import Camera
from chalicelib.errors import StateConflict
from chalicelib.registrations import store
from chalicelib.registrations.model import Registration, State

TRIES = 5


def begin(
    transaction: Transaction, registration: Registration, *, reserve: int, now: datetime
) -> Registration:
    """Add what fits, leave `reserve` actions free, and return whether that settles it."""
    todo = _astray(registration)
    fits = todo[: max(transaction.room - reserve, 0)]
    _follow(transaction, registration, fits, now)
    return _marked(registration, settled=len(fits) == len(todo))


def finish(registration: Registration, *, now: datetime) -> Registration:
    """Let the cameras that are left follow; what somebody else changes meanwhile is theirs."""
    tries = 0
    while not registration.settled and tries < TRIES:
        try:
            registration = _some_more(registration, now)
        except StateConflict:  # a camera or the registration has just been changed
            if not store.is_at(registration):
                return registration
            tries += 1
    return registration


def resume(registration_id: str, *, now: datetime) -> None:
    """Go on where a call was broken off."""
    registration = store.glance(registration_id)
    if registration is not None:
        finish(registration, now=now)


def _some_more(registration: Registration, now: datetime) -> Registration:
    transaction = Transaction()
    todo = _astray(registration)
    fits = todo[: transaction.room - 1]
    _follow(transaction, registration, fits, now)
    after = _marked(registration, settled=len(fits) == len(todo))
    if after.settled:
        store.settle(transaction, after, now)
    else:
        store.still(transaction, registration)
    transaction.commit()
    return after


def _marked(registration: Registration, *, settled: bool) -> Registration:
    gone = settled and registration.state is State.ERASED
    camera_ids = () if gone else registration.camera_ids
    return replace(registration, settled=settled, camera_ids=camera_ids)


def _astray(registration: Registration) -> list[Camera]:
    """Return the cameras that are not yet as the registration's state wants them."""
    owned = cameras.get(registration.camera_ids)
    if registration.state is State.ERASED:
        return [camera for camera in owned if camera.registration_id == registration.id]
    wanted = (registration.id, registration.visible)
    return [camera for camera in owned if (camera.registration_id, camera.visible) != wanted]


def _follow(
    transaction: Transaction, registration: Registration, astray: Iterable[Camera], now: datetime
) -> None:
    for camera in astray:
        if registration.state is State.ERASED:
            cameras.remove(transaction, camera)
        else:
            cameras.move_to(
                transaction, camera, registration.id, visible=registration.visible, now=now
            )
