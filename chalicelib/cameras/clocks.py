"""How far a recorder's clock is off, as its owner found it, and what it shows at a moment."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ClockMethod(StrEnum):
    """How the owner compared: on our page, with another clock, or by saying it is right."""

    LIVE = "live_compare"
    TYPED = "typed_compare"
    SAYS_CORRECT = "owner_says_correct"


@dataclass(frozen=True, slots=True)
class ClockCheck:
    """What an owner found when they looked at the recorder."""

    offset_s: int
    """What the recorder shows minus the true time, in seconds."""
    doubt_s: int
    """How far that may be wrong, in seconds, when it was checked."""
    method: ClockMethod
    checked_at: datetime
