"""Reading the audit log is itself recorded, whether through a page or the API."""

from collections.abc import Mapping
from datetime import date, datetime

from chalicelib import audit
from chalicelib.audit import AuditEntry
from chalicelib.aws.transaction import Transaction
from chalicelib.officers import Officer


def day_viewed(
    day: date, wanted: Mapping[str, str], *, officer: Officer, now: datetime
) -> tuple[AuditEntry, ...]:
    """Return one UTC day's entries that fit `wanted` and record who read them."""
    entries = audit.read_day(
        day,
        event=wanted.get("event"),
        actor=wanted.get("actor"),
        case_number=wanted.get("case_number"),
    )
    _record({"day": day.isoformat(), **wanted}, len(entries), officer=officer, now=now)
    return entries


def chain_viewed(chain: str, *, officer: Officer, now: datetime) -> tuple[AuditEntry, ...]:
    """Return everything recorded about one entity and record who read it."""
    entries = audit.read_chain(chain)
    _record({"chain": chain}, len(entries), officer=officer, now=now)
    return entries


def _record(filters: Mapping[str, str], shown: int, *, officer: Officer, now: datetime) -> None:
    transaction = Transaction()
    audit.record(
        transaction,
        "audit:view",
        chain=f"officer#{officer.id}",
        actor=officer.actor,
        now=now,
        filters=dict(filters),
        shown=shown,
    )
    transaction.commit()
