"""Sessions, sign-ins under way and revocation marks in the `sessions` table.

A cookie is 256 random bits; the table holds only its SHA-256.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from chalicelib import clock
from chalicelib.aws import reading
from chalicelib.aws.tables import SessionItem
from chalicelib.aws.transaction import Transaction
from chalicelib.officers.model import ABSOLUTE, SIGN_IN_LIVES, Officer, Revoked, Role, Session

SESSION, SIGN_IN, REVOKED = "session", "signin", "revoked"
MARK_LIVES = timedelta(days=3650)
MOST_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class StartedSignIn:
    """What we must recognise when the browser comes back from the pool."""

    digest: str
    state: str
    nonce: str
    verifier: str
    return_to: str
    created_at: datetime

    def lives(self, now: datetime) -> bool:
        return now < self.created_at + SIGN_IN_LIVES


def digest_of(cookie: str) -> str:
    return hashlib.sha256(cookie.encode()).hexdigest()


def put_sign_in(transaction: Transaction, started: StartedSignIn) -> None:
    item = _item(started.digest, SIGN_IN, started.created_at, SIGN_IN_LIVES)
    item.body = {
        "state": started.state,
        "nonce": started.nonce,
        "verifier": started.verifier,
        "return_to": started.return_to,
    }
    transaction.put(item, SessionItem.digest.does_not_exist())


def sign_in(digest: str) -> StartedSignIn | None:
    item = reading.one(SessionItem, digest)
    if item is None or item.kind != SIGN_IN:
        return None
    return StartedSignIn(digest=digest, created_at=clock.moment(item.created_at), **_body(item))


def put_session(transaction: Transaction, session: Session) -> None:
    item = _item(session.digest, SESSION, session.created_at, ABSOLUTE)
    item.officer_id = session.officer.id
    item.seen_at = clock.stamp(session.seen_at)
    item.body = {
        "name": session.officer.name,
        "number": session.officer.number,
        "roles": sorted(session.officer.roles),
        "csrf": session.csrf,
    }
    transaction.put(item, SessionItem.digest.does_not_exist())


def session(digest: str) -> Session | None:
    item = reading.one(SessionItem, digest)
    return _session_of(item) if item and item.kind == SESSION else None


def sessions() -> tuple[Session, ...]:
    """Return all session rows, expired ones too; the table is as small as the force."""
    found = reading.every(lambda: SessionItem.scan(SessionItem.kind == SESSION))
    return tuple(_session_of(item) for item in found)


def see(transaction: Transaction, digest: str, now: datetime) -> None:
    actions = [SessionItem.seen_at.set(clock.stamp(now))]
    transaction.update(SessionItem(digest), actions, SessionItem.digest.exists())


def end(transaction: Transaction, digest: str, *, must_exist: bool = False) -> None:
    transaction.delete(SessionItem(digest), SessionItem.digest.exists() if must_exist else None)


def end_all(transaction: Transaction, officer_id: str) -> None:
    """End an officer's sessions; the mark already bars any that the index has not shown yet."""
    found = reading.every(lambda: SessionItem.of_officer.query(officer_id))
    for item in found[:MOST_AT_ONCE]:
        end(transaction, item.digest)


def mark_revoked(transaction: Transaction, revoked: Revoked) -> None:
    item = _item(_mark(revoked.officer_id), REVOKED, revoked.at, MARK_LIVES)
    item.body = {"officer_id": revoked.officer_id, "name": revoked.name, "by": revoked.by}
    transaction.put(item)


def unmark_revoked(transaction: Transaction, officer_id: str) -> None:
    end(transaction, _mark(officer_id), must_exist=True)


def is_revoked(officer_id: str) -> bool:
    return reading.one(SessionItem, _mark(officer_id)) is not None


def revoked() -> tuple[Revoked, ...]:
    found = reading.every(lambda: SessionItem.scan(SessionItem.kind == REVOKED))
    return tuple(Revoked(at=clock.moment(item.created_at), **_body(item)) for item in found)


def _mark(officer_id: str) -> str:
    return f"revoked#{officer_id}"


def _item(digest: str, kind: str, created_at: datetime, lives: timedelta) -> SessionItem:
    return SessionItem(
        digest,
        kind=kind,
        created_at=clock.stamp(created_at),
        expires=int((created_at + lives).timestamp()),
    )


def _body(item: SessionItem) -> dict[str, Any]:
    return dict(item.body or {})


def _session_of(item: SessionItem) -> Session:
    body = _body(item)
    roles = frozenset(Role(role) for role in body["roles"])
    return Session(
        digest=item.digest,
        officer=Officer(item.officer_id or "", body["name"], body["number"], roles),
        csrf=body["csrf"],
        created_at=clock.moment(item.created_at),
        seen_at=clock.moment(item.seen_at or item.created_at),
    )
