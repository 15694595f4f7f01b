"""What owners do with their own registration while it is live."""

from dataclasses import replace
from datetime import datetime

from chalicelib import audit, cameras, letters
from chalicelib.aws.transaction import Transaction
from chalicelib.cameras.model import Camera, CameraDetails
from chalicelib.errors import NotFound, StateConflict
from chalicelib.registrations import arrows, store
from chalicelib.registrations.joining import check_details, check_room, count_letter
from chalicelib.registrations.model import Contact, Registration, State, checked, normalised


def change_contact(registration: Registration, contact: Contact, *, now: datetime) -> Registration:
    """Change name and phone at once; a new address only once it is confirmed from there."""
    before = _old_contact(registration)
    contact = checked(contact)
    transaction = Transaction()
    after = replace(registration, contact=replace(contact, email=before.email))
    if normalised(contact.email) != normalised(before.email):
        count_letter(store.digest_of(contact.email), now)
        after = replace(after, new_contact=contact)
        letters.post(
            transaction,
            "confirm",
            recipient=registration.id,
            subject_ids={"address": "new"},
            now=now,
        )
    fields = ("name", "phone")
    changed = [name for name in fields if getattr(contact, name) != getattr(before, name)]
    if after.new_contact != registration.new_contact:
        changed.append("new_email")
    after = _change(transaction, registration, after, now, changed)
    transaction.commit()
    return after


def add_camera(
    registration: Registration, details: CameraDetails, *, now: datetime
) -> Registration:
    """Add one more camera; it can be found at once if the registration is active."""
    _must_be_live(registration)
    check_details(details)
    transaction = Transaction()
    camera = cameras.add(
        transaction, registration.id, details, visible=registration.visible, now=now
    )
    camera_ids = (*registration.camera_ids, camera.id)
    check_room(camera_ids)
    after = arrows.step(
        transaction,
        registration,
        replace(registration, camera_ids=camera_ids),
        "registration:add_camera",
        actor=arrows.owner(registration),
        now=now,
        camera_id=camera.id,
    )
    transaction.commit()
    return after


def change_camera(
    registration: Registration, camera_id: str, details: CameraDetails, *, now: datetime
) -> Registration:
    """Change where a camera is or what it sees."""
    camera = _own_camera(registration, camera_id)
    check_details(details)
    transaction = Transaction()
    cameras.change(transaction, camera, details, now=now)
    after = _change(transaction, registration, registration, now, [f"camera:{camera_id}"])
    transaction.commit()
    return after


def remove_camera(registration: Registration, camera_id: str, *, now: datetime) -> Registration:
    """Remove a camera and all we know of it."""
    camera = _own_camera(registration, camera_id)
    transaction = Transaction()
    cameras.remove(transaction, camera)
    left = tuple(one for one in registration.camera_ids if one != camera_id)
    after = arrows.step(
        transaction,
        registration,
        replace(registration, camera_ids=left),
        "registration:remove_camera",
        actor=arrows.owner(registration),
        now=now,
        camera_id=camera_id,
    )
    transaction.commit()
    return after


def pause(registration: Registration, *, now: datetime, actor: str = "") -> Registration:
    """Hide the cameras until the owner resumes; already paused: nothing to do."""
    if registration.state is State.PAUSED:
        return registration
    _must_be_live(registration)
    transaction = Transaction()
    arrows.hide_cameras(transaction, registration, now)
    after = _turn(transaction, registration, State.PAUSED, now, actor)
    transaction.commit()
    return after


def resume(registration: Registration, *, now: datetime) -> Registration:
    """Let the cameras be found again; already active: nothing to do."""
    if registration.state is State.ACTIVE:
        return registration
    _must_be_live(registration)
    transaction = Transaction()
    arrows.show_cameras(transaction, registration, now)
    after = _turn(transaction, registration, State.ACTIVE, now, "")
    transaction.commit()
    return after


def suppress(registration_id: str, *, now: datetime, actor: str) -> None:
    """Pause whoever said "do not ask me again", or whose address does not exist any more."""
    registration = store.get(registration_id)
    if registration is not None and registration.visible:
        pause(registration, now=now, actor=actor)


def record_download(registration: Registration, *, now: datetime) -> None:
    """Record that the owner took a copy of everything we hold."""
    transaction = Transaction()
    audit.record(
        transaction,
        "registration:download",
        chain=arrows.chain(registration),
        actor=arrows.owner(registration),
        now=now,
    )
    transaction.commit()


def _turn(
    transaction: Transaction, registration: Registration, state: State, now: datetime, actor: str
) -> Registration:
    event = "registration:resume" if state is State.ACTIVE else "registration:pause"
    return arrows.step(
        transaction,
        registration,
        replace(registration, state=state),
        event,
        actor=actor or arrows.owner(registration),
        now=now,
    )


def _change(
    transaction: Transaction,
    before: Registration,
    after: Registration,
    now: datetime,
    changed: list[str],
) -> Registration:
    return arrows.step(
        transaction,
        before,
        after,
        "registration:change",
        actor=arrows.owner(before),
        now=now,
        changed=changed,
    )


def _must_be_live(registration: Registration) -> None:
    if not registration.live:
        raise StateConflict


def _old_contact(registration: Registration) -> Contact:
    _must_be_live(registration)
    if registration.contact is None:
        raise StateConflict
    return registration.contact


def _own_camera(registration: Registration, camera_id: str) -> Camera:
    _must_be_live(registration)
    if camera_id not in registration.camera_ids:
        raise NotFound
    for camera in cameras.get((camera_id,)):
        return camera
    raise NotFound
