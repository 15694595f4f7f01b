"""How far a recorder's clock is off, as its owner found it, and what it shows at a moment.

    offset = what the recorder shows - the local time at that moment

Both are times on a wall, so an offset means the same on the nights when clocks change. About a
recorder's clock nobody knows whether it changes with them. If they have changed between the check
and a window, or do in it, there are two answers: one for a recorder that follows the law and one
for a recorder that goes on as it was when it was checked.

A time found in a recording is never corrected, in the file or on a page: the offset stands
beside it.
"""

import math
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

DAY_S = 86_400
MINUTE = timedelta(minutes=1)
DRIFT_USUAL_S = 2.0
"""Seconds a day an unwatched recorder's clock may lose or gain: minutes in some months."""
DRIFT_MOST_S = 60.0
"""Between two checks a day: more is no drift, somebody has set the clock."""
DRIFT_LEAST_DAYS = 7
"""Two checks closer to each other say more about how they were made than about the clock."""
NOTABLE_S = 30
"""A difference an owner has to be told: what is less is less than they can read off."""
UNKNOWN = timedelta(minutes=15)
"""How much earlier and later to look where nobody has compared clocks.

More than a programme's `clock_doubt_minutes`: that one decides how much is asked for, this one
only where an owner looks in their own recordings."""
MINUTES_ONLY_S = 30
"""A clock read without its seconds stands anywhere in that minute: half of it either way."""
READING_S = 15
"""From looking at the recorder to typing what it showed, and the other way round."""
CORRECT_DOUBT_S = 120
"""How far a clock may be off that its owner calls right."""
LONGEST_CHANGE = timedelta(hours=36)


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
    drift_s: float | None = None
    """How many seconds a day it gains, once two checks have told."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a clock showed: the day may be left out, and so may the seconds."""

    at: time
    on: date | None = None
    exact: bool = False
    """The seconds were read too."""

    @property
    def doubt_s(self) -> int:
        return 0 if self.exact else MINUTES_ONLY_S


@dataclass(frozen=True, slots=True)
class Shown:
    """A window as a recorder shows it: times on its own face, of no zone."""

    starts_at: datetime
    ends_at: datetime


def check(shown: Reading, looked: tuple[datetime, datetime], zone: ZoneInfo) -> ClockCheck:
    """Compare with our own clock; the owner looked between two moments we know.

    The page was sent at the first and came back at the second, so they looked half-way, and the
    doubt is half of the time between, the reading itself and the seconds nobody typed.
    """
    first, last = min(looked), max(looked)
    half = (last - first) / 2
    true = _wall(first + half, zone)
    offset = _offset(shown, true)
    doubt = math.ceil(half.total_seconds()) + READING_S + shown.doubt_s
    return ClockCheck(offset, doubt, ClockMethod.LIVE, last)


def compared(shown: Reading, other: Reading, *, now: datetime, zone: ZoneInfo) -> ClockCheck:
    """Compare with another clock that the owner read at the same moment, such as a telephone's."""
    today = _wall(now, zone)
    true = _placed(other, today)
    doubt = READING_S + shown.doubt_s + other.doubt_s
    return ClockCheck(_offset(shown, true), doubt, ClockMethod.TYPED, now)


def said_correct(now: datetime) -> ClockCheck:
    """Believe an owner that the clock is right, within two minutes."""
    return ClockCheck(0, CORRECT_DOUBT_S, ClockMethod.SAYS_CORRECT, now)


def after(before: ClockCheck | None, latest: ClockCheck | None) -> ClockCheck | None:
    """Return the latest check there is, with the drift that the one before it tells.

    If they are too close to each other, or the clock was set in between, what was known of the
    drift still holds.
    """
    if before is None or latest is None:
        return latest or before
    days = (latest.checked_at - before.checked_at).total_seconds() / DAY_S
    if days < DRIFT_LEAST_DAYS:
        return replace(latest, drift_s=before.drift_s)
    drift = (latest.offset_s - before.offset_s) / days
    told = abs(drift) <= DRIFT_MOST_S
    return replace(latest, drift_s=round(drift, 3) if told else before.drift_s)


