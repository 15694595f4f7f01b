"""What is due by itself: each job takes the longest overdue, so many a run, one by one.

A registration that fails keeps none of the others from their turn; each job may be repeated, by
the next run or by one beside it, and looks at the registration itself before it acts.
"""

from collections.abc import Callable
from datetime import datetime

from chalicelib.aws.transaction import Transaction
from chalicelib.errors import StateConflict
from chalicelib.registrations import arriving, arrows, freshness, settling, store, waits
from chalicelib.registrations.model import Registration, State
from chalicelib.registrations.waits import Wait
from chalicelib.telemetry import logger

MOST_A_RUN = 250
"""Of each job: all together take well under the five minutes of a run."""
LOOKED_AT = 4 * MOST_A_RUN
"""How many may fail before a run gives up looking for others."""

Ending = Callable[[str], None]


def sweep(*, now: datetime, ending: Ending, most: int = MOST_A_RUN) -> int:
    """Do all that is due; return how much. `ending` closes what an owner is still part of."""
    done = each(Wait.SETTLING, lambda one: settling.resume(one, now=now), now, most)
    done += each(Wait.ARRIVING, arriving.clear, now, most)
    done += erase_due(now=now, ending=ending, most=most)
    return done + freshen(now=now, most=most)


def freshen(*, now: datetime, most: int = MOST_A_RUN) -> int:
    """Ask, remind and hide whoever has not said for too long that all is right."""
    return sum(each(wait, _timely(wait, now, act), now, most) for wait, act in ARROWS.items())


def erase_due(*, now: datetime, ending: Ending | None = None, most: int = MOST_A_RUN) -> int:
    """Erase who left, who was never confirmed in time and who lapsed; return how many."""

    def erase(registration: Registration, *, now: datetime) -> None:
        if ending is not None and registration.state is not State.PENDING:
            ending(registration.id)
        _erase(registration, now=now)

    waits_over = (Wait.LEFT, Wait.UNCONFIRMED, Wait.LAPSED)
    return sum(each(wait, _timely(wait, now, erase), now, most) for wait in waits_over)


def each(wait: Wait, act: Callable[[str], None], now: datetime, most: int) -> int:
    """Do `act` for up to `most` of those whose time has come; return how many it was done for."""
    done = 0
    for registration_id in store.due(wait, now, LOOKED_AT):
        if done == most:
            break
        done += tried(act, registration_id)
    return done


def tried(act: Callable[[str], None], registration_id: str) -> bool:
    """Do it for one registration and say whether that went well; log what went wrong."""
    try:
        act(registration_id)
    except StateConflict:  # changed a moment ago: the next run looks again
        return False
    except Exception as error:  # noqa: BLE001 - whatever it is, the next one must have its turn
        kind = type(error).__name__
        logger.error("not swept", error=kind, registration_id=registration_id)
        return False
    return True


ARROWS: dict[Wait, Callable[..., None]] = {
    Wait.RECONFIRM: freshness.ask,
    Wait.REMIND: freshness.remind,
    Wait.LAPSE: freshness.lapse,
}


def _timely(wait: Wait, now: datetime, act: Callable[..., None]) -> Callable[[str], None]:
    """Let `act` be done if the registration itself says so: the index may lag behind it."""

    def acted(registration_id: str) -> None:
        registration = store.get(registration_id)
        due = waits.of(registration, now) if registration else None
        if registration is None or due is None or due[0] is not wait or due[1] > now:
            raise StateConflict
        act(registration, now=now)

    return acted


def _erase(registration: Registration, *, now: datetime) -> None:
    transaction = Transaction()
    event = "registration:erase"
    if registration.state is State.PENDING:
        after = arrows.erase(
            transaction, registration, "registration:expire", actor=arrows.SWEEP, now=now
        )
    else:
        reason = "left" if registration.state is State.WITHDRAWN else "lapsed"
        after = arrows.erase(
            transaction, registration, event, actor=arrows.SWEEP, now=now, reason=reason
        )
    arrows.commit(transaction, after, now=now)
