"""Reads what a business says of itself, and anybody's second contact and quiet hours.

A draft keeps the texts as they were typed; the registration keeps what they mean.
"""

from collections.abc import Mapping
from dataclasses import replace

from chalicelib.cameras import Premises
from chalicelib.errors import InvalidInput
from chalicelib.jurisdictions import Jurisdiction, moments
from chalicelib.registrations import Contact, sites
from chalicelib.registrations.model import Authority, Person, Site
from chalicelib.web.entered import Entered
from chalicelib.web.registration_forms import refuse_others, texts
from chalicelib.web.requests import Form

ROLES = tuple(f"{role}_{way}" for role in sites.ROLES for way in ("email", "phone"))
SITE = ("site_name", "authority", *ROLES, "opens", "closes")
OTHERS = ("second_role", "second_email", "second_phone", "quiet_from", "quiet_until")
SKIPPED = {"skipped": "yes"}
"""What a draft holds once somebody has chosen to say none of it."""

Texts = Mapping[str, str]


def fields(*, business: bool) -> tuple[str, ...]:
    """Return the fields of the page."""
    return (*SITE, *OTHERS) if business else OTHERS


def read(form: Form, *, business: bool) -> dict[str, str]:
    """Return the texts; what is wrong with them is for `checked` to say."""
    refuse_others(form, fields(business=business))
    return texts(form, fields(business=business))


def checked(contact: Contact, entered: Texts, *, business: bool) -> Contact:
    """Return the contact with what was entered; raise InvalidInput naming each field of ours."""
    asked = fields(business=business)
    try:
        return sites.checked(into_contact(contact, entered, business=business))
    except InvalidInput as error:
        wrong = {name: error.fields[name] for name in asked if name in error.fields}
        if wrong:
            raise InvalidInput(fields=wrong) from error
        return contact


def into_contact(contact: Contact, entered: Texts, *, business: bool) -> Contact:
    """Return the contact with the texts made into a site, a second person and quiet hours."""
    return replace(
        contact,
        site=_site(entered) if business else None,
        second=_person(entered, "second"),
        quiet_from=_clock(entered.get("quiet_from", "")),
        quiet_until=_clock(entered.get("quiet_until", "")),
    )


def contact_of(entered: Entered) -> Contact:
    """Return the contact of a whole form."""
    contact = Contact(entered.name, entered.email, entered.phone)
    return into_contact(contact, entered.site, business=entered.premises == Premises.BUSINESS)


def missing(entered: Entered, here: Jurisdiction) -> bool:
    """Say whether the form still has to ask a business, or holds what cannot be used."""
    business = entered.premises == Premises.BUSINESS
    if here.fields == "minimal" or not (business or entered.site):
        return False
    try:
        checked(contact_of(entered), entered.site, business=business)
    except InvalidInput:
        return True
    return not entered.site


def entered_of(contact: Contact, here: Jurisdiction) -> dict[str, str]:
    """Write what is known as the page shows it."""
    found = {"quiet_from": contact.quiet_from, "quiet_until": contact.quiet_until}
    people = {"second": contact.second}
    if site := contact.site:
        found |= {"site_name": site.name, "authority": site.authority or ""}
        found |= {"opens": site.opens, "closes": site.closes}
        people |= {role: getattr(site, role) for role in sites.ROLES}
    for name, person in people.items():
        found |= {f"{name}_email": person.email, f"{name}_phone": person.phone} if person else {}
    if contact.second:
        found["second_role"] = contact.second.role
    times = ("opens", "closes", "quiet_from", "quiet_until")
    return found | {name: here.clock_words(found[name]) for name in times if found.get(name)}


def _site(entered: Texts) -> Site | None:
    if not any(entered.get(name) for name in SITE):
        return None
    authority = entered.get("authority", "")
    roles = {role: _person(entered, role) for role in sites.ROLES}
    return Site(
        name=entered.get("site_name", ""),
        opens=_clock(entered.get("opens", "")),
        closes=_clock(entered.get("closes", "")),
        authority=Authority(authority) if authority in set(Authority) else None,
        **roles,
    )


def _person(entered: Texts, prefix: str) -> Person | None:
    role, email, phone = (
        entered.get(f"{prefix}_{part}", "") for part in ("role", "email", "phone")
    )
    return Person(role, email, phone) if role or email or phone else None


def _clock(text: str) -> str:
    """Return HH:MM; what is no time stays as it was typed and is refused by `sites.checked`."""
    try:
        return moments.parse_time(text).strftime("%H:%M") if text else ""
    except InvalidInput:
        return text
