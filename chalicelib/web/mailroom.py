"""Where letters meet what they are about: who gets each, what it says, what follows from news.

The mailer's queue calls `deliver`, SES's events call `mail_event`, the clock calls `sweep`.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from chalicelib import evidence, footage_requests, letters, registrations
from chalicelib.evidence.letters import context as receipt
from chalicelib.footage_requests.letters import context as request
from chalicelib.letters import LetterState, OutboxRow
from chalicelib.web import mailroom_registrations
from chalicelib.web.mailroom_paper import welcome
from chalicelib.web.mailroom_pilot import pilot_ending
from chalicelib.web.mailroom_registrations import NEW_ADDRESS, with_way_out

ASKING = frozenset({"request", "reminder"})
TO_OTHERS = frozenset({"left", "unreachable"})
"""Letters whose coming back says nothing about a registration."""


def deliver(outbox_id: str, now: datetime) -> None:
    """Send one letter, and note with its request that it left."""
    row = letters.deliver(outbox_id, now=now, contexts=CONTEXTS)
    if row is not None and row.state is LetterState.SENT:
        _note_mailed(row, now)


def done_by_hand(row: OutboxRow, *, reached: bool, now: datetime) -> None:
    """Note with its request that a coordinator has posted or said a letter, or could not."""
    (_note_mailed if reached else _note_bounced)(row, now)


def mail_event(event: Mapping[str, Any], now: datetime) -> None:
    """Act on what SES says became of a letter."""
    news = letters.note_event(event)
    if news is None:
        return
    if news.row.state in {LetterState.SENT, LetterState.DELIVERED}:
        _note_mailed(news.row, now)
    if news.row.state is LetterState.BOUNCED:
        _note_bounced(news.row, now)
    if news.permanent or news.row.state is LetterState.COMPLAINED:
        _stop_writing(news.row, now)


def sweep(now: datetime) -> None:
    """Do what is due for registrations and wake the mailer for letters that were left lying."""
    registrations.sweep(now=now, ending=lambda owner: evidence.owner_left(owner, now=now))
    letters.wake_due(now=now)


def replay_tombstones(now: datetime) -> tuple[str, ...]:
    """After a restore: erase again whoever the backup brought back, with all that was theirs."""
    return registrations.replay_tombstones(
        now, ending=lambda owner: evidence.owner_left(owner, now=now)
    )


def _note_mailed(row: OutboxRow, now: datetime) -> None:
    if row.letter in ASKING:
        footage_requests.note_mailed(**row.subject_ids, now=now)


def _note_bounced(row: OutboxRow, now: datetime) -> None:
    if row.letter in ASKING:
        footage_requests.note_bounced(**row.subject_ids, letter=row.letter, now=now)


def _stop_writing(row: OutboxRow, now: datetime) -> None:
    """Pause an owner whose address is dead or who calls our letters unwanted.

    A mistyped new address says nothing about the owner's own, nor does somebody else's.
    """
    own = row.subject_ids.get("to", "owner") == "owner" and row.subject_ids != NEW_ADDRESS
    if own and row.letter not in TO_OTHERS:
        registrations.mark_unreachable(row.recipient, now=now, posted_at=row.created_at)


CONTEXTS: Mapping[str, letters.Context] = {
    **mailroom_registrations.CONTEXTS,
    "request": with_way_out(request),
    "reminder": with_way_out(request),
    "receipt": with_way_out(receipt),
    "paper_welcome": welcome,
    "pilot_ending": with_way_out(pilot_ending),
}
"""How each letter comes by its address and its words."""
