from datetime import timedelta
from operator import itemgetter

import pytest
from werkzeug.test import Client

from chalicelib import audit, clock, jurisdictions
from chalicelib.geo import Point, destination
from chalicelib.officers import Role
from chalicelib.registrations import Contact
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


def lon_lat(metres=0, bearing=90):
    point = destination(jurisdictions.current().map.centre, bearing, metres)
    return [point.longitude, point.latitude]


def a_circle(**changed):
    return {"type": "Point", "coordinates": lon_lat(), "radius_m": 100} | changed


def an_area(**changed):
    ring = [lon_lat(150, bearing) for bearing in (45, 315, 225, 135, 45)]
    return {"type": "Polygon", "coordinates": [ring]} | changed


def a_route(**changed):
    line = [lon_lat(), lon_lat(1000)]
    return {"type": "LineString", "coordinates": line, "half_width_m": 60} | changed


def an_escape(slowest=5, fastest=20, **changed):
    given = a_search(region=a_route(), travel={"slowest_kmh": slowest, "fastest_kmh": fastest})
    del given["ends_at"]
    return given | changed


def a_search(**changed):
    now = clock.now()
    given = {
        "case_number": "2026-1187",
        "purpose": "burglary",
        "reason": "Burglary of a dwelling, entry from the street",
        "label": "Main St",
        "region": a_circle(),
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


@pytest.mark.parametrize("region", [a_circle, an_area, a_route])
def test_a_circle_an_area_and_a_route_can_be_searched(call, region):
    registration = an_active_registration(clock.now(), camera=a_camera(reach_m=30))

    answer = call("POST", "/searches", json=a_search(region=region()))

    [feature] = answer.json["features"]
    told = feature["properties"]
    assert feature["id"] == registration.camera_ids[0]
    assert (told["certainty"], told["faces"]) == ("definite", True)
    assert (told["along_m"] is None) == (region is not a_route)
    assert (answer.json["camera_minutes"], told["overwritten_is_guess"]) == (60, True)


def test_along_an_escape_each_camera_has_its_own_window(call):
    now = clock.now()
    near, far = (lon_lat(metres) for metres in (100, 900))
    for number, (longitude, latitude) in enumerate((near, far)):
        camera = a_camera(point=Point(latitude, longitude))
        contact = Contact("Name", f"{number}@example.com")
        an_active_registration(now, camera=camera, contact=contact, visitor=str(number))

    answer = call("POST", "/searches", json=an_escape())

    told = sorted((one["properties"] for one in answer.json["features"]), key=itemgetter("along_m"))
    assert [round(one["along_m"]) for one in told] == [100, 900]
    assert told[0]["starts_at"] < told[1]["starts_at"] < told[0]["ends_at"] < told[1]["ends_at"]


def test_a_camera_hardly_located_is_told_apart(call):
    an_active_registration(clock.now(), camera=a_camera(accuracy_m=1000))

    answer = call("POST", "/searches", json=a_search())

    told = [one["properties"] for one in answer.json["features"]]
    assert [(one["certainty"], one["accuracy_m"]) for one in told] == [("uncertain", 1000)]
    assert answer.json["camera_minutes"] == 0


def test_the_fewest_homes_along_a_route_can_be_asked_for(call):
    registration = an_active_registration(clock.now())
    found = call("POST", "/searches", json=a_search(region=a_route())).json

    answer = call("POST", f"/searches/{found['search_id']}/fewest")
    elsewhere = call("POST", f"/searches/{'a' * 13}/fewest")

    assert (answer.json["camera_ids"], answer.json["homes"]) == ([*registration.camera_ids], 1)
    assert answer.json["length_m"] == pytest.approx(1000, abs=1)
    assert registration.id not in answer.text
    assert elsewhere.status_code == 404


@pytest.mark.parametrize(
    ("changed", "status", "field"),
    [
        ({"reason": " "}, 400, "reason"),
        ({"case_number": ""}, 400, "case_number"),
        ({"case_number": "a\nb"}, 400, "case_number"),
        ({"label": " "}, 400, "label"),
        ({"starts_at": "2026-11-20T10:00:00"}, 400, "starts_at"),
        ({"starts_at": "0001-01-01T00:00:00+14:00"}, 400, "starts_at"),
        ({"ends_at": "9999-12-31T23:59:59-14:00"}, 400, "ends_at"),
        ({"owner_name": "Ann Lee"}, 400, "body"),
        ({"travel": {"slowest_kmh": 5, "fastest_kmh": 9}}, 400, "travel.slowest_kmh"),
    ],
)
def test_a_search_that_may_not_be_run_names_the_field(call, changed, status, field):
    answer = call("POST", "/searches", json=a_search(**changed))

    assert (answer.status_code, [*answer.json["fields"]]) == (status, [field])
    assert answer.headers["Content-Type"] == "application/problem+json"


RING = [[-98.0, 40.0], [-97.999, 40.0], [-97.999, 40.001], [-98.0, 40.001], [-98.0, 40.0]]
MANY = [lon_lat(200, 360 * number / 500) for number in range(500)]
COMB = [*([number % 100, number % 2] for number in range(998)), [0, 0]]
BOW_TIE = [RING[0], RING[2], RING[1], RING[3], RING[0]]


@pytest.mark.parametrize(
    ("region", "status", "field", "words"),
    [
        (a_circle(radius_m=0), 400, "radius_m", "above zero"),
        (a_circle(radius_m=-1), 400, "radius_m", "above zero"),
        (a_circle(radius_m="100"), 400, "radius_m", "kind asked for"),
        (a_circle(radius_m=99_999), 422, "radius_m", "at most 2,100 ft"),
        (a_circle(coordinates=[10.0, 10.0]), 422, "coordinates", "outside the area"),
        (a_circle(coordinates=[40.0, -98.0]), 400, "coordinates", "longitude first"),
        (a_circle(coordinates=[-98.0]), 400, "coordinates", "kind asked for"),
        (an_area(coordinates=[RING[:-1]]), 400, "coordinates", "ends at the first"),
        (an_area(coordinates=[BOW_TIE]), 400, "coordinates", "touches itself"),
        (an_area(coordinates=[[*MANY, MANY[0]]]), 422, "coordinates", "at most 100 corners"),
        (an_area(coordinates=[COMB] * 5), 422, "coordinates", "these are 4990."),
        (an_area(coordinates=[]), 400, "coordinates", "kind asked for"),
        (a_route(half_width_m=0), 400, "half_width_m", "above zero"),
        (a_route(half_width_m=-60), 400, "half_width_m", "above zero"),
        (a_route(half_width_m=500), 422, "half_width_m", "at most 500 ft"),
        (a_route(coordinates=[RING[0], RING[0]]), 400, "coordinates", "repeats"),
        (a_route(coordinates=[RING[0]]), 400, "coordinates", "kind asked for"),
        (a_route(coordinates=MANY), 422, "coordinates", "at most 100 places"),
        (a_route(coordinates=[lon_lat(), [-97.9, 40.0]]), 422, "coordinates", "miles long"),
        (
            a_route(coordinates=[[40.0, -98.0], [40.0, -98.1]]),
            400,
            "coordinates",
            "longitude first",
        ),
        (a_circle(owner="Ann Lee"), 400, "", "not known"),
        ({"type": "GeometryCollection", "geometries": []}, 400, "type", "kind asked for"),
    ],
)
def test_a_region_that_cannot_be_searched_names_what_is_wrong(call, region, status, field, words):
    answer = call("POST", "/searches", json=a_search(region=region))

    [(named, sentence)] = answer.json["fields"].items()
    assert (answer.status_code, named) == (status, f"region.{field}".rstrip("."))
    assert words in sentence


@pytest.mark.parametrize(
    ("slowest", "fastest", "status", "field"),
    [
        (0, 20, 400, "travel.slowest_kmh"),
        (-5, 20, 400, "travel.slowest_kmh"),
        (5, 900, 400, "travel.fastest_kmh"),
        (5, 4, 400, "travel.fastest_kmh"),
        (5, 1001, 400, "travel.fastest_kmh"),
    ],
)
def test_a_speed_that_cannot_be_is_named(call, slowest, fastest, status, field):
    answer = call("POST", "/searches", json=an_escape(slowest, fastest))

    assert (answer.status_code, [*answer.json["fields"]]) == (status, [field])


def test_an_end_is_needed_unless_it_follows_from_the_speeds(call):
    without = a_search(region=a_route())
    del without["ends_at"]
    both = an_escape(ends_at=clock.now().isoformat())

    answers = [call("POST", "/searches", json=body) for body in (without, both, an_escape())]

    assert [answer.status_code for answer in answers] == [400, 400, 201]
    assert [[*answer.json["fields"]] for answer in answers[:2]] == [["ends_at"], ["ends_at"]]


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
