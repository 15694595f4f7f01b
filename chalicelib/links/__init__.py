"""Ids, and the unguessable links by which owners act without an account.

A token has 256 random bits and one purpose; the table holds only its SHA-256. Opening a link
never changes anything: mail scanners open links too. What the page then posts uses it up.
"""

from chalicelib.links.ids import is_id, new_id
from chalicelib.links.model import Link, Purpose
from chalicelib.links.tokens import issue, open_link, revoke, typed, use
from chalicelib.links.urls import url

__all__ = [
    "Link",
    "Purpose",
    "is_id",
    "issue",
    "new_id",
    "open_link",
    "revoke",
    "typed",
    "url",
    "use",
]
