"""Recording, reading and checking the audit trail."""

from datetime import date, datetime

from chalicelib.audit import events, store
from chalicelib.audit.model import AuditEntry, first_bad, sealed
from chalicelib.aws.transaction import Transaction


def record(  # noqa: PLR0913 - who, what, when and in which case are all keyword-only
    transaction: Transaction,
    event: str,
    *,
    chain: str,
    actor: str,
    now: datetime,
    case_number: str | None = None,
    **detail: object,
) -> AuditEntry:
    """Append to `chain` in the same transaction as the change itself.

    Two appends at the same moment: one of them commits, the other gets StateConflict.
    """
    events.check(event, detail)
    head = store.pending_head(transaction, chain) or store.put_head(
        transaction, chain, store.head(chain)
    )
    seq = int(head.last_seq or 0) + 1
    entry = sealed(AuditEntry(chain, seq, now, event, actor, case_number, detail, "", head.hash))
    store.put_entry(transaction, entry)
    head.last_seq, head.hash = entry.seq, entry.hash
    return entry


def read_day(
    day: date,
    *,
    event: str | None = None,
    actor: str | None = None,
    case_number: str | None = None,
) -> tuple[AuditEntry, ...]:
    """Return the entries of one UTC day that fit all that is asked for, oldest first."""
    wanted = {"event": event, "actor": actor, "case_number": case_number}
    asked = [(name, value) for name, value in wanted.items() if value]
    return tuple(
        entry
        for entry in store.of_day(day.isoformat())
        if all(getattr(entry, name) == value for name, value in asked)
    )


def read_chain(chain: str) -> tuple[AuditEntry, ...]:
    """Return everything recorded about one entity, oldest first."""
    return store.of_chain(chain)


def verify(chain: str) -> int | None:
    """Return the first seq that does not fit, or None.

    Whoever can rewrite the rest of the chain and its head goes unseen by this alone.
    """
    head = store.head(chain)
    return first_bad(store.of_chain(chain), head.seq, head.hash)
