from dataclasses import replace

import pytest

from chalicelib import cameras
from chalicelib.aws import clients
from chalicelib.aws.transaction import Transaction
from chalicelib.cameras import Camera, CameraDetails, Kind, Premises
from chalicelib.errors import StateConflict
from chalicelib.geo import Curve, Point, distance_m, position

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


HARDLY_KNOWN = replace(PLAIN, accuracy_m=101)


def entries(camera):
    """Return what both indexes hold of the camera, the plain one first."""
    names = ("geo", "shifted")
    queries = [{"TableName": "cameras", "IndexName": name} for name in names]
    found = [clients.client("dynamodb").scan(**query)["Items"] for query in queries]
    return [[item for item in items if item["i"]["S"] == camera.id] for items in found]


def in_both(camera):
    (plain,), (shifted,) = entries(camera)
    return (
        position(plain["g"]["S"], plain["s"]["S"])
        == position(shifted["h"]["S"], shifted["t"]["S"], Curve.SHIFTED)
        == (camera.point.latitude, camera.point.longitude)
    )


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
        assert camera.visible == visible
        assert in_both(camera) if visible else entries(camera) == [[], []]
    assert cameras.get([camera.id]) == (camera,)


def test_an_entry_is_thirty_five_bytes_in_either_index(register):
    (camera,) = register([DETAILS])
    assert [
        sum(len(name) + len(next(iter(value.values()))) for name, value in entry.items())
        for (entry,) in entries(camera)
    ] == [35, 35]


def test_a_moved_camera_moves_in_both_indexes(register, now):
    (camera,) = register([DETAILS])
    transaction = Transaction()
    afar = replace(DETAILS, point=Point(-16.8, 180.0))
    moved = cameras.change(transaction, camera, afar, now=now)
    transaction.commit()
    assert in_both(moved)


def test_a_camera_whose_place_is_hardly_known_stays_out_of_the_points(register, now):
    (camera,) = register([HARDLY_KNOWN])
    (entry,), others = entries(camera)
    assert (entry["g"]["S"][0], others) == ("?", [])
    transaction = Transaction()
    known = cameras.change(transaction, camera, PLAIN, now=now)
    transaction.commit()
    assert in_both(known)
    transaction = Transaction()
    cameras.remove(transaction, known)
    transaction.commit()
    assert entries(known) == [[], []]


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
