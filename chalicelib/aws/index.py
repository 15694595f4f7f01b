"""The geo indexes of the cameras table, read with plain queries: no models, no hydration.

PynamoDB would cost more per entry than the whole geometry of a search.
"""

from binascii import a2b_base64
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any, NamedTuple

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.aws.clients import INDEX, INDEX_CONNECTIONS, client
from chalicelib.aws.table_indexes import GeoIndex, ShiftedIndex
from chalicelib.aws.tables import CameraItem
from chalicelib.errors import Unavailable

GEO = GeoIndex.Meta.index_name
SHIFTED = ShiftedIndex.Meta.index_name
KEYS = {GEO: ("g", "s"), SHIFTED: ("h", "t")}


class Range(NamedTuple):
    """A partition of the index `name` with the first and last sort key to read, both included."""

    name: str
    partition: str
    low: str
    high: str


class Entry(NamedTuple):
    """One camera in an index: its id, its twelve geohash characters in two, its packed view."""

    camera_id: str
    partition: str
    sort: str
    view: bytes


class Read(NamedTuple):
    """What one or more queries returned and what AWS charged for them."""

    entries: list[Entry]
    requests: int
    capacity_units: float


def read(ranges: Iterable[Range]) -> Read:
    """Return every entry of all `ranges`, in their order; they are read at the same time.

    Raises Unavailable if any page of any range cannot be read: never a partial answer.
    """
    wanted, dynamodb = list(ranges), client(INDEX)
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
    """Return the threads, as many as connections: they hide the network's latency."""
    return ThreadPoolExecutor(INDEX_CONNECTIONS, thread_name_prefix="index")


def _read_range(dynamodb: Any, wanted: Range) -> Read:  # noqa: ANN401 - a botocore client
    entries: list[Entry] = []
    requests, capacity_units = 0, 0.0
    for page in _pages(dynamodb, wanted):
        entries += _entries(page["Items"], *KEYS[wanted.name])
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


def every_key() -> Iterator[tuple[str, str]]:
    """Give the partition and sort key of every camera in the plain index.

    Reads all of it, so for the sweep alone. Raises Unavailable.
    """
    query = {
        "TableName": CameraItem.Meta.table_name,
        "IndexName": GEO,
        "ProjectionExpression": "g, s",
    }
    try:
        for page in client("dynamodb").get_paginator("scan").paginate(**query):
            yield from ((item["g"]["S"], item["s"]["S"]) for item in page["Items"])
    except (BotoCoreError, ClientError) as error:
        raise Unavailable from error


def _query(wanted: Range, start: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return fresh arguments each time: a start key must never leak into another range."""
    partition, sort = KEYS[wanted.name]
    query = {
        "TableName": CameraItem.Meta.table_name,
        "IndexName": wanted.name,
        "KeyConditionExpression": f"{partition} = :partition AND {sort} BETWEEN :low AND :high",
        "ExpressionAttributeValues": {
            ":partition": {"S": wanted.partition},
            ":low": {"S": wanted.low},
            ":high": {"S": wanted.high},
        },
        "ReturnConsumedCapacity": "TOTAL",
    }
    return query | ({"ExclusiveStartKey": start} if start else {})


def _entries(items: Sequence[Mapping[str, Any]], partition: str, sort: str) -> list[Entry]:
    # A binary value is base64 text in a raw answer.
    raw = bool(items) and isinstance(items[0]["v"]["B"], str)
    decoded = a2b_base64 if raw else bytes
    new = tuple.__new__  # what Entry(...) does in less time, for thousands of them
    return [
        new(
            Entry,
            (item["i"]["S"], item[partition]["S"], item[sort]["S"], decoded(item["v"]["B"])),
        )
        for item in items
    ]
