import json

import pytest
from chalice import Chalice
from chalice.app import Response
from werkzeug.test import Client

from chalicelib import errors
from chalicelib.web.errors import last_resort
from chalicelib.web.routes import Routes, json_response
from tests.gateway import Gateway
from tests.web.hostile import CANARY, CONTENT_TYPES

ALL = [
    cls
    for cls in vars(errors).values()
    if isinstance(cls, type) and issubclass(cls, errors.SightlineError)
]
SECRET = "ann@example.com"


def an_app(outcome, *, json_=True, path="/api/v1/things/{thing_id}"):
    def handler(**_parameters):
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    routes = Routes("test", json=json_)
    routes.get(path)(handler)
    routes.post(path)(handler)
    app = Chalice("test", configure_logs=False)
    app.register_middleware(last_resort, "http")
    app.register_blueprint(routes)
    return app


def a_client(outcome, **options):
    return Client(Gateway(an_app(outcome, **options)))


@pytest.mark.parametrize("error", ALL)
def test_each_error_becomes_a_problem(error):
    answer = a_client(error()).get("/api/v1/things/1")

    assert answer.status_code == error.status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.json.keys() == {"type", "title", "status", "detail", "fields"}
    assert (answer.json["status"], answer.json["detail"]) == (error.status, error.sentence)


@pytest.mark.parametrize("json_", [True, False])
def test_only_what_can_safely_be_tried_again_says_when(cloud, json_):
    path = "/api/v1/things/{thing_id}" if json_ else "/things/{thing_id}"
    answers = {
        error: a_client(error(), json_=json_, path=path).get(path.replace("{thing_id}", "1"))
        for error in ALL
    }
    waits = {error: answer.headers.get("Retry-After") for error, answer in answers.items()}
    assert {error for error in waits if waits[error]} == {errors.Unavailable}
    assert waits[errors.Unavailable] == "60"


@pytest.mark.parametrize("error", ALL)
def test_each_error_becomes_a_page(cloud, error):
    answer = a_client(error(), json_=False, path="/things/{thing_id}").get("/things/1")

    assert answer.status_code == error.status
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert error.sentence.split("'")[0] in answer.text


def test_wrong_fields_are_named_in_the_problem():
    outcome = errors.InvalidInput(fields={"radius_m": "Choose a distance."})

    answer = a_client(outcome).get("/api/v1/things/1")

    assert answer.json["fields"] == {"radius_m": "Choose a distance."}


def test_who_is_not_signed_in_is_told_how_to():
    answer = a_client(errors.NotSignedIn()).get("/api/v1/things/1")

    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_an_unexpected_error_is_answered_and_logged_without_its_words(logged):
    answer = a_client(ValueError(f"no such person {SECRET}")).get("/api/v1/things/1-token")

    [line] = logged()
    assert answer.status_code == 500
    assert (line["error"], line["route"]) == ("ValueError", "/api/v1/things/{thing_id}")
    assert line["place"][0].startswith("test_errors.py:")
    assert SECRET not in f"{line}{answer.text}"
    assert "1-token" not in f"{line}{answer.text}"


@pytest.mark.parametrize("part", ["a%00b", "%2e%2e", "a%2Fb", "%C3%A9", "a%0d%0ab", "a" * 129])
def test_an_address_that_cannot_be_ours_is_not_found(part):
    answer = a_client(json_response({})).get(f"/api/v1/things/{part}")

    assert answer.status_code == 404


@pytest.mark.parametrize(
    "headers", [{"X": "a\rb"}, {"X": "a\nb"}, {"Set-Cookie": ["ok", "a\nInjected: 1"]}]
)
def test_a_header_with_a_line_end_is_never_sent(headers, logged):
    answer = a_client(Response("", headers=headers)).get("/api/v1/things/1")

    assert answer.status_code == 500
    assert "Injected" not in answer.headers


@pytest.mark.parametrize("site", ["cross-site", "same-site", f"{CANARY}"])
def test_a_post_that_another_site_caused_is_refused(site):
    client = a_client(json_response({}))

    assert client.post("/api/v1/things/1", headers={"Sec-Fetch-Site": site}).status_code == 403
    assert client.get("/api/v1/things/1", headers={"Sec-Fetch-Site": site}).status_code == 200
    for own in ("same-origin", "none"):
        answer = client.post("/api/v1/things/1", headers={"Sec-Fetch-Site": own})
        assert answer.status_code == 200


@pytest.mark.parametrize("content_type", CONTENT_TYPES)
def test_no_content_type_is_repeated(content_type):
    answer = a_client(json_response({})).post("/api/v1/things/1", content_type=content_type)

    assert CANARY not in answer.text
    assert answer.status_code == 200


@pytest.mark.parametrize("path", ["/api/v1/things/{thing_id}", "/things/{thing_id}"])
def test_a_method_that_is_not_there_is_refused_in_our_words(cloud, path):
    gateway = Gateway(an_app(json_response({}), path=path))
    event = an_event(path, "HEAD")

    status, headers, _ = gateway.invoke(event)

    assert status == 405
    assert ("Allow", "GET, POST") in headers
    assert dict(headers)["Content-Type"].startswith(("text/html", "application/problem+json"))


def an_event(path, method):
    return {
        "multiValueQueryStringParameters": None,
        "headers": {},
        "pathParameters": {"thing_id": "1"},
        "requestContext": {"httpMethod": method, "resourcePath": path},
        "body": None,
        "stageVariables": None,
    }


@pytest.fixture
def logged(monkeypatch):
    from chalicelib.telemetry import logger  # noqa: PLC0415 - after conftest's environment

    stream = Lines()
    monkeypatch.setattr(logger.registered_handler, "stream", stream)
    logger.setLevel("ERROR")
    yield lambda: [json.loads(line) for line in stream.lines]
    logger.setLevel("CRITICAL")


class Lines:
    def __init__(self):
        self.lines = []

    def write(self, text):
        self.lines += [line for line in text.splitlines() if line.strip()]

    def flush(self):
        pass
