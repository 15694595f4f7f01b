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
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach an owner; kept sealed, opened for the owner and for a letter only."""

    name: str
    email: str
    phone: str = ""


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
    contact: Contact | None
    camera_ids: tuple[str, ...]
    merged_into: str | None = None
    """Which live registration took over the cameras of this one when it was confirmed."""
    new_contact: Contact | None = None
    """A new e-mail address that still has to be confirmed from there."""

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
    texts = (contact.name, contact.email, contact.phone)
    tidy = Contact(*(" ".join(text.split()) for text in texts))
    wrong = dict(_wrong(tidy))
    if wrong:
        raise InvalidInput(fields=wrong)
    return tidy


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
