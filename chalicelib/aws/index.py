"""The `geo` index of the cameras table, read with plain queries: no models, no hydration.

PynamoDB would cost more per entry than the whole geometry of a search.
"""

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any, NamedTuple

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.aws.clients import client
from chalicelib.aws.tables import CameraItem, GeoIndex
from chalicelib.errors import Unavailable

WORKERS = 8
"""Threads hide the network's latency; more than the client has connections would only wait."""

Range = tuple[str, str, str]
"""A partition `g` with the first and last sort key to read, both included."""


class Entry(NamedTuple):
    """One camera in the index: its id, its twelve geohash characters, its packed view."""

    camera_id: str
    geohash: str
    view: bytes


class Read(NamedTuple):
    """What one or more queries returned and what AWS charged for them."""

    entries: list[Entry]
    requests: int
    capacity_units: float


def read(ranges: Iterable[Range]) -> Read:
    """Return every entry of all `ranges`.

    Raises Unavailable if any page of any range cannot be read: never a partial answer.
    """
    dynamodb, wanted = client("dynamodb"), list(ranges)
    if len(wanted) == 1:
        return _read_range(dynamodb, wanted[0])
    parts = list(_pool().map(_read_range, [dynamodb] * len(wanted), wanted))
    return Read(
        [entry for part in parts for entry in part.entries],
        sum(part.requests for part in parts),
        sum(part.capacity_units for part in parts),
    )


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(WORKERS, thread_name_prefix="index")


def _read_range(dynamodb: Any, wanted: Range) -> Read:  # noqa: ANN401 - a botocore client
    entries: list[Entry] = []
    requests, capacity_units = 0, 0.0
    for page in _pages(dynamodb, wanted):
        entries += map(_entry, page["Items"])
        requests += 1
        capacity_units += page["ConsumedCapacity"]["CapacityUnits"]
    return Read(entries, requests, capacity_units)


def _pages(dynamodb: Any, wanted: Range) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401 - as above
    start = None
    while True:
        try:
            page = dynamodb.query(**_query(wanted, start))
        except (BotoCoreError, ClientError) as error:
            raise Unavailable from error
        yield page
        # A page may be empty and still not be the last one.
        start = page.get("LastEvaluatedKey")
        if not start:
            return


def _query(wanted: Range, start: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return fresh arguments each time: a start key must never leak into another range."""
    partition, low, high = wanted
    query = {
        "TableName": CameraItem.Meta.table_name,
        "IndexName": GeoIndex.Meta.index_name,
        "KeyConditionExpression": "g = :g AND s BETWEEN :low AND :high",
        "ExpressionAttributeValues": {
            ":g": {"S": partition},
            ":low": {"S": low},
            ":high": {"S": high},
        },
        "ReturnConsumedCapacity": "TOTAL",
    }
    return query | ({"ExclusiveStartKey": start} if start else {})


def _entry(item: Mapping[str, Any]) -> Entry:
    return Entry(item["i"]["S"], item["g"]["S"] + item["s"]["S"], item["v"]["B"])
