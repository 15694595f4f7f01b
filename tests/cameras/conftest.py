import json
import math
import random
from io import BytesIO

import pytest
from botocore.awsrequest import AWSResponse

from chalicelib import cameras
from chalicelib.aws import clients
from chalicelib.aws.tables import CameraItem
from chalicelib.aws.transaction import Transaction
from chalicelib.cameras import REACH_MAX_M, CameraDetails, store
from chalicelib.geo import Point, destination

SEAM = Point(54.0470, -2.8125)


@pytest.fixture
def register(cloud, now):
    """Store cameras with these details; in bulk, for moto copies whole tables per transaction."""

    def add_all(details, *, visible=True):
        owner, unused = "r" * 13, Transaction()
        added = [cameras.add(unused, owner, one, visible=visible, now=now) for one in details]
        with CameraItem.batch_write() as batch:
            for camera in added:
                batch.save(store.item_of(camera))
        return added

    return add_all


@pytest.fixture
def on_query():
    """Call a function with the arguments of each query before it is sent."""
    events = clients.client(clients.INDEX).meta.events
    added = []

    def watch(handler):
        def before(params, **_):
            handler(params)

        added.append(before)
        events.register("provide-client-params.dynamodb.Query", before)

    yield watch
    for before in added:
        events.unregister("provide-client-params.dynamodb.Query", before)


@pytest.fixture
def fleet():
    """Make the details of `count` cameras within `radius` of a place, always the same ones."""

    def scatter(count, centre, radius):
        dice = random.Random(f"{centre}{radius}")  # noqa: S311 - invented cameras
        for _ in range(count):
            away = radius * math.sqrt(dice.random())
            place = destination(centre, dice.uniform(0, 360), away)
            yield CameraDetails(
                place,
                heading=dice.choice([None, dice.randrange(360)]),
                view_angle=dice.choice([None, 40, 110, 360]),
                reach_m=dice.choice([None, 20, 120, REACH_MAX_M]),
                accuracy_m=dice.choice([0, 5, 20, 100]),
            )

    return scatter


@pytest.fixture
def expected():
    """Say by looking at every camera which ones a search must find."""

    def brute_force(registered, region):
        return {
            camera.id
            for camera in registered
            if region.depth_m(camera.point.latitude, camera.point.longitude) >= -camera.accuracy_m
        }

    return brute_force


@pytest.fixture
def answer_with():
    """Answer each query of the index, before it is sent, with what a function makes of it."""
    events = clients.client(clients.INDEX).meta.events
    added = []

    def instead(answer):
        def before(request, **_):
            status, body = answer(json.loads(request.body))
            headers = {"content-type": "application/x-amz-json-1.0"}
            return AWSResponse(request.url, status, headers, Sent(json.dumps(body).encode()))

        added.append(before)
        events.register("before-send.dynamodb.Query", before)

    yield instead
    for before in added:
        events.unregister("before-send.dynamodb.Query", before)


class Sent(BytesIO):
    """A body as the network gives it."""

    def stream(self, **_):
        yield self.read()
