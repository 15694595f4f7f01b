"""What a business says of itself, and anybody's second contact and quiet hours.

The same fields serve a form that is being filled in and a registration that is live.
"""

import msgspec
from chalice.app import Response

from chalicelib import clock, jurisdictions, registrations
from chalicelib.cameras import Premises
from chalicelib.errors import InvalidInput, NotFound
from chalicelib.jurisdictions import Jurisdiction
from chalicelib.registrations import Contact, Registration
from chalicelib.registrations.model import Authority
from chalicelib.web import drafts, html, register_pages, site_forms
from chalicelib.web.double_clicks import answered_alike
from chalicelib.web.drafts import Draft
from chalicelib.web.owner import contact_of, opened
from chalicelib.web.registering import keep, without_draft
from chalicelib.web.requests import current, form
from chalicelib.web.routes import Routes

FULL = "full"

pages = Routes(__name__)


@pages.get("/register/site")
def site() -> Response:
    full_programme()
    draft = drafts.of(current(), now=clock.now())
    if draft is None:
        return without_draft(clock.now())
    return draft_site_page(draft, draft.entered.site, {})


@pages.post("/register/site")
def take_site() -> Response:
    return answered_alike(keep_site)


def keep_site() -> Response:
    here, now = full_programme(), clock.now()
    draft, sent = drafts.of(current(), now=now), form(current())
    if draft is None:
        return without_draft(now)
    business = draft.entered.premises == Premises.BUSINESS
    entered = site_forms.read(sent, business=business)
    contact = Contact(draft.entered.name, draft.entered.email, draft.entered.phone)
    try:
        site_forms.checked(contact, entered, business=business)
    except InvalidInput as error:
        return draft_site_page(draft, entered, error.fields)
    said = {name: text for name, text in entered.items() if text} or site_forms.SKIPPED
    after = msgspec.structs.replace(draft.entered, site=said)
    keep(draft.holding(after), sent, now)
    return html.redirect(register_pages.next_step(after, here))


def draft_site_page(draft: Draft, entered: dict[str, str], errors: dict[str, str]) -> Response:
    business = draft.entered.premises == Premises.BUSINESS
    return site_page("public/register_site.html", entered, errors, business=business)


@pages.get("/my/{token}/site")
def own_site(token: str) -> Response:
    here, registration = full_programme(), opened(token, clock.now())
    entered = site_forms.entered_of(contact_of(registration), here)
    return own_site_page(token, registration, entered, {})


@pages.post("/my/{token}/site")
def change_site(token: str) -> Response:
    full_programme()
    now = clock.now()
    registration = opened(token, now)
    business = registration.kind is Premises.BUSINESS
    entered = site_forms.read(form(current()), business=business)
    try:
        contact = site_forms.checked(contact_of(registration), entered, business=business)
        registrations.change_contact(registration, contact, now=now)
    except InvalidInput as error:
        return own_site_page(token, registration, entered, error.fields)
    return html.redirect(f"/my/{token}?done=contact")


def own_site_page(
    token: str,
    registration: Registration,
    entered: dict[str, str],
    errors: dict[str, str],
) -> Response:
    business = registration.kind is Premises.BUSINESS
    return site_page("owner/site.html", entered, errors, business=business, token=token)


def site_page(
    template: str,
    entered: dict[str, str],
    errors: dict[str, str],
    *,
    business: bool,
    token: str = "",
) -> Response:
    return html.page(
        template,
        status=400 if errors else 200,
        entered=entered,
        errors=errors,
        business=business,
        authorities=tuple(Authority),
        token=token,
    )


def full_programme() -> Jurisdiction:
    """Return the programme; one that keeps the least has none of these pages."""
    here = jurisdictions.current()
    if here.fields != FULL:
        raise NotFound
    return here
