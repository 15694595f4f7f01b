"""Every search is compared, camera by camera, with looking at all that is registered."""

import math
import random
from base64 import b64encode
from functools import cache

import pytest

from chalicelib import cameras
from chalicelib.aws import clients
from chalicelib.aws.transaction import Transaction
from chalicelib.cameras import CAMERAS_MOST, CameraDetails, store
from chalicelib.geo import Area, Circle, Corridor, Point
from tests.cameras.big_index import BigIndex
from tests.geo.oracles import TIE_M, deep_m, reached

PLACES = {
    "Lancaster": (54.0470, -2.8010),
    "Stafford": (52.8052, -2.109375),
    "Greenwich": (51.4779, 0.0),
    "the equator": (0.0, -78.0),
    "the antimeridian": (-16.8, 180.0),
    "the pole": (89.99, 40.0),
    "where dynamodbgeo loses": (31.6260, -48.4446),
}
ACTIONS_MOST = 50
"""In one transaction of these tests: moto copies all tables for each of them."""


def some_details(dice, place, radius_m):
    lat, lon = reached(*place, dice.uniform(0, 360), radius_m * math.sqrt(dice.random()))
    return CameraDetails(
        Point(lat, lon),
        heading=dice.choice([None, dice.randrange(360)]),
        view_angle=dice.choice([None, 30, 90, 180, 360]),
        reach_m=dice.choice([None, 0, 15, 60, 250]),
        accuracy_m=dice.choice([0, 5, 20, 100, 101, 1500]),
    )


class Fleet:
    """Cameras as they are registered, written by the actions that owners take."""

    def __init__(self, place, radius_m, now):
        self.dice = random.Random(repr(place))  # noqa: S311 - the same fleet every time
        self.place, self.radius_m, self.now = place, radius_m, now
        self.cameras = {}

    def add(self, count):
        for begin in range(0, count, ACTIONS_MOST):
            transaction = Transaction()
            for _ in range(begin, min(count, begin + ACTIONS_MOST)):
                details = some_details(self.dice, self.place, self.radius_m)
                visible = self.dice.random() < 4 / 5
                camera = cameras.add(transaction, "r" * 13, details, visible=visible, now=self.now)
                self.cameras[camera.id] = camera
            transaction.commit()

    def live(self, count):
        """Let time pass: cameras are hidden, shown, moved and taken down."""
        transaction = Transaction()
        for camera in self.dice.sample(list(self.cameras.values()), count):
            self.cameras[camera.id] = self.dice.choice(
                [self.hidden, self.shown, self.moved, self.removed]
            )(transaction, camera)
        transaction.commit()
        self.cameras = {key: camera for key, camera in self.cameras.items() if camera}

    def hidden(self, transaction, camera):
        return cameras.hide(transaction, camera, now=self.now)

    def shown(self, transaction, camera):
        return cameras.show(transaction, camera, now=self.now)

    def moved(self, transaction, camera):
        details = some_details(self.dice, self.place, self.radius_m)
        return cameras.change(transaction, camera, details, now=self.now)

    def removed(self, transaction, camera):
        cameras.remove(transaction, camera)

    def visible(self):
        return [camera for camera in self.cameras.values() if camera.visible]


@pytest.fixture
def a_fleet(cloud, now):
    def started(place, radius_m):
        fleet = Fleet(place, radius_m, now)
        fleet.add(100)
        for _ in range(3):
            fleet.live(30)
        fleet.add(20)
        return fleet

    return started


def regions_round(place):
    corners = [reached(*place, degrees, 300) for degrees in (60, 100, 170)]
    ring = tuple((lon, lat) for lat, lon in [*corners, corners[0]])
    route = [reached(*place, 300, 400), place, reached(*place, 80, 500)]
    yield Circle(*place, 90), Circle(*place, 10)
    yield Circle(*place, 400), Circle(*place, 10)
    yield Corridor(tuple((lon, lat) for lat, lon in route), 60), None
    yield Area(ring), None


measured_m = cache(deep_m)


def place_of(camera):
    return camera.point.latitude, camera.point.longitude


def brute_force(registered, region, scene, *, only_seeing):
    """Return what a search must find, and what it may find either way: ties of a millimetre."""
    must, may = {}, set()
    for camera in registered:
        view = cameras.unpacked(cameras.packed(camera))
        place = place_of(camera)
        sight = view.sight if only_seeing and camera.is_point else None
        reach = view.reaches_m if only_seeing else 0
        deep = measured_m(scene if only_seeing else region, *place) + reach
        doubt = 0 if only_seeing and camera.is_point else view.accuracy_m
        if not sight and abs(deep + doubt) < TIE_M:
            may.add(camera.id)
        elif sight.sees(scene, *place) if sight else deep + doubt >= 0:
            unseen = only_seeing and sight is None
            surely = "possible" if unseen or deep < view.accuracy_m else "definite"
            must[camera.id] = surely if camera.is_point else "uncertain"
    return must, may


def answered(found):
    assert found.total == len(found.cameras)
    assert not found.truncated
    return {one.id: one.certainty for one in (*found.cameras, *found.uncertain)}


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_a_search_finds_what_looking_at_every_camera_finds_and_nothing_else(a_fleet, place):
    fleet = a_fleet(place, 700)
    for region, scene in regions_round(place):
        for only_seeing in (False, True):
            found = cameras.find(region, scene=scene or region, only_seeing=only_seeing)
            must, may = brute_force(
                fleet.visible(), region, scene or region, only_seeing=only_seeing
            )
            answer = answered(found)
            assert {key: one for key, one in answer.items() if key not in may} == must != {}


@pytest.mark.parametrize("place", [PLACES["Lancaster"], PLACES["the antimeridian"]])
def test_what_is_said_of_a_found_camera_is_what_its_owner_registered(a_fleet, place):
    fleet, region = a_fleet(place, 300), Circle(*place, 200)
    for one in cameras.find(region, scene=region).cameras:
        camera = fleet.cameras[one.id]
        away = 200 - deep_m(region, *place_of(camera))
        assert (one.point, one.view) == (camera.point, cameras.unpacked(cameras.packed(camera)))
        assert one.distance_m == pytest.approx(away, abs=TIE_M)
        assert one.faces == bool(one.view.sight and one.view.sight.sees(region, *place_of(camera)))


@pytest.fixture
def big_index(cloud):
    """Let a BigIndex answer all queries."""
    events = clients.client(clients.INDEX).meta.events
    started = []

    def start(rows):
        started.append(BigIndex(rows))
        events.register_first("before-send.dynamodb.Query", started[-1].answer)
        return started[-1]

    yield start
    for one in started:
        events.unregister("before-send.dynamodb.Query", one.answer)


@pytest.mark.parametrize("only_seeing", [False, True])
def test_forty_thousand_cameras_on_one_spot_are_all_counted_over_two_pages(
    big_index, now, only_seeing
):
    details = CameraDetails(Point(54.047, -2.8125))
    camera = cameras.add(Transaction(), "r" * 13, details, visible=True, now=now)
    item = store.item_of(camera)
    view = b64encode(item.v).decode()
    ids = [f"{number:013}" for number in range(40_000)]
    index = big_index(
        row for one in ids for row in ((item.g, item.s, one, view), (item.h, item.t, one, view))
    )

    scene = Circle(54.047, -2.8125, 5)
    found = cameras.find(scene, scene=scene, only_seeing=only_seeing)

    assert (found.total, found.truncated) == (40_000, True)
    assert [one.id for one in found.cameras] == ids[:CAMERAS_MOST]
    assert [count for count in index.pages if count] == [28_571, 11_429]
