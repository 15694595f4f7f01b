"""The letter at the end of a test run: to whom it goes and what it says."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from chalicelib import jurisdictions, letters, links, registrations
from chalicelib.errors import NotFound
from chalicelib.letters import LetterContext, OutboxRow

if TYPE_CHECKING:
    from chalicelib.aws.transaction import Transaction

HALF_A_DAY = timedelta(hours=12)
SHORTEST = timedelta(days=1)


def pilot_ending(row: OutboxRow, transaction: Transaction, now: datetime) -> LetterContext | None:
    """Write to a tester who takes part; the link works until the last day is over."""
    here = jurisdictions.current()
    try:
        registration = registrations.get(row.recipient)
    except NotFound:
        return None
    if here.pilot_ends is None or not registration.live or registration.contact is None:
        return None
    token = links.issue(
        transaction,
        purpose=links.Purpose.KEEP,
        subject=registration.id,
        lives=max(here.pilot_ends + HALF_A_DAY - now, SHORTEST),
        now=now,
    )
    values = letters.PilotEndingValues(
        keep_url=links.url("/my/{token}/keep", token=token),
        ends=here.date_words(here.pilot_ends),
    )
    contact = registration.contact
    return LetterContext(contact.email, contact.name, values)
