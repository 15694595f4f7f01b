"""Reads what a form says of a recorder: how many days it keeps, and what time it shows.

    fields = read(form(current()), now=now)            # the texts, as a draft keeps them
    CameraDetails(..., **into_details(fields, here, now=now))
    entered_of(camera)                                 # the texts that show a camera again

A person reads the recorder some time between the moment a page was sent and the moment it comes
back. Both moments travel with what was typed: a form that is shown again because of another field,
or sent again from a draft, must not make the reading look newer than it is. They need no
signature: who forges them misstates their own recorder, and could simply type another time.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from chalicelib import clock
from chalicelib.cameras import Camera
from chalicelib.cameras.clocks import ClockCheck, Reading, check, compared, said_correct
from chalicelib.cameras.model import DAYS_KEPT_MAX
from chalicelib.cameras.retention import (
    DaysFrom,
    Estimate,
    Recorded,
    Resolution,
    between,
    estimate,
    since,
)
from chalicelib.cameras.services import SERVICES
from chalicelib.errors import InvalidInput
from chalicelib.jurisdictions import Jurisdiction, moments
from chalicelib.language import say
from chalicelib.web.requests import Form

RETENTION = (
    "days_from",
    "days_kept",
    "days_before",
    "service",
    "disk",
    "disk_cameras",
    "disk_resolution",
    "disk_recorded",
    "oldest",
)
READINGS = (
    "clock_how",
    "clock_time",
    "clock_date",
    "clock_typed_time",
    "clock_typed_date",
    "clock_other_time",
)
TAKEN = ("clock_asked_at", "clock_taken_at", "clock_taken_as")
"""When the page with that reading was sent and came back, and which reading that was."""
CLOCK = (*READINGS, *TAKEN)
FIELDS = (*RETENTION, *CLOCK)
"""What a draft has to hold, all of them texts."""
SENT = (*FIELDS, "clock_page_at", "clock_age")
"""What a form may send: also when this page was sent, and how old a script says the reading is."""
LONGEST = 40
LONGEST_TAKEN = len(READINGS) * (LONGEST + 1)
DISKS_GB = (32, 64, 128, 256, 512)
DISKS_TB = (1, 2, 3, 4, 6, 8, 10, 12, 16, 24, 32, 64)
DISKS = (*DISKS_GB, *(1000 * size for size in DISKS_TB))
"""Sizes on sale, in gigabytes."""
CAMERAS_MOST = 500
BEFORE = re.compile(r"([0-9]{1,3}):([0-9]{1,3}):(service|disk|oldest)")
SECONDS = re.compile(r"([0-9]{1,2}[:.][0-9]{2})[:.]([0-5][0-9])( *[apAP][^0-9]*)?")
AGE_MOST_S = 3600
PAGE_LIVES = timedelta(days=1)
"""As long as a draft: no page that was sent longer ago is answered."""
SKIPPED = {"", "skip"}


def read(form: Form, *, now: datetime, names: tuple[str, ...] = FIELDS) -> dict[str, str]:
    """Return the texts, with when their reading was taken."""
    found = {name: form.text(name) for name in names}
    longest = {"clock_taken_as": LONGEST_TAKEN}
    wrong = {
        name: say("This is too long")
        for name, text in found.items()
        if len(text) > longest.get(name, LONGEST)
    }
    if wrong:
        raise InvalidInput(fields=wrong)
    if not BEFORE.fullmatch(found.get("days_before", "")):
        found = {name: text for name, text in found.items() if name != "days_before"}
    return found | _taken(found, form, now)


def into_details(
    entered: Mapping[str, str], here: Jurisdiction, *, now: datetime
) -> dict[str, Any]:
    """Return days_kept, days_most, days_from and clock; raise InvalidInput for each wrong field.

    A programme with minimal fields keeps none of it. No clock check is None: what is known from
    an earlier one stays.
    """
    if here.fields == "minimal":
        return {}
    texts = {name: entered.get(name, "") for name in FIELDS}
    wrong: dict[str, str] = {}
    kept, clock_check = None, None
    try:
        kept = kept_of(texts, here, now=now)
    except InvalidInput as error:
        wrong |= error.fields
    try:
        clock_check = clock_of(texts, here, now=now)
    except InvalidInput as error:
        wrong |= error.fields
    if wrong:
        raise InvalidInput(fields=wrong)
    return {**_days(kept), "clock": clock_check}


def entered_of(camera: Camera) -> dict[str, str]:
    """Write what is known of a camera's recorder as the form shows it."""
    if camera.days_kept is None:
        return {"days_from": ""}
    if camera.days_from in {None, DaysFrom.SAID}:
        return {"days_from": DaysFrom.SAID.value, "days_kept": str(camera.days_kept)}
    most = camera.days_kept if camera.days_most is None else camera.days_most
    return {"days_from": "before", "days_before": f"{camera.days_kept}:{most}:{camera.days_from}"}


