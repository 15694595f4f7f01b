"""The letter to somebody whose paper form was entered, and links short enough to type."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from chalicelib import cameras, jurisdictions, language, letters, links, registrations
from chalicelib.errors import NotFound
from chalicelib.letters import LetterContext, OutboxRow
from chalicelib.registrations import references
from chalicelib.registrations.model import Reach

if TYPE_CHECKING:
    from chalicelib.aws.transaction import Transaction
    from chalicelib.cameras import Camera
    from chalicelib.registrations import Registration

GROUP = 4


def welcome(row: OutboxRow, transaction: Transaction, now: datetime) -> LetterContext | None:
    """Say what was entered, and give the reference by which they can act without e-mail."""
    registration = live(row.recipient)
    if registration is None or registration.contact is None or registration.paper is None:
        return None
    with language.speaking(registration.language):
        values = letters.WelcomeValues(
            dated=day_words(registration.paper.dated),
            reference=references.put(transaction, registration.id, now),
            cameras=tuple(named(camera) for camera in cameras.get(registration.camera_ids)),
        )
    contact = registration.contact
    return LetterContext(
        contact.email if contact.reach is Reach.EMAIL else "",
        contact.name,
        values,
        leave_url=typed_leave_url(registration.id, transaction, now),
        language=registration.language,
        registration_id=registration.id,
    )


def for_paper(context: letters.Context) -> letters.Context:
    """Let a letter that is printed carry a way out that can be typed."""

    def found(row: OutboxRow, transaction: Transaction, now: datetime) -> LetterContext | None:
        given = context(row, transaction, now)
        if given is None or not given.leave_url or live(row.recipient) is None:
            return given
        return replace(given, leave_url=typed_leave_url(row.recipient, transaction, now))

    return found


def typed_leave_url(registration_id: str, transaction: Transaction, now: datetime) -> str:
    """Issue a link for leaving that is printed in groups of four capitals."""
    token = links.issue(
        transaction,
        purpose=links.Purpose.LEAVE,
        subject=registration_id,
        lives=jurisdictions.current().link_life("leave"),
        now=now,
        by_typing=True,
    )
    signs = token.upper()
    groups = [signs[start : start + GROUP] for start in range(0, len(signs), GROUP)]
    return links.url("/p/{code}", code="-".join(groups))


def day_words(day: str) -> str:
    """Say an ISO day as people here do; noon, so that no time zone moves it."""
    here = jurisdictions.current()
    return here.date_words(datetime.combine(date.fromisoformat(day), time(12), here.zone))


def named(camera: Camera) -> str:
    """Name a camera by its owner's words, or its kind, and its address."""
    kind = jurisdictions.current().kind_words(camera.kind)
    return ", ".join(part for part in (camera.label or kind, camera.address) if part)


def live(registration_id: str) -> Registration | None:
    """Return a registration that takes part; None if it has gone."""
    try:
        registration = registrations.get(registration_id)
    except NotFound:
        return None
    return registration if registration.live else None
