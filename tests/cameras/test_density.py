from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib import cameras
from chalicelib.aws import counters
from chalicelib.aws.tables import CameraItem
from chalicelib.aws.transaction import Transaction
from chalicelib.cameras import CameraDetails, density
from chalicelib.errors import StateConflict, Unavailable
from chalicelib.geo import Point
from tests.cameras.looking import PRESTON, SEAM, circle

DAY = timedelta(days=1)
CELL_KM2 = (0.0439453125 * 110.574) ** 2 * 0.5911
"""The area of a five-character cell at Preston: 0.0439 degrees both ways, cos 53.76."""
POSTCODE = CameraDetails(PRESTON, accuracy_m=500)


@pytest.fixture
def add(cloud, now):
    def add(details, *, visible=True):
        transaction = Transaction()
        camera = cameras.add(transaction, "r" * 13, details, visible=visible, now=now)
        transaction.commit()
        return camera

    return add


@pytest.fixture
def changed(now):
    """Do something to a camera and commit it."""

    def change(action, camera, *given, **options):
        transaction = Transaction()
        after = action(transaction, camera, *given, **options)
        transaction.commit()
        return after

    return change


def counted():
    """Return what is counted at Preston (gcw1, f) and on either side of the seam."""
    known = counters.read(["gcw1", "gctg", "gcw5"])
    return {
        cell + counter: count
        for cell, counts in known.items()
        for counter, count in counts.items()
        if count
    }


def per_km2(place, *, at=0.0, radius_m=100):
    return density.near(circle(place, radius_m), margin_m=100, at=at).cameras_per_km2


def uncertain(place, *, at=0.0):
    return density.near(circle(place, 100), margin_m=5300, at=at).uncertain


def test_a_camera_counts_where_and_while_it_can_be_found(add, changed, now):
    camera = add(CameraDetails(PRESTON), visible=False)
    assert counted() == {}
    camera = changed(cameras.show, camera, now=now)
    assert counted() == {"gcw1f": 1}
    camera = changed(cameras.change, camera, CameraDetails(SEAM), now=now)
    assert counted() == {"gctgr": 1}
    camera = changed(cameras.hide, camera, now=now)
    assert counted() == {}
    camera = changed(cameras.move_to, camera, "s" * 13, visible=True, now=now)
    assert counted() == {"gctgr": 1}
    changed(cameras.remove, camera)
    assert counted() == {}


def test_a_change_that_leaves_a_camera_where_it_is_counts_nothing(add, changed, now):
    camera = add(CameraDetails(PRESTON))
    changed(cameras.change, camera, CameraDetails(PRESTON, "1 High Street"), now=now)
    assert counted() == {"gcw1f": 1}


def test_a_refused_change_is_not_counted(add, changed, now):
    camera = add(CameraDetails(PRESTON))
    with pytest.raises(StateConflict):
        changed(cameras.hide, replace(camera, version=7), now=now)
    assert counted() == {"gcw1f": 1}


def test_a_camera_is_registered_even_if_it_cannot_be_counted(cloud, add):
    cloud("dynamodb").delete_table(TableName="limits")
    camera = add(CameraDetails(PRESTON))
    assert cameras.get([camera.id]) == (camera,)


def test_uncertain_cameras_are_counted_apart_and_before_they_can_be_found(cloud, add, changed, now):
    camera = add(POSTCODE)
    assert (counted(), uncertain(PRESTON)) == ({"gcw1?": 1}, {"gcw1"})
    cloud("dynamodb").delete_table(TableName="limits")
    with pytest.raises(Unavailable):
        add(POSTCODE)
    assert [item.i for item in CameraItem.scan()] == [camera.id]


def test_an_uncertain_camera_that_becomes_a_point_counts_as_one(add, changed, now):
    camera = changed(cameras.change, add(POSTCODE), CameraDetails(PRESTON), now=now)
    assert counted() == {"gcw1?": 1, "gcw1f": 1}
    cameras.recount(now=now + DAY)
    assert counted() == {"gcw1f": 1}
    changed(cameras.change, camera, POSTCODE, now=now + DAY)
    assert counted() == {"gcw1?": 1}


