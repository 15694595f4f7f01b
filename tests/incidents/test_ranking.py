from datetime import timedelta

import pytest

from chalicelib import jurisdictions
from chalicelib.cameras import FoundCamera, Kind, Premises, View
from chalicelib.incidents.model import kept_until, ranked, result_of
from tests.incidents.builders import an_incident

DAY = timedelta(days=1)


def a_view(days_kept=30, premises=Premises.HOME):
    return View(90, 90, 20, 10, Kind.FIXED, premises, days_kept)


def a_result(now, camera_id, metres, *, faces=False, days_kept=30):
    incident = an_incident(now, ends_at=now - DAY, starts_at=now - DAY - timedelta(hours=1))
    found = FoundCamera(
        camera_id, incident.place.point, metres, 0, a_view(days_kept), "definite", faces
    )
    retention = jurisdictions.load("demo").retention
    return result_of(found, camera_id, incident, retention=retention, now=now)


@pytest.mark.parametrize(
    ("premises", "days_kept", "days", "guess"),
    [
        (Premises.HOME, 3, 3, False),
        (Premises.BUSINESS, 90, 90, False),
        (Premises.HOME, None, 7, True),
        (Premises.BUSINESS, None, 14, True),
    ],
)
def test_a_recording_lasts_from_the_end_of_the_window(now, premises, days_kept, days, guess):
    retention = jurisdictions.load("demo").retention
    until = kept_until(a_view(days_kept, premises), now, retention)
    assert until == (now + days * DAY, guess)


def test_a_recording_is_gone_when_its_time_is_over(now):
    assert [a_result(now, "a", 1, days_kept=days).gone for days in (0, 1, 2)] == [
        True,
        False,
        False,
    ]
    assert a_result(now, "a", 1, days_kept=2).days_left == 1.0


def test_promising_cameras_come_first(now):
    results = [
        a_result(now, "gone", 5, faces=True, days_kept=0),
        a_result(now, "far", 120),
        a_result(now, "near, lost late", 10, days_kept=30),
        a_result(now, "near, lost soon", 40, days_kept=2),
        a_result(now, "faces", 140, faces=True),
    ]
    assert [(one.number, one.camera_id) for one in ranked(results)] == [
        (1, "faces"),
        (2, "near, lost soon"),
        (3, "near, lost late"),
        (4, "far"),
        (5, "gone"),
    ]
