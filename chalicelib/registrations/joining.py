"""Submitting the form, confirming from the letter, or saying "that was not me"."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from chalicelib import audit, cameras, jurisdictions, letters, limits, links
from chalicelib.aws.transaction import Transaction
from chalicelib.cameras.model import CameraDetails, Premises
from chalicelib.errors import InvalidInput, LimitExceeded, LinkGone, OutsideJurisdiction
from chalicelib.registrations import arrows, store
from chalicelib.registrations.model import (
    Contact,
    Registration,
    State,
    check_minimal,
    checked,
    is_address,
)

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
LETTERS_AN_HOUR = 3
LETTERS_A_DAY = 10
FORMS_AN_HOUR = 20

MOST_CAMERAS = 90
"""All cameras are hidden in one transaction, which has at most 100 actions."""


def submit(  # noqa: PLR0913 - the fields of one form, all keyword-only
    *,
    contact: Contact,
    kind: Premises,
    camera_details: Sequence[CameraDetails],
    notice_version: str,
    notice_hash: str,
    language: str,
    invite_code: str,
    source: str,
    visitor: str,
    now: datetime,
) -> Registration:
    """Keep a registration nobody can find yet, and write to its address for confirmation.

    `visitor` is a hash of where the form came from; it is counted and not kept.
    """
    contact = checked(contact)
    for details in camera_details:
        check_details(details)
    check_invitation(invite_code)
    limits.count(f"form#{visitor}", most=FORMS_AN_HOUR, window=HOUR, now=now)
    count_letter(store.digest_of(contact.email), now)
    transaction = Transaction()
    registration_id = links.new_id()
    added = [
        cameras.add(transaction, registration_id, details, visible=False, now=now)
        for details in camera_details
    ]
    registration = Registration(
        id=registration_id,
        state=State.PENDING,
        version=1,
        created_at=now,
        confirmed_at=None,
        kind=kind,
        source=source,
        notice_version=notice_version,
        notice_hash=notice_hash,
        language=language,
        contact=contact,
        camera_ids=tuple(one.id for one in added),
    )
    _submit(transaction, registration, now)
    transaction.commit()
    return registration


def _submit(transaction: Transaction, registration: Registration, now: datetime) -> None:
    store.put_new(transaction, registration, keep_unconfirmed())
    audit.record(
        transaction,
        "registration:submit",
        chain=arrows.chain(registration),
        actor=arrows.PUBLIC,
        now=now,
        kind=registration.kind,
        source=registration.source,
        notice_version=registration.notice_version,
        camera_ids=registration.camera_ids,
    )
    letters.post(transaction, "confirm", recipient=registration.id, subject_ids={}, now=now)


def confirm(token: str, *, now: datetime) -> Registration:
    """Make the registration live; a second press changes nothing and answers the same.

    Who already takes part with this address gets the camera added to that registration.
    """
    link = links.open_link(token, links.Purpose.CONFIRM, now=now)
    registration = store.get(link.subject)
    if registration is None:
        raise LinkGone
    if link.used:
        return _confirmed_before(registration)
    transaction = Transaction()
    links.use(transaction, link, now=now)
    live = _confirm(transaction, registration, now)
    transaction.commit()
    return live


def _confirm(transaction: Transaction, registration: Registration, now: datetime) -> Registration:
    if registration.live and registration.new_contact:
        return _move_address(transaction, registration, now)
    if registration.state is not State.PENDING or registration.contact is None:
        raise LinkGone
    if now >= registration.created_at + keep_unconfirmed():
        raise LinkGone
    known = store.id_of_address(store.digest_of(registration.contact.email))
    existing = store.get(known) if known else None
    if existing is not None and existing.live:
        return _merge(transaction, registration, existing, now)
    return _activate(transaction, registration, now)


def _confirmed_before(registration: Registration) -> Registration:
    target = store.get(registration.merged_into) if registration.merged_into else registration
    if target is None or not target.live:
        raise LinkGone
    return target


def _activate(transaction: Transaction, registration: Registration, now: datetime) -> Registration:
    arrows.show_cameras(transaction, registration, now)
    store.put_address(transaction, registration, now)
    return arrows.step(
        transaction,
        registration,
        replace(registration, state=State.ACTIVE, confirmed_at=now),
        "registration:confirm",
        actor=arrows.owner(registration),
        now=now,
        camera_ids=registration.camera_ids,
    )


def _merge(
    transaction: Transaction, pending: Registration, existing: Registration, now: datetime
) -> Registration:
    camera_ids = existing.camera_ids + pending.camera_ids
    check_room(camera_ids)
    for camera in cameras.get(pending.camera_ids):
        cameras.move_to(transaction, camera, existing.id, visible=existing.visible, now=now)
        letters.post(
            transaction,
            "camera_added",
            recipient=existing.id,
            subject_ids={"camera_id": camera.id},
            now=now,
        )
    actor = arrows.owner(existing)
    store.put_tombstone(transaction, pending.id, "merged", now)
    arrows.step(
        transaction,
        pending,
        arrows.erased(pending, merged_into=existing.id),
        "registration:erase",
        actor=actor,
        now=now,
        reason="merged",
    )
    return arrows.step(
        transaction,
        existing,
        replace(existing, camera_ids=camera_ids),
        "registration:add_camera",
        actor=actor,
        now=now,
        camera_id=pending.camera_ids[0],
    )


def _move_address(
    transaction: Transaction, registration: Registration, now: datetime
) -> Registration:
    """Let a new address, now confirmed from there, take the place of the old one."""
    moved = replace(registration, contact=registration.new_contact, new_contact=None)
    store.delete_address(transaction, registration)
    store.put_address(transaction, moved, now)
    return arrows.step(
        transaction,
        registration,
        moved,
        "registration:change",
        actor=arrows.owner(registration),
        now=now,
        changed=["email"],
    )


def not_me(token: str, *, now: datetime) -> None:
    """Erase at once what somebody else entered with this address."""
    link = links.open_link(token, links.Purpose.CONFIRM, now=now)
    registration = store.get(link.subject)
    if registration is None or link.used:
        raise LinkGone
    transaction = Transaction()
    links.use(transaction, link, now=now)
    _disown(transaction, registration, now)
    transaction.commit()


def _disown(transaction: Transaction, registration: Registration, now: datetime) -> None:
    if registration.state is State.PENDING:
        arrows.erase(
            transaction,
            registration,
            "registration:erase",
            actor=arrows.PUBLIC,
            now=now,
            reason="not_me",
        )
        return
    if not registration.live or registration.new_contact is None:
        raise LinkGone
    arrows.step(
        transaction,
        registration,
        replace(registration, new_contact=None),
        "registration:change",
        actor=arrows.PUBLIC,
        now=now,
        changed=["new_email"],
    )


def ask_for_manage_link(email: str, *, visitor: str, now: datetime) -> None:
    """Post a letter to the address, known or not: only the mailer finds out, nobody is told."""
    if not is_address(email.strip()):
        raise InvalidInput(fields={"email": "Enter an email address, such as name@example.com"})
    limits.count(f"form#{visitor}", most=FORMS_AN_HOUR, window=HOUR, now=now)
    digest = store.digest_of(email)
    count_letter(digest, now)
    transaction = Transaction()
    letters.post(transaction, "manage_link", recipient=f"email#{digest}", subject_ids={}, now=now)
    transaction.commit()


def count_letter(digest: str, now: datetime) -> None:
    """Let nobody be flooded with letters they did not ask for."""
    limits.count(f"letter#{digest}", most=LETTERS_AN_HOUR, window=HOUR, now=now)
    limits.count(f"letter#{digest}", most=LETTERS_A_DAY, window=DAY, now=now)


def keep_unconfirmed() -> timedelta:
    return timedelta(days=jurisdictions.current().retention.unconfirmed_days)


def check_details(details: CameraDetails) -> None:
    """Refuse a camera outside the area, or with more than the programme keeps."""
    here = jurisdictions.current()
    if here.fields == "minimal":
        check_minimal(details)
    if here.covers(details.point):
        return
    neighbour = here.neighbour_for(details.point)
    raise OutsideJurisdiction(f"{here.texts.outside} {neighbour.words}" if neighbour else "")


def check_room(camera_ids: tuple[str, ...]) -> None:
    """Refuse more cameras than one registration may have."""
    most = min(jurisdictions.current().limits.cameras_per_registration, MOST_CAMERAS)
    if len(camera_ids) > most:
        raise LimitExceeded(f"One registration can have at most {most} cameras.")


def check_invitation(code: str) -> None:
    """During a pilot only invited testers may register."""
    if not jurisdictions.current().accepts_invite(code):
        raise InvalidInput(fields={"invite_code": "Enter the code from your invitation"})
