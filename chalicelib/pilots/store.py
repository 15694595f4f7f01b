"""Counters of a test run in the limits table, and the few items that tie one to a registration."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from chalicelib.aws import reading
from chalicelib.aws.tables import LimitItem
from chalicelib.aws.transaction import Transaction

PREFIX = "pilot#"


def count(transaction: Transaction, name: str, *, most: int | None = None) -> None:
    """Add one to a counter; with `most`, the transaction fails when that many are counted."""
    room = None
    if most is not None:
        room = LimitItem.tally.does_not_exist() | (LimitItem.tally < most)
    transaction.update(LimitItem(PREFIX + name), [LimitItem.tally.add(1)], room)


def take_back(transaction: Transaction, name: str) -> None:
    """Take one off a counter."""
    transaction.update(LimitItem(PREFIX + name), [LimitItem.tally.add(-1)])


def counts(names: Iterable[str]) -> Mapping[str, int]:
    """Return the counters that have counted anything."""
    wanted = [PREFIX + name for name in names]
    found = reading.every(lambda: LimitItem.batch_get(wanted, consistent_read=True))
    return {item.name.removeprefix(PREFIX): int(item.tally) for item in found}


def put_once(transaction: Transaction, name: str, *, expires: datetime | None = None) -> None:
    """Leave a mark; the transaction fails if it is there already."""
    item = LimitItem(PREFIX + name, expires=int(expires.timestamp()) if expires else None)
    transaction.put(item, LimitItem.name.does_not_exist())


def put_seat(transaction: Transaction, registration_id: str, digest: str) -> None:
    """Remember whose place it is, until the registration is confirmed or gone."""
    item = LimitItem(PREFIX + seat(registration_id), members={digest})
    transaction.put(item, LimitItem.name.does_not_exist())


def seat_of(registration_id: str) -> str | None:
    """Return the digest of the code an unconfirmed registration came with."""
    item = reading.one(LimitItem, PREFIX + seat(registration_id))
    return next(iter(item.members)) if item and item.members else None


def remove(transaction: Transaction, name: str) -> None:
    """Take a mark away; the transaction fails if somebody else did so first."""
    transaction.delete(LimitItem(PREFIX + name), LimitItem.name.exists())


def seat(registration_id: str) -> str:
    return f"seat#{registration_id}"
