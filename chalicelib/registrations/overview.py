"""The coordinator's overview: counted once a day by the sweep and kept as one item.

Who joined or left in which week is read from the audit trail, whose entries are written with the
change itself: the figures outlive an erased registration and count nothing twice. A day is read
until it is over, and once more on the day after.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import msgspec

from chalicelib import audit, cameras, jurisdictions, letters, limits
from chalicelib.aws import reading
from chalicelib.aws.tables import LimitItem
from chalicelib.aws.transaction import Transaction
from chalicelib.errors import TooManyRequests
from chalicelib.registrations import figures, pilot_end, store
from chalicelib.registrations.figures import Counts, Figures
from chalicelib.registrations.model import State
from chalicelib.telemetry import logger

ITEM = "overview"
DAY = timedelta(days=1)
DAYS_A_RUN = 31
"""Most days of the trail one run reads anew; a first run on an old register takes several."""
OPEN_DAYS = 2


def prepare(*, now: datetime) -> None:
    """Count everything anew once a day."""
    if limits.peek(ITEM, window=DAY, now=now):
        return
    known = latest()
    days, whole = _days(known.days if known else {}, now.astimezone(UTC).date())
    keep(_counted(days, now))
    if whole:
        _note_done(now)


def keep(counted: Figures) -> None:
    """Store the figures in the place of the last ones."""
    transaction = Transaction()
    transaction.put(LimitItem(ITEM, body=msgspec.to_builtins(counted)))
    transaction.commit()


def latest() -> Figures | None:
    """Return the figures of the last count, if there was one."""
    item = reading.one(LimitItem, ITEM)
    return msgspec.convert(item.body, Figures) if item and item.body else None


def viewed(shown: str, *, actor: str, officer_id: str, now: datetime) -> Figures | None:
    """Return the figures and record who looked at them."""
    transaction = Transaction()
    audit.record(
        transaction,
        "overview:view",
        chain=f"officer#{officer_id}",
        actor=actor,
        now=now,
        shown=shown,
    )
    transaction.commit()
    return latest()


def _days(known: Mapping[str, Counts], today: date) -> tuple[dict[str, Counts], bool]:
    """Return the days' counts, and whether none is missing."""
    wanted = figures.days_of(today)
    found = {day.isoformat(): known[day.isoformat()] for day in wanted if day.isoformat() in known}
    missing = [day for day in wanted[OPEN_DAYS:] if day.isoformat() not in found]
    for day in (*wanted[:OPEN_DAYS], *missing[:DAYS_A_RUN]):
        found[day.isoformat()] = figures.of_entries(audit.read_day(day))
    return found, len(missing) <= DAYS_A_RUN


def _counted(days: Mapping[str, Counts], now: datetime) -> Figures:
    states, sources, kinds = Counter[str](), Counter[str](), Counter[str]()
    kind_of: dict[str, str] = {}
    unconfirmed = 0
    for one in store.every():
        standing = figures.standing(one)
        unconfirmed += one.state is State.PENDING
        if standing is not None:
            kind_of[one.id] = str(one.kind or "")
            states[standing] += 1
            sources[one.source] += 1
            kinds[str(one.kind or "")] += 1
    squares, kinds_by_square = _squares(kind_of)
    return Figures(
        as_of=now,
        days=days,
        states=states,
        sources=sources,
        kinds=kinds,
        unconfirmed=unconfirmed,
        squares=squares,
        kinds_by_square=kinds_by_square,
        letters=letters.by_state(),
        choices=pilot_end.choices(kind_of) if jurisdictions.current().pilot else {},
    )


def _squares(kind_of: Mapping[str, str]) -> tuple[Counts, Mapping[str, Counts]]:
    """Count the cameras of those who take part, by square and kind of owner."""
    by_kind: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for placed in cameras.squares():
        kind = kind_of.get(placed.registration_id)
        if kind is not None:
            by_kind[placed.square][kind] += 1
    return {square: counts.total() for square, counts in by_kind.items()}, by_kind


def _note_done(now: datetime) -> None:
    try:
        limits.count(ITEM, most=1, window=DAY, now=now)
    except TooManyRequests:
        logger.info("the overview was counted twice")
