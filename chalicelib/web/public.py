"""Pages for everybody: what this is, the notices, and whether a request is real."""

from datetime import date, datetime, time, timedelta

from chalice.app import Response

from chalicelib import clock, footage_requests, jurisdictions, limits, registrations
from chalicelib.errors import InvalidInput, NotFound
from chalicelib.language import say
from chalicelib.web import html, problems
from chalicelib.web.requests import current, form, query, visitor
from chalicelib.web.routes import Routes

CHECKS_AN_HOUR = 30
HOUR = timedelta(hours=1)
CODE_MOST = 40
PLAIN_TEXT = {**problems.HEADERS, "Content-Type": "text/plain; charset=utf-8"}

pages = Routes(__name__)


@pages.get("/")
def start() -> Response:
    return html.page("public/start.html")


@pages.get("/how-it-works")
def how_it_works() -> Response:
    return html.page("public/how_it_works.html")


@pages.get("/what-we-keep")
def what_we_keep() -> Response:
    return html.page("public/what_we_keep.html")


@pages.get("/who-can-see")
def who_can_see() -> Response:
    return html.page("public/who_can_see.html")


@pages.get("/terms")
def terms() -> Response:
    given = jurisdictions.notice()
    earlier = jurisdictions.earlier(jurisdictions.current())
    return html.page(
        "public/terms.html",
        notice=given,
        written=noon(given.version),
        earlier=[(noon(version), sha256) for version, sha256 in earlier.items()],
    )


@pages.get("/terms/text")
def terms_text() -> Response:
    """Give the words alone, so that anybody can work out their fingerprint."""
    return Response(jurisdictions.notice().text, headers=dict(PLAIN_TEXT))


@pages.get("/privacy")
def privacy() -> Response:
    return html.page("public/privacy.html", written=noon(jurisdictions.notice().version))


@pages.get("/accessibility")
def accessibility() -> Response:
    return html.page("public/accessibility.html", written=noon(jurisdictions.notice().version))


@pages.get("/contact")
def contact() -> Response:
    return html.page("public/contact.html")


def noon(day: str) -> datetime:
    """Return a moment of a version's day that is the same day here."""
    return datetime.combine(date.fromisoformat(day), time(12), jurisdictions.current().zone)


@pages.get("/request-check")
def ask_about_request() -> Response:
    return check_page(query(current()).text("code"))


@pages.post("/request-check")
def check_request() -> Response:
    """Say whether a code is one of ours; guessing is limited because codes are short."""
    now = clock.now()
    code = form(current()).text("code")
    if not code or len(code) > CODE_MOST:
        return check_page(code[:CODE_MOST], {"code": say("Enter the code from the letter")})
    name = f"check#{visitor(current(), now)}"
    limits.count(name, most=CHECKS_AN_HOUR, window=HOUR, now=now)
    try:
        found = footage_requests.check_code(code, now=now)
    except NotFound:
        return html.page("public/request_checked.html", status=404, found=None, code=code)
    return html.page("public/request_checked.html", found=found, code=code)


def check_page(code: str, errors: dict[str, str] | None = None) -> Response:
    status = 400 if errors else 200
    return html.page("public/request_check.html", status=status, code=code, errors=errors or {})


@pages.get("/my-registration")
def ask_for_link() -> Response:
    return html.page("public/my_registration.html", email="", errors={})


@pages.post("/my-registration")
def send_link() -> Response:
    """Answer the same whether the address is known or not."""
    now = clock.now()
    email = form(current()).text("email")
    try:
        registrations.ask_for_manage_link(email, visitor=visitor(current(), now), now=now)
    except InvalidInput as error:
        return html.page(
            "public/my_registration.html", status=400, email=email, errors=error.fields
        )
    return html.page("public/link_sent.html")
