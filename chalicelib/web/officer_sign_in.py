"""Signing in and out. The notice is read before anything else, as police systems require."""

from chalice.app import Response

from chalicelib import clock, officers
from chalicelib.errors import NotSignedIn
from chalicelib.web import html
from chalicelib.web.guards import COOKIE, session, signed_in
from chalicelib.web.officer_html import places_of
from chalicelib.web.requests import cookie, current, form, local_path, query
from chalicelib.web.routes import Routes

SIGN_IN_COOKIE = "__Host-sign-in"
# Lax, not Strict: the pool sends the browser back from another site, and it must bring the cookie.
KEPT = "Path=/; Secure; HttpOnly; SameSite=Lax"

pages = Routes(__name__)


@pages.get("/officer/sign-in")
def sign_in_page() -> Response:
    return_to = local_path(query(current()).one("return"))
    return html.page("officer/sign_in.html", session=None, return_to=return_to)


@pages.post("/officer/sign-in")
def begin() -> Response:
    return_to = local_path(form(current()).one("return"))
    started = officers.begin_sign_in(return_to=return_to, now=clock.now())
    return sent_on(started.authorize_url, kept(SIGN_IN_COOKIE, started.cookie))


@pages.get("/officer/signed-in")
def finish() -> Response:
    fields = query(current())
    if not (fields.one("code") and fields.one("state")):
        raise NotSignedIn
    started = cookie(current(), SIGN_IN_COOKIE)
    new = officers.finish_sign_in(started, fields.one("code"), fields.one("state"), now=clock.now())
    return sent_on(new.return_to, kept(COOKIE, new.cookie), dropped(SIGN_IN_COOKIE))


@pages.post("/officer/sign-out")
@signed_in()
def sign_out() -> Response:
    return sent_on(officers.sign_out(session(), now=clock.now()), dropped(COOKIE))


@pages.get("/officer")
@signed_in()
def first_page() -> Response:
    """Send each role to the page it works on."""
    return html.redirect(places_of(session().officer)[0].path)


def sent_on(address: str, *cookies: str) -> Response:
    """Redirect with cookies."""
    response = html.redirect(address)
    response.headers["Set-Cookie"] = list(cookies)
    return response


def kept(name: str, value: str) -> str:
    return f"{name}={value}; {KEPT}"


def dropped(name: str) -> str:
    return f"{name}=; Max-Age=0; {KEPT}"
