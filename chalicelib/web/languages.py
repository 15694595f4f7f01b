"""In which language a page answers: the link that was followed, the cookie, or the browser's wish.

A link is `?language=es` on the same page, so that it never carries an owner's token anywhere.
Officers' pages and the JSON API speak the programme's first language only.
"""

from collections.abc import Iterable

from chalice.app import Request, Response

from chalicelib import jurisdictions
from chalicelib.web import requests

COOKIE = "language"
FIELD = "language"
YEAR_S = 365 * 24 * 60 * 60
OFFICERS = ("/officer", "/api/")


def wished(request: Request) -> str:
    """Return the code of the language to answer in, "" for the programme's first."""
    offered = jurisdictions.current().languages
    if len(offered) == 1 or str(request.path).startswith(OFFICERS):
        return ""
    wishes = (_linked(request), requests.cookie(request, COOKIE), *_accepted(request))
    return next((code for wish in wishes for code in _match(wish, offered)), "")


def remember(request: Request, response: Response) -> Response:
    """Let the browser remember the language whose link was followed."""
    linked = _linked(request)
    if linked and linked in jurisdictions.current().languages:
        cookie = f"{COOKIE}={linked}; Path=/; Max-Age={YEAR_S}; Secure; HttpOnly; SameSite=Lax"
        sent = response.headers.get("Set-Cookie", [])
        every = sent if isinstance(sent, list) else [sent]
        response.headers["Set-Cookie"] = [*every, cookie]
    return response


def _linked(request: Request) -> str:
    sent = request.query_params
    return str(sent.get(FIELD, "")) if sent else ""


def _accepted(request: Request) -> Iterable[str]:
    """Return what the browser prefers, first things first; weights are nearly always in order."""
    header = str(request.headers.get("accept-language", ""))[:200]
    return [part.partition(";")[0].strip() for part in header.split(",")]


def _match(wish: str, offered: Iterable[str]) -> Iterable[str]:
    """Return the offered languages that a wish such as es-MX means."""
    main = wish.lower().partition("-")[0]
    return [code for code in offered if main and code.lower().partition("-")[0] == main]
