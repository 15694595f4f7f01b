"""What owners do with their own registration while it is live.

Whoever changes something has looked at the entry, so each change also says that it is still right.
"""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import datetime

from chalicelib import audit, cameras, letters
from chalicelib.aws.transaction import Transaction
from chalicelib.cameras.model import Camera, CameraDetails
from chalicelib.errors import NotFound, StateConflict
from chalicelib.registrations import arriving, arrows, forms, settling, store
from chalicelib.registrations.model import (
    Contact,
    Reach,
    Registration,
    State,
    normalised,
    renewed,
)


def change_contact(
    registration: Registration, contact: Contact, *, now: datetime, actor: str = ""
) -> Registration:
    """Change all but the address at once; a new address only once it is confirmed from there."""
    before = _old_contact(registration)
    contact = forms.check_contact(contact)
    transaction = Transaction()
    unconfirmed = contact.reach is Reach.EMAIL and not before.email
    reach = before.reach if unconfirmed else contact.reach
    kept = replace(contact, email=before.email, reach=reach)
    after = replace(registration, contact=kept, reach=reach)
    if contact.email and normalised(contact.email) != normalised(before.email):
        forms.count_letter(contact.email, now)
        after = replace(after, new_contact=contact)
        letters.post(
            transaction,
            "confirm",
            recipient=registration.id,
            subject_ids={"address": "new"},
            now=now,
        )
    names = [field.name for field in fields(Contact) if field.name != "email"]
    changed = [name for name in names if getattr(contact, name) != getattr(before, name)]
    if after.new_contact != registration.new_contact:
        changed.append("new_email")
    after = _change(transaction, registration, after, now, changed, actor)
    return arrows.commit(transaction, after, now=now)


def add_camera(
    registration: Registration, details: CameraDetails, *, now: datetime, actor: str = ""
) -> Registration:
    """Add one more camera; it can be found at once if the registration is active."""
    return add_cameras(registration, (details,), now=now, actor=actor)


def add_cameras(
    registration: Registration,
    camera_details: Sequence[CameraDetails],
    *,
    now: datetime,
    actor: str = "",
) -> Registration:
    """Add a whole list of cameras, or none of them."""
    if not _on_paper(registration):
        _must_be_live(registration)
    forms.check_all(camera_details)
    forms.check_room((*registration.camera_ids, *camera_details))
    transaction = Transaction()
    camera_ids = arriving.bring(
        transaction,
        registration.id,
        camera_details=camera_details,
        visible=registration.visible,
        now=now,
    )
    more = replace(registration, camera_ids=registration.camera_ids + camera_ids)
    after = arrows.step(
        transaction,
        registration,
        renewed(more, now) if registration.live else more,
        "registration:add_camera",
        actor=actor or arrows.owner(registration),
        now=now,
        camera_ids=camera_ids,
    )
    return arrows.commit(transaction, after, now=now)


def change_camera(
    registration: Registration, camera_id: str, details: CameraDetails, *, now: datetime
) -> Registration:
    """Change where a camera is or what it sees."""
    registration = settling.finish(registration, now=now)
    camera = _own_camera(registration, camera_id)
    forms.check_details(details)
    transaction = Transaction()
    cameras.change(transaction, camera, details, now=now)
    after = _change(transaction, registration, registration, now, [f"camera:{camera_id}"])
    return arrows.commit(transaction, after, now=now)


def remove_camera(
    registration: Registration, camera_id: str, *, now: datetime, actor: str = ""
) -> Registration:
    """Remove a camera and all we know of it."""
    camera = _own_camera(registration, camera_id)
    transaction = Transaction()
    cameras.remove(transaction, camera)
    left = tuple(one for one in registration.camera_ids if one != camera_id)
    after = arrows.step(
        transaction,
        registration,
        renewed(replace(registration, camera_ids=left), now),
        "registration:remove_camera",
        actor=actor or arrows.owner(registration),
        now=now,
        camera_id=camera_id,
    )
    return arrows.commit(transaction, after, now=now)


def pause(registration: Registration, *, now: datetime, actor: str = "") -> Registration:
    """Hide the cameras until the owner resumes; already paused: nothing to do."""
    if registration.state is State.PAUSED:
        return registration
    if not registration.visible:
        raise StateConflict
    after = replace(renewed(registration, now), state=State.PAUSED)
    return _turn(registration, after, "registration:pause", now, actor)


def resume(registration: Registration, *, now: datetime, actor: str = "") -> Registration:
    """Let the cameras be found again; already so: nothing to do."""
    if registration.visible:
        return registration
    if registration.state is not State.PAUSED:
        raise StateConflict
    after = replace(renewed(registration, now), state=State.ACTIVE, unreachable_since=None)
    return _turn(registration, after, "registration:resume", now, actor)


def suppress(registration_id: str, *, now: datetime, actor: str) -> None:
    """Pause whoever said "do not ask me again"."""
    registration = store.get(registration_id)
    if registration is not None and registration.visible:
        pause(registration, now=now, actor=actor)


def record_download(registration: Registration, *, now: datetime, actor: str = "") -> None:
    """Record that the owner took, or was sent, a copy of everything we hold."""
    transaction = Transaction()
    audit.record(
        transaction,
        "registration:download",
        chain=arrows.readings(registration),
        actor=actor or arrows.owner(registration),
        now=now,
    )
    transaction.commit()


def _turn(
    before: Registration, after: Registration, event: str, now: datetime, actor: str
) -> Registration:
    transaction = Transaction()
    after = arrows.step(
        transaction, before, after, event, actor=actor or arrows.owner(before), now=now
    )
    return arrows.commit(transaction, after, now=now)


def _change(  # noqa: PLR0913, PLR0917 - what was, what is, since when, which fields, by whom
    transaction: Transaction,
    before: Registration,
    after: Registration,
    now: datetime,
    changed: list[str],
    actor: str = "",
) -> Registration:
    return arrows.step(
        transaction,
        before,
        renewed(after, now),
        "registration:change",
        actor=actor or arrows.owner(before),
        now=now,
        changed=changed,
    )


def _on_paper(registration: Registration) -> bool:
    """Say whether this is a paper form whose owner still has to confirm: it may have more."""
    return registration.state is State.PENDING and registration.paper is not None


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
