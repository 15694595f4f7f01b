"""JSON from outside, parsed strictly: RFC 8259 lets too much through to be handed on as it is."""

import json
import math
from typing import Any

from chalicelib.errors import InvalidInput
from chalicelib.web.characters import printable

DEPTH = 20


def parsed(text: str) -> dict[str, Any]:
    """Parse a JSON object: no repeated keys, nothing infinite, no deep nesting, clean text."""
    try:
        content = json.loads(
            text, object_pairs_hook=distinct, parse_float=finite, parse_constant=finite
        )
    except (ValueError, RecursionError) as error:
        raise InvalidInput("The content is not valid JSON.") from error
    if not isinstance(content, dict):
        raise InvalidInput("The content must be a JSON object.")
    check(content, depth=1)
    return content


def distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a key that stands twice: two readers could disagree on which one counts."""
    content = dict(pairs)
    if len(content) < len(pairs):
        raise ValueError("a key stands twice")
    return content


def finite(text: str) -> float:
    """Read a number, refusing NaN, Infinity and what overflows to it."""
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("not a finite number")
    return number


def check(content: object, *, depth: int) -> None:
    """Refuse nesting nobody needs and text nobody types."""
    if isinstance(content, str) and not printable(content):
        raise InvalidInput("Some of the text has characters that cannot be used.")
    if isinstance(content, dict | list) and depth > DEPTH:
        raise InvalidInput("The content is nested too deeply.")
    if isinstance(content, dict):
        content = [*content.keys(), *content.values()]
    if isinstance(content, list):
        for item in content:
            check(item, depth=depth + 1)


def wrong_field(message: str) -> InvalidInput:
    """Name the field in words of ours: msgspec's own message may repeat what was sent."""
    path = message.rpartition("`$")[2].rstrip("`").lstrip(".") if "`$" in message else ""
    if message.startswith("Object missing required field"):
        missing = message.split("`")[1]
        return InvalidInput(fields={f"{path}.{missing}".lstrip("."): "This is required."})
    if message.startswith("Object contains unknown field"):
        return InvalidInput(fields={path or "body": "There is a field here that is not known."})
    return InvalidInput(fields={path or "body": "This is not of the kind asked for."})
