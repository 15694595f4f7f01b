"""Days and times as people of a place write and read them, in the language they read."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo

from chalicelib.errors import InvalidInput
from chalicelib.language import say

DateOrder = Literal["mdy", "dmy"]


@dataclass(frozen=True, slots=True)
class Style:
    """How a language says a day and a time: patterns of the Unicode locale data."""

    locale: str
    date: str
    day: str
    halves: tuple[str, str]
    """What follows the hour before and after noon; the locale data knows none for Welsh."""


STYLES = {
    "en-US": Style("en_US", "MMM d, y", "EEEE, MMM d", (" AM", " PM")),
    "en-GB": Style("en_GB", "d MMMM y", "EEEE d MMMM", ("am", "pm")),
    "es": Style(
        "es_US",
        "d 'de' MMMM 'de' y",
        "EEEE d 'de' MMMM",
        ("\N{NO-BREAK SPACE}a.\N{NO-BREAK SPACE}m.", "\N{NO-BREAK SPACE}p.\N{NO-BREAK SPACE}m."),
    ),
    "cy": Style("cy", "d MMMM y", "EEEE d MMMM", ("yb", "yh")),
}
YEARS = range(2000, 2100)
"""Days at the edge of the calendar overflow in later sums."""
RECORDER_YEARS = range(1970, 2100)
"""What a recorder may show: one that has lost its battery begins with 1970."""
NUMBERS = re.compile(r"(\d{1,2})[ /.-]+(\d{1,2})[ /.-]+(\d{4})")
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
MONTH_FIRST = re.compile(r"([a-z]{3,10})\.? +(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})")
DAY_FIRST = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)? +(?:de +)?([a-z]{3,10})\.?,? +(?:de +|del +)?(\d{4})"
)
CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))? *(am|pm|a\. ?m\.|p\. ?m\.|yb|yh)?")
MILITARY = re.compile(r"(\d{2})(\d{2})")
AFTER_NOON = ("pm", "p.", "yh")
NAMED = {
    **dict.fromkeys(("noon", "midday", "mediodía", "mediodia", "hanner dydd"), "12:00"),
    **dict.fromkeys(("midnight", "medianoche", "hanner nos"), "00:00"),
}


def date_words(local: datetime, language: str) -> str:
    style = STYLES[language]
    return _formatted(local, style.date, style.locale)


def day_words(local: datetime, language: str) -> str:
    style = STYLES[language]
    return _formatted(local, style.day, style.locale)


def _formatted(local: datetime, pattern: str, locale: str) -> str:
    from babel.dates import format_date  # noqa: PLC0415 - only pages that name a day pay for it

    return format_date(local.date(), pattern, locale=locale)


@cache
def months(language: str) -> tuple[str, ...]:
    """Return the names of the months as a reader of the language may type them."""
    from babel.dates import get_month_names  # noqa: PLC0415 - only forms with a day pay for it

    names = get_month_names("wide", locale=STYLES[language].locale)
    return tuple(str(names[number]).lower() for number in range(1, 13))


def date_text(local: datetime, order: DateOrder) -> str:
    parts = (local.month, local.day) if order == "mdy" else (local.day, local.month)
    return f"{parts[0]:02}/{parts[1]:02}/{local.year}"


def time_words(local: datetime, language: str, *, clock: int) -> str:
    """Say the time, and the zone too in the hour that comes twice."""
    zone = f" {local.tzname()}" if _comes_twice(local) else ""
    if clock == 24:  # noqa: PLR2004 - the two clocks there are
        return f"{local:%H:%M}{zone}"
    half = STYLES[language].halves[local.hour >= 12]  # noqa: PLR2004 - noon
    return f"{local.hour % 12 or 12}:{local:%M}{half}{zone}"


def parse_moment(
    texts: tuple[str, str], order: DateOrder, zone: ZoneInfo, language: str
) -> datetime:
    """Read a local day and time as UTC: the earlier of two, never one that does not exist."""
    day, clock, fields = None, None, {}
    try:
        day = parse_date(texts[0], order, language)
    except InvalidInput as error:
        fields.update(error.fields)
    try:
        clock = parse_time(texts[1])
    except InvalidInput as error:
        fields.update(error.fields)
    if day is None or clock is None:
        raise InvalidInput(fields=fields)
    return _existing(datetime.combine(day, clock, tzinfo=zone))


def parse_date(text: str, order: DateOrder, language: str, years: range = YEARS) -> date:
    """Read 11/18/2026, Nov 18, 2026, 18 November 2026, 18 de noviembre de 2026, or 2026-11-18."""
    try:
        day = date(*_parts(" ".join(text.lower().split()), order, language))
        if day.year not in years:
            raise ValueError(text)  # noqa: TRY301 - one sentence for every day that is none
    except (ValueError, TypeError):
        example = "11/18/2026" if order == "mdy" else "18/11/2026"
        sentence = say("Enter a real date, such as %(example)s", example=example)
        raise InvalidInput(fields={"date": sentence}) from None
    return day


def parse_time(text: str) -> time:
    """Read 22:15, 2215, 10:15 PM, 10.15pm, 10:15 p. m., 10:15yh, noon or midnight."""
    plain = " ".join(text.lower().split())
    try:
        return _time(NAMED.get(plain, plain))
    except (ValueError, TypeError):
        sentence = say("Enter a real time, such as 10:15 PM or 22:15")
        raise InvalidInput(fields={"time": sentence}) from None


def _parts(text: str, order: DateOrder, language: str) -> tuple[int, int, int]:
    if match := ISO.fullmatch(text):
        return int(match[1]), int(match[2]), int(match[3])
    if match := NUMBERS.fullmatch(text):
        first, second = int(match[1]), int(match[2])
        return (int(match[3]), first, second) if order == "mdy" else (int(match[3]), second, first)
    if match := MONTH_FIRST.fullmatch(text):
        return int(match[3]), _month(match[1], language), int(match[2])
    if match := DAY_FIRST.fullmatch(text):
        return int(match[3]), _month(match[2], language), int(match[1])
    raise ValueError(text)


def _month(name: str, language: str) -> int:
    """Return the number of `nov`, `sept` or `noviembre`: in the language, or else in English."""
    for spoken in (language, "en-US"):
        found = [at for at, month in enumerate(months(spoken), 1) if month.startswith(name)]
        if len(found) == 1:
            return found[0]
    raise ValueError(name)


def _time(text: str) -> time:
    if match := MILITARY.fullmatch(text):
        return time(int(match[1]), int(match[2]))
    match = CLOCK.fullmatch(text)
    if not match or not (match[2] or match[3]):
        raise ValueError(text)
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    if not half:
        return time(hour, minute)
    if not 1 <= hour <= 12:  # noqa: PLR2004 - hours of a half day
        raise ValueError(text)
    return time(hour % 12 + (12 if half.startswith(AFTER_NOON) else 0), minute)


def _existing(local: datetime) -> datetime:
    moment = local.astimezone(UTC)
    if moment.astimezone(local.tzinfo).replace(tzinfo=None) != local.replace(tzinfo=None):
        sentence = say(
            "The clocks went forward that night and this time never came. Enter another time"
        )
        raise InvalidInput(fields={"time": sentence})
    return moment


def _comes_twice(local: datetime) -> bool:
    earlier, later = local.replace(fold=0).utcoffset(), local.replace(fold=1).utcoffset()
    return earlier is not None and later is not None and earlier > later
