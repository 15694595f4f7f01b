"""Staying true: once a year each owner is asked whether the entry is still right.

Nobody answers: a reminder, then the cameras are hidden, then everything is erased. Who has paused
is asked too. The arrows themselves are here; `sweeping` says when they are due.
"""

from dataclasses import replace
from datetime import datetime

from chalicelib import language, letters, links
from chalicelib.aws.transaction import Transaction
from chalicelib.errors import LinkGone, StateConflict
from chalicelib.registrations import arrows, confirming, store
from chalicelib.registrations.model import VISIBLE, Registration, State, renewed

TAKES_PART = "Somebody takes part with this email address already."
MAIL_EVENTS = "system:mail_events"
DAYS_A_MONTH = 365.25 / 12


def freshness_of(registration: Registration, now: datetime) -> int | None:
    """Return for how many whole months nobody has said that the entry is right."""
    if registration.confirmed_at is None:
        return None
    return max(int((now - registration.confirmed_at).days / DAYS_A_MONTH), 0)


def of_reconfirm_link(token: str, *, now: datetime) -> Registration:
    """Return what the page behind "still right?" shows; changes nothing."""
    link = links.open_link(token, links.Purpose.RECONFIRM, now=now)
    registration = store.get(link.subject)
    if registration is None or not registration.live:
        raise LinkGone
    return registration


def reconfirm(
    given: str | Registration, *, now: datetime, stay_paused: bool = False
) -> Registration:
    """Note that all is still right, for a letter's link or for the registration of a manage link.

    The cameras can be found again, unless the owner had paused and wants to stay so.
    """
    registration = of_reconfirm_link(given, now=now) if isinstance(given, str) else given
    actor = arrows.owner(registration)
    return _reconfirm(registration, actor=actor, now=now, stay_paused=stay_paused)


def reconfirm_by_phone(registration: Registration, *, actor: str, now: datetime) -> Registration:
    """Note that all is still right for somebody who said so to a coordinator.

    Who could not be reached is back; who had paused was not asked about that, and stays so.
    """
    own_pause = registration.unreachable_since is None
    return _reconfirm(registration, actor=actor, now=now, stay_paused=own_pause)


def confirm_by_phone(registration: Registration, *, actor: str, now: datetime) -> Registration:
    """Confirm for somebody who said so to a coordinator; the audit log keeps who noted it."""
    confirming.check_confirmable(registration, now)
    if confirming.live_with_same_address(registration):
        raise StateConflict(TAKES_PART)
    transaction = Transaction()
    with language.speaking(registration.language):  # the notice as their invitation led to it
        after = confirming.activate(transaction, registration, actor=actor, now=now)
    return arrows.commit(transaction, after, now=now)


def _reconfirm(
    registration: Registration, *, actor: str, now: datetime, stay_paused: bool
) -> Registration:
    if not registration.live:
        raise StateConflict
    stays = stay_paused and registration.state is State.PAUSED
    after = replace(
        registration,
        state=State.PAUSED if stays else State.ACTIVE,
        unreachable_since=None,
        lapsed_at=None,
    )
    transaction = Transaction()
    after = arrows.step(
        transaction,
        registration,
        renewed(after, now),
        "registration:reconfirm",
        actor=actor,
        now=now,
        notice_version=registration.notice_version,
    )
    return arrows.commit(transaction, after, now=now)


def ask(registration: Registration, *, now: datetime) -> None:
    """Ask the owner whether the entry is still right; one that is paused stays so."""
    paused = registration.state is State.PAUSED
    state = State.PAUSED if paused else State.RECONFIRM_DUE
    after = replace(registration, state=state, asked_at=now, reminded_at=None)
    _post(registration, after, "reconfirm", "registration:reconfirm_due", now)


def remind(registration: Registration, *, now: datetime) -> None:
    """Ask once more."""
    after = replace(registration, reminded_at=now)
    _post(registration, after, "reconfirm_reminder", "registration:remind", now)


def lapse(registration: Registration, *, now: datetime) -> None:
    """Hide what nobody has confirmed for so long."""
    after = replace(
        registration, state=State.LAPSED, lapsed_at=now, asked_at=None, reminded_at=None
    )
    _post(registration, after, "lapsed", "registration:lapse", now)


def _post(
    before: Registration, after: Registration, letter: str, event: str, now: datetime
) -> None:
    transaction = Transaction()
    letters.post(transaction, letter, recipient=before.id, subject_ids={}, now=now)
    after = arrows.step(transaction, before, after, event, actor=arrows.SWEEP, now=now)
    arrows.commit(transaction, after, now=now)


def mark_unreachable(
    registration_id: str,
    *,
    now: datetime,
    actor: str = MAIL_EVENTS,
    posted_at: datetime | None = None,
) -> None:
    """Pause whose letter came back, and tell the coordinator; a second one is no news.

    `actor` is the coordinator who found that somebody could not be reached by hand. What was
    posted before the owner was last heard of says nothing: SES may tell of it days late, and twice.
    """
    registration = store.get(registration_id)
    if registration is None or not registration.live or registration.unreachable_since:
        return
    heard_of = registration.confirmed_at
    if posted_at is not None and heard_of is not None and posted_at < heard_of:
        return
    visible = registration.state in VISIBLE
    after = replace(
        registration,
        state=State.PAUSED if visible else registration.state,
        unreachable_since=now,
    )
    transaction = Transaction()
    letters.post(transaction, "unreachable", recipient=registration.id, subject_ids={}, now=now)
    after = arrows.step(
        transaction,
        registration,
        after,
        "registration:unreachable",
        actor=actor,
        now=now,
    )
    arrows.commit(transaction, after, now=now)
