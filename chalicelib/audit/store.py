"""Audit entries in their table: seq 0 of a chain is its head and moves with every append."""

import json
from dataclasses import dataclass

from chalicelib import clock
from chalicelib.audit.model import NOTHING_BEFORE, AuditEntry
from chalicelib.aws import reading
from chalicelib.aws.tables import AuditItem
from chalicelib.aws.transaction import Transaction

HEAD = 0


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry of a chain."""

    seq: int
    hash: str


def head(chain: str) -> Head:
    """Return the head as of all finished writes."""
    item = reading.one(AuditItem, chain, HEAD)
    return Head(int(item.last_seq or 0), item.hash) if item else Head(0, NOTHING_BEFORE)


def pending_head(transaction: Transaction, chain: str) -> AuditItem | None:
    """Return the head this transaction is already about to write for `chain`."""
    return transaction.pending(AuditItem, lambda item: (item.chain, item.seq) == (chain, HEAD))


def put_head(transaction: Transaction, chain: str, before: Head) -> AuditItem:
    """Prepare the head's move; it fails if somebody else appends first."""
    item = AuditItem(chain, HEAD, last_seq=before.seq, hash=before.hash)
    unchanged = AuditItem.hash == before.hash if before.seq else AuditItem.chain.does_not_exist()
    transaction.put(item, unchanged)
    return item


def put_entry(transaction: Transaction, entry: AuditEntry) -> None:
    at = clock.stamp(entry.at)
    item = AuditItem(
        entry.chain,
        entry.seq,
        hash=entry.hash,
        previous=entry.previous,
        day=at[:10],
        at=at,
        event=entry.event,
        actor=entry.actor,
        case_number=entry.case_number,
        detail=json.loads(json.dumps(entry.detail)),
    )
    transaction.put(item, AuditItem.chain.does_not_exist())


def of_chain(chain: str) -> tuple[AuditEntry, ...]:
    """Return a chain's entries in order."""
    found = reading.every(
        lambda: AuditItem.query(chain, AuditItem.seq > HEAD, consistent_read=True)
    )
    return tuple(entry_of(item) for item in found)


def of_day(day: str) -> tuple[AuditEntry, ...]:
    """Return one UTC day's entries in order of time (the index may lag by a moment)."""
    found = reading.every(lambda: AuditItem.by_day.query(day))
    return tuple(entry_of(item) for item in found)


def entry_of(item: AuditItem) -> AuditEntry:
    return AuditEntry(
        chain=item.chain,
        seq=int(item.seq),
        at=clock.moment(item.at or ""),
        event=item.event or "",
        actor=item.actor or "",
        case_number=item.case_number,
        detail=item.detail or {},
        hash=item.hash,
        previous=item.previous or "",
    )
