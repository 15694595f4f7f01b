"""What owners are told of their recorders: times on their own clock, and until when to look."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib import cameras, footage_requests, jurisdictions
from chalicelib.aws.transaction import Transaction
from chalicelib.cameras.clocks import ClockCheck, ClockMethod
from chalicelib.cameras.retention import DaysFrom
from chalicelib.footage_requests.letters import context
from chalicelib.letters import ClockLine, render
from chalicelib.letters.store import row_of
from tests.footage_requests.builders import a_request, letters_to
from tests.incidents.builders import a_camera_at, an_owner

MINUTES_FAST = 192


def a_check(now, offset_s=MINUTES_FAST, doubt_s=0):
    return ClockCheck(offset_s, doubt_s, ClockMethod.LIVE, now, 0.0)


def written(owner, now):
    [item] = letters_to(owner, "request")
    transaction = Transaction()
    found = context(row_of(item), transaction, now)
    transaction.commit()
    return found.values


def test_a_letter_names_the_time_on_a_recorder_that_is_off(cloud, now):
    owner = an_owner(now, "a@example.com", a_camera_at(40, clock=a_check(now)))
    a_request(now, owner)
    values = written(owner, now)
    assert values.window == "Nov 20, 2026, 3:00 AM to 4:00 AM"
    assert values.clocks == (ClockLine("", ("Nov 20, 2026, 3:03 AM to 4:04 AM",)),)
    assert not values.clock_unknown


def test_a_letter_to_several_cameras_says_which_recorder_is_off(cloud, now):
    check = a_check(now)
    off = [a_camera_at(40 + step, label=f"door {step}", clock=check) for step in (0, 1)]
    right = a_camera_at(45, label="yard", clock=a_check(now, 0))
    owner = an_owner(now, "a@example.com", *off, right)
    a_request(now, owner)
    [line] = written(owner, now).clocks
    assert sorted(line.names.split("; ")) == ["door 0", "door 1"]


def test_a_letter_says_so_if_nobody_has_compared_the_clock(cloud, now):
    owner = an_owner(now, "a@example.com", a_camera_at(40))
    a_request(now, owner)
    values = written(owner, now)
    assert (values.clocks, values.clock_unknown) == ((), True)
    text = render("request", values).text
    assert "Please look 15 minutes earlier and 15 minutes later too." in text


def test_a_letter_gives_both_times_if_the_clocks_have_changed_since_the_check(cloud, now):
    summer = a_check(datetime(2026, 7, 1, tzinfo=UTC), 60)
    owner = an_owner(now, "a@example.com", a_camera_at(40, clock=summer))
    a_request(now, owner)
    values = written(owner, now)
    shows = ("Nov 20, 2026, 3:01 AM to 4:01 AM", "Nov 20, 2026, 4:01 AM to 5:01 AM")
    assert values.clocks == (ClockLine("", shows),)
    for letter in (render("request", values).text, render("request", values).html):
        assert all(text in letter for text in shows)


def test_a_time_that_never_was_is_said_as_the_recorder_shows_it():
    here = jurisdictions.load("lancashire")
    winter = a_check(datetime(2027, 3, 1, tzinfo=UTC), 0)
    starts = datetime(2027, 3, 28, 1, 5, tzinfo=UTC)  # 02:05 in summer time
    camera, ask = a_stub(winter, starts, starts + timedelta(minutes=10))
    [line] = footage_requests.clock_lines([camera], ask, here)
    assert line.shows == (
        "28 March 2027, 2:05am to 2:15am",
        "28 March 2027, 1:05am to 1:15am",
    )


def a_stub(check, starts_at, ends_at):
    details = a_camera_at(40, clock=check)
    camera = cameras.Camera(
        id="a",
        registration_id="b",
        version=1,
        created_at=starts_at,
        visible=True,
        **{name: getattr(details, name) for name in details.__dataclass_fields__},
    )
    ask = footage_requests.Ask(
        *("request", "b", ("a",), starts_at, ends_at, footage_requests.AskState.MAILED),
        answer=None,
        answered_at=None,
        note="",
        reminded=False,
        version=1,
    )
    return camera, ask


@pytest.mark.parametrize(
    ("owned", "expected"),
    [
        ([(14, None)], (14, 14, None, None)),
        ([(9, 18)], (9, 9, 18, 18)),
        ([(60, 60)], (60, 60, None, None)),
        ([(9, 18), (10, None)], (9, 9, 18, 18)),
        ([(9, 18), (9, 12)], (9, 9, 12, 12)),
        ([(None, None), (3, 5)], (3, 3, 5, 5)),
        ([(0, 0)], (0, 0, None, None)),
    ],
)
def test_the_recording_lost_first_has_its_own_range(now, owned, expected):
    camera, ask = a_stub(None, now, now)
    every = [replace(camera, days_kept=least, days_most=most) for least, most in owned]
    days, first, most, last = expected
    found = footage_requests.first_overwritten(every, ask)
    surely = None if last is None else now + timedelta(days=last)
    assert tuple(found) == (days, now + timedelta(days=first), most, surely)


def test_nothing_is_said_of_a_recorder_nobody_knows(now):
    camera, ask = a_stub(None, now, now)
    assert footage_requests.first_overwritten([camera], ask) is None


def test_a_letter_says_from_when_and_by_when_an_estimate_is_over(cloud, now):
    estimate = a_camera_at(40, days_kept=9, days_most=18, days_from=DaysFrom.DISK)
    owner = an_owner(now, "a@example.com", estimate)
    a_request(now, owner)
    values = written(owner, now)
    assert (values.overwritten, values.overwritten_by) == ("Sunday, Nov 29", "Tuesday, Dec 8")
    said = "yours perhaps from Sunday, Nov 29 on, and surely by Tuesday, Dec 8."
    assert all(said in text for text in (render("request", values).text,))
    assert said in " ".join(render("request", values).html.split())
