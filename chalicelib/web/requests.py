"""The one place where bytes from outside become values: forms, JSON bodies, queries, cookies.

    form(request).text("reason")             one line, trimmed; "" when absent
    form(request).text("note", multiline=True)
    form(request).many("camera")             every value of a repeated field
    json_body(request, NewSearch)            a msgspec Struct
    query(request).text("day")

Whatever cannot be read is refused with a sentence of ours; nothing that came in is repeated.
"""

import hashlib
import hmac
import unicodedata
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from http.cookies import CookieError, SimpleCookie
from typing import TypeVar
from urllib.parse import parse_qsl

import msgspec
from chalice.app import Request

from chalicelib.aws import secrets
from chalicelib.errors import InvalidInput, TooLarge, UnsupportedType
from chalicelib.language import say
from chalicelib.web.characters import LINE_ENDS, printable
from chalicelib.web.json_text import parsed, wrong_field

FORM = "application/x-www-form-urlencoded"
BODY_BYTES = 64 * 1024
MAX_FIELDS = 300
LONGEST_PATH = 200

Body = TypeVar("Body", bound=msgspec.Struct)
CURRENT: ContextVar[Request] = ContextVar("request")


def current() -> Request:
    """Return the request being answered."""
    return CURRENT.get()


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a form or query, as tuples of text without control characters."""

    fields: Mapping[str, tuple[str, ...]]

    def __contains__(self, name: str) -> bool:
        return name in self.fields

    def one(self, name: str) -> str:
        """Return a single-line field exactly as sent, "" if absent; refuse it given twice."""
        return self._single(name, multiline=False)

    def many(self, name: str) -> tuple[str, ...]:
        """Return every value of a repeated single-line field."""
        values = self.fields.get(name, ())
        for value in values:
            refuse_line_ends(name, value)
        return values

    def text(self, name: str, *, multiline: bool = False) -> str:
        """Return what a person typed: trimmed, composed (NFC), with plain line ends."""
        text = self._single(name, multiline=multiline)
        return unicodedata.normalize("NFC", text.replace("\r\n", "\n")).strip()

    def _single(self, name: str, *, multiline: bool) -> str:
        values = self.fields.get(name, ("",))
        if len(values) > 1:
            raise InvalidInput(fields={name: say("Enter this once only.")})
        if not multiline:
            refuse_line_ends(name, values[0])
        return values[0]


def form(request: Request, *, most: int = BODY_BYTES) -> Form:
    """Read the posted form of at most so many bytes."""
    if media_type(request) != FORM:
        raise UnsupportedType
    text = body_text(request, most=most)
    try:
        pairs = parse_qsl(
            text,
            keep_blank_values=True,
            encoding="utf-8",
            errors="strict",
            max_num_fields=MAX_FIELDS,
        )
    except ValueError as error:
        raise InvalidInput from error
    return gathered(pairs)


def json_body(request: Request, body_type: type[Body]) -> Body:
    """Read the body as a `body_type`; say which of its fields is wrong."""
    if media_type(request) != "application/json":
        raise UnsupportedType
    try:
        return msgspec.convert(parsed(body_text(request)), body_type)
    except msgspec.ValidationError as error:
        raise wrong_field(str(error)) from error


def query(request: Request) -> Form:
    """Read the query; API Gateway has already decoded it."""
    sent = request.query_params
    if sent is None:
        return Form({})
    return gathered([(name, value) for name in sent for value in sent.getlist(name)])


def gathered(pairs: list[tuple[str, str]]) -> Form:
    """Collect names and values, refusing what no form of ours can have sent."""
    fields: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        if not (printable(name) and printable(value)):
            raise InvalidInput(say("Some of the text has characters that cannot be used."))
        fields[name] = (*fields.get(name, ()), value)
    return Form(fields)


def body_text(request: Request, *, most: int = BODY_BYTES) -> str:
    """Return the body as text, 64 KB of it unless a route takes more."""
    try:
        raw = request.raw_body
        content = raw.encode() if isinstance(raw, str) else raw
        if len(content) > most:
            raise TooLarge
        return content.decode("utf-8")
    except ValueError as error:
        raise InvalidInput(say("The content is not valid UTF-8 text.")) from error


def media_type(request: Request) -> str:
    """Return the content type without its parameters."""
    return str(request.headers.get("content-type", "")).partition(";")[0].strip().lower()


def refuse_line_ends(name: str, value: str) -> None:
    """Keep what may end up in a header, a letter's subject or a log to one line."""
    if LINE_ENDS & set(value):
        raise InvalidInput(fields={name: say("Enter this on one line.")})


def cookie(request: Request, name: str) -> str:
    """Return the value of a cookie, "" if there is none or the header cannot be read."""
    jar = SimpleCookie()
    try:
        jar.load(str(request.headers.get("cookie", ""))[:4096])
    except CookieError:
        return ""
    return jar[name].value if name in jar else ""


def visitor(request: Request, now: datetime) -> str:
    """Name a visitor for rate limits: a keyed hash of the address that changes every day."""
    day = now.astimezone(UTC).date().isoformat()
    name = f"{day} {source_address(request)}".encode()
    return hmac.new(secrets.lookup_key(), name, hashlib.sha256).hexdigest()[:24]


def source_address(request: Request) -> str:
    """Return the visitor's network address.

    CloudFront notes whom it answers and API Gateway then notes CloudFront, each at the end of
    the header; what stands before these two was sent by the visitor and proves nothing.
    """
    hops = [hop.strip() for hop in str(request.headers.get("x-forwarded-for", "")).split(",")]
    if len(hops) > 1:
        return hops[-2]
    return str(request.context.get("identity", {}).get("sourceIp", "unknown"))


def from_elsewhere(request: Request) -> bool:
    """Say whether the browser tells us that another site made it send this."""
    site = str(request.headers.get("sec-fetch-site", "none"))
    return site.lower() not in {"same-origin", "none"}


def local_path(text: str) -> str:
    """Return `text` if it is a plain path of this site, else the officers' first page."""
    local = text.startswith("/") and not text.startswith("//") and len(text) <= LONGEST_PATH
    plain = text.isascii() and text.isprintable() and not set(text) & set('\\"<>{}^`| ')
    return text if local and plain else "/officer"
