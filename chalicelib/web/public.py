"""Pages for everybody: what this is, the notices, is this request real, and the paper form."""

from datetime import timedelta
from io import BytesIO

import segno
from chalice.app import Response
from markupsafe import Markup

from chalicelib import clock, footage_requests, limits, links, registrations
from chalicelib.errors import InvalidInput, NotFound
from chalicelib.web import html
from chalicelib.web.requests import current, form, query, visitor
from chalicelib.web.routes import Routes

CHECKS_AN_HOUR = 30
HOUR = timedelta(hours=1)
CODE_MOST = 40

pages = Routes(__name__)


@pages.get("/")
def start() -> Response:
    return html.page("public/start.html")


@pages.get("/privacy")
def privacy() -> Response:
    return html.page("public/privacy.html")


@pages.get("/accessibility")
def accessibility() -> Response:
    return html.page("public/accessibility.html")


@pages.get("/contact")
def contact() -> Response:
    return html.page("public/contact.html")


@pages.get("/request-check")
def ask_about_request() -> Response:
    return check_page(query(current()).text("code"))


@pages.post("/request-check")
def check_request() -> Response:
    """Say whether a code is one of ours; guessing is limited because codes are short."""
    now = clock.now()
    code = form(current()).text("code")
    if not code or len(code) > CODE_MOST:
        return check_page(code[:CODE_MOST], {"code": "Enter the code from the letter"})
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


@pages.get("/print/form")
def paper_form() -> Response:
    address = f"{links.url('/r')}?s=form"
    return html.page("print/form.html", code=code_for(address), address=links.url("/"))


def code_for(address: str) -> Markup:
    """Return a QR code as SVG; level Q survives a crumpled leaflet."""
    out = BytesIO()
    segno.make(address, error="q").save(
        out, kind="svg", xmldecl=False, svgns=True, scale=4, border=2, svgclass=None, lineclass=None
    )
    return Markup(out.getvalue().decode())  # noqa: S704 - made by segno of our own address
