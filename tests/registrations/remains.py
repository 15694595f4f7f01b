"""Looks for what may be left of somebody: in every table, index, file version and message."""

import base64
import hashlib
import hmac
import html
import json
from urllib.parse import quote

from chalicelib.aws import tables
from chalicelib.geo import geohash

QUEUE = "https://sqs.us-east-1.amazonaws.com/123456789012/outbox"
LOOKUP_KEY = b"pepper"


def spellings(text):
    """A text as it stands, and as pages, addresses, JSON and base64 would write it."""
    one = {text, html.escape(text), quote(text), json.dumps(text)[1:-1]}
    one |= {base64.b64encode(text[skip:].encode()).decode().rstrip("=")[:-1] for skip in range(3)}
    return {word.casefold() for word in one if len(word) > 3}


def digests(email):
    """The keyed digest under which an address is found, and plain ones somebody might add."""
    folded = email.strip().casefold().encode()
    keyed = hmac.new(LOOKUP_KEY, folded, hashlib.sha256).hexdigest()
    return {keyed, hashlib.sha256(folded).hexdigest(), hashlib.sha1(folded).hexdigest()}  # noqa: S324 - what somebody else might have used


def place(point):
    """Coordinates to four decimals or more, and the cells of 1.2 km or less."""
    numbers = {f"{abs(value):.6f}"[:-2] for value in (point.latitude, point.longitude)}
    return numbers | {geohash.encode(point)[:6]}


def everything(cloud):
    """Yield where each stored thing is and all its text, of tables, indexes, bucket and queue."""
    for name, model in tables.ALL.items():
        for item in _scanned(cloud, model.Meta.table_name):
            yield name, _text(item)
        for index in model._indexes or {}:  # noqa: SLF001 - PynamoDB has no other list of them
            for item in _scanned(cloud, model.Meta.table_name, IndexName=index):
                yield f"{name}/{index}", _text(item)
    yield from _files(cloud("s3"))
    yield from _messages(cloud("sqs"))


def found(cloud, canaries, lines=()):
    """Return each canary with the places where it still is."""
    kept = [*everything(cloud), *(("log", line.casefold()) for line in lines)]
    return sorted(
        {(where, canary) for where, text in kept for canary in canaries if canary in text}
    )


def _scanned(cloud, table, **more):
    for page in cloud("dynamodb").get_paginator("scan").paginate(TableName=table, **more):
        yield from page["Items"]


def _text(item):
    """Write an item with its binary values both as they are and as base64."""
    binary = [value["B"] for value in item.values() if "B" in value]
    written = " ".join(one.decode("latin-1") + base64.b64encode(one).decode() for one in binary)
    return f"{item} {json.dumps(item, default=str, ensure_ascii=False)} {written}".casefold()


def _files(s3):
    for version in s3.list_object_versions(Bucket="clips").get("Versions", []):
        key, number = version["Key"], version["VersionId"]
        body = s3.get_object(Bucket="clips", Key=key, VersionId=number)
        text = body["Body"].read().decode("latin-1") + str(body["Metadata"])
        yield f"file {number}", f"{key} {text}".casefold()


def _messages(sqs):
    while messages := sqs.receive_message(QueueUrl=QUEUE, MaxNumberOfMessages=10).get("Messages"):
        for message in messages:
            yield "queue", message["Body"].casefold()
