"""To whom a letter about a request goes, not before when, and to whom next if it comes back.

    chosen = recipients.of(contact, now, zone)            when the letter is posted
    recipients.addressed(contact, chosen.to)              when it is sent
    recipients.after(contact, "owner", now, zone)         when it could not be delivered

The choice is made once, at the moment the letter is due, and kept with the letter: what SES then
says of it is about that address and no other.
"""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from chalicelib.registrations import sites
from chalicelib.registrations.model import Contact

OWNER = "owner"
SECOND = "second"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Which of a contact's people, their address, how to greet them, and when to write."""

    to: str
    address: str
    """Empty: nothing but paper or the phone reaches them."""
    name: str
    not_before: datetime


def of(  # noqa: PLR0913 - whom, when and how urgent; keyword-only but three
    contact: Contact,
    now: datetime,
    zone: ZoneInfo,
    *,
    again: bool = False,
    lost_at: datetime | None = None,
    at_once: bool = False,
) -> Recipient:
    """Return who is to be written to; `again`: the first letter was not answered."""
    leaves = sites.goes_out(contact, now, zone, lost_at=lost_at, at_once=at_once)
    to = _order(contact, leaves, zone, again=again)[0]
    address, name = addressed(contact, to)
    return Recipient(to, address, name, leaves)


def after(
    contact: Contact, to: str, now: datetime, zone: ZoneInfo, *, again: bool = False
) -> str | None:
    """Return who is next when `to` could not be reached; None if nobody is."""
    order = _order(contact, now, zone, again=again)
    if to not in order:  # off duty by now, or not named any more
        return OWNER
    left = order[order.index(to) + 1 :]
    return left[0] if left else None


def addressed(contact: Contact, to: str) -> tuple[str, str]:
    """Return address and name; the owner's own if that person is not named any more."""
    if to == SECOND and contact.second and contact.second.email:
        return contact.second.email, contact.second.role
    person = getattr(contact.site, to, None) if to in sites.ON_DUTY else None
    if person and person.email and contact.site:
        return person.email, contact.site.name
    return contact.email, contact.name


def _order(contact: Contact, moment: datetime, zone: ZoneInfo, *, again: bool) -> list[str]:
    """Return whom to try in turn: who is on duty and the owner, the second contact after them."""
    first = [*_on_duty(contact, moment, zone), OWNER]
    second = [SECOND] if contact.second and contact.second.email else []
    return second + first if again else first + second


def _on_duty(contact: Contact, moment: datetime, zone: ZoneInfo) -> list[str]:
    if contact.site is None:
        return []
    role = sites.ON_DUTY[0] if sites.open_at(contact.site, moment, zone) else sites.ON_DUTY[1]
    person = getattr(contact.site, role)
    return [role] if person and person.email else []
