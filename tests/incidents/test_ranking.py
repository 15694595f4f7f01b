from datetime import timedelta

import pytest

from chalicelib import jurisdictions
from chalicelib.cameras import FoundCamera, IndexedView, Kind, Premises
from chalicelib.geo import Detail
from chalicelib.incidents.model import overwritten, ranked
from chalicelib.incidents.results import result_of
from tests.incidents.builders import a_circle, a_route, a_square, an_escape, an_incident, off

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def a_view(days_kept=30, premises=Premises.HOME, **changes):
    given = {"heading": 90, "view_angle": 90, "reach_m": 20, "accuracy_m": 10}
    return IndexedView(**(given | changes), kind=Kind.FIXED, premises=premises, days_kept=days_kept)


def a_found(camera_id="a", metres=1, *, faces=False, **changes):
    given = {
        "id": camera_id,
        "point": off(metres),
        "distance_m": metres,
        "bearing": 0,
        "view": a_view(),
        "certainty": "definite",
        "faces": faces,
        "detail": Detail.OBSERVE if faces else None,
    }
    return FoundCamera(**(given | changes))


def a_result(now, camera_id, metres, *, faces=False, days_kept=30):
    incident = an_incident(now, ends_at=now - DAY, starts_at=now - DAY - HOUR)
    found = a_found(camera_id, metres, faces=faces, view=a_view(days_kept))
    return result_of(found, incident, jurisdictions.load("demo"), now)


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
    until = overwritten(a_view(days_kept, premises), now, retention)
    assert until == (now + days * DAY, guess)


def test_a_recording_is_gone_when_its_time_is_over(now):
    assert [a_result(now, "a", 1, days_kept=days).gone for days in (0, 1, 2)] == [
        True,
        False,
        False,
    ]
    assert a_result(now, "a", 1, days_kept=2).days_left == 1.0


def test_along_an_escape_a_recording_lasts_from_the_cameras_own_end(now):
    demo, escape = jurisdictions.load("demo"), an_escape(now)
    view = a_view(3)
    early, late = (
        result_of(a_found(point=off(metres, 90), view=view), escape, demo, now)
        for metres in (100, 900)
    )
    assert [one.overwritten_at - one.ends_at for one in (early, late)] == [3 * DAY, 3 * DAY]
    assert early.ends_at < late.ends_at < escape.ends_at + timedelta(minutes=6)
    assert [round(one.along_m) for one in (early, late)] == [100, 900]


def test_promising_cameras_come_first(now):
    results = [
        a_result(now, "gone", 5, faces=True, days_kept=0),
        a_result(now, "far, lost first", 120, days_kept=1),
        a_result(now, "near, lost late", 10, days_kept=30),
        a_result(now, "near, lost soon", 40, days_kept=2),
        a_result(now, "faces", 140, faces=True),
    ]
    assert [(one.number, one.camera_id) for one in ranked(results)] == [
        (1, "faces"),
        (2, "near, lost soon"),
        (3, "near, lost late"),
        (4, "far, lost first"),
        (5, "gone"),
    ]


def test_numbers_go_on_where_the_others_ended(now):
    results = [a_result(now, "b", 70), a_result(now, "a", 20)]
    assert [(one.number, one.camera_id) for one in ranked(results, after=7)] == [(8, "a"), (9, "b")]


def test_a_result_says_why_it_stands_where_it_stands(now):
    result = a_result(now, "a", 12, faces=True)
    assert (result.faces, result.detail, result.certainty, result.along_m) == (
        True,
        Detail.OBSERVE,
        "definite",
        None,
    )


@pytest.mark.parametrize(
    ("region", "metres", "words"),
    [
        (a_circle(), 200, "200 m north of the scene"),
        (a_circle(), 2, "at the scene"),
        (a_square(), 90, "90 m north of the middle of the area"),
        (a_route(), 60, "60 m north of the route, 0 m along"),
    ],
)
def test_a_camera_far_from_every_address_is_named_by_direction(now, region, metres, words):
    incident, lancashire = an_incident(now, region=region), jurisdictions.load("lancashire")
    assert result_of(a_found(metres=metres), incident, lancashire, now).label == words


def test_a_camera_hardly_located_is_not_named_by_an_address(now):
    found = a_found(certainty="uncertain", view=a_view(accuracy_m=1200))
    result = result_of(found, an_incident(now), jurisdictions.load("demo"), now)
    assert result.label == "known only to within 3,940 ft"
