from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from chalicelib.errors import InvalidInput
from chalicelib.jurisdictions import load

LIBERTY, LANCASHIRE = load("liberty"), load("lancashire")
NIGHT = datetime(2026, 11, 19, 4, 15, tzinfo=UTC)
LATER = datetime(2026, 11, 19, 5, 40, tzinfo=UTC)


def test_days_and_times_are_said_as_people_there_say_them():
    assert [LIBERTY.date_words(NIGHT), LIBERTY.time_words(NIGHT)] == ["Nov 18, 2026", "10:15 PM"]
    assert LIBERTY.day_words(NIGHT) == "Wednesday, Nov 18"
    assert LIBERTY.date_text(NIGHT) == "11/18/2026"
    assert LANCASHIRE.moment_words(NIGHT) == "19 November 2026, 4:15am"
    assert LANCASHIRE.day_words(NIGHT) == "Thursday 19 November"
    assert LANCASHIRE.date_text(NIGHT) == "19/11/2026"


SPANISH, WELSH = load("liberty", "es"), load("lancashire", "cy")


def test_days_and_times_are_said_in_the_language_spoken():
    assert SPANISH.date_words(NIGHT) == "18 de noviembre de 2026"
    assert SPANISH.day_words(NIGHT) == "miércoles 18 de noviembre"
    assert SPANISH.time_words(NIGHT).replace("\N{NO-BREAK SPACE}", " ") == "10:15 p. m."
    assert SPANISH.window_words(NIGHT, LATER, clock=24) == "18 de noviembre de 2026, 22:15 a 23:40"
    assert WELSH.date_words(NIGHT) == "19 Tachwedd 2026"
    assert WELSH.day_words(NIGHT) == "Dydd Iau 19 Tachwedd"
    assert WELSH.time_words(LATER.replace(hour=17)) == "5:40yh"


def test_fields_with_numbers_are_read_in_the_forces_order_in_any_language():
    assert SPANISH.date_text(NIGHT) == "11/18/2026"
    assert SPANISH.parse_date("11/18/2026") == date(2026, 11, 18)
    assert WELSH.date_text(NIGHT) == "19/11/2026"
    assert WELSH.parse_date("19/11/2026") == date(2026, 11, 19)


@pytest.mark.parametrize(
    ("programme", "text"),
    [
        (SPANISH, "18 de noviembre de 2026"),
        (SPANISH, "18 nov 2026"),
        (SPANISH, "Nov 18, 2026"),
        (WELSH, "18 Tachwedd 2026"),
        (WELSH, "18 November 2026"),
    ],
)
def test_a_month_is_read_in_the_language_spoken_and_in_english(programme, text):
    assert programme.parse_date(text) == date(2026, 11, 18)


@pytest.mark.parametrize(
    ("programme", "text"),
    [(SPANISH, "10:15 p. m."), (SPANISH, "10:15 p.m."), (WELSH, "10:15yh"), (WELSH, "22:15")],
)
def test_a_time_is_read_in_the_language_spoken(programme, text):
    read = programme.parse_moment(programme.date_text(NIGHT), text)
    assert read.astimezone(programme.zone).strftime("%H:%M") == "22:15"


def test_a_month_of_another_language_is_no_month():
    with pytest.raises(InvalidInput):
        LIBERTY.parse_date("18 Tachwedd 2026")


def test_distances_are_said_in_the_language_spoken():
    assert [SPANISH.distance_words(metres) for metres in (98, 1609.3, 2100)] == [
        "320 pies",
        "1 milla",
        "1.3 millas",
    ]
    assert WELSH.distance_words(2100) == "2.1 km"


def test_officers_read_a_24_hour_clock():
    assert LIBERTY.time_words(NIGHT, clock=24) == "22:15"
    assert LIBERTY.moment_words(NIGHT, clock=24) == "Nov 18, 2026, 22:15"


def test_noon_and_midnight_are_twelve():
    noon, midnight = datetime(2026, 1, 5, 12, tzinfo=UTC), datetime(2026, 1, 5, 0, tzinfo=UTC)
    assert [LANCASHIRE.time_words(noon), LANCASHIRE.time_words(midnight)] == ["12:00pm", "12:00am"]


def test_a_window_names_its_day_once_unless_it_crosses_midnight():
    assert LIBERTY.window_words(NIGHT, LATER) == "Nov 18, 2026, 10:15 PM to 11:40 PM"
    assert LIBERTY.window_words(NIGHT, LATER.replace(hour=8), clock=24) == (
        "Nov 18, 2026, 22:15 to Nov 19, 2026, 02:40"
    )


