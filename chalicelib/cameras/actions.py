"""What can be done with cameras; each change goes into its caller's transaction."""

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from chalicelib.aws.transaction import Transaction
from chalicelib.cameras import clocks, density, store
from chalicelib.cameras.model import Camera, CameraDetails
from chalicelib.geo import geohash
from chalicelib.links.ids import new_id

__all__ = ["add", "change", "get", "hide", "move_to", "registrations_of", "remove", "show"]


def add(
    transaction: Transaction,
    registration_id: str,
    details: CameraDetails,
    *,
    visible: bool,
    now: datetime,
) -> Camera:
    """Register a new camera; its place is kept to 2 cm."""
    camera = Camera(
        id=new_id(),
        registration_id=registration_id,
        version=1,
        created_at=now,
        visible=visible,
        **_fields(details),
    )
    store.put_new(transaction, camera)
    density.note(transaction, None, camera, now)
    return camera


def change(
    transaction: Transaction, camera: Camera, details: CameraDetails, *, now: datetime
) -> Camera:
    """Replace all that its owner says of the camera; without a new clock check the old stays."""
    check = clocks.after(camera.clock, details.clock)
    after = replace(camera, **_fields(replace(details, clock=check)))
    return _replaced(transaction, camera, after, now)


def show(transaction: Transaction, camera: Camera, *, now: datetime) -> Camera:
    """Let searches find the camera."""
    return _replaced(transaction, camera, replace(camera, visible=True), now)


def hide(transaction: Transaction, camera: Camera, *, now: datetime) -> Camera:
    """Take the camera out of the index, which takes it out of all searches."""
    return _replaced(transaction, camera, replace(camera, visible=False), now)


def move_to(
    transaction: Transaction,
    camera: Camera,
    registration_id: str,
    *,
    visible: bool,
    now: datetime,
) -> Camera:
    """Hand the camera to another registration of the same person."""
    after = replace(camera, registration_id=registration_id, visible=visible)
    return _replaced(transaction, camera, after, now)


def remove(transaction: Transaction, camera: Camera) -> None:
    """Delete the camera for good."""
    store.delete(transaction, camera)
    density.note(transaction, camera, None, None)


def get(camera_ids: Iterable[str]) -> tuple[Camera, ...]:
    """Return these cameras as of all finished writes; those that are gone are left out."""
    return store.read(camera_ids)


def registrations_of(camera_ids: Iterable[str]) -> dict[str, str]:
    """Return the registration of each of these cameras that searches may find, by camera id."""
    return store.registrations_of(camera_ids)


def _replaced(transaction: Transaction, before: Camera, after: Camera, now: datetime) -> Camera:
    after = replace(after, version=before.version + 1)
    store.replace(transaction, before, after)
    density.note(transaction, before, after, now)
    return after


def _fields(details: CameraDetails) -> dict[str, Any]:
    """Return the details, the place moved to the centre of its cell of at most 4 by 2 cm."""
    values = {field.name: getattr(details, field.name) for field in fields(details)}
    return values | {"point": geohash.decode(geohash.encode(details.point))}
