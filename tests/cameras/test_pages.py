"""What the index answers with: pages, and ranges that fail."""

import threading

import pytest
from botocore.exceptions import EndpointConnectionError

from chalicelib import cameras
from chalicelib.aws.transaction import Transaction
from chalicelib.cameras import CAMERAS_MOST, CameraDetails
from chalicelib.errors import Unavailable
from chalicelib.geo import best_plan, destination
from tests.cameras.looking import PRESTON, SEAM, circle, ids, look

REFUSED = {"__type": "com.amazonaws.dynamodb.v20120810#AccessDeniedException", "message": "no"}
EMPTY = {"Items": [], "Count": 0, "ConsumedCapacity": {"CapacityUnits": 0.5}}


def test_pages_of_two_entries_lose_nothing_in_any_range(register, fleet, expected, on_query):
    registered = register(fleet(80, SEAM, 900))
    around = circle(SEAM, 900)
    on_query(lambda params: params.update(Limit=2))
    found = look(around)
    assert ids(found.cameras) == expected(registered, around)
    assert found.requests > 20
    assert found.entries_read >= len(found.cameras)


def test_each_page_begins_after_the_last_one_of_its_own_range(register, fleet, on_query):
    register(fleet(80, SEAM, 900))
    asked = []

    def note(params):
        params.update(Limit=5)
        key = params["ExpressionAttributeValues"]
        start = params.get("ExclusiveStartKey", {})
        names = {"g", "h"} & set(start)
        asked.append((key[":partition"], *[start[name] for name in names]))

    on_query(note)
    look(circle(SEAM, 900))
    followed = [found for found in asked if len(found) > 1]
    assert len(followed) > 10
    assert {partition == start for partition, start in followed} == {True}


def test_a_camera_hidden_between_two_pages_is_the_only_one_missing(
    register, fleet, expected, on_query, now
):
    registered = sorted(register(fleet(30, PRESTON, 100)), key=lambda camera: camera.point)
    last, around = registered[-1], circle(PRESTON, 200)
    hidden, one_at_a_time = set(), threading.Lock()

    def hide_last(params):
        params.update(Limit=3)
        with one_at_a_time:
            if "ExclusiveStartKey" in params and last.id not in hidden:
                hidden.add(last.id)
                transaction = Transaction()
                cameras.hide(transaction, last, now=now)
                transaction.commit()

    on_query(hide_last)
    found = ids(look(around).cameras)
    assert expected(registered[:-1], around) <= found <= expected(registered, around)
    assert hidden
    assert ids(look(around).cameras) == expected(registered[:-1], around)


def test_all_ranges_are_under_way_at_the_same_time(cloud, answer_with):
    around = circle(SEAM, 900)
    ranges = best_plan(around, 50.0, margin_m=100).ranges
    together = threading.Barrier(len(ranges))

    def wait_for_the_others(_query):
        together.wait(timeout=20)
        return 200, EMPTY

    answer_with(wait_for_the_others)
    assert look(around).requests == len(ranges) > 2


@pytest.mark.parametrize("number", [0, -1])
def test_one_range_that_is_refused_fails_the_whole_lookup(cloud, answer_with, number):
    around = circle(SEAM, 900)
    doomed = best_plan(around, 50.0, margin_m=100).ranges[number].low

    def refuse(query):
        failing = query["ExpressionAttributeValues"][":low"]["S"] == doomed
        return (400, REFUSED) if failing else (200, EMPTY)

    answer_with(refuse)
    with pytest.raises(Unavailable) as trouble:
        look(around)
    assert trouble.value.status == 503


def test_a_later_page_that_fails_fails_the_whole_lookup(register, fleet, on_query):
    register(fleet(20, SEAM, 90))

    def break_off(params):
        params.update(Limit=4)
        if "ExclusiveStartKey" in params:
            raise EndpointConnectionError(endpoint_url="dynamodb")

    on_query(break_off)
    with pytest.raises(Unavailable):
        look(circle(SEAM, 90))


def test_a_refused_query_fails_the_lookup_too(register, on_query):
    register([])
    on_query(lambda params: params.update(TableName="gone"))
    with pytest.raises(Unavailable):
        look(circle(SEAM, 50))


def test_counters_that_cannot_be_read_fail_the_lookup(cloud):
    cloud("dynamodb").delete_table(TableName="limits")
    with pytest.raises(Unavailable):
        look(circle(SEAM, 50))


def test_more_than_a_thousand_cameras_are_counted_and_the_nearest_returned(register, on_query):
    places = [destination(SEAM, 10, 0.2 * step) for step in range(CAMERAS_MOST + 5)]
    registered = register([CameraDetails(place) for place in places])
    on_query(lambda params: params.update(Limit=400))
    found = look(circle(SEAM, 250))
    assert [camera.id for camera in found.cameras] == [one.id for one in registered[:-5]]
    assert (found.truncated, found.total) == (True, CAMERAS_MOST + 5)
