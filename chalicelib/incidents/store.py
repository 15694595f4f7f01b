"""Searches, and how many different cameras an officer has been shown today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib import clock
from chalicelib.aws import reading
from chalicelib.aws.tables import LimitItem, SearchItem
from chalicelib.aws.transaction import Transaction
from chalicelib.incidents.model import Incident, Search, incident_as_json, incident_from_json

SEARCH_KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search as it was run; its results are looked up again each time it is opened."""

    id: str
    incident: Incident
    officer_id: str
    at: datetime
    camera_ids: frozenset[str]
    truncated: bool


def put(transaction: Transaction, search: Search) -> None:
    item = SearchItem(
        search.id,
        officer_id=search.officer_id,
        at=clock.stamp(search.at),
        incident=incident_as_json(search.incident),
        camera_ids={
            "shown": [result.camera_id for result in search.shown],
            "truncated": search.truncated,
        },
        expires=int((search.at + SEARCH_KEPT).timestamp()),
    )
    transaction.put(item, SearchItem.id.does_not_exist())


def get(search_id: str, now: datetime) -> SavedSearch | None:
    item = reading.one(SearchItem, search_id)
    if item is None or item.expires <= now.timestamp():
        return None
    return SavedSearch(
        id=item.id,
        incident=incident_from_json(item.incident),
        officer_id=item.officer_id,
        at=clock.moment(item.at),
        camera_ids=frozenset(item.camera_ids["shown"]),
        truncated=bool(item.camera_ids["truncated"]),
    )


def add_seen(
    transaction: Transaction, officer_id: str, camera_ids: Iterable[str], now: datetime
) -> int:
    """Note cameras as shown to this officer today; return how many different ones that makes."""
    name = f"shown#{officer_id}#{clock.stamp(now)[:10]}"
    before = reading.one(LimitItem, name)
    seen = set(before.members or ()) if before else set()
    seen.update(camera_ids)
    item = LimitItem(name, tally=len(seen), expires=int((now + timedelta(days=2)).timestamp()))
    item.members = seen or None
    unchanged = LimitItem.tally == before.tally if before else LimitItem.name.does_not_exist()
    transaction.put(item, unchanged)
    return len(seen)
