"""What may be said of a business, a second contact and quiet hours, and what hours mean.

Nothing here reads or writes anything. Hours are wall-clock times of the programme's place, so
that "until 07:00" stays seven o'clock when the clocks change.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from chalicelib.errors import InvalidInput
from chalicelib.language import say
from chalicelib.registrations import model
from chalicelib.registrations.model import Contact, Person, Site

ROLES = ("duty_manager", "out_of_hours", "data_protection")
ON_DUTY = ROLES[:2]
"""Who is written to inside and outside opening hours; the third is only told if asked."""
SITE_NAME_MOST = 100
ROLE_MOST = 60
QUIET_HOURS_MOST = 14
"""Enough for any night; whoever is never to be written to can pause."""
CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
DAY = timedelta(days=1)

Wrong = Iterator[tuple[str, str]]


def checked(contact: Contact, *, minimal: bool = False) -> Contact:
    """Return the whole contact tidy; raise InvalidInput naming each bad field.

    A `minimal` programme keeps one way to reach somebody and nothing else.
    """
    wrong: dict[str, str] = {}
    try:
        contact = model.checked(contact)
    except InvalidInput as error:
        wrong |= error.fields
    contact = replace(contact, site=_tidy_site(contact.site), second=_tidy(contact.second))
    wrong |= dict(_too_much(contact) if minimal else _wrong(contact))
    if wrong:
        raise InvalidInput(fields=wrong)
    return contact


def open_at(site: Site, moment: datetime, zone: ZoneInfo) -> bool:
    """Say whether somebody is there; a site without hours always has its duty manager."""
    if not site.opens:
        return True
    return _within(site.opens, site.closes, moment.astimezone(zone).time())


def quiet_until(contact: Contact, moment: datetime, zone: ZoneInfo) -> datetime | None:
    """Return when the quiet hours around `moment` end; None outside them."""
    local = moment.astimezone(zone)
    if not contact.quiet_from or not _within(contact.quiet_from, contact.quiet_until, local.time()):
        return None
    ends = time.fromisoformat(contact.quiet_until)
    day = local.date() if local.time() < ends else local.date() + DAY
    first, second = (
        datetime.combine(day, ends, tzinfo=zone).replace(fold=fold).astimezone(UTC)
        for fold in (0, 1)
    )
    # In the hour that comes twice the first of the two ends may be over already.
    return first if first > moment else second


def goes_out(
    contact: Contact, now: datetime, zone: ZoneInfo, *, lost_at: datetime | None, at_once: bool
) -> datetime:
    """Return when a letter about a request may leave.

    Quiet hours are kept unless somebody's life may depend on it (`at_once`) or the recording
    would be overwritten (`lost_at`) before they end.
    """
    ends = quiet_until(contact, now, zone)
    lost_meanwhile = lost_at is not None and ends is not None and now < lost_at <= ends
    return now if ends is None or at_once or lost_meanwhile else ends


def _within(begins: str, ends: str, local: time) -> bool:
    """Say whether a wall clock stands between two times, the later of which may be tomorrow."""
    first, last = time.fromisoformat(begins), time.fromisoformat(ends)
    if first < last:
        return first <= local < last
    return local >= first or local < last


def _tidy_site(site: Site | None) -> Site | None:
    if site is None:
        return None
    return replace(
        site,
        name=" ".join(site.name.split()),
        duty_manager=_tidy(site.duty_manager),
        out_of_hours=_tidy(site.out_of_hours),
        data_protection=_tidy(site.data_protection),
    )


def _tidy(person: Person | None) -> Person | None:
    """Return somebody who can be reached or is at least named, or nobody."""
    if person is None:
        return None
    role, email, phone = (
        " ".join(text.split()) for text in (person.role, person.email, person.phone)
    )
    return Person(role, email, phone) if role or email or phone else None


def _too_much(contact: Contact) -> Wrong:
    sentence = say("We do not keep this")
    if contact.site:
        yield "site_name", sentence
    if contact.second:
        yield "second_email", sentence
    if contact.quiet_from or contact.quiet_until:
        yield "quiet_from", sentence


def _wrong(contact: Contact) -> Wrong:
    if contact.site:
        yield from _wrong_site(contact.site)
    if contact.second:
        yield from _wrong_second(contact.second, contact.email)
    yield from _wrong_hours("quiet_from", "quiet_until", contact.quiet_from, contact.quiet_until)
    yield from _wrong_length(contact)


def _wrong_site(site: Site) -> Wrong:
    if not _fits(site.name, SITE_NAME_MOST):
        yield (
            "site_name",
            say("Enter the name of the business, at most %(most)s characters", most=SITE_NAME_MOST),
        )
    if site.authority is None:
        yield "authority", say("Select why you may speak for the owner of these cameras")
    for role in ROLES:
        person = getattr(site, role)
        if person:
            yield from _wrong_person(role, person)
    yield from _wrong_hours("opens", "closes", site.opens, site.closes)


def _wrong_second(second: Person, first_email: str) -> Wrong:
    if not _fits(second.role, ROLE_MOST):
        yield (
            "second_role",
            say("Enter who this is, at most %(most)s characters", most=ROLE_MOST),
        )
    if second.email and model.normalised(second.email) == model.normalised(first_email):
        yield "second_email", say("Enter another email address than the first one")
    else:
        yield from _wrong_person("second", second)


def _wrong_person(prefix: str, person: Person) -> Wrong:
    if not person.email and not person.phone:
        yield f"{prefix}_email", say("Enter an email address or a phone number")
    if person.email and not model.is_address(person.email):
        yield f"{prefix}_email", say("Enter an email address, such as name@example.com")
    if not model.is_phone(person.phone):
        yield (
            f"{prefix}_phone",
            say("Enter a phone number using digits and spaces, or leave this empty"),
        )


def _wrong_hours(first: str, last: str, begins: str, ends: str) -> Wrong:
    """Name what is wrong with two times that are given together or not at all."""
    example = say("Enter a time, such as %(example)s", example="22:00")
    for name, text in ((first, begins), (last, ends)):
        if bool(begins or ends) and not CLOCK.fullmatch(text):
            yield name, example
    if begins and begins == ends:
        yield last, say("Enter two different times, or leave both empty")


def _wrong_length(contact: Contact) -> Wrong:
    begins, ends = contact.quiet_from, contact.quiet_until
    if not (CLOCK.fullmatch(begins) and CLOCK.fullmatch(ends)):
        return
    hour, minute = (int(ends[part]) - int(begins[part]) for part in (slice(0, 2), slice(3, 5)))
    if (hour * 60 + minute) % (24 * 60) > QUIET_HOURS_MOST * 60:
        yield (
            "quiet_until",
            say("Quiet hours can be at most %(most)s hours long", most=QUIET_HOURS_MOST),
        )


def _fits(text: str, most: int) -> bool:
    return 1 <= len(text) <= most and not model.has_control(text)
