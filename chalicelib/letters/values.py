"""What each letter needs to know besides its own words.

One dataclass for each letter; its field names are the names the templates use. Moments and places
arrive as words already (`jurisdiction.moment_words`, ...): a letter decides nothing.
"""

from dataclasses import dataclass


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
    """To an owner whose address has confirmed more cameras."""

    camera: str
    """The only one in the owner's words, or its kind; empty if the programme keeps neither."""
    count: int = 1


@dataclass(frozen=True, slots=True)
class ClockLine:
    """What a recorder shows during the window, if its clock is off."""

    names: str
    """The cameras it records; empty if the owner is asked about one camera only."""
    shows: tuple[str, ...]
    """The time as words; a second one if nobody knows whether it follows summer time."""


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
    """From when on the recording may be overwritten, as words; empty if that is unknown."""
    reply_by: str
    answer_url: str
    overwritten_by: str = ""
    """By when it surely is; empty if its owner knows the number of days."""
    clocks: tuple[ClockLine, ...] = ()
    clock_unknown: bool = False
    """Whether nobody has compared one of the recorders' clocks."""


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


@dataclass(frozen=True, slots=True)
class ReconfirmValues:
    """To an owner who is asked whether all is still right; the reminder asks the same again."""

    count: int
    """How many cameras the entry has."""
    camera: str
    """The first of them, as in ConfirmValues."""
    confirmed: str
    """When it was last said to be right, as words."""
    right_url: str
    """The page that shows the entry, with its one button."""
    hidden_on: str
    """From when on nobody finds the cameras if the owner says nothing, as words."""


@dataclass(frozen=True, slots=True)
class LapsedValues:
    """To an owner who did not answer: the cameras are hidden."""

    right_url: str
    erased_on: str


@dataclass(frozen=True, slots=True)
class InvitationValues:
    """To somebody on an old list, who has to say whether the entry is right."""

    count: int
    camera: str
    confirm_url: str
    expires: str


@dataclass(frozen=True, slots=True)
class UnreachableValues:
    """To the coordinator: letters to somebody come back."""

    registration_id: str
    since: str


@dataclass(frozen=True, slots=True)
class WelcomeValues:
    """To somebody whose paper form a coordinator has entered."""

    dated: str
    """The day on the form, as words."""
    reference: str
    """What they give on the phone or in a letter."""
    cameras: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PilotEndingValues:
    """To somebody who takes part in a test run that is ending."""

    keep_url: str
    ends: str
    """Its last day, as words."""


Values = (
    PilotEndingValues
    | WelcomeValues
    | ConfirmValues
    | ManageValues
    | AddedValues
    | RequestValues
    | ReceiptValues
    | LeftValues
    | ReconfirmValues
    | LapsedValues
    | InvitationValues
    | UnreachableValues
)
