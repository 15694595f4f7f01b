from datetime import timedelta

import pytest

from chalicelib import audit, cameras, registrations
from chalicelib.cameras.clocks import ClockCheck, ClockMethod
from chalicelib.errors import StateConflict
from chalicelib.registrations.clock_checks import AT_ONCE
from tests.registrations.builders import a_camera, an_active_registration


def a_check(now, offset_s=192):
    return ClockCheck(offset_s, 45, ClockMethod.LIVE, now)


def changes(registration):
    entries = audit.read_chain(f"registration#{registration.id}")
    return [entry for entry in entries if entry.event == "registration:change"]


def test_a_check_is_kept_with_the_camera_and_audited_by_the_cameras_id_alone(cloud, now):
    owner = an_active_registration(now)
    after = registrations.record_clock_check(owner, owner.camera_ids, a_check(now), now=now)
    [camera], [entry] = cameras.get(owner.camera_ids), changes(owner)
    assert (camera.clock, camera.label) == (a_check(now), a_camera().label)
    assert (entry.actor, entry.detail) == (
        f"owner:{owner.id}",
        {"changed": [f"clock:{camera.id}"]},
    )
    assert after == registrations.get(owner.id)


def test_a_second_check_tells_the_drift(cloud, now):
    owner = an_active_registration(now)
    owner = registrations.record_clock_check(owner, owner.camera_ids, a_check(now), now=now)
    later = now + timedelta(days=10)
    registrations.record_clock_check(owner, owner.camera_ids, a_check(later, 222), now=later)
    [camera] = cameras.get(owner.camera_ids)
    assert (camera.clock.offset_s, camera.clock.drift_s) == (222, 3.0)


def test_somebody_elses_camera_is_left_alone(cloud, now):
    owner = an_active_registration(now)
    other = an_active_registration(now, contact=registrations.Contact("B", "b@example.com"))
    registrations.record_clock_check(owner, other.camera_ids, a_check(now), now=now)
    assert [camera.clock for camera in cameras.get(other.camera_ids)] == [None]
    assert changes(owner) == []


def test_whoever_has_left_keeps_no_check(cloud, now):
    owner = an_active_registration(now)
    registrations.leave(owner, now=now)
    gone = registrations.get(owner.id)
    with pytest.raises(StateConflict):
        registrations.record_clock_check(gone, owner.camera_ids, a_check(now), now=now)


def test_more_cameras_than_one_transaction_takes_get_it_in_several(cloud, now):
    details = tuple(a_camera(label=f"camera {number}") for number in range(AT_ONCE + 1))
    owner = an_active_registration(now, camera_details=details)
    registrations.record_clock_check(owner, owner.camera_ids, a_check(now), now=now)
    assert {camera.clock for camera in cameras.get(owner.camera_ids)} == {a_check(now)}
    assert [len(entry.detail["changed"]) for entry in changes(owner)] == [AT_ONCE, 1]


def test_changing_a_camera_without_a_new_check_keeps_the_one_there_is(cloud, now):
    owner = an_active_registration(now)
    owner = registrations.record_clock_check(owner, owner.camera_ids, a_check(now), now=now)
    registrations.change_camera(owner, owner.camera_ids[0], a_camera(label="yard"), now=now)
    [camera] = cameras.get(owner.camera_ids)
    assert (camera.label, camera.clock) == ("yard", a_check(now))


def test_owners_get_a_copy_of_what_is_known_of_their_recorder(cloud, now):
    owner = an_active_registration(now, camera=a_camera(days_kept=5, days_most=16))
    owner = registrations.record_clock_check(owner, owner.camera_ids, a_check(now), now=now)
    [camera] = registrations.export(owner, now=now)["cameras"]
    assert (camera["days_kept"], camera["days_most"]) == (5, 16)
    assert camera["clock"] == {
        "seconds_fast": 192,
        "seconds_of_doubt": 45,
        "method": "live_compare",
        "checked_at": "2026-11-20T12:00:00.000000Z",
    }
