"""In which language a page answers: the link that was followed, the cookie, or the browser's wish.

A link is `?language=es` on the same page, so that it never carries an owner's token anywhere.
Officers' pages and the JSON API speak the programme's first language only.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from chalice.app import Request, Response

from chalicelib import jurisdictions, language
from chalicelib.web import requests

COOKIE = "language"
FIELD = "language"
YEAR_S = 365 * 24 * 60 * 60
OFFICERS = ("/officer", "/api/")
NAMES = {"en-US": "English", "en-GB": "English", "es": "Español", "cy": "Cymraeg"}
"""Each language as its own readers call it."""
READABLE: set[str] = set()
"""Every address that answers a GET with a page; `chalicelib.web.routes` adds them."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One link of the chooser: to the same page, or to the one its form came from."""

    code: str
    path: str
    """Empty for the address the page has anyway."""
    query: str

    @property
    def name(self) -> str:
        return NAMES[self.code]


def wished(request: Request) -> str:
    """Return the code of the language to answer in, "" for the programme's first."""
    offered = jurisdictions.current().languages
    if len(offered) == 1 or str(request.path).startswith(OFFICERS):
        return ""
    wishes = (_linked(request), requests.cookie(request, COOKIE), *_accepted(request))
    return next((code for wish in wishes for code in _match(wish, offered)), "")


def prefer(code: str) -> None:
    """Speak an owner's own language in this answer, unless its reader has chosen one."""
    request, offered = requests.current(), jurisdictions.current().languages
    chosen = (_linked(request), requests.cookie(request, COOKIE))
    if code in offered and not any(_match(wish, offered) for wish in chosen):
        language.SPOKEN.set(code)  # until the end of the `speaking` of this request


def choices() -> tuple[Choice, ...]:
    """Return the languages the page being answered can be read in; none if there is only one."""
    request, offered = requests.CURRENT.get(None), jurisdictions.current().languages
    if request is None or len(offered) == 1 or str(request.path).startswith(OFFICERS):
        return ()
    asked = [(name, value) for name, value in _sent(request) if name != FIELD]
    path = _page_of(request)
    return tuple(Choice(code, path, urlencode([*asked, (FIELD, code)])) for code in offered)


def _page_of(request: Request) -> str:
    """Return "" for a page that can be read again, else the nearest one above it."""
    pattern = str(request.path)
    if request.method != "POST" or pattern in READABLE:
        return ""
    while pattern and pattern not in READABLE:
        pattern = pattern.rpartition("/")[0]
    return pattern.format(**(request.uri_params or {})) or "/"


def _sent(request: Request) -> Iterable[tuple[str, str]]:
    sent = request.query_params
    return [(name, value) for name in sent for value in sent.getlist(name)] if sent else []


def remember(request: Request, response: Response) -> Response:
    """Let the browser remember the language whose link was followed on a page of ours.

    Nothing that caches share may set a cookie, and no answer's headers are changed in place:
    several answers may have the same ones.
    """
    linked = _linked(request)
    kept_by_caches = "public" in str(response.headers.get("Cache-Control", ""))
    aside = kept_by_caches or str(request.path).startswith(OFFICERS)
    if not aside and linked and linked in jurisdictions.current().languages:
        cookie = f"{COOKIE}={linked}; Path=/; Max-Age={YEAR_S}; Secure; HttpOnly; SameSite=Lax"
        sent = response.headers.get("Set-Cookie", [])
        every = sent if isinstance(sent, list) else [sent]
        response.headers = {**response.headers, "Set-Cookie": [*every, cookie]}
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
