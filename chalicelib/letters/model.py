"""A letter on its way, and what each letter needs to know besides its own words.

One dataclass for each letter's values; their field names are the names its templates use.
Moments and places arrive as words already (`jurisdiction.moment_words`, `window_words`, ...):
a letter decides nothing.

| letter       | values          | recipient           | subject_ids                           |
| ------------ | --------------- | ------------------- | ------------------------------------- |
| confirm      | ConfirmValues   | registration id     | {}                                    |
| manage_link  | ManageValues    | `email#<digest>`    | {}                                    |
| camera_added | AddedValues     | registration id     | {"camera_id"}                         |
| request      | RequestValues   | registration id     | {"request_id", "registration_id"}     |
| reminder     | RequestValues   | registration id     | {"request_id", "registration_id"}     |
| receipt      | ReceiptValues   | registration id     | {"request_id", "clip_id"}             |
| left         | LeftValues      | registration id     | {} and a sealed one-time address      |
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LEASE = timedelta(seconds=60)
"""How long one mailer has a letter to itself; its function must time out before that."""
GRACE = timedelta(minutes=10)
"""How long after a lost lease a Send event may still show that the letter did leave."""
RETRY_AFTER = timedelta(minutes=5)
MOST_ATTEMPTS = 48
"""With RETRY_AFTER: four hours."""


class LetterState(StrEnum):
    """Where a letter is. No arrow leads back from sent to queued."""

    QUEUED = "queued"
    CLAIMED = "claimed"
    SENT = "sent"
    DELIVERED = "delivered"
    BOUNCED = "bounced"
    COMPLAINED = "complained"
    SUPPRESSED = "suppressed"
    TECHNICAL_FAILURE = "technical_failure"


BEFORE: Mapping[LetterState, tuple[LetterState, ...]] = {
    LetterState.SENT: (
        LetterState.QUEUED,
        LetterState.CLAIMED,
        LetterState.TECHNICAL_FAILURE,
    ),
    LetterState.DELIVERED: (
        LetterState.QUEUED,
        LetterState.CLAIMED,
        LetterState.TECHNICAL_FAILURE,
        LetterState.SENT,
    ),
    LetterState.BOUNCED: (
        LetterState.QUEUED,
        LetterState.CLAIMED,
        LetterState.TECHNICAL_FAILURE,
        LetterState.SENT,
        LetterState.DELIVERED,
    ),
    LetterState.COMPLAINED: (
        LetterState.QUEUED,
        LetterState.CLAIMED,
        LetterState.TECHNICAL_FAILURE,
        LetterState.SENT,
        LetterState.DELIVERED,
        LetterState.BOUNCED,
    ),
}
"""Which states an event about a letter may follow, whatever order the events come in."""


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One letter: ids only. `sealed` is the one-time address of somebody who has left."""

    id: str
    version: int
    letter: str
    recipient: str
    subject_ids: Mapping[str, str]
    state: LetterState
    attempts: int
    created_at: datetime
    due_at: datetime
    sealed: bytes | None = None

    def may_be_claimed(self, now: datetime) -> bool:
        """A new letter at once, a retry or a lost one when it is due."""
        if self.state == LetterState.QUEUED:
            return self.attempts == 0 or self.due_at <= now
        return self.state == LetterState.CLAIMED and self.due_at <= now


@dataclass(frozen=True, slots=True)
class ConfirmValues:
    """To somebody who entered this address on the form."""

    camera: str
    """The camera in the owner's words, or its kind; empty if the programme keeps neither."""
    confirm_url: str
    """The page with the two buttons: confirm, and that was not me."""
    expires: str
    """When the registration is erased if nobody confirms, as words."""


@dataclass(frozen=True, slots=True)
class ManageValues:
    """To somebody who asked for a link to their registration."""

    manage_url: str
    expires: str


@dataclass(frozen=True, slots=True)
class AddedValues:
    """To an owner whose address has confirmed one more camera."""

    camera: str


@dataclass(frozen=True, slots=True)
class RequestValues:
    """To an owner who is asked for footage; the reminder says the same again."""

    officer: str
    """Who asks: name and number as the force shows them."""
    code: str
    """What the owner types on the check page."""
    check_url: str
    case_number: str
    what_happened: str
    """One neutral line."""
    looking_for: str
    """May be empty."""
    window: str
    """Date and from-to in local time."""
    cameras: tuple[str, ...]
    """Each of this owner's cameras that is meant, in the owner's own words."""
    overwritten: str
    """When the recording is (probably) overwritten, as words; empty if that is unknown."""
    reply_by: str
    answer_url: str


@dataclass(frozen=True, slots=True)
class ReceiptValues:
    """To an owner whose clip has arrived whole."""

    code: str
    case_number: str
    file_name: str
    size: str
    sha256: str
    arrived: str
    answer_url: str
    """Where the clip can be taken back until it is accepted; empty when that is over."""


@dataclass(frozen=True, slots=True)
class LeftValues:
    """To somebody who has left."""

    left: str
    """When, as words."""
    erased_by: str
    """When the last of it is gone, as words."""


Values = ConfirmValues | ManageValues | AddedValues | RequestValues | ReceiptValues | LeftValues


@dataclass(frozen=True, slots=True)
class LetterContext:
    """To whom a letter goes and what it says; made at the moment of sending."""

    address: str
    name: str
    values: Values
    leave_url: str = ""
    """A link that leads straight to leaving; empty: the page where one can be asked for."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A letter in words."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class MailEvent:
    """News of a letter that changed its state; `permanent`: the address does not exist."""

    row: OutboxRow
    permanent: bool
