"""Looking a registration up, and everything its owner may have a copy of."""

from collections.abc import Sequence
from datetime import datetime

from chalicelib import audit, cameras, clock, jurisdictions, links
from chalicelib.cameras.model import Camera
from chalicelib.errors import LinkGone, NotFound
from chalicelib.registrations import arrows, store
from chalicelib.registrations.changing import record_download
from chalicelib.registrations.model import Contact, Registration, State


def get(registration_id: str) -> Registration:
    """Return the registration with its contact; raise NotFound."""
    registration = store.get(registration_id)
    if registration is None:
        raise NotFound
    return registration


def standing(registration_id: str) -> State:
    """Return only the state, without opening the contact; unknown is as good as erased."""
    registration = store.glance(registration_id)
    return registration.state if registration else State.ERASED


def of_manage_link(token: str, *, now: datetime) -> Registration:
    """Return whose link this is; raise LinkGone also when they have left."""
    link = links.open_link(token, links.Purpose.MANAGE, now=now)
    registration = store.get(link.subject)
    if registration is None or not registration.live:
        raise LinkGone
    return registration


def of_leave_link(token: str, *, now: datetime) -> Registration:
    """Return who may leave with this link: the one at the foot of each letter, or a manage link."""
    try:
        link = links.open_link(token, links.Purpose.LEAVE, now=now)
    except LinkGone:
        return of_manage_link(token, now=now)
    registration = store.get(link.subject)
    if registration is None or not registration.live:
        raise LinkGone
    return registration


def of_confirm_link(token: str, *, now: datetime) -> Registration:
    """Return what the confirmation page shows; changes nothing."""
    link = links.open_link(token, links.Purpose.CONFIRM, now=now)
    registration = store.get(link.subject)
    if registration is not None and registration.merged_into:
        registration = store.get(registration.merged_into)
    if registration is None or not (registration.live or registration.state is State.PENDING):
        raise LinkGone
    return registration


def of_address(digest: str) -> Registration | None:
    """Return the live registration of an address, by its index key."""
    known = store.id_of_address(digest)
    return store.get(known) if known else None


def one_time_contact(registration_id: str, sealed: bytes) -> Contact:
    """Open the sealed copy of a contact that the last letter carries."""
    return store.unseal(registration_id, sealed)


def export(
    registration: Registration, *, now: datetime, asks: Sequence[object] = ()
) -> dict[str, object]:
    """Return all we hold on the owner, for the owner; `asks` is what the caller knows of those."""
    record_download(registration, now=now)
    contact = registration.contact
    return {
        "registration": registration.id,
        "state": registration.state,
        "created_at": clock.stamp(registration.created_at),
        "confirmed_at": clock.stamp(registration.confirmed_at)
        if registration.confirmed_at
        else None,
        "kind": registration.kind,
        "source": registration.source,
        "notice_version": registration.notice_version,
        "contact": _contact(contact),
        "new_contact": _contact(registration.new_contact),
        "cameras": [_camera(camera) for camera in cameras.get(registration.camera_ids)],
        "requests": list(asks),
        "history": [
            {"at": clock.stamp(entry.at), "event": entry.event}
            for entry in audit.read_chain(arrows.chain(registration))
        ],
    }


def _contact(contact: Contact | None) -> dict[str, str] | None:
    if contact is None:
        return None
    return {"name": contact.name, "email": contact.email, "phone": contact.phone}


def _camera(camera: Camera) -> dict[str, object]:
    kept = {
        "id": camera.id,
        "latitude": camera.point.latitude,
        "longitude": camera.point.longitude,
        "address": camera.address,
        "accuracy_m": camera.accuracy_m,
        "visible": camera.visible,
        "created_at": clock.stamp(camera.created_at),
    }
    return kept if jurisdictions.current().fields == "minimal" else kept | _description(camera)


def _description(camera: Camera) -> dict[str, object]:
    return {
        "label": camera.label,
        "kind": camera.kind,
        "premises": camera.premises,
        "heading": camera.heading,
        "view_angle": camera.view_angle,
        "reach_m": camera.reach_m,
        "days_kept": camera.days_kept,
    }
