"""What is asked of testers and counted about them: choices from short lists, never free text."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum


class Moment(StrEnum):
    """After what somebody is asked."""

    REGISTER = "register"
    UPLOAD = "upload"


class Ease(StrEnum):
    """How easy was it?"""

    VERY_EASY = "very-easy"
    EASY = "easy"
    NEITHER = "neither"
    HARD = "hard"
    VERY_HARD = "very-hard"


class Recommend(StrEnum):
    """Would you recommend it to a neighbour?"""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


class Duration(StrEnum):
    """How long somebody took, as coarsely as a report needs."""

    UNDER_5 = "under-5"
    FROM_5 = "5-10"
    FROM_10 = "10-20"
    OVER_20 = "over-20"


STEPS = (
    (timedelta(minutes=5), Duration.UNDER_5),
    (timedelta(minutes=10), Duration.FROM_5),
    (timedelta(minutes=20), Duration.FROM_10),
)


@dataclass(frozen=True, slots=True)
class Feedback:
    """The two answers, and nothing of who gave them."""

    moment: Moment
    ease: Ease
    recommend: Recommend


@dataclass(frozen=True, slots=True)
class Cohort:
    """Those one invite code was for."""

    ends_on: date
    places: int
    taken: int
    """Places of people who confirmed, or still have time to."""
    joined: int


@dataclass(frozen=True, slots=True)
class Tallies:
    """Everything counted so far."""

    cohorts: tuple[Cohort, ...]
    ease: Mapping[Moment, Mapping[Ease, int]]
    recommend: Mapping[Moment, Mapping[Recommend, int]]
    durations: Mapping[Duration, int]


def duration(begun_at: datetime, now: datetime) -> Duration:
    """Return which of four drawers a time belongs in."""
    taken = now - begun_at
    return next((name for most, name in STEPS if taken < most), Duration.OVER_20)
