"""Turns every error into an answer: a page for people, problem details for programs.

`chalicelib.web.routes` wraps each handler with `answered`, so a handler just raises the errors
of `chalicelib.errors`. `last_resort` is a middleware that re-words what Chalice answers by itself.
"""

import traceback
from collections.abc import Callable
from pathlib import Path

from chalice.app import Request, Response

from chalicelib.errors import (
    OutcomeUnknown,
    SightlineError,
    Unavailable,
    UnsupportedType,
    WrongMethod,
)
from chalicelib.telemetry import logger
from chalicelib.web.problems import HEADERS, problem_response

RETRY_AFTER_SECONDS = "60"
"""Said only where nothing can have happened yet: trying again is then safe."""
CHALICE_ERRORS = {405: WrongMethod, 415: UnsupportedType}


def answered(route: str, *, for_programs: bool, answer: Callable[[], Response]) -> Response:
    """Return `answer()`, or the answer to whatever it raises."""
    try:
        return answer()
    except SightlineError as error:
        return error_response(error, for_programs=for_programs)
    except Exception as error:  # noqa: BLE001 - the last resort: nobody above us would answer
        log_unexpected(error, route)
        return error_response(SightlineError(), for_programs=for_programs)


def error_response(error: SightlineError, *, for_programs: bool) -> Response:
    """Answer an error as its reader needs it."""
    response = problem_response(error) if for_programs else page(error)
    if isinstance(error, Unavailable) and not isinstance(error, OutcomeUnknown):
        response.headers["Retry-After"] = RETRY_AFTER_SECONDS
    return response


def page(error: SightlineError) -> Response:
    """Answer with a page; when even that fails, with one sentence."""
    try:
        from chalicelib.web import html  # noqa: PLC0415 - the JSON API needs no templates

        return html.error_page(error)
    except Exception as failure:  # noqa: BLE001 - Chalice would log it with all its words
        log_unexpected(failure, "error page")
        headers = {**HEADERS, "Content-Type": "text/plain; charset=utf-8"}
        return Response(error.sentence, headers=headers, status_code=error.status)


def log_unexpected(error: Exception, route: str) -> None:
    """Log class and place only: a message or a path may hold personal data or a link."""
    last = traceback.extract_tb(error.__traceback__)[-1:]
    place = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in last]
    logger.error("unexpected error", error=type(error).__name__, route=route, place=place)


def last_resort(request: Request, get_response: Callable[[Request], Response]) -> Response:
    """Re-word what Chalice answers before a handler runs: it repeats the content type sent."""
    response = get_response(request)
    if not isinstance(response.body, dict) or "Code" not in response.body:
        return response
    error = CHALICE_ERRORS.get(response.status_code, SightlineError)()
    path = str(getattr(request, "path", ""))
    dressed = error_response(error, for_programs=path.startswith("/api/"))
    dressed.headers.update(
        {name: response.headers[name] for name in {"Allow"} & {*response.headers}}
    )
    return dressed
