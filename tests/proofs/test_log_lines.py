"""The controls of tests/log_book.py, whose verdict on the whole run is given at its end."""

import json

import pytest

from chalicelib import clock
from chalicelib.telemetry import logger
from chalicelib.web.errors import log_unexpected
from infra.local.cloud import SCHEDULED
from tests import log_book
from tests.journeys.steps import eventually
from tests.registrations.builders import CANARY, a_link

KNOWN_LINE = "an object that no slot knows"
PLANTED = {
    "name": "entry of Canary Yellowhammer changed",
    "email": "wrote to somebody@residents.example",
    "phone": "called 785-555-0199",
    "place": "near 40.001234, -98.004321",
    "link": "GET /my/" + "aB3_" * 10 + "xyz",
    "token": "token=" + "aB3-" * 10 + "xyz",
}


@pytest.mark.parametrize("what", PLANTED)
def test_a_planted_line_is_found(what):
    assert log_book.leaks([PLANTED[what]]) != []


def test_ordinary_lines_are_not():
    ordinary = [
        json.dumps(
            {"level": "WARNING", "message": "mailer not woken", "outbox_id": "k3j5h6g7f8d9s"}
        ),
        "REPORT RequestId: 8ed1e374-8698-4bcc-897e-eb3ba820051f\tDuration: 1393.55 ms",
        "arn:aws:lambda:us-east-2:000000000000:function:sightline-demo-Intake-459C0CB9B5AD9",
    ]

    assert log_book.leaks(ordinary) == []


def test_what_the_logger_is_told_reaches_the_book():
    with log_book.aside() as lines:
        logger.debug("wrote", extra={"to": CANARY.email})

    assert [what for what, _ in log_book.leaks(lines)] != []


def test_a_real_token_would_be_found(cloud):
    token = a_link("abc", "manage", clock.now())

    assert log_book.leaks([token]) != []


def test_an_unexpected_error_tells_its_class_and_place_and_not_its_words():
    with log_book.aside() as lines:
        log_unexpected(ValueError(CANARY.email), "/my/{token}")

    assert "ValueError" in lines[0]
    assert log_book.leaks(lines) == []


@pytest.mark.integration
def test_what_a_deployed_function_says_reaches_the_book(stack):
    local = stack("demo")
    logs = local.client("logs")
    groups = logs.describe_log_groups()["logGroups"]
    intake = next(one["logGroupName"] for one in groups if "Intake" in one["logGroupName"])
    logs.close()
    unknown = {"object": {"key": "nothing/of/ours", "version-id": "1"}}
    event = {**SCHEDULED, "source": "aws.s3", "detail": unknown}
    functions = local.client("lambda")
    functions.invoke(FunctionName=intake.split("/")[-1], Payload=json.dumps(event))
    functions.close()

    eventually(lambda: KNOWN_LINE in "".join(log_book.lines_of(local)), KNOWN_LINE)
    assert log_book.leaks(log_book.lines_of(local)) == []
