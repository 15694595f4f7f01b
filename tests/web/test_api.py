from datetime import timedelta

import pytest
from werkzeug.test import Client

from chalicelib import audit, clock, jurisdictions
from chalicelib.officers import Role
from tests.gateway import Gateway
from tests.registrations.builders import CANARY, LABEL, a_camera, an_active_registration
from tests.web.people import claims_of

TOKENS = ("officer", "supervisor", "clerk", "coordinator", "auditor")


@pytest.fixture(autouse=True)
def one_factor(monkeypatch, cloud):
    monkeypatch.setenv("OFFICER_MFA", "optional")


@pytest.fixture
def call():
    from app import app  # noqa: PLC0415 - after conftest's environment

    gateway = Gateway(app, tokens={role: claims_of(Role(role)) for role in TOKENS})
    client = Client(gateway)

    def send(method, path, *, role="officer", **arguments):
        headers = {"Authorization": f"Bearer {role}"} if role else {}
        return client.open(f"/api/v1{path}", method=method, headers=headers, **arguments)

    return send


def a_search(**changed):
    centre = jurisdictions.current().map.centre
    now = clock.now()
    given = {
        "case_number": "2026-1187",
        "purpose": "burglary",
        "reason": "Burglary of a dwelling, entry from the street",
        "place": {"latitude": centre.latitude, "longitude": centre.longitude, "label": "Main St"},
        "radius_m": 100,
        "starts_at": (now - timedelta(hours=3)).isoformat(),
        "ends_at": (now - timedelta(hours=2)).isoformat(),
    }
    return given | changed


def a_request(found, **changed):
    given = {
        "search_id": found["search_id"],
        "camera_ids": [feature["id"] for feature in found["features"]],
        "what_happened": "A house was broken into.",
        "looking_for": "A person on foot.",
        "reply_by": (clock.now() + timedelta(days=3)).isoformat(),
    }
    return given | changed


def test_a_search_answers_with_geojson(call):
    registration = an_active_registration(clock.now(), camera=a_camera(reach_m=30))

    answer = call("POST", "/searches", json=a_search())

    [feature] = answer.json["features"]
    centre = jurisdictions.current().map.centre
    longitude, latitude = feature["geometry"]["coordinates"]
    assert answer.status_code == 201
    assert answer.headers["Content-Type"] == "application/geo+json"
    assert (answer.json["type"], feature["type"]) == ("FeatureCollection", "Feature")
    assert feature["id"] == registration.camera_ids[0]
    assert (longitude, latitude) == pytest.approx((centre.longitude, centre.latitude), abs=1e-4)
    assert feature["properties"]["reach_m"] == 30


def test_a_search_tells_nothing_about_the_owner(call):
    an_active_registration(clock.now())

    told = call("POST", "/searches", json=a_search()).text

    for secret in (CANARY.name, CANARY.email, CANARY.phone, LABEL, "1 Canary Street"):
        assert secret.lower() not in told.lower()


def test_a_search_is_recorded_with_what_it_showed(call):
    registration = an_active_registration(clock.now())

    found = call("POST", "/searches", json=a_search()).json

    [entry] = audit.read_chain(f"search#{found['search_id']}")
    assert (entry.event, entry.actor, entry.case_number) == (
        "search:run",
        "officer:o-17",
        "2026-1187",
    )
    assert entry.detail["camera_ids"] == list(registration.camera_ids)


