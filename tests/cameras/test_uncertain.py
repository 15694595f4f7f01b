from dataclasses import replace

import pytest

from chalicelib import cameras
from chalicelib.aws.transaction import Transaction
from chalicelib.cameras import ACCURACY_MAX_M, UNCERTAIN_MOST, CameraDetails, density
from chalicelib.geo import Point, destination
from tests.cameras.looking import PRESTON, SEAM, circle, ids, look

POSTCODE = CameraDetails(PRESTON, accuracy_m=2000, heading=90, reach_m=250)


@pytest.fixture
def registered_one_by_one(cloud, now):
    """Register cameras as their owners do, which counts them."""

    def add(details):
        transaction = Transaction()
        camera = cameras.add(transaction, "r" * 13, details, visible=True, now=now)
        transaction.commit()
        return camera

    return add


def test_a_camera_whose_place_is_hardly_known_is_told_apart(registered_one_by_one):
    camera = registered_one_by_one(POSTCODE)
    found = look(circle(destination(PRESTON, 90, 1900), 100))
    assert (found.cameras, found.total, found.truncated) == ((), 0, False)
    (one,) = found.uncertain
    assert (one.id, one.certainty, one.faces, one.detail) == (camera.id, "uncertain", False, None)
    assert round(one.distance_m) == 1900


@pytest.mark.parametrize(
    ("away", "accuracy", "count"),
    [(2099, 2000, 1), (2101, 2000, 0), (5290, ACCURACY_MAX_M, 1), (5310, ACCURACY_MAX_M, 0)],
)
@pytest.mark.parametrize("place", [PRESTON, SEAM, Point(-16.8, 180.0)])
def test_it_is_found_as_far_away_as_it_may_be(registered_one_by_one, place, away, accuracy, count):
    for degrees in (45, 90, 200, 315):
        registered_one_by_one(CameraDetails(destination(place, degrees, away), accuracy_m=accuracy))
    assert len(look(circle(place, 100)).uncertain) == 4 * count


def test_the_usual_search_asks_no_more_because_there_might_be_any(
    register, registered_one_by_one, on_query
):
    register([CameraDetails(PRESTON)])
    asked = []
    on_query(lambda params: asked.append(params["ExpressionAttributeValues"][":partition"]["S"]))
    usual = look(circle(PRESTON, 100))
    assert not [one for one in asked if one.startswith("?")]
    registered_one_by_one(POSTCODE)
    assert look(circle(PRESTON, 100)).requests == usual.requests + 1


def test_a_search_for_who_sees_it_lists_those_too_that_may_be_within_their_reach(
    registered_one_by_one,
):
    camera = registered_one_by_one(POSTCODE)
    scene = circle(destination(PRESTON, 0, 2255), 10)
    found = look(circle(scene.middle, 50), scene=scene, only_seeing=True)
    assert (found.cameras, ids(found.uncertain)) == ((), {camera.id})


def test_at_most_a_hundred_are_told_the_nearest_first(register, registered_one_by_one):
    registered_one_by_one(POSTCODE)
    places = [destination(PRESTON, 10, 10 + step) for step in range(UNCERTAIN_MOST + 5)]
    others = register([replace(POSTCODE, point=place) for place in places])
    found = look(circle(PRESTON, 100)).uncertain
    assert [camera.id for camera in found[1:]] == [camera.id for camera in others[:99]]


def test_it_stays_found_until_it_is_hidden_whatever_the_counters_went_through(
    registered_one_by_one, now
):
    first, second = registered_one_by_one(POSTCODE), registered_one_by_one(POSTCODE)
    for _ in range(2):
        for change in (cameras.hide, cameras.show):
            transaction = Transaction()
            first = change(transaction, first, now=now)
            transaction.commit()
    transaction = Transaction()
    cameras.remove(transaction, first)
    transaction.commit()
    density.forget()
    assert ids(look(circle(PRESTON, 100)).uncertain) == {second.id}
