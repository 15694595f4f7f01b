"""What is printed for everybody: the paper form, the brochure, posters; and links typed from paper.

The browser prints these pages; `print.css` makes each of them fit one sheet of the country's paper.
"""

from io import BytesIO
from typing import Any

import segno
from chalice.app import Response
from markupsafe import Markup

from chalicelib import jurisdictions, links
from chalicelib.registrations import campaigns
from chalicelib.web import html
from chalicelib.web.requests import current, query
from chalicelib.web.routes import Routes

pages = Routes(__name__)


@pages.get("/print/form")
def paper_form() -> Response:
    """Show the form to fill in by pen; the poster where the force takes no forms on paper."""
    if not jurisdictions.current().paper_entry:
        return poster()
    return printed("print/form.html", "form", notice=jurisdictions.notice())


@pages.get("/print/brochure")
def brochure() -> Response:
    """Show a leaflet of one sheet: what taking part means, with the form as its lower half."""
    if not jurisdictions.current().paper_entry:
        return poster()
    return printed("print/brochure.html", "brochure", notice=jurisdictions.notice())


@pages.get("/print/poster")
def poster() -> Response:
    """Show a poster; the tag of a campaign we do not know is not printed."""
    asked = query(current()).text("s")
    tag = asked if campaigns.is_known(asked) else "poster"
    return printed("print/poster.html", tag)


@pages.get("/p/{code}")
def typed_link(code: str) -> Response:
    """Send somebody on who typed the short address of a printed letter."""
    return html.redirect(f"/my/{links.typed(code)}/leave")


def printed(
    template: str,
    tag: str,
    **values: Any,  # noqa: ANN401 - whatever the template names
) -> Response:
    """Answer with a sheet whose QR code opens the form and says which sheet it was."""
    address = f"{links.url('/r')}?s={tag}"
    return html.page(
        template,
        code=code_for(address),
        address=links.url("/"),
        shown=shown_address(links.url("/")),
        shown_terms=shown_address(links.url("/terms")),
        paper=paper_of(),
        tag=tag,
        **values,
    )


def paper_of() -> str:
    """Return the country's paper: the name of its style and of a page in `print.css`."""
    return "letter" if jurisdictions.current().country == "US" else "a4"


def shown_address(address: str) -> str:
    """Return an address as people type it."""
    return address.removeprefix("https://").removeprefix("http://").strip("/")


def code_for(address: str) -> Markup:
    """Return a QR code as SVG; level Q survives a crumpled leaflet."""
    out = BytesIO()
    # Without a size of its own the drawing scales with the sheet instead of being cut off.
    segno.make(address, error="q").save(
        out, kind="svg", xmldecl=False, omitsize=True, border=2, svgclass=None, lineclass=None
    )
    return Markup(out.getvalue().decode())  # noqa: S704 - made by segno of our own address
