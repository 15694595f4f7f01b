"""What DynamoDB charges for reading, by its documented rules; nothing here does I/O.

A Query is charged half a read unit (eventually consistent) for every 4 KB of the entries it went
through, rounded up, and half a unit even if there were none. It answers at most 1 MB at a time;
what is left takes another request. (Amazon DynamoDB Developer Guide, "Read and write operations".)
"""

import math
from collections.abc import Iterable
from typing import NamedTuple

PAGE_BYTES = 4096
ANSWER_BYTES = 1 << 20
"""The most one Query or Scan goes through before it wants to be asked again."""
HALF_UNIT = 0.5

ENTRY_BYTES = 35
"""Our index entry: id 13 + 1, partition 4 + 1, sort key 8 + 1, packed view 6 + 1."""
YARDSTICK_BYTES = 48
"""A plain index entry, such as anyone would make: the yardstick, and what rivals are billed."""


class Bill(NamedTuple):
    """What one lookup was charged."""

    requests: int
    units: float
    entries: int


def charge(counts: Iterable[int], entry_bytes: int) -> Bill:
    """Return the bill for queries that go through `counts` entries of `entry_bytes` each."""
    requests, units, entries = 0, 0.0, 0
    answer_entries = ANSWER_BYTES // entry_bytes
    for count in counts:
        full, rest = divmod(count, answer_entries)
        requests += full
        units += full * units_of(answer_entries * entry_bytes)
        if rest or not full:
            requests += 1
            units += units_of(rest * entry_bytes)
        entries += count
    return Bill(requests, units, entries)


def units_of(size: int) -> float:
    """Return the read units of one request that went through `size` bytes."""
    return HALF_UNIT * max(1, math.ceil(size / PAGE_BYTES))


def yardstick(hits: int) -> Bill:
    """Return the least any design could pay: only the hits, side by side, 48 bytes each."""
    size = hits * YARDSTICK_BYTES
    return Bill(max(1, math.ceil(size / ANSWER_BYTES)), units_of(size), hits)


def item_bytes(item: dict[str, dict[str, str | bytes]]) -> int:
    """Return the size of an item of strings, numbers and bytes as DynamoDB counts it.

    Names count too; a number is one byte for two digits and one more.
    """
    return sum(len(name) + _value_bytes(value) for name, value in item.items())


def _value_bytes(value: dict[str, str | bytes]) -> int:
    ((kind, content),) = value.items()
    if kind == "N":
        digits = len(str(content).lstrip("-").replace(".", "").strip("0"))
        return (digits + 1) // 2 + 1
    return len(content.encode() if isinstance(content, str) else content)
