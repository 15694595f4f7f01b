"""The figures of an overview: what each registration and each recorded event adds to them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from chalicelib.audit import AuditEntry
from chalicelib.registrations.model import Registration, State

WEEKS = 26
WEEK = timedelta(days=7)
WAYS: Mapping[str, tuple[str, ...]] = {
    "joined": ("registration:confirm", "registration:enter_paper"),
    "left": ("registration:leave",),
    "lapsed": ("registration:lapse",),
    "erased": ("registration:erase.left", "registration:erase.lapsed"),
    "unconfirmed": ("registration:expire", "registration:erase.not_me"),
}
"""What is counted by week, and the recorded events each is made of."""
OTHERS = frozenset(
    {
        *("registration:submit", "registration:unreachable", "pilot:ask", "pilot:keep"),
        *("request:send", "letter:failed", "clip:integrity_failed"),
    }
)
TOLD_APART = {"registration:erase": "reason", "ask:answer": "answer"}
"""Events that are counted by one of their fields."""
COUNTED = OTHERS | {name for names in WAYS.values() for name in names}

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything an overview is made from, as of one moment; counts alone, nobody's id."""

    as_of: datetime
    days: Mapping[str, Counts]
    """Recorded events of each UTC day, by `key_of`."""
    states: Counts
    sources: Counts
    kinds: Counts
    unconfirmed: int
    squares: Counts
    """Cameras of those who take part, by geohash square."""
    kinds_by_square: Mapping[str, Counts]
    letters: Counts
    """Letters of the last 90 days, by what became of them."""
    choices: Counts
    """At the end of a test run: how many stay, and how many have not answered."""

    @property
    def registered(self) -> int:
        return sum(self.states.values())

    def total(self, *events: str) -> int:
        """Return how often these were recorded on all days together."""
        return sum(counts.get(event, 0) for counts in self.days.values() for event in events)


@dataclass(frozen=True, slots=True)
class Week:
    """One week, from Monday, and what was counted in it."""

    begins: date
    counts: Counts


def standing(registration: Registration) -> str | None:
    """Return under which heading a registration counts; None if it takes no part."""
    if not registration.live:
        return None
    if registration.state is State.PAUSED and registration.unreachable_since:
        return "unreachable"
    return str(registration.state)


def key_of(entry: AuditEntry) -> str | None:
    """Return under which key a recorded event is counted; None if it is not."""
    field = TOLD_APART.get(entry.event)
    key = f"{entry.event}.{entry.detail.get(field)}" if field else entry.event
    known = key in COUNTED or entry.event == "ask:answer"
    return key if known else None


def of_entries(entries: Iterable[AuditEntry]) -> Counts:
    """Count one day's entries."""
    return dict(Counter(key for entry in entries if (key := key_of(entry))))


def days_of(today: date) -> tuple[date, ...]:
    """Return every day of the weeks that are shown, the newest first."""
    first = monday(today) - (WEEKS - 1) * WEEK
    return tuple(today - timedelta(days=back) for back in range((today - first).days + 1))


def weeks(figures: Figures) -> tuple[Week, ...]:
    """Return the last 26 weeks, the oldest first; the last one is not over yet."""
    last = monday(figures.as_of.date())
    begun = [last - back * WEEK for back in reversed(range(WEEKS))]
    return tuple(Week(one, _of_week(figures.days, one)) for one in begun)


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _of_week(days: Mapping[str, Counts], begins: date) -> Counts:
    inside = [days.get((begins + timedelta(days=n)).isoformat(), {}) for n in range(7)]
    return {
        way: sum(counts.get(event, 0) for counts in inside for event in events)
        for way, events in WAYS.items()
    }
