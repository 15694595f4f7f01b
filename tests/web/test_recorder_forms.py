from datetime import UTC, datetime, timedelta

import pytest

from chalicelib import clock, jurisdictions, settings
from chalicelib.cameras import CameraDetails, Kind
from chalicelib.cameras.clocks import ClockCheck, ClockMethod
from chalicelib.cameras.retention import DaysFrom
from chalicelib.cameras.services import SERVICES
from chalicelib.errors import InvalidInput
from chalicelib.geo import Point
from chalicelib.web import html, recorder_forms
from chalicelib.web.requests import Form

NOON = datetime(2026, 11, 20, 18, tzinfo=UTC)
"""Noon in the demo town."""
DISK = {"days_from": "disk", "disk": "1000", "disk_cameras": "4", "disk_resolution": "1080p"}
UNKNOWN = {"days_kept": None, "days_most": None, "days_from": None, "clock": None}


def read(now=NOON, **fields):
    form = Form({name: (text,) for name, text in fields.items()})
    return recorder_forms.read(form, now=now)


def details(entered=None, programme="demo", now=NOON, **fields):
    here = jurisdictions.load(programme)
    return recorder_forms.into_details(entered or read(now, **fields), here, now=now)


def days(**fields):
    found = details(**fields)
    return found["days_kept"], found["days_most"], found["days_from"]


def checked(now=NOON, **fields):
    return details(now=now, **fields)["clock"]


def wrong(**fields):
    with pytest.raises(InvalidInput) as refusal:
        details(**fields)
    return refusal.value.fields


def test_nothing_has_to_be_said_of_a_recorder():
    assert details() == UNKNOWN
    assert details(days_from="unknown", clock_how="skip") == UNKNOWN


def test_a_number_of_days_is_what_its_owner_said():
    assert days(days_from="said", days_kept="14") == (14, None, DaysFrom.SAID)
    assert days(days_kept="0") == (0, None, DaysFrom.SAID)


def test_a_plan_gives_a_range_by_country():
    assert days(days_from="service", service="ring") == (60, 180, DaysFrom.SERVICE)
    found = details(programme="lancashire", days_from="service", service="ring")
    assert (found["days_kept"], found["days_most"]) == (30, 180)


def test_a_camera_that_records_nothing_may_register():
    assert days(days_from="service", service="none") == (0, 0, DaysFrom.SERVICE)


def test_a_disk_and_its_cameras_give_a_range():
    assert days(**DISK, disk_recorded="all_day") == (5, 16, DaysFrom.DISK)
    assert days(**DISK) == (5, 151, DaysFrom.DISK)


def test_the_oldest_recording_gives_what_is_kept_at_least():
    assert days(days_from="oldest", oldest="11/6/2026") == (14, None, DaysFrom.OLDEST)
    found = details(programme="lancashire", days_from="oldest", oldest="6/11/2026")
    assert found["days_kept"] == 14


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"days_from": "said"}, ["days_kept"]),
        ({"days_from": "said", "days_kept": "some"}, ["days_kept"]),
        ({"days_from": "said", "days_kept": "501"}, ["days_kept"]),
        ({"days_from": "said", "days_kept": "\u0661"}, ["days_kept"]),
        ({"days_from": "service"}, ["service"]),
        ({"days_from": "service", "service": "another"}, ["service"]),
        ({"days_from": "disk"}, ["disk", "disk_cameras"]),
        ({**DISK, "disk": "999"}, ["disk"]),
        ({**DISK, "disk_cameras": "0"}, ["disk_cameras"]),
        ({"days_from": "oldest", "oldest": "31/31/2026"}, ["oldest"]),
        ({"days_from": "oldest", "oldest": "11/21/2026"}, ["oldest"]),
        ({"clock_how": "guess"}, ["clock_how"]),
        ({"clock_how": "live"}, ["clock_time"]),
        (
            {"clock_how": "live", "clock_time": "25:00", "clock_date": "x"},
            ["clock_time", "clock_date"],
        ),
        ({"clock_how": "typed"}, ["clock_typed_time", "clock_other_time"]),
        ({"days_from": "service", "clock_how": "live"}, ["service", "clock_time"]),
    ],
)
def test_each_field_that_is_wrong_is_named(fields, named):
    assert list(wrong(**fields)) == named


def test_a_field_longer_than_any_of_ours_is_refused():
    with pytest.raises(InvalidInput) as refusal:
        read(oldest="1" * 41)
    assert refusal.value.fields == {"oldest": "This is too long"}


@pytest.mark.parametrize(
    ("text", "offset_s", "doubt_s"),
    [
        ("12:03:12", 192, 15),
        ("12.03.12 pm", 192, 15),
        ("12:03:12 PM", 192, 15),
        ("12:03", 210, 45),
        ("1:00 PM", 3630, 45),
    ],
)
def test_the_time_a_recorder_shows_is_compared_with_ours(text, offset_s, doubt_s):
    found = checked(clock_how="live", clock_time=text, clock_age="0")
    assert found == ClockCheck(offset_s, doubt_s, ClockMethod.LIVE, NOON)


def test_how_long_ago_it_was_typed_is_what_the_script_says():
    found = checked(clock_how="live", clock_time="11:58:00", clock_age="120")
    assert (found.offset_s, found.doubt_s) == (0, 15)
    assert found.checked_at == NOON - timedelta(seconds=120)


