"""A letter on its way, and who gets which; what each says stands in `values`.

| letter       | values          | recipient           | subject_ids                           |
| ------------ | --------------- | ------------------- | ------------------------------------- |
| confirm      | ConfirmValues   | registration id     | {}                                    |
| manage_link  | ManageValues    | `email#<digest>`    | {}                                    |
| camera_added | AddedValues     | registration id     | {"camera_id", "count"}                |
| request      | RequestValues   | registration id     | {"request_id", "registration_id", "to"} |
| reminder     | RequestValues   | registration id     | {"request_id", "registration_id", "to"} |
| receipt      | ReceiptValues   | registration id     | {"request_id", "clip_id"}             |
| pilot_ending | PilotEndingValues | registration id   | {}                                    |
| left         | LeftValues      | registration id     | {"language"} and a sealed address     |
| reconfirm, reconfirm_reminder | ReconfirmValues | registration id | {}                       |
| lapsed       | LapsedValues    | registration id     | {}                                    |
| invitation   | InvitationValues | registration id    | {}                                    |
| unreachable  | UnreachableValues | registration id; goes to the coordinator | {}             |
| paper_welcome | WelcomeValues  | registration id     | {}                                    |
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from chalicelib.letters.values import Values

LEASE = timedelta(seconds=60)
"""How long one mailer has a letter to itself; its function must time out before that."""
GRACE = timedelta(minutes=10)
"""How long after a lost lease a Send event may still show that the letter did leave."""
RETRY_AFTER = timedelta(minutes=5)
BY_HAND_WITHIN = timedelta(days=3)
"""How soon a letter should be printed, or said on the phone, that no e-mail can carry."""
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
    BY_HAND = "by_hand"
    """Its reader has no e-mail address: a coordinator prints it or says it on the phone."""
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
        """A new letter at once, one that has to wait, a retry or a lost one when it is due."""
        if self.state == LetterState.QUEUED:
            # Not due_at <= now alone: a mailer's clock may be a little behind the poster's.
            new = self.attempts == 0 and self.due_at <= self.created_at
            return new or self.due_at <= now
        return self.state == LetterState.CLAIMED and self.due_at <= now


@dataclass(frozen=True, slots=True)
class LetterContext:
    """To whom a letter goes and what it says; made at the moment of sending."""

    address: str
    """An e-mail address; empty: the letter is printed or said on the phone."""
    name: str
    values: Values
    leave_url: str = ""
    """A link that leads straight to leaving; empty: the page where one can be asked for."""
    language: str = ""
    """In which language it is written; empty: the programme's first."""
    registration_id: str = ""
    """Whose letter it turned out to be, where the row only knew a digest of the address."""


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