def doubt_at(check: ClockCheck, moment: datetime) -> timedelta:
    """Return how far the offset may be wrong by then: its own doubt and the drift since."""
    days = abs(moment - check.checked_at).total_seconds() / DAY_S
    drift = DRIFT_USUAL_S if check.drift_s is None else abs(check.drift_s)
    return timedelta(seconds=check.doubt_s + drift * days)


def shown_window(
    check: ClockCheck | None, starts_at: datetime, ends_at: datetime, zone: ZoneInfo
) -> tuple[Shown, ...]:
    """Return what the recorder shows during a window, in whole minutes, widened by all doubt.

    Two answers if the clocks have changed since the check, or change in the window: a recorder
    that follows comes first. Without a check it is the true window and 15 minutes either side.
    """
    follows = _followed(starts_at, ends_at, zone)
    if check is None:
        return (_widened(follows, timedelta(0), UNKNOWN),)
    offset = timedelta(seconds=check.offset_s)
    doubt = max(doubt_at(check, starts_at), doubt_at(check, ends_at))
    stays = _stayed(starts_at, ends_at, check.checked_at, zone)
    every = [_widened(one, offset, doubt) for one in (follows, stays)]
    return tuple(dict.fromkeys(every))


def notable(check: ClockCheck, starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> bool:
    """Say whether an owner has to look elsewhere than at the true time."""
    off = abs(check.offset_s) >= NOTABLE_S
    return off or len(shown_window(check, starts_at, ends_at, zone)) > 1


def true_times(check: ClockCheck, shown: datetime, zone: ZoneInfo) -> tuple[datetime, ...]:
    """Return when it was, in UTC, as a recorder that follows the law showed a time of no zone.

    Two moments for an hour that comes twice, none for an hour that never came.
    """
    wall = (shown - timedelta(seconds=check.offset_s)).replace(tzinfo=zone)
    found = [wall.replace(fold=fold).astimezone(UTC) for fold in (0, 1)]
    real = [one for one in found if _wall(one, zone) == wall.replace(tzinfo=None)]
    return tuple(dict.fromkeys(real))


def _wall(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None)


def _placed(reading: Reading, near: datetime) -> datetime:
    """Return what was read, in the middle of its minute; without a day, nearest to `near`."""
    middle = timedelta(seconds=reading.doubt_s)
    if reading.on is not None:
        return datetime.combine(reading.on, reading.at) + middle
    days = (near.date() + timedelta(days=step) for step in (-1, 0, 1))
    every = [datetime.combine(day, reading.at) + middle for day in days]
    return min(every, key=lambda one: abs(one - near))


def _offset(shown: Reading, true: datetime) -> int:
    return round((_placed(shown, true) - true).total_seconds())


def _followed(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> Shown:
    """Return the earliest and the latest time on the wall: an hour may be passed twice."""
    edges = [starts_at, ends_at]
    change = _change(starts_at, ends_at, zone)
    if change is not None:
        edges += [change - timedelta(microseconds=1), change]
    walls = [_wall(one, zone) for one in edges]
    return Shown(min(walls), max(walls))


def _stayed(starts_at: datetime, ends_at: datetime, since: datetime, zone: ZoneInfo) -> Shown:
    ahead = since.astimezone(zone).utcoffset() or timedelta(0)
    wall = [(one.astimezone(UTC) + ahead).replace(tzinfo=None) for one in (starts_at, ends_at)]
    return Shown(*wall)


def _change(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> datetime | None:
    """Return when the clocks change in a window of at most a day or so, to the second."""
    low, high = starts_at.astimezone(UTC), min(ends_at, starts_at + LONGEST_CHANGE).astimezone(UTC)
    if low.astimezone(zone).utcoffset() == high.astimezone(zone).utcoffset():
        return None
    before = low.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        unchanged = middle.astimezone(zone).utcoffset() == before
        low, high = (middle, high) if unchanged else (low, middle)
    return high.replace(microsecond=0)


def _widened(window: Shown, offset: timedelta, doubt: timedelta) -> Shown:
    start, end = window.starts_at + offset - doubt, window.ends_at + offset + doubt
    whole = start.replace(second=0, microsecond=0)
    last = end.replace(second=0, microsecond=0)
    return Shown(whole, last if last == end else last + MINUTE)
