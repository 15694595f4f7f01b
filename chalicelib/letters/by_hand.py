"""Letters no e-mail can carry: a coordinator prints them or says them on the phone.

The mailer leaves such a letter in the state `by_hand`. Opening it writes its words, issues its
links and records who saw them, all in one transaction; doing it is noted once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from chalicelib import audit
from chalicelib.aws.transaction import Transaction
from chalicelib.errors import NotFound
from chalicelib.letters import store
from chalicelib.letters.delivery import Context
from chalicelib.letters.model import LetterContext, LetterState, OutboxRow, Rendered
from chalicelib.letters.rendering import render

OPENED, POSTED, PHONED, NOT_REACHED, VOID = "opened", "posted", "phoned", "not_reached", "void"


@dataclass(frozen=True, slots=True)
class ByHand:
    """A letter as it is printed, with what it was written from."""

    row: OutboxRow
    context: LetterContext
    rendered: Rendered


def waiting() -> tuple[OutboxRow, ...]:
    """Return what a coordinator has to do, the most urgent first: ids and kinds only."""
    return store.by_hand()


def get(outbox_id: str) -> OutboxRow:
    """Return a letter that waits for a coordinator; NotFound if it is done or was never theirs."""
    row = store.get(outbox_id)
    if row is None or row.state is not LetterState.BY_HAND:
        raise NotFound
    return row


def write(
    row: OutboxRow, *, actor: str, now: datetime, contexts: Mapping[str, Context]
) -> ByHand | None:
    """Write the letter, and record who saw it before it is shown. None: nobody is to be told."""
    transaction = Transaction()
    found = contexts[row.letter](row, transaction, now)
    if found is None:
        return None
    store.still_by_hand(transaction, row)
    _record(transaction, row, OPENED, actor=actor, now=now)
    rendered = render(row.letter, found.values, name=found.name, leave_url=found.leave_url)
    transaction.commit()
    return ByHand(row, found, rendered)


def done(row: OutboxRow, step: str, *, actor: str, now: datetime) -> None:
    """Note that the letter was posted or said, that nobody was reached, or that it is void.

    Raises StateConflict if that was noted before.
    """
    states = {NOT_REACHED: LetterState.BOUNCED, VOID: LetterState.SUPPRESSED}
    transaction = Transaction()
    store.finish_by_hand(transaction, row, states.get(step, LetterState.SENT), now)
    _record(transaction, row, step, actor=actor, now=now)
    transaction.commit()


def _record(
    transaction: Transaction, row: OutboxRow, step: str, *, actor: str, now: datetime
) -> None:
    audit.record(
        transaction,
        "letter:by_hand",
        chain=f"outbox#{row.id}",
        actor=actor,
        now=now,
        outbox_id=row.id,
        letter=row.letter,
        step=step,
    )
