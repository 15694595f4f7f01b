"""Registrations and, under `email#<digest>`, which live registration an address has."""

import hashlib
import hmac
from datetime import datetime, timedelta

import msgspec

from chalicelib import clock, settings
from chalicelib.aws import kms, reading, secrets
from chalicelib.aws.tables import RegistrationItem, TombstoneItem
from chalicelib.aws.transaction import Transaction
from chalicelib.cameras.model import Premises
from chalicelib.registrations.model import (
    Contact,
    Paper,
    Registration,
    State,
    normalised,
)

UNCONFIRMED = "unconfirmed"
LEFT = "left"


def digest_of(email: str) -> str:
    """Return the index key of an address: useless without the stack's secret."""
    key = secrets.lookup_key()
    return hmac.new(key, normalised(email).encode(), hashlib.sha256).hexdigest()


def seal(registration_id: str, contact: Contact) -> bytes:
    return kms.seal(msgspec.json.encode(contact), _context(registration_id))


def unseal(registration_id: str, sealed: bytes) -> Contact:
    return msgspec.json.decode(kms.unseal(sealed, _context(registration_id)), type=Contact)


def get(registration_id: str) -> Registration | None:
    """Return the registration with its contact opened."""
    item = _item(registration_id)
    return _registration(item, opened=True) if item else None


def glance(registration_id: str) -> Registration | None:
    """Return the registration without opening its contact."""
    item = _item(registration_id)
    return _registration(item, opened=False) if item else None


def id_of_address(digest: str) -> str | None:
    """Return which live registration has this address."""
    item = reading.one(RegistrationItem, f"email#{digest}")
    return item.registration_id if item else None


def due(waiting: str, now: datetime) -> tuple[str, ...]:
    """Return the ids of those never confirmed in time (UNCONFIRMED) or who left (LEFT)."""
    until = RegistrationItem.due_at <= clock.stamp(now)
    found = reading.every(lambda: RegistrationItem.due.query(waiting, until))
    return tuple(item.id for item in found)


def put_new(transaction: Transaction, registration: Registration, keep: timedelta) -> None:
    """Add a pending registration that is erased after `keep` unless confirmed."""
    item = _plain_item(registration, registration.created_at)
    item.waiting, item.due_at = UNCONFIRMED, clock.stamp(registration.created_at + keep)
    transaction.put(item, RegistrationItem.id.does_not_exist())


def put(transaction: Transaction, before: Registration, after: Registration, now: datetime) -> None:
    """Replace the whole item, so that nothing of `before` outlives it unnoticed."""
    item = _plain_item(after, now)
    if after.state is State.WITHDRAWN:
        item.waiting, item.due_at = LEFT, clock.stamp(now)
    transaction.put(item, RegistrationItem.version == before.version)


def put_address(transaction: Transaction, registration: Registration, now: datetime) -> None:
    """Let the address lead to this registration; StateConflict if it leads to another."""
    item = RegistrationItem(
        f"email#{_digest(registration)}",
        registration_id=registration.id,
        created_at=clock.stamp(now),
    )
    transaction.put(item, RegistrationItem.id.does_not_exist())


def delete_address(transaction: Transaction, registration: Registration) -> None:
    """Let the address lead nowhere."""
    item = RegistrationItem(f"email#{_digest(registration)}")
    transaction.delete(item, RegistrationItem.registration_id == registration.id)


def put_tombstone(
    transaction: Transaction, registration_id: str, reason: str, now: datetime
) -> None:
    item = TombstoneItem(registration_id, erased_at=clock.stamp(now), reason=reason)
    transaction.put(item)


def _digest(registration: Registration) -> str:
    if registration.contact is None:
        raise ValueError(f"registration {registration.id} was read without its contact")
    return digest_of(registration.contact.email)


def _item(registration_id: str) -> RegistrationItem | None:
    item = reading.one(RegistrationItem, registration_id)
    return item if item and item.state else None


def _plain_item(registration: Registration, now: datetime) -> RegistrationItem:
    item = RegistrationItem(
        registration.id,
        state=registration.state,
        version=registration.version,
        created_at=clock.stamp(registration.created_at),
        changed_at=clock.stamp(now),
    )
    item.registration_id = registration.merged_into
    if registration.state is not State.ERASED:
        _fill(item, registration)
    return item


def _fill(item: RegistrationItem, registration: Registration) -> None:
    confirmed_at = registration.confirmed_at
    item.confirmed_at = clock.stamp(confirmed_at) if confirmed_at else None
    item.kind = registration.kind
    item.source = registration.source
    item.notice_version = registration.notice_version
    item.notice_hash = registration.notice_hash
    item.language = registration.language
    item.paper = msgspec.to_builtins(registration.paper)
    since = registration.unreachable_since
    item.unreachable_since = clock.stamp(since) if since else None
    item.camera_ids = list(registration.camera_ids)
    item.contact = _sealed(registration.id, registration.contact)
    item.new_contact = _sealed(registration.id, registration.new_contact)


def _sealed(registration_id: str, contact: Contact | None) -> bytes | None:
    return seal(registration_id, contact) if contact else None


def _registration(item: RegistrationItem, *, opened: bool) -> Registration:
    return Registration(
        id=item.id,
        state=State(item.state or ""),
        version=int(item.version),
        created_at=clock.moment(item.created_at),
        confirmed_at=clock.moment(item.confirmed_at) if item.confirmed_at else None,
        kind=Premises(item.kind) if item.kind else None,
        source=item.source or "",
        notice_version=item.notice_version or "",
        notice_hash=item.notice_hash or "",
        language=item.language or "",
        contact=unseal(item.id, item.contact) if opened and item.contact else None,
        camera_ids=tuple(item.camera_ids or ()),
        merged_into=item.registration_id,
        new_contact=unseal(item.id, item.new_contact) if opened and item.new_contact else None,
        paper=msgspec.convert(item.paper, Paper) if item.paper else None,
        unreachable_since=clock.moment(item.unreachable_since) if item.unreachable_since else None,
    )


def _context(registration_id: str) -> dict[str, str]:
    return {"registration": registration_id, "jurisdiction": settings.current().jurisdiction}
