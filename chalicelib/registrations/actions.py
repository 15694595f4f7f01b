"""Looking a registration up, and everything its owner may have a copy of."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

import msgspec

from chalicelib import audit, cameras, clock, jurisdictions, links
from chalicelib.audit import AuditEntry
from chalicelib.cameras.clocks import ClockCheck
from chalicelib.cameras.model import Camera
from chalicelib.errors import LinkGone, NotFound
from chalicelib.registrations import arrows, doubles, store
from chalicelib.registrations.changing import record_download
from chalicelib.registrations.confirming import live_with_same_address
from chalicelib.registrations.leaving import ENDED
from chalicelib.registrations.model import Contact, Paper, Registration, State

SINCE = ("asked_at", "reminded_at", "lapsed_at", "unreachable_since")


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


def glances() -> Iterator[Registration]:
    """Give every registration there is, contacts unopened; reads the whole table."""
    return store.every()


def standing_of(registration_ids: Iterable[str]) -> dict[str, Registration]:
    """Return these registrations, contacts unopened; those that are gone are left out."""
    return {one.id: one for one in map(store.glance, set(registration_ids)) if one is not None}


def doubles_of(registration: Registration) -> tuple[Camera, ...]:
    """Return the cameras of a pending registration that its address has registered already."""
    existing = live_with_same_address(registration)
    if existing is None or registration.state is not State.PENDING:
        return ()
    return cameras.get(doubles.among(registration.camera_ids, existing.camera_ids))


def of_manage_link(token: str, *, now: datetime) -> Registration:
    """Return whose link this is; raise LinkGone also when they have left."""
    link = links.open_link(token, links.Purpose.MANAGE, now=now)
    registration = store.get(link.subject)
    if registration is None or not registration.live:
        raise LinkGone
    return registration


def of_leave_link(token: str, *, now: datetime) -> Registration:
    """Return who may leave with this link: any link to a registration leads there."""
    for purpose in (links.Purpose.LEAVE, links.Purpose.MANAGE, links.Purpose.RECONFIRM):
        try:
            link = links.open_link(token, purpose, now=now)
        except LinkGone:
            continue
        registration = store.get(link.subject)
        if registration is not None and registration.state not in ENDED:
            return registration
    raise LinkGone


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
    registration: Registration, *, now: datetime, asks: Sequence[object] = (), actor: str = ""
) -> dict[str, object]:
    """Return all we hold on the owner, for the owner; `asks` is what the caller knows of those."""
    record_download(registration, now=now, actor=actor)
    contact = registration.contact
    return {
        "registration": registration.id,
        "state": registration.state,
        "created_at": clock.stamp(registration.created_at),
        "confirmed_at": _stamp(registration.confirmed_at),
        "kind": registration.kind,
        "source": registration.source,
        "language": registration.language,
        "notice_version": registration.notice_version,
        "notice_sha256": registration.notice_hash,
        "paper_form": _paper(registration.paper),
        "old_list": registration.import_id or None,
        **{name: _stamp(getattr(registration, name)) for name in SINCE},
        "contact": _contact(contact),
        "new_contact": _contact(registration.new_contact),
        "cameras": [_camera(camera) for camera in cameras.get(registration.camera_ids)],
        "requests": list(asks),
        "history": [
            {"at": clock.stamp(entry.at), "event": entry.event}
            for entry in sorted(_history(registration), key=lambda entry: entry.at)
        ],
    }


def _stamp(moment: datetime | None) -> str | None:
    return clock.stamp(moment) if moment else None


def _paper(paper: Paper | None) -> dict[str, str] | None:
    """Return where the signed form is, without who typed it in: that is in the audit trail."""
    if paper is None:
        return None
    return {"dated": paper.dated, "kept_at": paper.kept_at, "checked": paper.checked}


def _history(registration: Registration) -> tuple[AuditEntry, ...]:
    changes = audit.read_chain(arrows.chain(registration))
    return changes + audit.read_chain(arrows.readings(registration))


def _contact(contact: Contact | None) -> dict[str, object] | None:
    """Return all that is held: also whom else to write to, and when."""
    return msgspec.to_builtins(contact) if contact else None


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
        "days_most": camera.days_most,
        "days_from": camera.days_from,
        "clock": _clock(camera.clock),
    }


def _clock(check: ClockCheck | None) -> dict[str, object] | None:
    if check is None:
        return None
    return {
        "seconds_fast": check.offset_s,
        "seconds_of_doubt": check.doubt_s,
        "method": check.method,
        "checked_at": clock.stamp(check.checked_at),
    }
