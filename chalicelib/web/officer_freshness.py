"""How fresh an entry is, for officers: when its owner last said that it is right, and no more."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from chalicelib import registrations


def fresh_words(registration_ids: Iterable[str], now: datetime) -> Mapping[str, str]:
    """Return the words for each of these registrations that is still there."""
    found = registrations.standing_of(registration_ids)
    months = {one.id: registrations.freshness_of(one, now) for one in found.values()}
    return {one: words_of(count) for one, count in months.items() if count is not None}


def words_of(months: int) -> str:
    """Say for how long nobody has confirmed an entry."""
    if months == 0:
        return "Entry confirmed within the last month"
    return f"Entry confirmed {months} {'month' if months == 1 else 'months'} ago"
