from dataclasses import replace

import pytest
from botocore.exceptions import EndpointConnectionError

from chalicelib import cameras
from chalicelib.aws.transaction import Transaction
from chalicelib.cameras import CAMERAS_MOST, CameraDetails, Kind, Premises, View, near
from chalicelib.errors import Unavailable
from chalicelib.geo import Circle, Point, destination, plan

SEAM = Point(54.0470, -2.8125)
PLACES = [
    SEAM,
    Point(52.8052, -2.109375),
    Point(41.66015625, -87.8367),
    Point(51.4779, 0.0),
    Point(0.0, 0.0),
    Point(-16.8, 180.0),
    Point(31.6260, -48.4446),
    Point(85.05, 11.6),
]


def ids(found):
    return {camera.id for camera in found.cameras}


@pytest.mark.parametrize("radius", [40, 250, 1000])
@pytest.mark.parametrize("place", PLACES)
def test_a_lookup_finds_exactly_what_looking_at_every_camera_finds(
    register, fleet, expected, place, radius
):
    registered = register(fleet(60, place, radius * 2.0))
    register(fleet(20, place, radius * 1.0), visible=False)
    circle = Circle(place, radius)
    found = near(circle)
    assert ids(found) == expected(registered, circle) != set()
    assert (found.total, found.truncated) == (len(found.cameras), False)


def test_cameras_that_were_hidden_moved_removed_or_shown_are_found_as_they_are_now(
    register, fleet, expected, now
):
    registered = register(fleet(40, SEAM, 200))
    hidden = register(fleet(5, SEAM, 150), visible=False)
    afar = replace(registered[2].details, point=destination(SEAM, 90, 5000))
    transaction = Transaction()
    cameras.hide(transaction, registered[0], now=now)
    cameras.remove(transaction, registered[1])
    cameras.change(transaction, registered[2], afar, now=now)
    shown = cameras.show(transaction, hidden[0], now=now)
    transaction.commit()
    circle = Circle(SEAM, 250)
    assert ids(near(circle)) == expected([*registered[3:], shown], circle)


def test_pages_of_two_entries_lose_nothing_in_any_range(register, fleet, expected, on_query):
    registered = register(fleet(80, SEAM, 900))
    circle = Circle(SEAM, 900)
    on_query(lambda params: params.update(Limit=2))
    found = near(circle)
    assert ids(found) == expected(registered, circle)
    assert found.requests > 20
    assert found.entries_read >= len(found.cameras)


def test_a_camera_hidden_between_two_pages_is_the_only_one_missing(
    register, fleet, expected, on_query, now
):
    registered = sorted(register(fleet(30, SEAM, 100)), key=lambda camera: camera.point)
    last, circle = registered[-1], Circle(SEAM, 200)

    def shrink(params):
        params.update(Limit=3)
        if "ExclusiveStartKey" in params and last.id not in hidden:
            hidden.add(last.id)
            transaction = Transaction()
            cameras.hide(transaction, last, now=now)
            transaction.commit()

    hidden = set()
    on_query(shrink)
    assert expected(registered[:-1], circle) <= ids(near(circle)) <= expected(registered, circle)


def test_one_range_that_cannot_be_read_fails_the_whole_lookup(register, fleet, on_query):
    register(fleet(20, SEAM, 900))
    circle = Circle(SEAM, 900)
    doomed = plan(Circle(SEAM, 1000))[-1].low

    def fail(params):
        if params["ExpressionAttributeValues"][":low"]["S"] == doomed:
            raise EndpointConnectionError(endpoint_url="dynamodb")

    on_query(fail)
    with pytest.raises(Unavailable):
        near(circle)


def test_a_refused_query_fails_the_lookup_too(register, on_query):
    register([])
    on_query(lambda params: params.update(TableName="gone"))
    with pytest.raises(Unavailable):
        near(Circle(SEAM, 50))


def test_more_than_a_thousand_cameras_are_counted_and_the_nearest_returned(register, on_query):
    places = [destination(SEAM, 10, 0.2 * step) for step in range(CAMERAS_MOST + 5)]
    registered = register([CameraDetails(place) for place in places])
    on_query(lambda params: params.update(Limit=400))
    found = near(Circle(SEAM, 250))
    assert [camera.id for camera in found.cameras] == [one.id for one in registered[:-5]]
    assert (found.truncated, found.total) == (True, CAMERAS_MOST + 5)


def test_a_pile_of_cameras_on_one_spot_is_found_over_all_pages(register, on_query):
    registered = register([CameraDetails(SEAM)] * 120)
    on_query(lambda params: params.update(Limit=50))
    assert ids(near(Circle(SEAM, 5))) == {camera.id for camera in registered}


def test_a_found_camera_says_where_it_is_and_what_it_sees_and_nothing_of_its_owner(register):
    place = destination(SEAM, 90, 50)
    (camera,) = register(
        [
            CameraDetails(
                place,
                "1 High Street",
                "porch",
                Kind.DOORBELL,
                Premises.BUSINESS,
                270,
                120,
                60,
                5,
                30,
            )
        ]
    )
    found = near(Circle(SEAM, 100))
    (one,) = found.cameras
    assert (one.id, one.point, one.certainty, one.faces_scene) == (
        camera.id,
        camera.point,
        "definite",
        True,
    )
    assert one.distance_m == pytest.approx(50, abs=0.03)
    assert one.bearing == pytest.approx(90, abs=0.03)
    assert one.view == View(270, 120, 60, 5, Kind.DOORBELL, Premises.BUSINESS, 30)
    assert (found.requests, found.entries_read, found.truncated) == (2, 1, False)


@pytest.mark.parametrize(
    ("away", "accuracy", "certainties"),
    [
        (80, 20, ["definite"]),
        (81, 20, ["possible"]),
        (119, 20, ["possible"]),
        (121, 20, []),
        (199, 100, ["possible"]),
    ],
)
def test_a_camera_whose_place_is_uncertain_is_found_as_possible(
    register, away, accuracy, certainties
):
    place = destination(SEAM, 200, away - 0.05)
    register([CameraDetails(place, accuracy_m=accuracy)])
    assert [camera.certainty for camera in near(Circle(SEAM, 100)).cameras] == certainties


@pytest.mark.parametrize(
    ("heading", "angle", "reach", "faces"),
    [
        (None, None, None, False),
        (None, 360, 60, True),
        (180, None, None, True),
        (180, 90, 30, False),
        (180, 90, 40, True),
        (0, 90, 60, False),
        (100, 120, 60, False),
        (110, 120, 60, True),
    ],
)
def test_a_camera_faces_the_scene_when_its_view_reaches_it(register, heading, angle, reach, faces):
    north = destination(SEAM, 0, 50)
    register([CameraDetails(north, heading=heading, view_angle=angle, reach_m=reach)])
    assert [camera.faces_scene for camera in near(Circle(SEAM, 100)).cameras] == [faces]


def test_an_empty_register_is_an_empty_answer(cloud):
    found = near(Circle(SEAM, 100))
    assert (found.cameras, found.entries_read, found.total, found.truncated) == ((), 0, 0, False)
