"""Counters of cameras by geohash cell: one item of the limits table for each four-character cell.

Each of its counters is an attribute named by one more character, because ADD, which never
conflicts with another ADD, works on top-level attributes only and PynamoDB wants to know them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib import clock
from chalicelib.aws.clients import client
from chalicelib.aws.tables import LimitItem
from chalicelib.errors import Unavailable

PREFIX = "cameras#"
TOUCHED = "touched"
BATCH_MOST = 100
REFUSED = "ConditionalCheckFailedException"


def add(cell: str, counter: str, amount: int, *, now: datetime | None = None) -> None:
    """Add `amount` to one counter of `cell`; with `now`, no earlier recount may overwrite it."""
    update = "ADD #counter :amount" + (" SET #touched = :now" if now else "")
    names = {"#counter": counter} | ({"#touched": TOUCHED} if now else {})
    values = {":amount": {"N": str(amount)}} | ({":now": {"S": clock.stamp(now)}} if now else {})
    with _translated():
        client("dynamodb").update_item(
            TableName=LimitItem.Meta.table_name,
            Key=_key(cell),
            UpdateExpression=update,
            ExpressionAttributeNames=names,
            ExpressionAttributeValues=values,
        )


def read(cells: Sequence[str]) -> dict[str, dict[str, int]]:
    """Return the counters of those of `cells` that have any, at half a read unit each."""
    known: dict[str, dict[str, int]] = {}
    for first in range(0, len(cells), BATCH_MOST):
        wanted = [_key(cell) for cell in cells[first : first + BATCH_MOST]]
        while wanted:
            with _translated():
                answer = client("dynamodb").batch_get_item(
                    RequestItems={LimitItem.Meta.table_name: {"Keys": wanted}}
                )
            for item in answer["Responses"].get(LimitItem.Meta.table_name, []):
                known[_cell(item)] = _counts(item)
            rest = answer.get("UnprocessedKeys") or {}
            wanted = rest.get(LimitItem.Meta.table_name, {}).get("Keys", [])
    return known


def cells() -> Iterator[str]:
    """Give every cell that has counters. Reads the whole table, so for the sweep alone."""
    query: dict[str, Any] = {
        "TableName": LimitItem.Meta.table_name,
        "FilterExpression": "begins_with(#name, :prefix)",
        "ProjectionExpression": "#name",
        "ExpressionAttributeNames": {"#name": "name"},
        "ExpressionAttributeValues": {":prefix": {"S": PREFIX}},
    }
    with _translated():
        for page in client("dynamodb").get_paginator("scan").paginate(**query):
            yield from map(_cell, page["Items"])


def rewrite(cell: str, counts: Mapping[str, int], *, now: datetime, unless_since: datetime) -> bool:
    """Replace all counters of `cell`, unless one was touched at or after `unless_since`."""
    condition = {
        "TableName": LimitItem.Meta.table_name,
        "ConditionExpression": "attribute_not_exists(#touched) OR #touched < :since",
        "ExpressionAttributeNames": {"#touched": TOUCHED},
        "ExpressionAttributeValues": {":since": {"S": clock.stamp(unless_since)}},
    }
    touched = {TOUCHED: {"S": clock.stamp(now)}}
    numbers = {counter: {"N": str(count)} for counter, count in counts.items()}
    try:
        if numbers:
            client("dynamodb").put_item(Item=_key(cell) | touched | numbers, **condition)
        else:
            client("dynamodb").delete_item(Key=_key(cell), **condition)
    except ClientError as error:
        if error.response["Error"]["Code"] == REFUSED:
            return False
        raise Unavailable from error
    except BotoCoreError as error:
        raise Unavailable from error
    return True


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise Unavailable from error


def _key(cell: str) -> dict[str, dict[str, str]]:
    return {"name": {"S": PREFIX + cell}}


def _cell(item: Mapping[str, Any]) -> str:
    name: str = item["name"]["S"]
    return name.removeprefix(PREFIX)


def _counts(item: Mapping[str, Any]) -> dict[str, int]:
    numbers: Iterable[tuple[str, Any]] = item.items()
    return {name: int(value["N"]) for name, value in numbers if "N" in value}
