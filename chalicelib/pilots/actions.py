"""Counting places, answers and minutes.

A place is taken in the transaction that stores the registration, so that of two testers who send
the form at the same moment only one gets the last. It is free again if the registration is never
confirmed. Who confirmed and leaves later has used it: giving it back would need a record of who
came with which code, and there is none.
"""

import hashlib
from datetime import datetime, timedelta

from chalicelib import jurisdictions
from chalicelib.aws.transaction import Transaction
from chalicelib.errors import InvalidInput, StateConflict, Unavailable
from chalicelib.jurisdictions.tables import Invitation
from chalicelib.language import say
from chalicelib.pilots import choices, store
from chalicelib.pilots.model import (
    Cohort,
    Duration,
    Ease,
    Feedback,
    Moment,
    Recommend,
    Tallies,
    duration,
)
from chalicelib.telemetry import logger

ONCE = timedelta(days=1)


def take_place(transaction: Transaction, code: str, registration_id: str, *, now: datetime) -> None:
    """Take one of the places `code` has; without an invitation there is nothing to take."""
    invitation = _invitation(code, now)
    if invitation is None:
        return
    store.count(transaction, f"places#{invitation.digest}", most=invitation.places)
    store.put_seat(transaction, registration_id, invitation.digest)


def check_places(code: str, *, now: datetime) -> None:
    """Raise InvalidInput for a code that is unknown, over, or has no place left."""
    here = jurisdictions.current()
    if not here.accepts_invite(code, here.today(now)):
        raise InvalidInput(fields={"invite_code": say("Enter the code from your invitation")})
    invitation = _invitation(code, now)
    if invitation is None:
        return
    name = f"places#{invitation.digest}"
    if store.counts([name]).get(name, 0) >= invitation.places:
        sentence = say("All places of this invitation are taken")
        raise InvalidInput(fields={"invite_code": sentence})


def keep_place(transaction: Transaction, registration_id: str) -> None:
    """Count somebody who has confirmed; from here on nothing says with which code they came."""
    digest = store.seat_of(registration_id) if jurisdictions.current().pilot_ends_on else None
    if digest is not None:
        store.remove(transaction, store.seat(registration_id))
        store.count(transaction, f"joined#{digest}")


def leave_cohort(transaction: Transaction, registration_id: str) -> None:
    """Forget all marks of a registration that is erased; give back a place not yet confirmed."""
    if jurisdictions.current().pilot_ends_on is None:
        return
    digest = store.seat_of(registration_id)
    if digest is not None:
        store.remove(transaction, store.seat(registration_id))
        store.take_back(transaction, f"places#{digest}")
    choices.forget(transaction, registration_id)


def give_feedback(feedback: Feedback, *, once: str, now: datetime) -> None:
    """Count two answers; the same page sent twice is counted once.

    `once` is the page's own random text: it says that two submissions are one, not whose.
    """
    transaction = Transaction()
    mark = hashlib.sha256(once.encode()).hexdigest()[:32]
    store.put_once(transaction, f"once#{mark}", expires=now + ONCE)
    store.count(transaction, _ease(feedback.moment, feedback.ease))
    store.count(transaction, _recommend(feedback.moment, feedback.recommend))
    for _ in range(3):
        try:
            transaction.commit()
        except StateConflict:
            if store.counts([f"once#{mark}"]):
                return
        else:
            return
    raise StateConflict


def count_time(begun_at: datetime, now: datetime) -> None:
    """Count how long a form took, in one of four drawers; only during a test run.

    The form is already sent by then, so a count that fails is lost rather than told.
    """
    if not jurisdictions.current().pilot:
        return
    transaction = Transaction()
    store.count(transaction, _duration(duration(begun_at, now)))
    try:
        transaction.commit()
    except (StateConflict, Unavailable):
        logger.info("a form's time was not counted")


def tallies() -> Tallies:
    """Return everything counted so far."""
    invitations = jurisdictions.current().invitations
    found = store.counts(_names(invitations))
    return Tallies(
        cohorts=tuple(
            Cohort(
                ends_on=one.ends_on,
                places=one.places,
                taken=found.get(f"places#{one.digest}", 0),
                joined=found.get(f"joined#{one.digest}", 0),
            )
            for one in invitations
        ),
        ease={at: {one: found.get(_ease(at, one), 0) for one in Ease} for at in Moment},
        recommend={
            at: {one: found.get(_recommend(at, one), 0) for one in Recommend} for at in Moment
        },
        durations={one: found.get(_duration(one), 0) for one in Duration},
    )


def _invitation(code: str, now: datetime) -> Invitation | None:
    here = jurisdictions.current()
    return here.invitation(code, here.today(now)) if here.invite_codes_required else None


def _names(invitations: tuple[Invitation, ...]) -> list[str]:
    return [
        *(f"{kind}#{one.digest}" for one in invitations for kind in ("places", "joined")),
        *(_ease(at, one) for at in Moment for one in Ease),
        *(_recommend(at, one) for at in Moment for one in Recommend),
        *(_duration(one) for one in Duration),
    ]


def _ease(moment: Moment, ease: Ease) -> str:
    return f"feedback#{moment}#ease#{ease}"


def _recommend(moment: Moment, recommend: Recommend) -> str:
    return f"feedback#{moment}#recommend#{recommend}"


def _duration(duration: Duration) -> str:
    return f"time#{duration}"
