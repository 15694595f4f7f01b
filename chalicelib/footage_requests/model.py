"""A footage request, the asks it consists of, and what their states mean.

Request: sending -> open -> closed. An ask: queued -> mailed | bounced; any -> ended when its
owner leaves. An answer may be changed until the request closes. Silence is never a refusal.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from chalicelib.cameras.model import Camera
from chalicelib.incidents.model import DAY, Incident, Timed, Window, camera_minutes


class RequestState(StrEnum):
    """`sending`: accepted, but some asks may not be written yet; a sweep completes it."""

    SENDING = "sending"
    OPEN = "open"
    CLOSED = "closed"


class AskState(StrEnum):
    """How far the letter came; `ended`: the owner has left, nothing may follow."""

    QUEUED = "queued"
    MAILED = "mailed"
    BOUNCED = "bounced"
    ENDED = "ended"


class Answer(StrEnum):
    """The four buttons."""

    HAVE_FOOTAGE = "have_footage"
    NOTHING_THERE = "nothing_there"
    CANNOT_HELP = "cannot_help"
    DO_NOT_ASK_AGAIN = "do_not_ask_again"


@dataclass(frozen=True, slots=True)
class Question:
    """What one owner is to be asked: which cameras, and which window of theirs."""

    camera_ids: tuple[str, ...]
    starts_at: datetime
    ends_at: datetime


Plan = Mapping[str, Question]
"""What to ask each registration."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What one owner is asked, however many cameras they have.

    The window is from the first to the last minute any of these cameras can have seen it. It was
    worked out once, when the request was sent: what an owner was told is not recalculated.
    """

    request_id: str
    registration_id: str
    camera_ids: tuple[str, ...]
    starts_at: datetime
    ends_at: datetime
    state: AskState
    answer: Answer | None
    answered_at: datetime | None
    note: str
    reminded: bool
    version: int
    to: str = "owner"
    """Which of the owner's people the last letter went to, as `recipients` names them."""
    not_before: datetime | None = None
    """Until when that letter waits for the end of the owner's quiet hours."""

    @property
    def subject(self) -> str:
        """Return what an answer link is issued for."""
        return f"{self.request_id}/{self.registration_id}"


@dataclass(frozen=True, slots=True)
class FootageRequest:
    """What an officer asked of the owners near one incident."""

    id: str
    code: str
    incident: Incident
    starts_at: datetime
    """The first minute that any owner is asked about."""
    ends_at: datetime
    looking_for: str
    what_happened: str
    reply_by: datetime
    officer_id: str
    officer_name: str
    sent_at: datetime
    state: RequestState
    closes_at: datetime
    reminded_at: datetime | None
    version: int
    asks: tuple[Ask, ...]

    def closed(self, now: datetime) -> bool:
        """Return whether answers are no longer taken; time closes it even if no sweep ran."""
        return self.state is RequestState.CLOSED or now >= self.closes_at

    @property
    def own_times(self) -> bool:
        """Return whether somebody is asked about a part of the request's window only."""
        whole = Window(self.starts_at, self.ends_at)
        return any(Window(ask.starts_at, ask.ends_at) != whole for ask in self.asks)


@dataclass(frozen=True, slots=True)
class Draft:
    """What sending would do: these cameras, these owners; the rest cannot be asked."""

    incident: Incident
    cameras: tuple[Camera, ...]
    plan: Plan
    cameras_unavailable: tuple[str, ...]
    """Ids of cameras that were shown and are now gone, paused or asked too often."""

    @property
    def owners(self) -> int:
        """Return how many owners would be asked."""
        return len(self.plan)

    @property
    def camera_minutes(self) -> int:
        """Return how much would be asked for: each owner's window for each of their cameras."""
        return camera_minutes(
            question for question in self.plan.values() for _ in question.camera_ids
        )


@dataclass(frozen=True, slots=True)
class Counts:
    """A request at a glance."""

    asked: int
    sent: int
    will_share: int
    nothing_seen: int
    no_answer: int
    could_not_reach: int
    cannot_help: int


@dataclass(frozen=True, slots=True)
class RequestCheck:
    """What anybody who was shown a code may know: that it is real, and about which hours."""

    code: str
    force: str
    starts_at: datetime
    ends_at: datetime
    own_times: bool
    """A letter may name less than these hours."""
    sent_at: datetime
    open: bool


def hull(windows: Iterable[Timed]) -> Window:
    """Return the shortest window that holds all of these, of which there is at least one."""
    every = tuple(windows)
    return Window(min(one.starts_at for one in every), max(one.ends_at for one in every))


class Overwriting(NamedTuple):
    """When the first of an owner's recordings is lost: perhaps from, surely by."""

    days: int
    """For how many days that recorder keeps a recording at least."""
    starts_at: datetime
    days_most: int | None
    """None if `days` is not an estimate."""
    surely_at: datetime | None


def first_overwritten(owned: Iterable[Camera], ask: Ask) -> Overwriting | None:
    """Return for how long the first recording to be lost is kept, and when it is lost.

    None if the owner did not tell: they can look at the recorder, a guess of ours helps nobody.
    """
    known = [(camera.days_kept, camera.days_most) for camera in owned]
    told = [(least, most) for least, most in known if least is not None]
    if not told:
        return None
    least, most = min(told, key=lambda days: (days[0], days[0] if days[1] is None else days[1]))
    most = most if most is not None and most > least else None
    surely_at = None if most is None else ask.ends_at + DAY * most
    return Overwriting(least, ask.ends_at + DAY * least, most, surely_at)


def counts_of(asks: Iterable[Ask]) -> Counts:
    """Count the asks; 'do not ask again' counts as cannot help."""
    every = tuple(asks)
    answers = [ask.answer for ask in every]
    bounced = [ask for ask in every if ask.state is AskState.BOUNCED and ask.answer is None]
    refusals = (Answer.CANNOT_HELP, Answer.DO_NOT_ASK_AGAIN)
    return Counts(
        asked=len(every),
        sent=sum(ask.state is not AskState.QUEUED for ask in every),
        will_share=answers.count(Answer.HAVE_FOOTAGE),
        nothing_seen=answers.count(Answer.NOTHING_THERE),
        no_answer=answers.count(None) - len(bounced),
        could_not_reach=len(bounced),
        cannot_help=sum(answer in refusals for answer in answers),
    )