@pytest.mark.parametrize(
    ("changed", "status", "field"),
    [
        ({"reason": " "}, 400, "reason"),
        ({"case_number": ""}, 400, "case_number"),
        ({"case_number": "a\nb"}, 400, "case_number"),
        ({"radius_m": 0}, 400, "radius_m"),
        ({"radius_m": 1.5}, 400, "radius_m"),
        ({"radius_m": 99_999}, 400, "radius_m"),
        ({"starts_at": "2026-11-20T10:00:00"}, 400, "starts_at"),
        ({"starts_at": "0001-01-01T00:00:00+14:00"}, 400, "starts_at"),
        ({"ends_at": "9999-12-31T23:59:59-14:00"}, 400, "ends_at"),
        ({"owner_name": "Ann Lee"}, 400, "body"),
        ({"place": {"latitude": 91, "longitude": 0, "label": "x"}}, 400, "place.latitude"),
        ({"place": {"latitude": 10.0, "longitude": 10.0, "label": "far"}}, 422, "place"),
    ],
)
def test_a_search_that_may_not_be_run_names_the_field(call, changed, status, field):
    answer = call("POST", "/searches", json=a_search(**changed))

    assert (answer.status_code, [*answer.json["fields"]]) == (status, [field])
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_request_goes_from_search_to_closing(call):
    an_active_registration(clock.now())
    found = call("POST", "/searches", json=a_search()).json

    sent = call("POST", "/requests", json=a_request(found))
    read = call("GET", f"/requests/{sent.json['id']}")
    listed = call("GET", "/requests")
    closed = call("POST", f"/requests/{sent.json['id']}/close")
    again = call("POST", f"/requests/{sent.json['id']}/close")

    assert [sent.status_code, read.status_code, closed.status_code] == [201, 200, 200]
    assert (read.json["counts"]["asked"], len(read.json["asks"])) == (1, 1)
    assert [one["id"] for one in listed.json["requests"]] == [sent.json["id"]]
    assert (closed.json["state"], again.status_code) == ("closed", 409)
    assert call("GET", "/requests").json == {"requests": []}
    assert len(call("GET", "/requests?state=closed").json["requests"]) == 1


def test_a_request_tells_nothing_about_the_owner(call):
    registration = an_active_registration(clock.now())
    found = call("POST", "/searches", json=a_search()).json
    sent = call("POST", "/requests", json=a_request(found))

    told = sent.text + call("GET", f"/requests/{sent.json['id']}").text

    for secret in (CANARY.name, CANARY.email, CANARY.phone, registration.id, "1 Canary Street"):
        assert secret.lower() not in told.lower()


def test_a_request_for_cameras_that_were_not_shown_is_refused(call):
    an_active_registration(clock.now())
    found = call("POST", "/searches", json=a_search()).json

    answer = call("POST", "/requests", json=a_request(found, camera_ids=["a" * 13]))

    assert (answer.status_code, [*answer.json["fields"]]) == (400, ["camera_ids"])


def test_an_auditor_reads_a_day_and_the_reading_is_recorded(call):
    an_active_registration(clock.now())
    call("POST", "/searches", json=a_search())
    day = clock.now().date().isoformat()

    first = call("GET", f"/audit?day={day}&event=search:run", role="auditor")
    second = call("GET", f"/audit?day={day}&event=audit:view", role="auditor")

    [run], [view] = first.json["entries"], second.json["entries"]
    assert (run["event"], run["case_number"]) == ("search:run", "2026-1187")
    assert view["detail"] == {"filters": {"day": day, "event": "search:run"}, "shown": 1}


@pytest.mark.parametrize("day", ["", "yesterday", "2026-13-01", "2026-11-18&day=2026-11-19"])
def test_a_day_that_is_none_is_refused(call, day):
    assert call("GET", f"/audit?day={day}", role="auditor").status_code == 400


def test_an_empty_queue_has_no_clips(call):
    assert call("GET", "/clips", role="clerk").json == {"clips": []}


@pytest.mark.parametrize("verb", ["accept", "decline", "download"])
def test_a_clip_that_is_not_there_is_not_found(call, verb):
    answer = call("POST", f"/clips/{'a' * 13}/{verb}", role="clerk", json={"reason": "Not needed"})

    assert answer.status_code == 404


@pytest.mark.parametrize("token", ["", "forged", "Bearer"])
def test_a_program_without_a_valid_token_is_refused(call, token):
    assert call("GET", "/requests", role=token).status_code == 401


def test_anybody_may_read_the_document(call):
    assert call("GET", "/openapi.json", role="").json["openapi"] == "3.1.0"
