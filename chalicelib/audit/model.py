"""An audit entry, its one canonical spelling and the hash that ties it to the one before."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib import clock

NOTHING_BEFORE = "0" * 64
"""What the first entry of a chain names as the hash before it."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did what, when, to what, in which case."""

    chain: str
    seq: int
    at: datetime
    event: str
    actor: str
    case_number: str | None
    detail: Mapping[str, object]
    hash: str
    previous: str


def canonical(entry: AuditEntry) -> bytes:
    """Spell all fields but the hash in one way only: sorted keys, no spaces, UTF-8."""
    fields = {
        "actor": entry.actor,
        "at": clock.stamp(entry.at),
        "case_number": entry.case_number,
        "chain": entry.chain,
        "detail": entry.detail,
        "event": entry.event,
        "previous": entry.previous,
        "seq": entry.seq,
    }
    text = json.dumps(
        fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return text.encode()


def hash_of(entry: AuditEntry) -> str:
    return hashlib.sha256(canonical(entry)).hexdigest()


def sealed(entry: AuditEntry) -> AuditEntry:
    """Return the entry with its own hash."""
    return replace(entry, hash=hash_of(entry))


def first_bad(entries: Sequence[AuditEntry], last_seq: int, last_hash: str) -> int | None:
    """Return the first seq that is missing, altered or out of line with the head of the chain."""
    previous = NOTHING_BEFORE
    for seq, entry in enumerate(entries, start=1):
        if (entry.seq, entry.previous, entry.hash) != (seq, previous, hash_of(entry)):
            return seq
        previous = entry.hash
    if (last_seq, last_hash) != (len(entries), previous):
        return min(last_seq, len(entries)) + 1 if last_seq != len(entries) else last_seq
    return None
