"""Issuing, opening, using up and revoking links.

A link is also only as alive as its subject: whoever opens one checks the state of the
registration or request it points to, so leaving or closing ends all its links at once.
"""

import secrets
from datetime import datetime, timedelta

from chalicelib import clock
from chalicelib.aws import reading
from chalicelib.aws.tables import TokenItem
from chalicelib.aws.transaction import Transaction
from chalicelib.errors import LinkGone
from chalicelib.links.ids import ALPHABET
from chalicelib.links.model import GRACE, Link, Purpose, digest_of

TOKEN_BYTES = 32
TYPED_SIGNS = 16
"""Of five random bits each: 80 bits, for what has to be typed from paper."""


def issue(  # noqa: PLR0913 - what for, about whom, from when, how long: all keyword-only
    transaction: Transaction,
    *,
    purpose: str,
    subject: str,
    lives: timedelta,
    now: datetime,
    by_typing: bool = False,
) -> str:
    """Return a new token; only its digest is stored, so it exists nowhere but in the letter."""
    short = "".join(secrets.choice(ALPHABET) for _ in range(TYPED_SIGNS))
    token = short if by_typing else secrets.token_urlsafe(TOKEN_BYTES)
    item = TokenItem(
        digest=digest_of(token),
        purpose=Purpose(purpose),
        subject=subject,
        created_at=clock.stamp(now),
        expires_at=clock.stamp(now + lives),
        expires=int((now + lives + GRACE).timestamp()),
    )
    transaction.put(item, TokenItem.digest.does_not_exist())
    return token


def typed(text: str) -> str:
    """Return the token somebody typed from paper, in capitals and groups as it is printed."""
    return text.lower().replace("-", "").replace("0", "o").replace("1", "l")


def open_link(token: str, purpose: str, *, now: datetime) -> Link:
    """Return what the link permits; raise LinkGone if it is unknown, expired or for another use."""
    item = reading.one(TokenItem, digest_of(token))
    if item is None or item.purpose != purpose or item.expires_at <= clock.stamp(now):
        raise LinkGone
    return Link(Purpose(item.purpose), item.subject, item.digest, used=item.used_at is not None)


def use(transaction: Transaction, link: Link, *, now: datetime) -> None:
    """Mark the link as used in the same transaction as what it was used for."""
    unused = TokenItem.digest.exists() & TokenItem.used_at.does_not_exist()
    transaction.update(TokenItem(link.digest), [TokenItem.used_at.set(clock.stamp(now))], unused)


def revoke(transaction: Transaction, link: Link) -> None:
    """Make the link open nothing any more."""
    transaction.delete(TokenItem(link.digest))
