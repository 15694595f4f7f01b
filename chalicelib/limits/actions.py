"""Counting what happens within fixed windows of time."""

from datetime import datetime, timedelta

from chalicelib.aws import reading
from chalicelib.aws.tables import LimitItem
from chalicelib.errors import StateConflict, TooManyRequests


def count(name: str, *, most: int, window: timedelta, now: datetime) -> None:
    """Count one more in the present window; raise TooManyRequests if `most` are already in it.

    Windows are fixed stretches of the clock: across a boundary up to twice `most` may pass.
    """
    room = LimitItem.tally.does_not_exist() | (LimitItem.tally < most)
    actions = [LimitItem.tally.add(1), LimitItem.expires.set(_end(now, window) + 1)]
    item = LimitItem(_window_name(name, window, now))
    try:
        reading.change(item, actions, room)
    except StateConflict as error:
        raise TooManyRequests from error


def peek(name: str, *, window: timedelta, now: datetime) -> int:
    """Return how many the present window has counted."""
    item = reading.one(LimitItem, _window_name(name, window, now))
    return int(item.tally) if item else 0


def _window_name(name: str, window: timedelta, now: datetime) -> str:
    return f"{name}#{int(window.total_seconds())}#{_end(now, window)}"


def _end(now: datetime, window: timedelta) -> int:
    length = int(window.total_seconds())
    return (int(now.timestamp()) // length + 1) * length