def test_without_the_script_it_was_between_sending_the_page_and_its_coming_back():
    sent = clock.stamp(NOON - timedelta(minutes=4))
    found = checked(clock_how="live", clock_time="11:58:00", clock_page_at=sent)
    assert (found.offset_s, found.doubt_s) == (0, 135)


@pytest.mark.parametrize("text", ["", "yesterday", "2026-11-21T00:00:00.000000Z", "x" * 30])
def test_a_moment_that_is_not_ours_counts_as_none(text):
    found = checked(clock_how="live", clock_time="12:00:00", clock_page_at=text, clock_age="-1")
    assert (found.offset_s, found.doubt_s) == (0, 15)


def test_a_form_shown_again_does_not_make_the_reading_look_newer():
    first = read(clock_how="live", clock_time="12:00:00", clock_age="10")
    later = NOON + timedelta(minutes=30)
    again = read(later, **first, clock_page_at=clock.stamp(later), clock_age="3")
    assert again == first
    assert details(again, now=later)["clock"] == details(first)["clock"]


def test_a_reading_that_was_corrected_is_as_new_as_its_correction():
    first = read(clock_how="live", clock_time="noon", clock_age="0")
    later = NOON + timedelta(minutes=30)
    again = read(later, **{**first, "clock_time": "12:31:00"}, clock_age="0")
    assert details(again, now=later)["clock"].offset_s == 60


def test_a_recorder_that_was_never_set_is_accepted():
    found = checked(clock_how="live", clock_time="00:00:00", clock_date="1/1/2000", clock_age="0")
    assert found.offset_s < -26 * 365 * 86_400


def test_a_recorder_without_a_battery_shows_1970_and_is_accepted():
    found = checked(clock_how="live", clock_date="1970-01-01", clock_time="00:10")

    assert found.offset_s < -50 * 365 * 86_400


@pytest.mark.parametrize("day", ["1969-12-31", "2100-01-01", "9999-12-31", "0000-00-00", "-1"])
def test_no_recorder_shows_a_day_outside_its_calendar(day):
    assert list(wrong(clock_how="live", clock_date=day, clock_time="00:10")) == ["clock_date"]


def test_two_clocks_read_together_need_no_clock_of_ours():
    found = checked(clock_how="typed", clock_typed_time="9:07:30", clock_other_time="9:04:30")
    assert found == ClockCheck(180, 15, ClockMethod.TYPED, NOON)


def test_a_clock_may_be_called_right():
    found = checked(clock_how="correct")
    assert found == ClockCheck(0, 120, ClockMethod.SAYS_CORRECT, NOON)


def test_a_programme_with_minimal_fields_keeps_nothing_of_a_recorder():
    here = jurisdictions.load("palos-park")
    assert (here.fields, details(programme="palos-park", days_kept="14")) == ("minimal", {})


@pytest.mark.parametrize(
    "known",
    [
        {"days_kept": 14, "days_from": DaysFrom.SAID},
        {"days_kept": 5, "days_most": 16, "days_from": DaysFrom.DISK},
        {"days_kept": 60, "days_most": 60, "days_from": DaysFrom.SERVICE},
        {"days_kept": 14, "days_from": DaysFrom.OLDEST},
        {},
    ],
)
def test_what_is_known_survives_being_shown_and_sent_again(known):
    before = CameraDetails(Point(40.0, -98.0), kind=Kind.DOME, **known)
    found = details(read(**recorder_forms.entered_of(before)))
    assert found == UNKNOWN | known


def fields_page(entered, errors=None):
    source = (
        '{% from "recorder.html" import clock_fields, retention_fields with context %}'
        "{{ retention_fields(errors, entered) }}{{ clock_fields(errors, entered) }}"
    )
    template = html.environment().from_string(source)
    return template.render(**html._common(), entered=entered, errors=errors or {})  # noqa: SLF001 - what every page is given


def test_the_page_offers_every_field_that_is_read_and_every_plan():
    entered = dict.fromkeys(recorder_forms.FIELDS, "") | {"days_before": "9:18:disk"}
    entered |= dict.fromkeys(recorder_forms.TAKEN, "x")
    page = fields_page(entered)
    missing = [name for name in recorder_forms.SENT if f'name="{name}"' not in page]
    assert missing == []
    assert [name for name in SERVICES if f'<option value="{name}"' not in page] == []
    assert [size for size in recorder_forms.DISKS if f'<option value="{size}"' not in page] == []
    assert "Leave it as it is: probably 9 to 18 days" in page


def test_what_is_wrong_stands_at_its_field_and_its_choice_is_open():
    errors = wrong(days_from="disk", clock_how="live")
    page = fields_page(read(days_from="disk", clock_how="live"), errors)
    assert all(f'id="{name}-error"' in page for name in errors)
    assert 'value="disk" checked' in page
    assert 'value="live" checked' in page


def test_a_programme_with_minimal_fields_asks_nothing_of_a_recorder(monkeypatch):
    monkeypatch.setenv("JURISDICTION", "palos-park")
    settings.current.cache_clear()
    page = fields_page({}).strip()
    monkeypatch.undo()
    settings.current.cache_clear()
    assert page == ""
