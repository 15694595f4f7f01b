"""Query answers as the JSON they come in.

botocore walks every value of an answer along the service's description: 17 to 30 us an entry of
the geo index, more than the rest of a lookup together. Here a query's body is decoded by the
`msgspec` alone; its shape stays that of a response, except that binary values stay base64
text. Errors and every other operation go through the normal parser.
"""

from typing import Any

import botocore.session
import msgspec

RAW = "QueryOutput"


class RawAnswers:
    """A response parser that leaves the body of a query's answer as it is."""

    def __init__(self, normal: Any) -> None:  # noqa: ANN401 - botocore is untyped
        """Leave everything that is not a query's answer to `normal`."""
        self._normal = normal

    def parse(self, response: Any, shape: Any) -> Any:  # noqa: ANN401 - as above
        """Return the answer; what the headers say is added by the normal parser."""
        body = _body(response, shape)
        if body is None:
            return self._normal.parse(response, shape)
        return self._normal.parse({**response, "body": b"{}"}, shape) | body


class RawAnswersFactory:
    """What botocore asks for a parser at each response."""

    def __init__(self, normal: Any) -> None:  # noqa: ANN401 - as above
        """Wrap the parsers that `normal` makes."""
        self._normal = normal

    def set_parser_defaults(self, **defaults: Any) -> None:  # noqa: ANN401 - as above
        """Pass on what botocore's users may set."""
        self._normal.set_parser_defaults(**defaults)

    def create_parser(self, protocol: str) -> Any:  # noqa: ANN401 - as above
        """Return a parser for `protocol`; raw only for the one whose bodies are JSON."""
        normal = self._normal.create_parser(protocol)
        return RawAnswers(normal) if protocol == "json" else normal


def install(session: botocore.session.Session) -> bool:
    """Make the clients of `session` return query answers raw; say whether that was possible.

    A botocore built differently keeps its own parser: slower, and the same for our readers.
    """
    try:
        normal = session.get_component("response_parser_factory")
        fits = callable(normal.create_parser("json").parse)
    except Exception:  # noqa: BLE001 - whatever a later version does instead
        return False
    if fits:
        session.register_component("response_parser_factory", RawAnswersFactory(normal))
    return fits


def _body(response: Any, shape: Any) -> dict[str, Any] | None:  # noqa: ANN401 - as above
    """Return the decoded body of a query's answer, None for anything else."""
    if getattr(shape, "name", None) != RAW:
        return None
    try:
        body = msgspec.json.decode(response["body"]) if response["status_code"] == 200 else None  # noqa: PLR2004 - OK
    except (KeyError, TypeError, ValueError, msgspec.DecodeError):
        return None
    return body if isinstance(body, dict) else None
