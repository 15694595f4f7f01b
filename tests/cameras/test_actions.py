from dataclasses import replace

import pytest

from chalicelib import cameras
from chalicelib.aws import tables
from chalicelib.aws.transaction import Transaction
from chalicelib.cameras import Camera, CameraDetails, Kind, Premises
from chalicelib.errors import StateConflict
from chalicelib.geo import Point, distance_m

DETAILS = CameraDetails(
    Point(53.7632, -2.7031),
    "1 High Street",
    "porch",
    Kind.DOME,
    Premises.BUSINESS,
    90,
    120,
    30,
    5,
    14,
)
PLAIN = CameraDetails(Point(53.7632, -2.7031))


def in_index(camera):
    item = tables.CameraItem.get(camera.id)
    return [item.g, item.s, item.v] != [None, None, None]


@pytest.mark.parametrize("details", [DETAILS, PLAIN])
def test_a_camera_is_read_back_as_it_was_added(cloud, now, details):
    transaction = Transaction()
    camera = cameras.add(transaction, "r" * 13, details, visible=True, now=now)
    transaction.commit()
    assert cameras.get([camera.id]) == (camera,)
    assert replace(camera.details, point=details.point) == details
    assert distance_m(camera.point, details.point) < 0.02
    assert (camera.version, camera.created_at, camera.visible) == (1, now, True)


def test_hiding_a_camera_takes_all_of_it_out_of_the_index_and_showing_puts_it_back(register, now):
    (camera,) = register([DETAILS])
    for change, visible in [(cameras.hide, False), (cameras.show, True)]:
        transaction = Transaction()
        camera = change(transaction, camera, now=now)
        transaction.commit()
        assert (camera.visible, in_index(camera)) == (visible, visible)
    assert cameras.get([camera.id]) == (camera,)


def test_a_change_replaces_every_detail_and_raises_the_version(register, now):
    (camera,) = register([DETAILS])
    transaction = Transaction()
    changed = cameras.change(transaction, camera, PLAIN, now=now)
    transaction.commit()
    assert cameras.get([camera.id]) == (changed,)
    assert (changed.heading, changed.address, changed.version) == (None, None, 2)


def test_a_camera_moves_to_another_registration(register, now):
    (camera,) = register([DETAILS], visible=False)
    transaction = Transaction()
    moved = cameras.move_to(transaction, camera, "s" * 13, visible=True, now=now)
    transaction.commit()
    assert moved == replace(camera, registration_id="s" * 13, visible=True, version=2)
    assert cameras.get([camera.id]) == (moved,)


@pytest.mark.parametrize("change", [cameras.hide, cameras.show])
def test_a_change_to_a_camera_that_has_changed_meanwhile_is_refused(register, now, change):
    (camera,) = register([DETAILS])
    for _ in range(2):
        transaction = Transaction()
        change(transaction, camera, now=now)
        if cameras.get([camera.id])[0].version == 1:
            transaction.commit()
    with pytest.raises(StateConflict):
        transaction.commit()


def test_a_camera_that_has_changed_meanwhile_is_not_removed(register, now):
    (camera,) = register([DETAILS])
    transaction = Transaction()
    cameras.remove(transaction, replace(camera, version=7))
    with pytest.raises(StateConflict):
        transaction.commit()
    assert cameras.get([camera.id]) == (camera,)


def test_cameras_come_in_the_order_asked_for_without_those_that_are_gone(register):
    first, second, third = register([DETAILS, PLAIN, DETAILS])
    transaction = Transaction()
    cameras.remove(transaction, second)
    transaction.commit()
    asked = [third.id, second.id, first.id, third.id]
    assert cameras.get(asked) == (third, first)
    assert cameras.get([]) == ()


def test_ids_say_nothing_about_place_or_time(register):
    one, other = register([DETAILS, DETAILS])
    assert isinstance(one, Camera)
    assert len(one.id) == len(other.id) == 13
    assert one.id[:4] != other.id[:4]