@pytest.mark.parametrize(
    "text",
    ["11/18/2026", "11 18 2026", "Nov 18, 2026", "november 18 2026", "18 Nov 2026", "2026-11-18"],
)
def test_a_day_is_read_month_first_in_america(text):
    assert LIBERTY.parse_date(text) == date(2026, 11, 18)


@pytest.mark.parametrize("text", ["18/11/2026", "18.11.2026", "18th November 2026", "2026-11-18"])
def test_a_day_is_read_day_first_in_britain(text):
    assert LANCASHIRE.parse_date(text) == date(2026, 11, 18)


@pytest.mark.parametrize("text", ["22:15", "2215", "10:15 PM", "10.15pm", " 10:15  p.m. "])
def test_a_time_is_read_however_it_is_written(text):
    assert LIBERTY.parse_moment("11/18/2026", text) == NIGHT


@pytest.mark.parametrize("text", ["", "25:00", "12:60", "13 pm", "0 am", "ten", "7", "22:15:00"])
def test_a_time_that_is_none_is_refused(text):
    with pytest.raises(InvalidInput) as refused:
        LIBERTY.parse_moment("11/18/2026", text)
    assert refused.value.fields == {"time": "Enter a real time, such as 10:15 PM or 22:15"}


@pytest.mark.parametrize(
    "text", ["", "18/11/2026", "Foo 1, 2026", "Ju 3 2026", "02/30/2026", "1/1"]
)
def test_a_day_that_is_none_is_refused(text):
    with pytest.raises(InvalidInput) as refused:
        LIBERTY.parse_moment(text, "10:15 PM")
    assert refused.value.fields == {"date": "Enter a real date, such as 11/18/2026"}


def test_both_fields_are_named_when_both_are_wrong():
    with pytest.raises(InvalidInput) as refused:
        LANCASHIRE.parse_moment("yesterday", "late")
    assert set(refused.value.fields) == {"date", "time"}


def test_an_hour_that_comes_twice_is_read_as_the_earlier():
    assert LIBERTY.parse_moment("11/01/2026", "1:30 AM") == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)
    assert LANCASHIRE.parse_moment("25/10/2026", "1:30am") == datetime(
        2026, 10, 25, 0, 30, tzinfo=UTC
    )


def test_an_hour_that_comes_twice_is_said_with_its_zone():
    first, second = (datetime(2026, 11, 1, hour, 30, tzinfo=UTC) for hour in (6, 7))
    assert [LIBERTY.time_words(first), LIBERTY.time_words(second)] == ["1:30 AM CDT", "1:30 AM CST"]


@pytest.mark.parametrize(
    ("programme", "day"), [(LIBERTY, "03/08/2026"), (LANCASHIRE, "29/03/2026")]
)
def test_an_hour_that_never_comes_is_refused(programme, day):
    gap = "2:30" if programme is LIBERTY else "1:30"
    with pytest.raises(InvalidInput, match="Check") as refused:
        programme.parse_moment(day, gap)
    assert list(refused.value.fields) == ["time"]


@pytest.mark.parametrize("programme", [LIBERTY, LANCASHIRE])
@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "1999-12-31", "2100-01-01"])
def test_a_day_of_another_century_is_refused(programme, day):
    with pytest.raises(InvalidInput) as refused:
        programme.parse_moment(day, "23:59")
    assert list(refused.value.fields) == ["date"]


def test_what_is_said_can_be_read_back():
    for programme in (LIBERTY, LANCASHIRE, SPANISH, WELSH):
        said = programme.date_words(NIGHT), programme.time_words(NIGHT)
        assert programme.parse_moment(*said) == NIGHT
        assert programme.parse_moment(programme.date_text(NIGHT), said[1]) == NIGHT


@pytest.mark.parametrize(
    ("metres", "feet", "metric"),
    [
        (0, "0 ft", "0 m"),
        (14, "46 ft", "14 m"),
        (98, "320 ft", "98 m"),
        (304.8, "1,000 ft", "300 m"),
        (994, "3,260 ft", "990 m"),
        (1000, "3,280 ft", "1 km"),
        (1609.3, "1 mile", "1.6 km"),
        (2100, "1.3 miles", "2.1 km"),
    ],
)
def test_distances_are_said_in_feet_or_metres(metres, feet, metric):
    assert [LIBERTY.distance_words(metres), LANCASHIRE.distance_words(metres)] == [feet, metric]


def test_a_time_zone_is_the_programmes_own():
    eastern = replace(LIBERTY, time_zone="America/New_York")
    assert eastern.moment_words(NIGHT) == "Nov 18, 2026, 11:15 PM"
