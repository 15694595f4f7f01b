"""Where letters meet what they are about: who gets each, what it says, what follows from news.

The mailer's queue calls `deliver`, SES's events call `mail_event`, the clock calls `sweep`.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from chalicelib import (
    cameras,
    evidence,
    footage_requests,
    jurisdictions,
    letters,
    links,
    registrations,
)
from chalicelib.aws.transaction import Transaction
from chalicelib.errors import NotFound
from chalicelib.evidence.letters import context as receipt
from chalicelib.footage_requests.letters import context as request
from chalicelib.letters import LetterContext, LetterState, OutboxRow
from chalicelib.registrations import Contact, Registration, State

ASKING = frozenset({"request", "reminder"})
NEW_ADDRESS = {"address": "new"}


def deliver(outbox_id: str, now: datetime) -> None:
    """Send one letter, and note with its request that it left."""
    row = letters.deliver(outbox_id, now=now, contexts=CONTEXTS)
    if row is not None and row.state is LetterState.SENT:
        _note_mailed(row, now)


def mail_event(event: Mapping[str, Any], now: datetime) -> None:
    """Act on what SES says became of a letter."""
    news = letters.note_event(event)
    if news is None:
        return
    if news.row.state in {LetterState.SENT, LetterState.DELIVERED}:
        _note_mailed(news.row, now)
    if news.row.state is LetterState.BOUNCED:
        _note_bounced(news.row, now)
    if news.permanent or news.row.state is LetterState.COMPLAINED:
        _stop_writing(news.row, now)


def sweep(now: datetime) -> None:
    """Erase what is due and wake the mailer for every letter that was left lying."""
    for registration_id in registrations.left(now=now):
        evidence.owner_left(registration_id, now=now)
    registrations.erase_due(now=now)
    letters.wake_due(now=now)


def _note_mailed(row: OutboxRow, now: datetime) -> None:
    if row.letter in ASKING:
        footage_requests.note_mailed(**row.subject_ids, now=now)


def _note_bounced(row: OutboxRow, now: datetime) -> None:
    if row.letter in ASKING:
        footage_requests.note_bounced(**row.subject_ids, now=now)


def _stop_writing(row: OutboxRow, now: datetime) -> None:
    """Pause an owner whose address is dead or who calls our letters unwanted."""
    if row.letter != "confirm":  # a mistyped new address says nothing about the owner's own
        registrations.suppress(row.recipient, now=now, actor="system:mail_events")


def _confirm(row: OutboxRow, transaction: Transaction, now: datetime) -> LetterContext | None:
    registration = _registration(row.recipient)
    contact = _contact_to_confirm(row, registration)
    if registration is None or contact is None:
        return None
    lives = _life_of_confirmation(registration, now)
    token = _issue("confirm", registration, transaction, lives, now)
    values = letters.ConfirmValues(
        camera=_camera(registration.camera_ids),
        confirm_url=links.url("/confirm/{token}", token=token),
        expires=jurisdictions.current().date_words(now + lives),
    )
    return LetterContext(contact.email, contact.name, values)


def _life_of_confirmation(registration: Registration, now: datetime) -> timedelta:
    """No link outlives what it confirms."""
    if registration.live:
        return _life("confirm")
    kept = timedelta(days=jurisdictions.current().retention.unconfirmed_days)
    return min(_life("confirm"), registration.created_at + kept - now)


def _contact_to_confirm(row: OutboxRow, registration: Registration | None) -> Contact | None:
    if registration is None:
        return None
    if row.subject_ids == NEW_ADDRESS:
        return registration.new_contact if registration.live else None
    return registration.contact if registration.state is State.PENDING else None


def _manage_link(row: OutboxRow, transaction: Transaction, now: datetime) -> LetterContext | None:
    """Only here is found out whether the address is known; nobody is told."""
    registration = registrations.of_address(row.recipient.removeprefix("email#"))
    if registration is None or not registration.live or registration.contact is None:
        return None
    lives = _life("manage")
    token = _issue("manage", registration, transaction, lives, now)
    values = letters.ManageValues(
        manage_url=links.url("/my/{token}", token=token),
        expires=jurisdictions.current().moment_words(now + lives),
    )
    contact = registration.contact
    leave_url = _leave_url(registration, transaction, now)
    return LetterContext(contact.email, contact.name, values, leave_url)


def _camera_added(row: OutboxRow, transaction: Transaction, now: datetime) -> LetterContext | None:
    registration = _registration(row.recipient)
    if registration is None or not registration.live or registration.contact is None:
        return None
    values = letters.AddedValues(camera=_camera((row.subject_ids["camera_id"],)))
    contact = registration.contact
    leave_url = _leave_url(registration, transaction, now)
    return LetterContext(contact.email, contact.name, values, leave_url)


def _left(row: OutboxRow, transaction: Transaction, now: datetime) -> LetterContext | None:
    """Write to the sealed one-time address; nothing else of the owner is left to read."""
    del transaction, now  # this letter has no links and says when they left, not when it leaves
    if row.sealed is None:
        return None
    contact = registrations.one_time_contact(row.recipient, row.sealed)
    here = jurisdictions.current()
    erased_by = row.created_at + timedelta(hours=here.retention.withdrawn_hours)
    values = letters.LeftValues(
        left=here.date_words(row.created_at), erased_by=here.date_words(erased_by)
    )
    return LetterContext(contact.email, contact.name, values)


def _with_way_out(context: letters.Context) -> letters.Context:
    """Add to a letter about a request the link by which its reader can leave."""

    def found(row: OutboxRow, transaction: Transaction, now: datetime) -> LetterContext | None:
        given = context(row, transaction, now)
        registration = _registration(row.recipient) if given else None
        if given is None or registration is None or not registration.live:
            return given
        return replace(given, leave_url=_leave_url(registration, transaction, now))

    return found


def _leave_url(registration: Registration, transaction: Transaction, now: datetime) -> str:
    token = _issue("leave", registration, transaction, _life("leave"), now)
    return links.url("/my/{token}/leave", token=token)


def _issue(
    purpose: str,
    registration: Registration,
    transaction: Transaction,
    lives: timedelta,
    now: datetime,
) -> str:
    return links.issue(transaction, purpose=purpose, subject=registration.id, lives=lives, now=now)


def _life(purpose: str) -> timedelta:
    return jurisdictions.current().link_life(purpose)


def _camera(camera_ids: tuple[str, ...]) -> str:
    """Name the camera as its owner does, or by its kind; "" where neither is kept."""
    here = jurisdictions.current()
    for camera in cameras.get(camera_ids[:1]):
        return camera.label or here.kind_words(camera.kind)
    return ""


def _registration(registration_id: str) -> Registration | None:
    try:
        return registrations.get(registration_id)
    except NotFound:
        return None


CONTEXTS: Mapping[str, letters.Context] = {
    "confirm": _confirm,
    "manage_link": _manage_link,
    "camera_added": _camera_added,
    "left": _left,
    "request": _with_way_out(request),
    "reminder": _with_way_out(request),
    "receipt": _with_way_out(receipt),
}
"""How each letter comes by its address and its words."""