def kept_of(entered: Mapping[str, str], here: Jurisdiction, *, now: datetime) -> Estimate | None:
    """Return how many days are kept, None if that is not known."""
    chosen = entered["days_from"]
    if chosen == DaysFrom.SAID or (not chosen and entered["days_kept"]):
        days = _whole(entered, "days_kept", 0, DAYS_KEPT_MAX)
        return Estimate(days, days, DaysFrom.SAID)
    if chosen == DaysFrom.SERVICE:
        return _of_service(entered["service"], here)
    if chosen == DaysFrom.DISK:
        return _of_disk(entered)
    if chosen == DaysFrom.OLDEST:
        return _of_oldest(entered["oldest"], here, now)
    before = BEFORE.fullmatch(entered["days_before"])
    if chosen == "before" and before:
        return between(int(before[1]), int(before[2]), DaysFrom(before[3]))
    return None


def clock_of(entered: Mapping[str, str], here: Jurisdiction, *, now: datetime) -> ClockCheck | None:
    """Return the check of the recorder's clock, None if that was skipped."""
    how = entered["clock_how"]
    if how in SKIPPED:
        return None
    if how == "correct":
        return said_correct(_moment(entered["clock_taken_at"], now) or now)
    if how == "live":
        shown = _reading(entered, "clock_date", "clock_time", here)
        return check(shown, _looked(entered, now), here.zone)
    if how == "typed":
        return _typed(entered, here, now)
    raise InvalidInput(fields={"clock_how": say("Select how you compared, or skip this")})


def _days(kept: Estimate | None) -> dict[str, Any]:
    if kept is None:
        return {"days_kept": None, "days_most": None, "days_from": None}
    most = kept.most if kept.days_from in {DaysFrom.SERVICE, DaysFrom.DISK} else None
    return {"days_kept": kept.least, "days_most": most, "days_from": kept.days_from}


def _of_service(name: str, here: Jurisdiction) -> Estimate:
    if name not in SERVICES:
        raise InvalidInput(fields={"service": say("Select the service that keeps the recordings")})
    return SERVICES[name].kept(here.country)


def _of_disk(entered: Mapping[str, str]) -> Estimate:
    wrong: dict[str, str] = {}
    if entered["disk"] not in {str(size) for size in DISKS}:
        wrong["disk"] = say("Select how large the disk or memory card is")
    cameras = 1
    try:
        cameras = _whole(entered, "disk_cameras", 1, CAMERAS_MOST)
    except InvalidInput as error:
        wrong |= error.fields
    if wrong:
        raise InvalidInput(fields=wrong)
    resolution, recorded = entered["disk_resolution"], entered["disk_recorded"]
    return estimate(
        int(entered["disk"]),
        cameras,
        Resolution(resolution) if resolution in set(Resolution) else Resolution.UNKNOWN,
        Recorded(recorded) if recorded in set(Recorded) else Recorded.UNKNOWN,
    )


