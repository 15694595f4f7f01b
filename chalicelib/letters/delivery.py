"""Sending one letter: claim it, write it, hand it to SES, mark it.

SES has no idempotency token, so a crash between sending and marking leaves a claim whose
outcome only SES knows. Such a letter waits for the Send event that carries its tag; only after
lease and grace have passed without one is it tried again.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from aws_lambda_powertools.metrics import MetricUnit

from chalicelib import audit, language, settings
from chalicelib.aws import ses
from chalicelib.aws.transaction import Transaction
from chalicelib.errors import InvalidInput, OutcomeUnknown, StateConflict, Unavailable
from chalicelib.letters import store
from chalicelib.letters.model import (
    BY_HAND_WITHIN,
    MOST_ATTEMPTS,
    LetterContext,
    LetterState,
    OutboxRow,
)
from chalicelib.letters.rendering import one_line, render
from chalicelib.telemetry import logger, metrics

Context = Callable[[OutboxRow, Transaction, datetime], LetterContext | None]
"""Finds address and values; may issue links in the transaction; None if nobody is to be told."""


def deliver(outbox_id: str, *, now: datetime, contexts: Mapping[str, Context]) -> OutboxRow | None:
    """Send the letter unless that is done or under way; return it as we left it."""
    row = store.get(outbox_id)
    if row is None or not row.may_be_claimed(now):
        return None
    try:
        claimed = store.claim(row, now)
        return replace(claimed, state=_attempt(claimed, now, contexts))
    except StateConflict:
        return None


def _attempt(row: OutboxRow, now: datetime, contexts: Mapping[str, Context]) -> LetterState:
    if row.attempts > MOST_ATTEMPTS:
        return _fail(row, "attempts", now)
    try:
        links = Transaction()
        found = contexts[row.letter](row, links, now)
        if found is not None and not found.address:
            return _leave_by_hand(row, now)
        mail = _written(row, links, found)
        message_id = ses.send(mail) if mail else None
    except InvalidInput as error:
        return _fail(row, error.sentence, now)
    except OutcomeUnknown:
        logger.warning("outcome of a letter unknown", extra={"outbox_id": row.id})
        return LetterState.CLAIMED
    except Unavailable:
        store.requeue(row, now)
        return LetterState.QUEUED
    # From here on the letter has left: whatever fails, it must not go back to the queue.
    return _finish(row, LetterState.SENT if mail else LetterState.SUPPRESSED, message_id)


def _leave_by_hand(row: OutboxRow, now: datetime) -> LetterState:
    """Leave the letter to a coordinator; its links are issued when it is printed."""
    transaction = Transaction()
    store.leave_by_hand(transaction, row, now + BY_HAND_WITHIN)
    transaction.commit()
    return LetterState.BY_HAND


def _written(row: OutboxRow, links: Transaction, found: LetterContext | None) -> ses.Mail | None:
    if found is None:
        return None
    mail = _mail(row, found)
    store.still_claimed(links, row, found.registration_id or row.recipient)
    links.commit()
    return mail


def _finish(row: OutboxRow, state: LetterState, message_id: str | None = None) -> LetterState:
    transaction = Transaction()
    store.finish(transaction, row, state, message_id)
    transaction.commit()
    return state


def _fail(row: OutboxRow, reason: str, now: datetime) -> LetterState:
    transaction = Transaction()
    store.finish(transaction, row, LetterState.TECHNICAL_FAILURE)
    audit.record(
        transaction,
        "letter:failed",
        chain=f"outbox#{row.id}",
        actor="system:mailer",
        now=now,
        outbox_id=row.id,
        letter=row.letter,
        reason=reason,
    )
    transaction.commit()
    metrics.add_metric("LetterFailed", MetricUnit.Count, 1)
    return LetterState.TECHNICAL_FAILURE


def _mail(row: OutboxRow, context: LetterContext) -> ses.Mail:
    address, note = _destination(row, one_line(context.address))
    with language.speaking(context.language):
        rendered = render(
            row.letter, context.values, name=context.name, leave_url=context.leave_url, note=note
        )
    return ses.Mail(address, rendered.subject, rendered.text, rendered.html, tag=row.id)


def _destination(row: OutboxRow, address: str) -> tuple[str, str]:
    """Outside production letters go to the stack's own mailbox, and say for whom they were."""
    chosen = settings.current()
    if not chosen.test_mailbox or address in chosen.letter_allow_list:
        return address, ""
    return chosen.test_mailbox, f"Trial run: this letter was for {row.recipient}."