def test_an_uncertain_camera_that_moves_within_its_cell_is_not_lost_to_a_recount(add, changed, now):
    later = now + DAY
    camera = add(POSTCODE)
    moved = CameraDetails(Point(PRESTON.latitude + 0.001, PRESTON.longitude), accuracy_m=500)
    changed(cameras.change, camera, moved, now=later)
    # What a recount would write that saw the entry at neither place.
    assert not counters.rewrite("gcw1", {}, now=later, unless_since=later - density.SETTLED)
    assert counted() == {"gcw1?": 1}


def test_where_nothing_is_known_fifty_a_square_kilometre_are_expected(cloud):
    assert per_km2(PRESTON) == pytest.approx(50)


def test_the_density_is_the_mean_of_the_cells_a_region_touches(add):
    for _ in range(6):
        add(CameraDetails(PRESTON))
    assert per_km2(PRESTON) == pytest.approx(6 / CELL_KM2, rel=0.01)
    # Nine cells, three of them in a partition of which nothing is known.
    assert per_km2(PRESTON, radius_m=3500) == pytest.approx((6 / CELL_KM2 + 3 * 50) / 9, rel=0.01)


def test_a_seam_between_a_known_and_an_unknown_cell_takes_the_mean_of_both(add):
    add(CameraDetails(SEAM))
    assert per_km2(SEAM) == pytest.approx((1 / CELL_KM2 + 50) / 2, rel=0.02)


@pytest.mark.parametrize("place", [Point(-16.8, 180.0), Point(-16.8, -180.0), Point(89.999, 12.0)])
def test_the_ends_of_the_map_are_as_good_a_place_as_any(add, place):
    add(CameraDetails(place, accuracy_m=500))
    assert per_km2(place) < 50
    assert len(uncertain(place)) == 1


def test_counters_are_kept_for_three_minutes_and_then_read_again(add):
    assert per_km2(PRESTON, at=1000.0) == pytest.approx(50)
    counters.add("gcw1", "f", 9)
    assert per_km2(PRESTON, at=1180.0) == pytest.approx(50)
    assert per_km2(PRESTON, at=1180.5) == pytest.approx(9 / CELL_KM2, rel=0.01)


def test_what_this_container_registers_it_knows_at_once(add):
    assert uncertain(PRESTON) == set()
    add(POSTCODE)
    assert uncertain(PRESTON) == {"gcw1"}


def test_a_recount_heals_what_was_lost_counted_twice_or_left_over(register, add, now):
    register([CameraDetails(PRESTON)] * 3 + [POSTCODE] * 2 + [CameraDetails(SEAM)])
    register([CameraDetails(PRESTON)], visible=False)
    counters.add("gcw1", "f", -7)
    counters.add("gcw1", "b", 5)
    counters.add("gcw5", "2", 4)
    cameras.recount(now=now)
    assert counted() == {"gcw1f": 3, "gcw1?": 2, "gctgr": 1}
    assert sorted(counters.cells()) == ["gctg", "gcw1"]


def test_a_recount_leaves_alone_what_was_counted_just_now(add, register, now):
    register([CameraDetails(SEAM)])
    add(CameraDetails(PRESTON))
    counters.add("gcw1", "f", 5)
    cameras.recount(now=now + timedelta(minutes=5))
    assert counted() == {"gcw1f": 6, "gctgr": 1}
    cameras.recount(now=now + DAY)
    assert counted() == {"gcw1f": 1, "gctgr": 1}


def test_it_is_counted_once_a_day(register, now):
    register([CameraDetails(PRESTON)])
    cameras.recount(now=now)
    register([CameraDetails(PRESTON)])
    cameras.recount(now=now + timedelta(minutes=5))
    assert counted() == {"gcw1f": 1}
    cameras.recount(now=now + DAY)
    assert counted() == {"gcw1f": 2}


def test_a_slow_recount_does_not_undo_a_later_one(cloud, now):
    early, late = now, now + timedelta(minutes=1)
    settled = timedelta(minutes=5)
    counters.rewrite("gcw1", {"f": 8}, now=late, unless_since=late - settled)
    written = counters.rewrite("gcw1", {"f": 7}, now=early, unless_since=early - settled)
    assert (written, counted()) == (False, {"gcw1f": 8})


def test_the_name_of_an_item_of_counters_says_no_more_than_four_characters(add, cloud):
    add(CameraDetails(PRESTON))
    items = cloud("dynamodb").scan(TableName="limits")["Items"]
    assert [item["name"]["S"] for item in items] == ["cameras#gcw1"]
