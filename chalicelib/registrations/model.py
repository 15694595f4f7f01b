"""A registration, the contact behind it, and the states it goes through.

    (none) -- submit, invite --> pending -- confirm --> active <-- pause, resume --> paused
    (none) -- a coordinator types a paper form in --> active
    pending -- 7 days, "not me", or merged into a live one --> erased
    active, reconfirm_due -- a letter came back --> paused
    active -- a year --> reconfirm_due -- 60 days --> lapsed -- 30 days --> erased
    paused -- a year and 60 days without a word --> lapsed
    reconfirm_due, lapsed, paused -- "still right" --> active
    all but erased -- leave --> withdrawn -- job, within 24 hours --> erased

No arrow leads back from withdrawn or erased: whoever returns is a new registration. The version
is the number of entries in the registration's audit chain: each arrow is one. A camera can be
found only while its registration is active or reconfirm_due; while `settled` is not true, that
still has to be done for some of its cameras (see `settling`).
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from chalicelib.cameras.model import CameraDetails, Kind, Premises
from chalicelib.errors import InvalidInput
from chalicelib.language import say

NAME_MOST = 100
PHONE_MOST = 30
EMAIL_MOST = 254
POSTAL_MOST = 1000
"""In bytes: with everything else a contact may hold it fits into what KMS seals at once."""
JOINING = frozenset("\u200c\u200d") | {chr(code) for code in range(0xE0020, 0xE0080)}
"""Inside Persian names, pictures of several people, and the flag of Wales."""
NEVER_SIGNS = frozenset(chr(code) for code in range(0xFDD0, 0xFDF0))
ADDRESS = re.compile(r"[^@\s<>,;:\"()\[\]\\]+@[^@\s<>,;:\"()\[\]\\.]+(\.[^@\s<>,;:\"()\[\]\\.]+)+")


class State(StrEnum):
    """Where a registration is; reconfirm_due and lapsed belong to the yearly question."""

    PENDING = "pending"
    ACTIVE = "active"
    PAUSED = "paused"
    RECONFIRM_DUE = "reconfirm_due"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"


VISIBLE = frozenset({State.ACTIVE, State.RECONFIRM_DUE})
"""In these states officers can find the cameras; in no other."""
LIVE = frozenset({State.ACTIVE, State.RECONFIRM_DUE, State.PAUSED, State.LAPSED})
"""In these states the owner has confirmed the address and has not left."""


class Reach(StrEnum):
    """How an owner wants to hear from us; `letter` and `phone` are a coordinator's work."""

    EMAIL = "email"
    LETTER = "letter"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody else who may be asked: a role such as "duty manager", a name only if given."""

    role: str
    email: str = ""
    phone: str = ""


class Authority(StrEnum):
    """Why somebody may speak for the owner of a business's cameras."""

    OWNER = "owner"
    TENANT = "tenant"
    EMPLOYEE = "employee"


@dataclass(frozen=True, slots=True)
class Site:
    """A business or other organisation: roles instead of names, and who speaks for it.

    Opening hours are local, "HH:MM", "" if not given: outside them letters go to `out_of_hours`.
    """

    name: str
    duty_manager: Person | None = None
    out_of_hours: Person | None = None
    data_protection: Person | None = None
    opens: str = ""
    closes: str = ""
    authority: Authority | None = None
    """What the person who agreed to the notice said of themselves."""


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach an owner; kept sealed, opened for the owner and for a letter only.

    Who has no e-mail address (`reach` letter or phone) has an empty `email` and is written to or
    called by a coordinator.
    """

    name: str
    email: str
    phone: str = ""
    reach: Reach = Reach.EMAIL
    postal_address: str = ""
    second: Person | None = None
    """Whom else to write to when the first address does not answer."""
    site: Site | None = None
    quiet_from: str = ""
    """From here to `quiet_until`, local, "HH:MM", no letter about a request goes out."""
    quiet_until: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """Where the paper form is that a registration was typed in from."""

    dated: str
    """The day on the form, ISO."""
    kept_at: str
    entered_by: str
    """The coordinator's id."""
    checked: str = ""
    """How it was made sure that the form is theirs: in_person, phone or letter."""


