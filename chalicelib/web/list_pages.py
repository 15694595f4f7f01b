"""Cameras as a list from a spreadsheet: shown first, added once its sender has seen what it holds.

The same pages serve a form that is being filled in and a registration that is live. Nothing of a
list is kept before the button that names how many cameras it adds.
"""

from datetime import timedelta

import msgspec
from chalice.app import Response

from chalicelib import cameras, clock, limits, registrations
from chalicelib.cameras import CameraDetails, Premises, lists
from chalicelib.cameras.list_cells import COLUMNS
from chalicelib.cameras.lists import ListedCamera
from chalicelib.errors import NotFound
from chalicelib.jurisdictions import Jurisdiction
from chalicelib.registrations import Registration
from chalicelib.web import drafts, html, list_forms, register_pages
from chalicelib.web.double_clicks import answered_alike
from chalicelib.web.drafts import Draft
from chalicelib.web.list_forms import Judged
from chalicelib.web.owner import opened
from chalicelib.web.registering import keep, without_draft
from chalicelib.web.requests import current, visitor
from chalicelib.web.routes import Routes
from chalicelib.web.site_pages import full_programme

HOUR = timedelta(hours=1)
LISTS_AN_HOUR = 60
WRONG_MOST = 50

pages = Routes(__name__)


@pages.get("/register/list.csv")
def empty_list() -> Response:
    """Give a file with nothing but the names of the columns, for any spreadsheet program."""
    full_programme()
    kind = {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": 'attachment; filename="cameras.csv"',
    }
    return Response(lists.write(()), headers={**html.FIXED_HEADERS, **kind}, status_code=200)


@pages.get("/register/list")
def ask_for_list() -> Response:
    here, draft = full_programme(), drafts.of(current(), now=clock.now())
    if draft is None:
        return without_draft(clock.now())
    require_business(draft.entered.premises)
    return empty_page("public/register_list.html", len(draft.entered.cameras), here)


@pages.post("/register/list")
def take_list() -> Response:
    return answered_alike(keep_list)


def keep_list() -> Response:
    here, now = full_programme(), clock.now()
    draft = drafts.of(current(), now=now)
    if draft is None:
        return without_draft(now)
    require_business(draft.entered.premises)
    count_list()
    judged = list_forms.judged(list_forms.sent(), known_of(draft, here), here)
    if not judged.agreed:
        return judged_page("public/register_list.html", judged)
    added = [list_forms.entered(one.details, now) for one in judged.chosen]
    after = msgspec.structs.replace(draft.entered, cameras=(*draft.entered.cameras, *added))
    keep(draft.holding(after), list_forms.posted_form(), now)
    return html.redirect("/register/cameras")


@pages.get("/my/{token}/list")
def ask_for_more(token: str) -> Response:
    here, registration = full_programme(), business(token)
    return empty_page("owner/list.html", len(registration.camera_ids), here, token=token)


@pages.post("/my/{token}/list")
def take_more(token: str) -> Response:
    return answered_alike(lambda: add_list(token))


def add_list(token: str) -> Response:
    here, registration = full_programme(), business(token)
    count_list()
    known = cameras.get(registration.camera_ids)
    judged = list_forms.judged(list_forms.sent(), known, here)
    if not judged.agreed:
        return judged_page("owner/list.html", judged, token=token)
    details = [one.details for one in judged.chosen]
    registrations.add_cameras(registration, details, now=clock.now())
    return html.redirect(f"/my/{token}?done=add-list")


def empty_page(template: str, there: int, here: Jurisdiction, token: str = "") -> Response:
    most = here.limits.cameras_per_registration
    return html.page(
        template, errors={}, judged=None, there=there, most=most, columns=COLUMNS, token=token
    )


def judged_page(template: str, judged: Judged, token: str = "") -> Response:
    """Show what the list holds; nothing of it is kept yet."""
    return html.page(
        template,
        status=400 if judged.errors else 200,
        errors=judged.errors,
        judged=judged,
        shown=repeats_first(judged),
        repeated={one.line: one.like_line for one in judged.found.repeats},
        there=judged.there,
        most=judged.most,
        wrong_most=WRONG_MOST,
        columns=COLUMNS,
        token=token,
    )


def repeats_first(judged: Judged) -> list[ListedCamera]:
    """Return the good lines, those to look at before the others."""
    again = {one.line for one in judged.found.repeats}
    return sorted(judged.found.cameras, key=lambda one: (one.line not in again, one.line))


def known_of(draft: Draft, here: Jurisdiction) -> list[CameraDetails]:
    """Return the cameras of the form that are whole; the others cannot be compared."""
    return [camera for _, camera in register_pages.shown(draft.entered, here) if camera]


def count_list() -> None:
    """Looking five hundred addresses up takes a while: nobody needs that all day."""
    now = clock.now()
    name = f"list#{visitor(current(), now)}"
    limits.count(name, most=LISTS_AN_HOUR, window=HOUR, now=now)


def business(token: str) -> Registration:
    registration = opened(token, clock.now())
    require_business(registration.kind)
    return registration


def require_business(premises: str | None) -> None:
    if premises != Premises.BUSINESS:
        raise NotFound
