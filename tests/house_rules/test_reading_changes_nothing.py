import json

import pytest

from chalicelib.aws import clients
from chalicelib.officers import Role
from tests.web.people import a_session

WRITING = (
    *("Put", "Update", "Delete", "Create", "BatchWrite", "TransactWrite", "Copy", "Upload"),
    *("Complete", "Abort", "Send", "Publish", "Admin"),
)
# The record of who looked is append-only; a session notes that it is in use; attempts are counted.
MAY_BE_WRITTEN = {"audit", "sessions", "limits"}
SERVICES = ("cognito-idp", "dynamodb", "kms", "s3", "secretsmanager", "sesv2", "sqs")
CALLS = []


def note(model, params, **_other):
    if model.name.startswith(WRITING):
        CALLS.append((model.name, tables_in(params.get("body"))))


def tables_in(body):
    """The tables a DynamoDB write touches; other services give none."""
    try:
        content = json.loads(body)
    except (TypeError, ValueError):
        return frozenset()
    items = [next(iter(item.values())) for item in content.get("TransactItems", [content])]
    return frozenset(item["TableName"] for item in items if "TableName" in item)


@pytest.fixture
def writes(cloud):
    """Listen to each call that leaves any of the process's AWS clients."""
    listened = [cloud(service) for service in SERVICES] + [clients.connection().client]
    for client in listened:
        client.meta.events.register("before-call", note)
    CALLS.clear()
    yield CALLS
    for client in listened:
        client.meta.events.unregister("before-call", note)


def readable(app):
    return sorted(path for path, methods in app.routes.items() if "GET" in methods)


def test_looking_at_anything_five_times_changes_nothing(writes, story, app, send):
    writes.clear()
    changed = {}
    for path in readable(app):
        for _ in range(5):
            headers = story.session.headers
            answer = send("GET", story.address(path), claims=story.claims, headers=headers)
            assert answer.status_code < 500, path
        bad = [call for call in writes if not call[1] or call[1] - MAY_BE_WRITTEN]
        changed |= {path: bad} if bad else {}
        writes.clear()

    assert changed == {}


def test_looking_as_nobody_writes_nothing_about_anybody(writes, story, app, send):
    writes.clear()
    for path in readable(app):
        send("GET", story.address(path))

    assert [call for call in writes if not call[1] or call[1] - MAY_BE_WRITTEN] == []


def test_the_listener_would_have_caught_a_write(writes):
    a_session(Role.OFFICER)
    clients.client("sqs").send_message(
        QueueUrl="https://sqs.us-east-1.amazonaws.com/123456789012/outbox", MessageBody="x"
    )

    assert writes == [
        ("TransactWriteItems", frozenset({"sessions"})),
        ("SendMessage", frozenset()),
    ]