def _of_oldest(text: str, here: Jurisdiction, now: datetime) -> Estimate:
    try:
        return since(here.parse_date(text), now.astimezone(here.zone).date())
    except InvalidInput as error:
        raise InvalidInput(fields={"oldest": error.fields["date"]}) from error
    except ValueError as error:
        sentence = say("The day of the oldest recording must not be after today")
        raise InvalidInput(fields={"oldest": sentence}) from error


def _typed(entered: Mapping[str, str], here: Jurisdiction, now: datetime) -> ClockCheck:
    wrong: dict[str, str] = {}
    shown, other = None, None
    try:
        shown = _reading(entered, "clock_typed_date", "clock_typed_time", here)
    except InvalidInput as error:
        wrong |= error.fields
    try:
        other = _reading(entered, "", "clock_other_time", here)
    except InvalidInput as error:
        wrong |= error.fields
    if shown is None or other is None:
        raise InvalidInput(fields=wrong)
    taken = _moment(entered["clock_taken_at"], now) or now
    return compared(shown, other, now=taken, zone=here.zone)


def _reading(
    entered: Mapping[str, str], date_name: str, time_name: str, here: Jurisdiction
) -> Reading:
    """Read a day, which may be empty, and a time with or without seconds."""
    wrong: dict[str, str] = {}
    day, at = None, None
    exact = SECONDS.fullmatch(entered[time_name])
    plain = f"{exact[1]}{exact[3] or ''}" if exact else entered[time_name]
    try:
        at = moments.parse_time(plain)
    except InvalidInput as error:
        wrong[time_name] = error.fields["time"]
    try:
        day = _day_shown(entered[date_name], here) if date_name and entered[date_name] else None
    except InvalidInput as error:
        wrong[date_name] = error.fields["date"]
    if at is None or wrong:
        raise InvalidInput(fields=wrong)
    seconds = int(exact[2]) if exact else 0
    return Reading(at.replace(second=seconds), day, exact=exact is not None)


def _day_shown(text: str, here: Jurisdiction) -> date:
    """Read the day on a recorder's face, however wrong that is."""
    return moments.parse_date(text, here.date_order, here.language, moments.RECORDER_YEARS)


def _taken(found: Mapping[str, str], form: Form, now: datetime) -> dict[str, str]:
    """Return when the reading was taken: as long ago as it says if it is the same as then."""
    typed = "|".join(found[name] for name in READINGS)
    if typed == found["clock_taken_as"] and _moment(found["clock_taken_at"], now):
        return {}
    age = form.text("clock_age")
    if age.isascii() and age.isdigit() and len(age) <= len(str(AGE_MOST_S)):
        then = clock.stamp(now - timedelta(seconds=min(int(age), AGE_MOST_S)))
        return {"clock_asked_at": then, "clock_taken_at": then, "clock_taken_as": typed}
    sent = _moment(form.text("clock_page_at"), now) or now
    return {
        "clock_asked_at": clock.stamp(sent),
        "clock_taken_at": clock.stamp(now),
        "clock_taken_as": typed,
    }


def _looked(entered: Mapping[str, str], now: datetime) -> tuple[datetime, datetime]:
    taken = _moment(entered["clock_taken_at"], now) or now
    return _moment(entered["clock_asked_at"], now) or taken, taken


def _moment(text: str, now: datetime) -> datetime | None:
    """Return a moment of the last day that a page of ours has carried."""
    try:
        moment = clock.moment(text)
    except ValueError:
        return None
    return moment if now - PAGE_LIVES <= moment <= now else None


def _whole(entered: Mapping[str, str], name: str, least: int, most: int) -> int:
    text = entered[name]
    plain = text.isascii() and text.isdigit() and len(text) <= len(str(most))
    if not plain or not least <= int(text) <= most:
        sentence = say("Enter a whole number from %(least)s to %(most)s", least=least, most=most)
        raise InvalidInput(fields={name: sentence})
    return int(text)