@dataclass(frozen=True, slots=True)
class Registration:
    """One owner's part in the programme."""

    id: str
    state: State
    version: int
    created_at: datetime
    confirmed_at: datetime | None
    kind: Premises | None
    source: str
    notice_version: str
    notice_hash: str
    """SHA-256 of the very text that was agreed to, in the language it was read in."""
    language: str
    """The language of the letters, as the programme's `languages` name it."""
    contact: Contact | None
    camera_ids: tuple[str, ...]
    merged_into: str | None = None
    """Which live registration took over the cameras of this one when it was confirmed."""
    new_contact: Contact | None = None
    """A new e-mail address that still has to be confirmed from there."""
    paper: Paper | None = None
    unreachable_since: datetime | None = None
    """When a letter came back: paused until the owner is heard of."""
    reach: Reach = Reach.EMAIL
    """As in the contact, readable without opening that."""
    import_id: str = ""
    """The old list this came from; such an entry has longer to be confirmed."""
    asked_at: datetime | None = None
    """When the owner was asked whether all is still right, if that is not answered yet."""
    reminded_at: datetime | None = None
    lapsed_at: datetime | None = None
    settled: bool = True
    """Whether all cameras are as the state wants them; 500 do not fit into one transaction."""

    @property
    def visible(self) -> bool:
        return self.state in VISIBLE

    @property
    def live(self) -> bool:
        return self.state in LIVE


def renewed(registration: Registration, now: datetime) -> Registration:
    """Return the registration of somebody who has just looked at it and acted on it.

    Only the button on its page wakes a lapsed one: it has not been seen as true for too long.
    """
    if registration.state is State.LAPSED:
        return registration
    due = registration.state is State.RECONFIRM_DUE
    return replace(
        registration,
        state=State.ACTIVE if due else registration.state,
        confirmed_at=now,
        asked_at=None,
        reminded_at=None,
    )


def normalised(email: str) -> str:
    """Return the one spelling under which an address is looked up."""
    return unicodedata.normalize("NFKC", email).strip().casefold()


def checked(contact: Contact) -> Contact:
    """Return the contact without stray spaces; raise InvalidInput naming each bad field."""
    tidy = replace(
        contact,
        name=_tidy(contact.name),
        email=_tidy(contact.email),
        phone=_tidy(contact.phone),
    )
    wrong = dict(_wrong(tidy))
    if wrong:
        raise InvalidInput(fields=wrong)
    return tidy


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _wrong(contact: Contact) -> Mapping[str, str]:
    wrong = {}
    if not 1 <= len(contact.name) <= NAME_MOST or has_control(contact.name):
        wrong["name"] = say("Enter your name, at most %(most)s characters", most=NAME_MOST)
    without = contact.reach is not Reach.EMAIL and not contact.email
    if not without and not is_address(contact.email):
        wrong["email"] = say("Enter an email address, such as name@example.com")
    if not is_phone(contact.phone):
        wrong["phone"] = say("Enter a phone number using digits and spaces, or leave this empty")
    if len(contact.postal_address.encode()) > POSTAL_MOST:
        wrong["postal_address"] = say("This is too long")
    if contact.reach is Reach.LETTER and not contact.postal_address:
        wrong["postal_address"] = say("Enter the address that letters are sent to")
    if contact.reach is Reach.PHONE and not contact.phone:
        wrong["phone"] = say("Enter the phone number to call")
    return wrong


def is_address(email: str) -> bool:
    """Say whether an address could exist; only a letter can tell whether it does."""
    fits = len(email.encode()) <= EMAIL_MOST and not (has_control(email) or set(email) & JOINING)
    return fits and ADDRESS.fullmatch(email) is not None


def is_phone(phone: str) -> bool:
    """Say whether this could be dialled; empty is as good."""
    return len(phone) <= PHONE_MOST and not re.search(r"[^0-9+() ./x-]", phone)


def has_control(text: str) -> bool:
    """Say whether a text has signs that nobody sees, but for those that make names and pictures.

    A sign younger than our tables of Unicode is a new picture; what can never be one is refused.
    """
    return any(_unseen(sign) for sign in text)


def _unseen(sign: str) -> bool:
    category = unicodedata.category(sign)
    if category == "Cf":
        return sign not in JOINING
    never = ord(sign) & 0xFFFE == 0xFFFE or sign in NEVER_SIGNS  # noqa: PLR2004 - Unicode's own rule
    return category in {"Cc", "Cs", "Co"} or (category == "Cn" and never)


def check_minimal(details: CameraDetails) -> None:
    """Refuse everything but the place: what a programme does not keep must not even arrive."""
    extra = (
        *("label", "heading", "view_angle", "reach_m"),
        *("days_kept", "days_most", "days_from", "clock"),
    )
    wrong = [name for name in extra if getattr(details, name) is not None]
    if details.kind is not Kind.OTHER:
        wrong.append("kind")
    if wrong:
        raise InvalidInput(fields=dict.fromkeys(wrong, say("We do not keep this")))
