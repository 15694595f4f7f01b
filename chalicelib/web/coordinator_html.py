"""The desk of the register: what its pages share, and the row of links between them."""

from dataclasses import dataclass
from typing import Any

from chalice.app import Response

from chalicelib import jurisdictions
from chalicelib.web.officer_html import officer_page

DESK = "/officer/register"
LANGUAGES = {"en-US": "English", "en-GB": "English", "es": "Spanish", "cy": "Welsh"}


@dataclass(frozen=True, slots=True)
class DeskPage:
    """One page of the desk, as the row of links names it."""

    id: str
    words: str
    path: str


def desk_page(
    template: str,
    *,
    desk: str,
    status: int = 200,
    **values: Any,  # noqa: ANN401 - whatever the template names
) -> Response:
    """Answer with a page of the desk; `desk` is the id of its link."""
    return officer_page(
        template, here="register", status=status, desk=desk, desk_pages=desk_pages(), **values
    )


def language_choices() -> tuple[tuple[str, str], ...]:
    """Return the languages somebody can be written to in."""
    return tuple((code, LANGUAGES.get(code, code)) for code in jurisdictions.current().languages)


def desk_pages() -> tuple[DeskPage, ...]:
    """Return the pages this programme has: no paper form without `paper_entry`."""
    here = jurisdictions.current()
    paper = (DeskPage("paper", "Paper form", f"{DESK}/paper"),) if here.paper_entry else ()
    pilot = (DeskPage("pilot", "Pilot", f"{DESK}/pilot"),) if here.pilot else ()
    return (
        DeskPage("desk", "Desk", DESK),
        *paper,
        DeskPage("by_hand", "By hand", f"{DESK}/by-hand"),
        DeskPage("entry", "One entry", f"{DESK}/entry"),
        DeskPage("imports", "Imports", f"{DESK}/imports"),
        DeskPage("campaigns", "Campaigns", f"{DESK}/campaigns"),
        DeskPage("overview", "Overview", f"{DESK}/overview"),
        *pilot,
    )
