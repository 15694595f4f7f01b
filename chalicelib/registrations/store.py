"""Registrations and, under `email#<digest>`, which live registration an address has.

`waiting` and `due_at` are worked out anew with every write, so that nothing is ever forgotten by
the sweep: see `waits`.
"""

import hashlib
import hmac
from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec

from chalicelib import clock, settings
from chalicelib.aws import kms, reading, secrets
from chalicelib.aws.tables import RegistrationItem, TombstoneItem
from chalicelib.aws.transaction import Action, Transaction
from chalicelib.cameras.model import Premises
from chalicelib.registrations import waits
from chalicelib.registrations.model import (
    Contact,
    Paper,
    Reach,
    Registration,
    State,
    normalised,
)
from chalicelib.registrations.waits import Wait

MOMENTS = ("confirmed_at", "unreachable_since", "asked_at", "reminded_at", "lapsed_at")
GLANCED = [
    *("id", "state", "version", "created_at", *MOMENTS, "kind", "source", "language"),
    *("notice_version", "notice_hash", "reach", "import_id", "camera_ids", "registration_id"),
    "waiting",
]
"""All that `every` reads: nothing sealed, and nothing of a paper form."""


def digest_of(email: str) -> str:
    """Return the index key of an address: useless without the stack's secret."""
    key = secrets.lookup_key()
    return hmac.new(key, normalised(email).encode(), hashlib.sha256).hexdigest()


def passing_digest(email: str, now: datetime) -> str:
    """Return a name for an address that is another one tomorrow: for counting letters to it."""
    day = now.astimezone(UTC).date().isoformat()
    return digest_of(f"{day} {email.strip()}")[:24]


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


def live_id_of(email: str) -> str | None:
    """Return which live registration has this address, if it is one."""
    return id_of_address(digest_of(email)) if email else None


def due(wait: Wait, now: datetime, most: int) -> Iterator[str]:
    """Give the ids of those whose time has come, the longest overdue first."""
    until = RegistrationItem.due_at <= clock.stamp(now)
    found = reading.some(lambda: RegistrationItem.due.query(wait, until, limit=most))
    return (item.id for item in found)


def every() -> Iterator[Registration]:
    """Give all registrations, contacts unopened."""
    for item in reading.some(lambda: RegistrationItem.scan(attributes_to_get=GLANCED)):
        if item.state:
            yield _registration(item, opened=False)


def put_new(transaction: Transaction, registration: Registration, now: datetime) -> None:
    """Add a registration."""
    transaction.put(_plain_item(registration, now), RegistrationItem.id.does_not_exist())


def put(transaction: Transaction, before: Registration, after: Registration, now: datetime) -> None:
    """Replace the whole item, so that nothing of `before` outlives it unnoticed."""
    transaction.put(_plain_item(after, now), RegistrationItem.version == before.version)


def is_at(registration: Registration) -> bool:
    """Say whether the registration is still the one that was read."""
    item = _item(registration.id)
    return item is not None and int(item.version) == registration.version


def still(transaction: Transaction, registration: Registration) -> None:
    """Let the transaction go through only while nobody has changed the registration."""
    same = RegistrationItem.version == registration.version
    transaction.check(RegistrationItem, registration.id, None, same)


def settle(transaction: Transaction, registration: Registration, now: datetime) -> None:
    """Note that all cameras are as they should be; this is not an arrow and has no version."""
    wait = waits.of(registration, now)
    actions: list[Action] = [RegistrationItem.waiting.remove(), RegistrationItem.due_at.remove()]
    if wait:
        actions = [
            RegistrationItem.waiting.set(wait[0]),
            RegistrationItem.due_at.set(clock.stamp(wait[1])),
        ]
    if registration.state is State.ERASED:
        actions.append(RegistrationItem.camera_ids.remove())
    unsettled = RegistrationItem.waiting == Wait.SETTLING
    same = (RegistrationItem.version == registration.version) & unsettled
    transaction.update(RegistrationItem(registration.id), actions, same)


def put_arriving(
    transaction: Transaction, note: str, camera_ids: list[str], *, due_at: datetime
) -> None:
    """Note which cameras have come ahead of the rest of their form."""
    stamp = clock.stamp(due_at)
    item = RegistrationItem(note, created_at=stamp, waiting=Wait.ARRIVING, due_at=stamp)
    item.camera_ids = camera_ids
    transaction.put(item)


def arriving(note: str) -> list[str]:
    """Return the cameras a form has brought so far."""
    item = reading.one(RegistrationItem, note)
    return list(item.camera_ids or ()) if item else []


def still_arriving(transaction: Transaction, note: str) -> None:
    """Let the transaction go through only while the form has not arrived whole."""
    transaction.check(RegistrationItem, note, None, RegistrationItem.id.exists())


def delete_arriving(transaction: Transaction, note: str) -> None:
    transaction.delete(RegistrationItem(note), RegistrationItem.id.exists())


def put_address(transaction: Transaction, registration: Registration, now: datetime) -> None:
    """Let the address, if there is one, lead here; StateConflict if it leads to another."""
    if not _address(registration):
        return
    item = RegistrationItem(
        f"email#{_digest(registration)}",
        registration_id=registration.id,
        created_at=clock.stamp(now),
    )
    transaction.put(item, RegistrationItem.id.does_not_exist())


def delete_address(transaction: Transaction, registration: Registration) -> None:
    """Let the address lead nowhere."""
    if not _address(registration):
        return
    item = RegistrationItem(f"email#{_digest(registration)}")
    transaction.delete(item, RegistrationItem.registration_id == registration.id)


def put_tombstone(
    transaction: Transaction, registration_id: str, reason: str, now: datetime
) -> None:
    item = TombstoneItem(registration_id, erased_at=clock.stamp(now), reason=reason)
    transaction.put(item)


def tombstones() -> Iterator[tuple[str, str]]:
    """Give the id and the reason of everybody who was erased."""
    for item in reading.some(TombstoneItem.scan):
        yield item.id, item.reason


def _digest(registration: Registration) -> str:
    return digest_of(_address(registration))


def _address(registration: Registration) -> str:
    if registration.contact is None:
        raise ValueError(f"registration {registration.id} was read without its contact")
    return registration.contact.email


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
    item.camera_ids = list(registration.camera_ids) or None
    if wait := waits.of(registration, now):
        item.waiting, item.due_at = wait[0], clock.stamp(wait[1])
    if registration.state is not State.ERASED:
        _fill(item, registration)
    return item


def _fill(item: RegistrationItem, registration: Registration) -> None:
    for name in MOMENTS:
        moment = getattr(registration, name)
        setattr(item, name, clock.stamp(moment) if moment else None)
    item.kind = registration.kind
    item.source = registration.source
    item.notice_version = registration.notice_version
    item.notice_hash = registration.notice_hash
    item.language = registration.language
    item.paper = msgspec.to_builtins(registration.paper)
    item.reach = registration.reach
    item.import_id = registration.import_id or None
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
        confirmed_at=_moment(item.confirmed_at),
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
        unreachable_since=_moment(item.unreachable_since),
        reach=Reach(item.reach) if item.reach else Reach.EMAIL,
        import_id=item.import_id or "",
        asked_at=_moment(item.asked_at),
        reminded_at=_moment(item.reminded_at),
        lapsed_at=_moment(item.lapsed_at),
        settled=item.waiting != Wait.SETTLING,
    )


def _moment(stamp: str | None) -> datetime | None:
    return clock.moment(stamp) if stamp else None


def _context(registration_id: str) -> dict[str, str]:
    return {"registration": registration_id, "jurisdiction": settings.current().jurisdiction}
