"""Letters in the outbox table."""

from collections import Counter
from datetime import datetime, timedelta

from chalicelib import clock
from chalicelib.aws import reading
from chalicelib.aws.tables import OutboxItem
from chalicelib.aws.transaction import Condition, Transaction
from chalicelib.letters.model import (
    BEFORE,
    GRACE,
    LEASE,
    RETRY_AFTER,
    LetterState,
    OutboxRow,
)

KEPT = timedelta(days=90)
WAITING = "yes"
BY_DIGEST = "email#"
"""Before the digest of an address, for a letter that whoever asked for it may get or not."""
NOBODY = "nobody"
BY_HAND = "by_hand"


def put(transaction: Transaction, row: OutboxRow) -> None:
    """Add a new letter."""
    item = OutboxItem(
        row.id,
        letter=row.letter,
        recipient=row.recipient,
        subject_ids=dict(row.subject_ids),
        state=row.state,
        created_at=clock.stamp(row.created_at),
        due_at=clock.stamp(row.due_at),
        waiting=WAITING,
        sealed=row.sealed,
        expires=int((row.created_at + KEPT).timestamp()),
    )
    transaction.put(item, OutboxItem.id.does_not_exist())


def get(outbox_id: str) -> OutboxRow | None:
    item = reading.one(OutboxItem, outbox_id)
    return row_of(item) if item else None


def due(now: datetime) -> tuple[str, ...]:
    """Return the ids of the letters that wait for a mailer."""
    until = OutboxItem.due_at <= clock.stamp(now)
    return tuple(item.id for item in reading.every(lambda: OutboxItem.due.query(WAITING, until)))


def states() -> Counter[str]:
    """Count the letters that are still on record by what became of them; reads the whole table."""
    wanted = ["state"]
    found = reading.every(lambda: OutboxItem.scan(attributes_to_get=wanted))
    return Counter(item.state for item in found)


def claim(row: OutboxRow, now: datetime) -> OutboxRow:
    """Have the letter to ourselves for a while; StateConflict if another mailer was quicker."""
    item = OutboxItem(row.id)
    actions = [
        OutboxItem.state.set(LetterState.CLAIMED),
        OutboxItem.version.add(1),
        OutboxItem.attempts.add(1),
        OutboxItem.lease_until.set(clock.stamp(now + LEASE)),
        OutboxItem.due_at.set(clock.stamp(now + LEASE + GRACE)),
    ]
    unclaimed = (OutboxItem.version == row.version) & (OutboxItem.state == row.state)
    reading.change(item, actions, unclaimed)
    return row_of(item)


def requeue(row: OutboxRow, now: datetime) -> None:
    """Let the letter be tried again later."""
    actions = [
        OutboxItem.state.set(LetterState.QUEUED),
        OutboxItem.version.add(1),
        OutboxItem.due_at.set(clock.stamp(now + RETRY_AFTER)),
    ]
    reading.change(OutboxItem(row.id), actions, _still_claimed(row))


def leave_by_hand(transaction: Transaction, row: OutboxRow, due_at: datetime) -> None:
    """End our claim with a coordinator's work: the letter waits, however long, until it is done."""
    actions = [
        OutboxItem.state.set(LetterState.BY_HAND),
        OutboxItem.version.add(1),
        OutboxItem.waiting.set(BY_HAND),
        OutboxItem.due_at.set(clock.stamp(due_at)),
        OutboxItem.sealed.remove(),
        OutboxItem.expires.remove(),
    ]
    transaction.update(OutboxItem(row.id), actions, _still_claimed(row))


def by_hand() -> tuple[OutboxRow, ...]:
    """Return the letters a coordinator has to print or say, the most urgent first."""
    return tuple(row_of(item) for item in reading.every(lambda: OutboxItem.due.query(BY_HAND)))


def still_by_hand(transaction: Transaction, row: OutboxRow) -> None:
    """Let the transaction go through only while nobody has done this letter."""
    transaction.check(OutboxItem, row.id, None, OutboxItem.state == LetterState.BY_HAND)


def finish_by_hand(
    transaction: Transaction, row: OutboxRow, state: LetterState, now: datetime
) -> None:
    """Note that a coordinator has done the letter; StateConflict if that was noted before."""
    actions = [
        OutboxItem.state.set(state),
        OutboxItem.version.add(1),
        OutboxItem.waiting.remove(),
        OutboxItem.expires.set(int((now + KEPT).timestamp())),
    ]
    transaction.update(OutboxItem(row.id), actions, OutboxItem.state == LetterState.BY_HAND)


def still_claimed(transaction: Transaction, row: OutboxRow, recipient: str) -> None:
    """Let the transaction go through only while this claim holds.

    It notes whose letter it is: no digest of an address outlives the sending.
    """
    whose = [OutboxItem.recipient.set(recipient)]
    transaction.update(OutboxItem(row.id), whose, _still_claimed(row))


def finish(
    transaction: Transaction, row: OutboxRow, state: LetterState, message_id: str | None = None
) -> None:
    """End our claim; the one-time address dies here."""
    actions = [
        OutboxItem.state.set(state),
        OutboxItem.version.add(1),
        OutboxItem.waiting.remove(),
        OutboxItem.sealed.remove(),
    ]
    if row.recipient.startswith(BY_DIGEST) and state is not LetterState.SENT:
        actions.append(OutboxItem.recipient.set(NOBODY))
    if message_id:
        actions.append(OutboxItem.message_id.set(message_id))
    transaction.update(OutboxItem(row.id), actions, _still_claimed(row))


def advance(outbox_id: str, state: LetterState) -> OutboxRow:
    """Note what became of a letter; StateConflict if that is no news or the row is gone."""
    item = OutboxItem(outbox_id)
    actions = [
        OutboxItem.state.set(state),
        OutboxItem.version.add(1),
        OutboxItem.waiting.remove(),
        OutboxItem.sealed.remove(),
    ]
    reading.change(item, actions, OutboxItem.state.is_in(*BEFORE[state]))
    return row_of(item)


def _still_claimed(row: OutboxRow) -> Condition:
    same = OutboxItem.version == row.version
    return same & (OutboxItem.state == LetterState.CLAIMED)  # type: ignore[no-any-return]  # PynamoDB leaves `==` untyped


def row_of(item: OutboxItem) -> OutboxRow:
    return OutboxRow(
        id=item.id,
        version=int(item.version),
        letter=item.letter,
        recipient=item.recipient,
        subject_ids=dict(item.subject_ids),
        state=LetterState(item.state),
        attempts=int(item.attempts),
        created_at=clock.moment(item.created_at),
        due_at=clock.moment(item.due_at),
        sealed=item.sealed,
    )
