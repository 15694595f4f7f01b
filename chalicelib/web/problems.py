"""Errors for programs: RFC 9457 problem details."""

from http import HTTPStatus

import msgspec
from chalice.app import Response

from chalicelib.errors import InvalidInput, NotSignedIn, SightlineError
from chalicelib.language import said

MEDIA_TYPE = "application/problem+json"
HEADERS: dict[str, str | list[str]] = {
    "Content-Type": MEDIA_TYPE,
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class Problem(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What went wrong, as RFC 9457 writes it; `fields` names each wrong field of the body."""

    title: str
    status: int
    detail: str
    type: str = "about:blank"
    fields: dict[str, str] = {}


def problem(error: SightlineError) -> Problem:
    """Describe an error; the type `about:blank` wants the status's own phrase as the title."""
    fields = error.fields if isinstance(error, InvalidInput) else {}
    return Problem(
        title=HTTPStatus(error.status).phrase,
        status=error.status,
        detail=said(error.sentence),
        fields={name: said(sentence) for name, sentence in fields.items()},
    )


def problem_response(error: SightlineError) -> Response:
    """Answer with the problem."""
    headers = dict(HEADERS)
    if isinstance(error, NotSignedIn):
        headers["WWW-Authenticate"] = "Bearer"
    body = msgspec.json.encode(problem(error)).decode()
    return Response(body, headers=headers, status_code=error.status)
