"""Ten thousand hostile forms: each is answered, and a refused one has stored nothing."""

import json
import random

import pytest
from moto.backends import get_backend
from werkzeug.test import Client

from chalicelib import cameras, registrations
from chalicelib.aws import clients
from chalicelib.aws.tables import OutboxItem
from chalicelib.web.guards import PUBLIC_ROUTES
from tests.gateway import Gateway
from tests.web.hostile_forms import bodies
from tests.web.story import Story
from tests.web.test_hostile_bodies import fields_of_all_forms

BODIES = 10_000
LINKED = 100
"""Bodies for each route that begins with a link; the forms open to anybody get all others."""
ENDING = ("/leave", "/not-me", "/done", "/confirm/{token}")
"""Here the first body may end the link: these come last."""
COOKIES = 5
"""One body in so many comes from a browser that has begun a form."""
PASSING = {"limits", "sessions"}
"""Attempts are counted, and a draft belongs to whoever fills it in."""
WRITES = {"PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems"}


@pytest.fixture
def story(cloud, monkeypatch):
    monkeypatch.setenv("OFFICER_MFA", "optional")
    return Story()


@pytest.fixture
def app():
    from app import app as sightline  # noqa: PLC0415 - after conftest's environment

    return sightline


@pytest.fixture
def writes(cloud):
    """Listen to each write that leaves this process's tables' clients."""
    seen = []

    def note(model, params, **_other):
        if model.name in WRITES:
            seen.extend(tables_in(json.loads(params["body"])))

    listened = [clients.client("dynamodb"), clients.connection().client]
    for client in listened:
        client.meta.events.register("before-call", note)
    yield seen
    for client in listened:
        client.meta.events.unregister("before-call", note)


def tables_in(content):
    items = [next(iter(item.values())) for item in content.get("TransactItems", [content])]
    return [
        item["TableName"] for item in items if "TableName" in item and "Key" not in checks(item)
    ]


def checks(item):
    """Return a mark for an item of a transaction that only looks: it has a condition, no change."""
    changing = {"Item", "UpdateExpression"} & set(item)
    only_looks = "ConditionExpression" in item and not changing and "ReturnValues" in item
    return {"Key"} if only_looks else set()


def public_posts(app):
    return sorted(
        path for path, methods in app.routes.items() if "POST" in methods and path in PUBLIC_ROUTES
    )


def shares(paths):
    """Return how many bodies each route gets, so that all of them are ten thousand."""
    linked = [path for path in paths if "{token}" in path]
    others = [path for path in paths if path not in linked]
    each, left = divmod(BODIES - LINKED * len(linked), len(others))
    return dict.fromkeys(linked, LINKED) | {
        path: each + (number < left) for number, path in enumerate(others)
    }


def forget_attempts():
    """Empty the counters, so that no limit answers instead of the page."""
    tables = get_backend("dynamodb")["123456789012"]["us-east-1"].tables
    tables["limits"].items.clear()


@pytest.mark.timeout(900)
def test_ten_thousand_forms_are_answered_and_the_refused_ones_store_nothing(app, story, writes):
    stranger, browser = Client(Gateway(app), use_cookies=False), Client(Gateway(app))
    planned = shares(public_posts(app))
    fields = fields_of_all_forms()
    one_by_one = [
        (path, *body)
        for path in sorted(planned, key=lambda one: (one.endswith(ENDING), one))
        for body in bodies(fields, planned[path], path)
    ]
    broken, half, statuses = [], [], {}
    for number, (path, body, content_type) in enumerate(one_by_one):
        forget_attempts()
        writes.clear()
        client = stranger if number % COOKIES else browser
        answer = client.post(
            story.address(path),
            data=body,
            content_type=content_type,
            base_url="https://sightline.example",
        )
        statuses[answer.status_code] = statuses.get(answer.status_code, 0) + 1
        if answer.status_code >= 500:
            broken.append((path, answer.status_code, body[:200]))
        if answer.status_code >= 400 and set(writes) - PASSING:
            half.append((path, answer.status_code, sorted(set(writes)), body[:200]))

    assert len(one_by_one) == BODIES
    assert (broken[:5], half[:5]) == ([], [])
    assert statuses[400] > 1000
    assert statuses.get(303, 0) + statuses.get(200, 0) > 300
    assert whole() == []


def whole():
    """Return what is stored half: an entry without its cameras, a letter to nobody."""
    known = {one.id: one for one in registrations.glances()}
    lost = [
        one.id for one in known.values() if len(cameras.get(one.camera_ids)) != len(one.camera_ids)
    ]
    nobody = [
        item.recipient
        for item in OutboxItem.scan()
        if not item.recipient.startswith(("email#", "programme")) and item.recipient not in known
    ]
    return lost + nobody


def test_the_listener_hears_what_a_refused_form_would_have_written(story, writes):
    registrations.pause(story.registration, now=story.request.sent_at)

    assert "registrations" in writes


def test_the_bodies_are_the_same_each_time_and_differ_from_each_other():
    first, again = (bodies(["name", "email"], 200, "/") for _ in range(2))

    assert first == again
    assert len(set(first)) > 60
    assert random.Random("/").random() == random.Random("/").random()  # noqa: S311 - as above
