"""Days and times as people of a place write and read them."""

import re
from datetime import UTC, date, datetime, time
from typing import Literal
from zoneinfo import ZoneInfo

from chalicelib.errors import InvalidInput

DateOrder = Literal["mdy", "dmy"]

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
YEARS = range(2000, 2100)
"""Days at the edge of the calendar overflow in later sums."""
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NUMBERS = re.compile(r"(\d{1,2})[ /.-]+(\d{1,2})[ /.-]+(\d{4})")
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
MONTH_FIRST = re.compile(r"([a-z]{3,9})\.? +(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})")
DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)? +([a-z]{3,9})\.?,? +(\d{4})")
CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))? *(am|pm|a\.m\.|p\.m\.)?")
MILITARY = re.compile(r"(\d{2})(\d{2})")


def date_words(local: datetime, order: DateOrder) -> str:
    if order == "mdy":
        return f"{MONTHS[local.month - 1][:3]} {local.day}, {local.year}"
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}"


def day_words(local: datetime, order: DateOrder) -> str:
    weekday, month = WEEKDAYS[local.weekday()], MONTHS[local.month - 1]
    return (
        f"{weekday}, {month[:3]} {local.day}"
        if order == "mdy"
        else f"{weekday} {local.day} {month}"
    )


def date_text(local: datetime, order: DateOrder) -> str:
    parts = (local.month, local.day) if order == "mdy" else (local.day, local.month)
    return f"{parts[0]:02}/{parts[1]:02}/{local.year}"


def time_words(local: datetime, order: DateOrder, *, clock: int) -> str:
    """Say the time, and the zone too in the hour that comes twice."""
    zone = f" {local.tzname()}" if _comes_twice(local) else ""
    if clock == 24:  # noqa: PLR2004 - the two clocks there are
        return f"{local:%H:%M}{zone}"
    half = ("AM", "PM")[local.hour >= 12]  # noqa: PLR2004 - noon
    hour = local.hour % 12 or 12
    return f"{hour}:{local:%M}{' ' + half if order == 'mdy' else half.lower()}{zone}"


def parse_moment(date_text: str, time_text: str, order: DateOrder, zone: ZoneInfo) -> datetime:
    """Read a local day and time as UTC: the earlier of two, never one that does not exist."""
    day, clock, fields = None, None, {}
    try:
        day = parse_date(date_text, order)
    except InvalidInput as error:
        fields.update(error.fields)
    try:
        clock = parse_time(time_text)
    except InvalidInput as error:
        fields.update(error.fields)
    if day is None or clock is None:
        raise InvalidInput(fields=fields)
    return _existing(datetime.combine(day, clock, tzinfo=zone))


def parse_date(text: str, order: DateOrder) -> date:
    """Read 11/18/2026, Nov 18, 2026 or 18 November 2026, or 2026-11-18."""
    try:
        return _day(*_parts(" ".join(text.lower().split()), order))
    except (ValueError, TypeError):
        example = "11/18/2026" if order == "mdy" else "18/11/2026"
        raise InvalidInput(fields={"date": f"Enter a real date, such as {example}"}) from None


def parse_time(text: str) -> time:
    """Read 22:15, 2215, 10:15 PM, 10.15pm, noon or midnight."""
    plain = " ".join(text.lower().split())
    plain = {"noon": "12:00", "midday": "12:00", "midnight": "00:00"}.get(plain, plain)
    try:
        return _time(plain)
    except (ValueError, TypeError):
        sentence = "Enter a real time, such as 10:15 PM or 22:15"
        raise InvalidInput(fields={"time": sentence}) from None


def _day(year: int, month: int, day: int) -> date:
    if year not in YEARS:
        raise ValueError(year)
    return date(year, month, day)


def _parts(text: str, order: DateOrder) -> tuple[int, int, int]:
    if match := ISO.fullmatch(text):
        return int(match[1]), int(match[2]), int(match[3])
    if match := NUMBERS.fullmatch(text):
        first, second = int(match[1]), int(match[2])
        return (int(match[3]), first, second) if order == "mdy" else (int(match[3]), second, first)
    if match := MONTH_FIRST.fullmatch(text):
        return int(match[3]), _month(match[1]), int(match[2])
    if match := DAY_FIRST.fullmatch(text):
        return int(match[3]), _month(match[2]), int(match[1])
    raise ValueError(text)


def _month(name: str) -> int:
    """Return the number of `nov`, `sept` or `november`."""
    found = [number for number, month in enumerate(MONTHS, 1) if month.lower().startswith(name)]
    if len(found) != 1:
        raise ValueError(name)
    return found[0]


def _time(text: str) -> time:
    if match := MILITARY.fullmatch(text):
        return time(int(match[1]), int(match[2]))
    match = CLOCK.fullmatch(text)
    if not match or not (match[2] or match[3]):
        raise ValueError(text)
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "")[:1]
    if not half:
        return time(hour, minute)
    if not 1 <= hour <= 12:  # noqa: PLR2004 - hours of a half day
        raise ValueError(text)
    return time(hour % 12 + (12 if half == "p" else 0), minute)


def _existing(local: datetime) -> datetime:
    moment = local.astimezone(UTC)
    if moment.astimezone(local.tzinfo).replace(tzinfo=None) != local.replace(tzinfo=None):
        sentence = "The clocks went forward that night and this time never came. Enter another time"
        raise InvalidInput(fields={"time": sentence})
    return moment


def _comes_twice(local: datetime) -> bool:
    earlier, later = local.replace(fold=0).utcoffset(), local.replace(fold=1).utcoffset()
    return earlier is not None and later is not None and earlier > later
