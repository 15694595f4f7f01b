"""What somebody has entered before they register: sealed, kept for a day, behind a signed cookie.

    draft = drafts.of(current(), now=now)            None: no cookie of ours, or too old
    draft = drafts.save(draft.holding(entered), now=now)
    registrations.submit(..., also=drafts.sending(draft, now=now))

The cookie is a random name and its signature, so that a guessed one costs us no look-up; the name
is stored as a digest only. Sending the form puts an empty mark in the draft's place, in the same
transaction: a second press, another tab or the back button then find out that it was sent. A draft
is deleted at once when the place turns out to be in another force's area.
"""

import hashlib
import hmac
import secrets
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import msgspec
from chalice.app import Request

from chalicelib import clock, jurisdictions
from chalicelib.aws import kms, reading
from chalicelib.aws.secrets import lookup_key
from chalicelib.aws.tables import SessionItem
from chalicelib.aws.transaction import Transaction
from chalicelib.web import requests
from chalicelib.web.entered import Entered, EnteredCamera

__all__ = ["Draft", "Entered", "EnteredCamera", "begun", "forget", "of", "save", "sending", "sent"]

COOKIE = "__Host-draft"
KIND = "draft"
SENT = "sent"
SENT_FOR = timedelta(hours=1)
ATTRIBUTES = "Path=/; Secure; HttpOnly; SameSite=Strict"
PURPOSE = b"registration draft "


@dataclass(frozen=True, slots=True)
class Draft:
    """What was entered, and the cookie it belongs to."""

    token: str
    entered: Entered
    begun_at: datetime
    version: int = 0
    """How often it has been stored."""
    expires_at: datetime | None = None

    @property
    def cookie(self) -> str:
        """Return the header that lets the browser come back to this draft."""
        value = f"{self.token}.{_signature(self.token)}"
        return f"{COOKIE}={value}; {ATTRIBUTES}; Max-Age={int(lives().total_seconds())}"

    def holding(self, entered: Entered) -> "Draft":
        """Return the same draft with other texts."""
        return replace(self, entered=entered)


def lives() -> timedelta:
    return timedelta(hours=jurisdictions.current().limits.draft_hours)


def begun(*, now: datetime) -> Draft:
    """Return an empty draft under a new name; nothing is stored before `save`."""
    return Draft(secrets.token_urlsafe(32), Entered(), now)


def of(request: Request, *, now: datetime) -> Draft | None:
    """Return the draft of the request's cookie, if it is still there."""
    token = _token(request)
    item = _item(token, KIND, now)
    if item is None:
        return None
    return Draft(
        token,
        _unsealed(item.sealed, item.digest),
        clock.moment(item.created_at),
        int(item.version or 0),
        clock.moment(item.seen_at) + lives(),
    )


def sent(request: Request, *, now: datetime) -> bool:
    """Say whether the form of the request's cookie has just been sent."""
    return _item(_token(request), SENT, now) is not None


def save(draft: Draft, *, now: datetime) -> Draft:
    """Keep the draft for another day. StateConflict if another tab has stored it meanwhile."""
    digest = digest_of(draft.token)
    item = SessionItem(
        digest=digest,
        kind=KIND,
        version=draft.version + 1,
        created_at=clock.stamp(draft.begun_at),
        seen_at=clock.stamp(now),
        sealed=_sealed(draft.entered, digest),
        expires=int((now + lives()).timestamp()),
    )
    transaction = Transaction()
    transaction.put(item, SessionItem.version == draft.version if draft.version else None)
    transaction.commit()
    return replace(draft, version=draft.version + 1, expires_at=now + lives())


def forget(draft: Draft) -> str:
    """Delete the draft and return the header that takes its cookie away."""
    transaction = Transaction()
    transaction.delete(SessionItem(digest_of(draft.token)))
    transaction.commit()
    return f"{COOKIE}=; {ATTRIBUTES}; Max-Age=0"


def sending(draft: Draft, *, now: datetime) -> Callable[[Transaction], None]:
    """Return what sends the draft off in the transaction that makes a registration of it.

    The transaction fails with StateConflict if the draft was sent or changed meanwhile.
    """
    mark = SessionItem(
        digest=digest_of(draft.token),
        kind=SENT,
        created_at=clock.stamp(now),
        expires=int((now + SENT_FOR).timestamp()),
    )
    return lambda transaction: transaction.put(mark, SessionItem.version == draft.version)


def digest_of(token: str) -> str:
    """Return the key under which the draft of a cookie is stored."""
    return hashlib.sha256(token.encode()).hexdigest()


def _token(request: Request) -> str:
    """Return the cookie's random name, "" unless it carries our signature."""
    token, _, signature = requests.cookie(request, COOKIE).partition(".")
    if not signature:
        return ""
    genuine = hmac.compare_digest(signature.encode(), _signature(token).encode())
    return token if genuine else ""


def _signature(token: str) -> str:
    return hmac.new(lookup_key(), PURPOSE + token.encode(), hashlib.sha256).hexdigest()


def _item(token: str, kind: str, now: datetime) -> SessionItem | None:
    item = reading.one(SessionItem, digest_of(token)) if token else None
    if item is None or item.kind != kind or item.expires <= now.timestamp():
        return None
    return item


def _sealed(entered: Entered, digest: str) -> bytes:
    """Seal the texts, packed: a hundred cameras are much alike."""
    return kms.seal_long(zlib.compress(msgspec.json.encode(entered)), {"draft": digest})


def _unsealed(sealed: bytes, digest: str) -> Entered:
    plain = zlib.decompress(kms.unseal_long(sealed, {"draft": digest}))
    return msgspec.json.decode(plain, type=Entered)
