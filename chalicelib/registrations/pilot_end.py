"""The end of a test run: everybody is asked whether to stay, and who does not say so is erased.

Staying is a fresh agreement, to the notice as it reads on that day. That somebody was asked or
stays is noted outside the register (`pilots`), so that no registration says it began as a test.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

from chalicelib import jurisdictions, letters, limits, links, pilots
from chalicelib.aws.transaction import Transaction
from chalicelib.errors import LinkGone, TooManyRequests
from chalicelib.registrations import arrows, leaving, store, sweeping
from chalicelib.registrations.model import Registration
from chalicelib.telemetry import logger

ASKED_BEFORE = timedelta(days=14)
HOUR = timedelta(hours=1)
JOB = "pilot_end"


def sweep(*, now: datetime) -> None:
    """Once an hour: ask whom nobody has asked, and after the last day end the rest.

    Whoever fails or has just changed keeps nobody else waiting and is looked at an hour later.
    """
    last = _last_day()
    here = jurisdictions.current()
    if last is None or here.today(now) < last - ASKED_BEFORE:
        return
    if limits.peek(JOB, window=HOUR, now=now):
        return
    over = here.today(now) > last
    for registration_id in _to_end() if over else _to_ask():
        sweeping.tried(partial(_take_step, over=over, now=now), registration_id)
    _note_done(now)


def choices(live: Collection[str]) -> Mapping[str, int]:
    """Count what those who take part have chosen so far, for the report."""
    asked, stays = pilots.asked(live), pilots.chose_to_stay(live)
    return {"stays": len(stays), "open": len(asked - stays)}


def of_keep_link(token: str, *, now: datetime) -> Registration:
    """Return who may stay with this link; raise LinkGone also when they have left."""
    link = links.open_link(token, links.Purpose.KEEP, now=now)
    registration = store.get(link.subject)
    if registration is None or not registration.live:
        raise LinkGone
    return registration


def stays(registration: Registration) -> bool:
    """Say whether its owner has chosen to stay."""
    return bool(pilots.chose_to_stay([registration.id]))


def keep(
    registration: Registration,
    *,
    notice_version: str,
    notice_hash: str,
    language: str,
    now: datetime,
) -> Registration:
    """Let somebody stay who has agreed anew; a second press changes nothing."""
    if stays(registration):
        return registration
    transaction = Transaction()
    pilots.note_choice(transaction, registration.id)
    after = arrows.step(
        transaction,
        registration,
        replace(
            registration,
            notice_version=notice_version,
            notice_hash=notice_hash,
            language=language,
        ),
        "pilot:keep",
        actor=arrows.owner(registration),
        now=now,
        notice_version=notice_version,
    )
    return arrows.commit(transaction, after, now=now)


def _take_step(registration_id: str, *, over: bool, now: datetime) -> None:
    registration = store.get(registration_id)
    if registration is None or not registration.live:
        return
    if over:
        leaving.leave_at_end(registration, now=now)
    else:
        _ask(registration, now)


def _ask(registration: Registration, now: datetime) -> None:
    transaction = Transaction()
    pilots.note_asked(transaction, registration.id)
    letters.post(transaction, "pilot_ending", recipient=registration.id, subject_ids={}, now=now)
    after = arrows.step(
        transaction,
        registration,
        registration,
        "pilot:ask",
        actor=arrows.SWEEP,
        now=now,
    )
    arrows.commit(transaction, after, now=now)


def _to_ask() -> Iterator[str]:
    live = _live()
    known = pilots.asked(live) | pilots.chose_to_stay(live)
    return (one for one in live if one not in known)


def _to_end() -> Iterator[str]:
    live = _live()
    known = pilots.chose_to_stay(live)
    return (one for one in live if one not in known)


def _live() -> list[str]:
    return [one.id for one in store.every() if one.live]


def _last_day() -> date | None:
    here = jurisdictions.current()
    return here.pilot_ends_on if here.pilot else None


def _note_done(now: datetime) -> None:
    try:
        limits.count(JOB, most=1, window=HOUR, now=now)
    except TooManyRequests:
        logger.info("the end of the test run was looked at twice")
