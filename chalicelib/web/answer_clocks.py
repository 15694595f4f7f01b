"""The clock check that an owner may make with a request, for the cameras they are asked about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from chalicelib import footage_requests, jurisdictions, registrations
from chalicelib.cameras import Camera
from chalicelib.cameras.clocks import ClockCheck
from chalicelib.errors import InvalidInput
from chalicelib.footage_requests import Ask
from chalicelib.language import say
from chalicelib.letters import ClockLine
from chalicelib.web import recorder_forms
from chalicelib.web.requests import Form

WHICH = "clock_camera"
NOTHING = dict.fromkeys((*recorder_forms.CLOCK, WHICH), "")


@dataclass(frozen=True, slots=True)
class Compared:
    """A clock check, and for which of the asked cameras it is meant."""

    check: ClockCheck
    camera_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recorders:
    """What a page says of an owner's recorders."""

    clocks: tuple[ClockLine, ...]
    unknown: bool


def read(form: Form, *, now: datetime) -> dict[str, str]:
    """Return the texts, so that the page can show them again."""
    if jurisdictions.current().fields == "minimal":
        return NOTHING
    fields = recorder_forms.read(form, now=now, names=recorder_forms.CLOCK)
    return {**fields, WHICH: form.text(WHICH)}


def compared(entered: dict[str, str], asked: Ask, *, now: datetime) -> Compared | None:
    """Return the check, None if it was skipped; raise InvalidInput for each wrong field."""
    check = recorder_forms.clock_of(entered, jurisdictions.current(), now=now)
    if check is None:
        return None
    if entered[WHICH] and entered[WHICH] not in asked.camera_ids:
        raise InvalidInput(fields={WHICH: say("Select which recorder you looked at")})
    return Compared(check, (entered[WHICH],) if entered[WHICH] else asked.camera_ids)


def keep(token: str, found: Compared, *, now: datetime) -> None:
    """Store the check with those cameras."""
    _, _, registration = footage_requests.of_answer_link(token, now=now)
    registrations.record_clock_check(registration, found.camera_ids, found.check, now=now)


def shown(asked: Ask, owned: Sequence[Camera]) -> Recorders:
    """Return what the recorders of the asked cameras will show."""
    here = jurisdictions.current()
    return Recorders(
        footage_requests.clock_lines(owned, asked, here),
        footage_requests.clock_unknown(owned, here),
    )


def take(token: str, entered: dict[str, str], *, now: datetime) -> None:
    """Keep the check of a form that is about nothing else."""
    _, asked, _ = footage_requests.of_answer_link(token, now=now)
    found = compared(entered, asked, now=now)
    if found is not None:
        keep(token, found, now=now)
