"""What somebody has entered before they register: sealed, two hours long, behind a random cookie.

The cookie's value is stored as a digest only. A draft is deleted once it is sent, and at once
when the place turns out to be in another force's area.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec
from chalice.app import Request

from chalicelib import clock
from chalicelib.aws import kms, reading
from chalicelib.aws.tables import SessionItem
from chalicelib.aws.transaction import Transaction
from chalicelib.web import requests

COOKIE = "__Host-draft"
LIVES = timedelta(hours=2)
KIND = "draft"
ATTRIBUTES = "Path=/; Secure; HttpOnly; SameSite=Strict"


class Entered(msgspec.Struct, frozen=True, omit_defaults=True):
    """The texts of the form as they were entered."""

    source: str = ""
    invite_code: str = ""
    premises: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    place: str = ""
    latitude: str = ""
    longitude: str = ""
    kind: str = ""
    label: str = ""
    heading: str = ""
    view_angle: str = ""
    days_kept: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """What was entered, and the cookie's value it belongs to."""

    token: str
    entered: Entered

    @property
    def cookie(self) -> str:
        """Return the header that lets the browser come back to this draft."""
        return f"{COOKIE}={self.token}; {ATTRIBUTES}; Max-Age={int(LIVES.total_seconds())}"


def begun() -> Draft:
    """Return an empty draft under a new name; nothing is stored before `save`."""
    return Draft(secrets.token_urlsafe(32), Entered())


def of(request: Request, *, now: datetime) -> Draft | None:
    """Return the draft of the request's cookie, if it is still there."""
    token = requests.cookie(request, COOKIE)
    item = reading.one(SessionItem, _digest(token)) if token else None
    if item is None or item.kind != KIND or item.expires <= now.timestamp():
        return None
    plain = kms.unseal(item.sealed, _context(item.digest))
    return Draft(token, msgspec.json.decode(plain, type=Entered))


def save(draft: Draft, *, now: datetime) -> None:
    """Keep the draft for two more hours."""
    digest = _digest(draft.token)
    item = SessionItem(
        digest=digest,
        kind=KIND,
        created_at=clock.stamp(now),
        sealed=kms.seal(msgspec.json.encode(draft.entered), _context(digest)),
        expires=int((now + LIVES).timestamp()),
    )
    transaction = Transaction()
    transaction.put(item)
    transaction.commit()


def forget(draft: Draft) -> str:
    """Delete the draft and return the header that takes its cookie away."""
    transaction = Transaction()
    transaction.delete(SessionItem(_digest(draft.token)))
    transaction.commit()
    return f"{COOKIE}=; {ATTRIBUTES}; Max-Age=0"


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _context(digest: str) -> dict[str, str]:
    return {"draft": digest}
