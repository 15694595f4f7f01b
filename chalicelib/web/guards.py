"""Who may call what: `signed_in` for officers' pages, `bearer` for the JSON API.

    @pages.get("/officer/audit")
    @signed_in(Role.AUDITOR)
    def audit_page() -> Response:
        session().officer

    @api.post("/api/v1/searches")
    @bearer(Role.OFFICER, Role.SUPERVISOR)
    def search() -> Response:
        officer()

No role given means any officer. A guarded POST of a page must carry the session's `csrf` field.
"""

import hmac
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from types import MappingProxyType
from typing import TypeVar
from urllib.parse import quote

from chalice.app import Request, Response

from chalicelib import clock, officers
from chalicelib.errors import Forbidden, NotSignedIn, WrongFormToken
from chalicelib.officers import Officer, Role, Session
from chalicelib.web import requests

COOKIE = "__Host-officer"
Handler = Callable[..., Response]
Value = TypeVar("Value")

SESSION: ContextVar[Session] = ContextVar("session")
OFFICER: ContextVar[Officer] = ContextVar("officer")

PUBLIC_ROUTES: Mapping[str, str] = MappingProxyType(
    {
        "/": "the start page",
        "/register": "joining needs no account; a draft belongs to a random cookie",
        "/register/{step}": "as above",
        "/register/site": "as above",
        "/register/list": "as above",
        "/register/list.csv": "the names of columns and nothing else",
        "/r": "the address on printed leaflets",
        "/print/form": "the paper form",
        "/print/brochure": "the leaflet with the form",
        "/print/poster": "the poster; its tag says where it hangs",
        "/p/{code}": "the short link on a printed letter is the permission",
        "/how-it-works": "what people must be told",
        "/what-we-keep": "what people must be told",
        "/who-can-see": "what people must be told",
        "/terms": "what people must be told",
        "/terms/text": "the very words of it, which its fingerprint is of",
        "/privacy": "what people must be told",
        "/accessibility": "what people must be told",
        "/contact": "what people must be told",
        "/request-check": "anybody may ask whether a letter is real",
        "/my-registration": "asking for a link; the answer is the same for everybody",
        "/feedback/{moment}": "two answers that are only counted",
        "/my/{token}/keep": "the link is the permission",
        "/confirm/{token}": "the link is the permission",
        "/confirm/{token}/not-me": "the link is the permission",
        "/still-right/{token}": "the link is the permission",
        "/my/{token}": "the link is the permission",
        "/my/{token}/leave": "the link is the permission",
        "/my/{token}/data.json": "the link is the permission",
        "/my/{token}/{action}": "the link is the permission",
        "/my/{token}/site": "the link is the permission",
        "/my/{token}/list": "the link is the permission",
        "/answer/{token}/record": "the link is the permission",
        "/answer/{token}": "the link is the permission",
        "/answer/{token}/upload": "the link is the permission",
        "/answer/{token}/clock": "the link is the permission",
        "/answer/{token}/clips": "the link is the permission",
        "/answer/{token}/clips/{clip_id}/parts": "the link is the permission",
        "/answer/{token}/clips/{clip_id}/complete": "the link is the permission",
        "/answer/{token}/clips/{clip_id}/remove": "the link is the permission",
        "/answer/{token}/clips/{clip_id}/progress": "the link is the permission",
        "/answer/{token}/form-slot": "the link is the permission",
        "/answer/{token}/sent/{clip_id}": "the link is the permission",
        "/answer/{token}/done": "the link is the permission",
        "/static/{name}": "styles and scripts",
        "/theme.css": "the force's colours",
        "/map/{name}": "streets and buildings, no cameras",
        "/officer/sign-in": "begins signing in",
        "/officer/signed-in": "ends signing in, bound to the cookie set when it began",
        "/api/v1/openapi.json": "the document that describes the API",
    }
)


def session() -> Session:
    """Return the session that is calling; only inside a `signed_in` handler."""
    return SESSION.get()


def officer() -> Officer:
    """Return the officer who is calling; only inside a guarded handler."""
    return OFFICER.get()


def signed_in(*roles: Role) -> Callable[[Handler], Handler]:
    """Let in officers with a live session and one of `roles`."""

    def guarded(handler: Handler) -> Handler:
        @wraps(handler)
        def guard(**parameters: str) -> Response:
            request = requests.current()
            found = officers.session_of(requests.cookie(request, COOKIE), now=clock.now())
            if found is None:
                return to_sign_in(request, parameters)
            require_role(found.officer, roles)
            require_form_token(request, found)
            with held(SESSION, found), held(OFFICER, found.officer):
                return handler(**parameters)

        return marked(guard, "signed_in", roles)

    return guarded


def bearer(*roles: Role) -> Callable[[Handler], Handler]:
    """Let in officers whose token API Gateway has verified and who have one of `roles`."""

    def guarded(handler: Handler) -> Handler:
        @wraps(handler)
        def guard(**parameters: str) -> Response:
            caller = officers.from_claims(claims(requests.current()), now=clock.now())
            require_role(caller, roles)
            with held(OFFICER, caller):
                return handler(**parameters)

        return marked(guard, "bearer", roles)

    return guarded


@contextmanager
def held(variable: ContextVar[Value], value: Value) -> Iterator[None]:
    """Keep a value for this call only: a warm function answers the next person in this thread."""
    token = variable.set(value)
    try:
        yield
    finally:
        variable.reset(token)


def marked(guard: Handler, name: str, roles: tuple[Role, ...]) -> Handler:
    """Leave a mark by which the guard test finds guarded routes."""
    guard.guard = name  # type: ignore[attr-defined] # functions take attributes
    guard.roles = frozenset(roles)  # type: ignore[attr-defined] # as above
    return guard


def claims(request: Request) -> Mapping[str, object]:
    """Return what API Gateway's authorizer read from the token."""
    found = (request.context.get("authorizer") or {}).get("claims")
    if not isinstance(found, dict) or not found:
        raise NotSignedIn
    return found


def require_role(caller: Officer, roles: tuple[Role, ...]) -> None:
    """Refuse an officer who has none of `roles`."""
    if roles and not caller.roles & set(roles):
        raise Forbidden


def require_form_token(request: Request, found: Session) -> None:
    """Refuse a POST that does not carry the session's own token."""
    if request.method != "POST":
        return
    sent = requests.form(request).one("csrf")
    if not hmac.compare_digest(sent.encode(), found.csrf.encode()):
        raise WrongFormToken


def to_sign_in(request: Request, parameters: Mapping[str, str]) -> Response:
    """Send somebody to sign in and, if they only wanted to look, back here afterwards."""
    from chalicelib.web import html  # noqa: PLC0415 - the JSON API starts faster without templates

    if request.method != "GET":
        return html.redirect("/officer/sign-in")
    path = request.path.format(**parameters)
    return html.redirect(f"/officer/sign-in?return={quote(path, safe='')}")
