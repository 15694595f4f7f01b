"""A registration, the contact behind it, and the states it goes through.

    (none) -- submit --> pending -- confirm --> active <-- pause, resume --> paused
    pending -- 7 days, "not me", or merged into a live one --> erased
    pending, active, paused -- leave --> withdrawn -- job, within 24 hours --> erased

No arrow leads back from withdrawn or erased: whoever returns is a new registration. The version
grows by one with each arrow. A camera can be found only while its registration is active.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from chalicelib.cameras.model import CameraDetails, Kind, Premises
from chalicelib.errors import InvalidInput

NAME_MOST = 100
PHONE_MOST = 30
EMAIL_MOST = 254
ADDRESS = re.compile(r"[^@\s<>,;:\"()\[\]\\]+@[^@\s<>,;:\"()\[\]\\.]+(\.[^@\s<>,;:\"()\[\]\\.]+)+")


class State(StrEnum):
    """Where a registration is; lapsed and reconfirm_due belong to yearly re-confirmation."""

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


@dataclass(frozen=True, slots=True)
class Site:
    """A business or other organisation: roles instead of names, and when to write to whom.

    Times are local, "HH:MM", "" if not given. Outside `opens` to `closes` letters go to
    `out_of_hours`; from `quiet_from` to `quiet_until` none goes out.
    """

    name: str
    duty_manager: Person | None = None
    out_of_hours: Person | None = None
    data_protection: Person | None = None
    opens: str = ""
    closes: str = ""
    quiet_from: str = ""
    quiet_until: str = ""


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


@dataclass(frozen=True, slots=True)
class Paper:
    """Where the paper form is that a registration was typed in from."""

    dated: str
    """The day on the form, ISO."""
    kept_at: str
    entered_by: str
    """The coordinator's id."""


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

    @property
    def visible(self) -> bool:
        return self.state in VISIBLE

    @property
    def live(self) -> bool:
        return self.state in LIVE


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
    if not 1 <= len(contact.name) <= NAME_MOST or _has_control(contact.name):
        wrong["name"] = f"Enter your name, at most {NAME_MOST} characters"
    if not is_address(contact.email):
        wrong["email"] = "Enter an email address, such as name@example.com"
    if len(contact.phone) > PHONE_MOST or re.search(r"[^0-9+() ./x-]", contact.phone):
        wrong["phone"] = "Enter a phone number using digits and spaces, or leave this empty"
    return wrong


def is_address(email: str) -> bool:
    """Say whether an address could exist; only a letter can tell whether it does."""
    fits = len(email) <= EMAIL_MOST and not _has_control(email)
    return fits and ADDRESS.fullmatch(email) is not None


def _has_control(text: str) -> bool:
    return any(unicodedata.category(sign).startswith("C") for sign in text)


def check_minimal(details: CameraDetails) -> None:
    """Refuse everything but the place: what a programme does not keep must not even arrive."""
    extra = ("label", "heading", "view_angle", "reach_m", "days_kept")
    wrong = [name for name in extra if getattr(details, name) is not None]
    if details.kind is not Kind.OTHER:
        wrong.append("kind")
    if wrong:
        raise InvalidInput(fields=dict.fromkeys(wrong, "This programme does not keep this"))
