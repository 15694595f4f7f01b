"""Registrations as tests need them: each builder goes through the real actions."""

from datetime import timedelta

from chalicelib import jurisdictions, links, registrations
from chalicelib.aws.transaction import Transaction
from chalicelib.cameras import CameraDetails, Premises
from chalicelib.registrations import Contact

CANARY = Contact("Canary Yellowhammer", "Canary@Example.com", "785-555-0199")
LABEL = "canary front door"


def a_camera(**changes):
    given = {
        "point": jurisdictions.current().map.centre,
        "address": "1 Canary Street",
        "label": LABEL,
        "heading": 90,
    }
    return CameraDetails(**(given | changes))


def a_form(now, **changes):
    """The fields of a filled-in form."""
    given = {
        "contact": CANARY,
        "kind": Premises.HOME,
        "notice_version": "2026-11-16",
        "notice_hash": "0" * 64,
        "language": "en-US",
        "invite_code": "",
        "source": "web",
        "visitor": "visitor",
        "now": now,
    }
    cameras = changes.pop("camera_details", None) or (changes.pop("camera", None) or a_camera(),)
    return given | {"camera_details": cameras} | changes


def a_pending_registration(now, **changes):
    return registrations.submit(**a_form(now, **changes))


def a_link(registration_id, purpose, now, lives=timedelta(days=7)):
    """A link as the mailer would issue it."""
    transaction = Transaction()
    token = links.issue(transaction, purpose=purpose, subject=registration_id, lives=lives, now=now)
    transaction.commit()
    return token


def an_active_registration(now, **changes):
    pending = a_pending_registration(now, **changes)
    return registrations.confirm(a_link(pending.id, "confirm", now), now=now)
