"""What a link in a letter permits."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Purpose(StrEnum):
    """One link, one purpose: a link for answering cannot change a registration."""

    CONFIRM = "confirm"
    MANAGE = "manage"
    ANSWER = "answer"
    LEAVE = "leave"
    KEEP = "keep"
    """Staying after a test run."""
    RECONFIRM = "reconfirm"


GRACE = timedelta(hours=24)
"""How long an expired row stays before DynamoDB may remove it."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link somebody opened: what for, about which entity, and whether it was used before."""

    purpose: Purpose
    subject: str
    digest: str
    used: bool


def digest_of(token: str) -> str:
    """Return what is stored instead of the token: somebody who reads the table can open nothing."""
    return hashlib.sha256(token.encode()).hexdigest()
