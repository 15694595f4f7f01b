"""What each registration waits for, and until when: the calendar of the state machine.

Every moment is counted from what really happened, never from when it should have happened: a
sweep that comes late asks late, and nobody is hidden or erased sooner for it.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from chalicelib import jurisdictions
from chalicelib.registrations.model import Registration, State


class Wait(StrEnum):
    """What has to happen to a registration when its time has come."""

    ARRIVING = "arriving"
    """Cameras of a form that never arrived whole: to be removed."""
    SETTLING = "settling"
    """A change that some of the cameras have not followed yet."""
    UNCONFIRMED = "unconfirmed"
    RECONFIRM = "reconfirm"
    REMIND = "remind"
    LAPSE = "lapse"
    LAPSED = "lapsed"
    LEFT = "left"


def of(registration: Registration, now: datetime) -> tuple[Wait, datetime] | None:
    """Return what a registration waits for as of `now`; None once it is erased."""
    if not registration.settled:
        return Wait.SETTLING, now
    if registration.state is State.WITHDRAWN:
        return Wait.LEFT, now
    if registration.state is State.PENDING:
        return Wait.UNCONFIRMED, registration.created_at + keep_unconfirmed(registration)
    if registration.state is State.LAPSED:
        return Wait.LAPSED, (registration.lapsed_at or now) + _days("lapsed_days")
    return _question(registration, now) if registration.live else None


def keep_unconfirmed(registration: Registration) -> timedelta:
    """Return how long an owner may take to confirm: longer for somebody of an old list."""
    return _days("import_days" if registration.import_id else "unconfirmed_days")


def _question(registration: Registration, now: datetime) -> tuple[Wait, datetime]:
    if registration.asked_at is None:
        return Wait.RECONFIRM, (registration.confirmed_at or now) + _days("reconfirm_days")
    if registration.reminded_at is None:
        return Wait.REMIND, registration.asked_at + _days("reminder_days")
    left = max(_days("lapse_days") - _days("reminder_days"), timedelta())
    return Wait.LAPSE, registration.reminded_at + left


def _days(name: str) -> timedelta:
    return timedelta(days=getattr(jurisdictions.current().retention, name))
