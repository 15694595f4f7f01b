import pytest
from werkzeug.test import Client

from app import app
from chalicelib import settings
from chalicelib.aws.tables import RegistrationItem, SessionItem
from chalicelib.jurisdictions import load
from tests.gateway import Gateway

# Most pages count nothing, and the metrics middleware warns about that.
pytestmark = pytest.mark.filterwarnings("ignore:No application metrics")

DETAILS = {"name": "Jordan Reyes", "email": "jordan@example.org", "premises": "home"}
CAMERA = {"place": "", "latitude": "40.0", "longitude": "-98.0", "kind": "doorbell"}


@pytest.fixture
def visitor(cloud):
    return Client(Gateway(app))


@pytest.fixture
def programme(cloud, monkeypatch):
    def chosen(name):
        monkeypatch.setenv("JURISDICTION", name)
        settings.current.cache_clear()
        return Client(Gateway(app))

    return chosen


def secure(visitor, path, data=None):
    if data is None:
        return visitor.get(path, base_url="https://sightline.example")
    return visitor.post(path, data=data, base_url="https://sightline.example")


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/register",
        "/register/done",
        "/privacy",
        "/accessibility",
        "/contact",
        "/request-check",
        "/my-registration",
        "/print/form",
    ],
)
def test_every_public_page_answers(visitor, path):
    assert secure(visitor, path).status_code == 200


def test_the_start_page_says_each_promise_before_the_button(visitor):
    text = secure(visitor, "/").text
    promises = [text.index(promise) for promise in load("demo").texts.promises[:1]]

    assert max(promises) < text.index("Start now")


def test_somebody_registers_without_javascript(visitor):
    assert secure(visitor, "/register/details", DETAILS).location == "/register/camera"
    assert secure(visitor, "/register/camera", CAMERA).location == "/register/check"
    assert "Jordan Reyes" in secure(visitor, "/register/check").text
    assert secure(visitor, "/register/check", {"agree": "yes"}).location == "/register/done"

    assert [item.state for item in RegistrationItem.scan()] == ["pending"]
    assert [item.kind for item in SessionItem.scan()] == []


def test_a_draft_is_stored_sealed(visitor):
    secure(visitor, "/register/details", DETAILS)

    (item,) = SessionItem.scan()
    assert item.kind == "draft"
    assert b"Jordan" not in item.sealed
    assert "Jordan" not in str(item.attribute_values)


def test_wrong_fields_are_named_and_the_title_says_so(visitor):
    answer = secure(visitor, "/register/details", {**DETAILS, "email": "nowhere"})

    assert answer.status_code == 400
    assert "<title>Error: How to reach you" in answer.text
    assert 'href="#email"' in answer.text


def test_a_line_end_in_a_name_is_refused(visitor):
    answer = secure(visitor, "/register/details", {**DETAILS, "name": "A\r\nBcc: b@example.org"})

    assert answer.status_code == 400


def test_nothing_is_registered_before_the_box_is_ticked(visitor):
    secure(visitor, "/register/details", DETAILS)
    secure(visitor, "/register/camera", CAMERA)

    assert secure(visitor, "/register/check", {"agree": ""}).status_code == 400
    assert list(RegistrationItem.scan()) == []


def test_a_place_of_another_force_is_refused_with_where_to_go_and_forgotten(visitor):
    secure(visitor, "/register/details", DETAILS)
    answer = secure(visitor, "/register/camera", {**CAMERA, "latitude": "10"})

    assert answer.status_code == 422
    assert load("demo").neighbours[-1].link in answer.text
    assert list(SessionItem.scan()) == []


@pytest.mark.parametrize("number", ["nan", "inf", "91", "x"])
def test_a_place_that_is_no_number_is_refused(visitor, number):
    secure(visitor, "/register/details", DETAILS)

    assert secure(visitor, "/register/camera", {**CAMERA, "latitude": number}).status_code == 400


def test_a_minimal_programme_neither_asks_nor_takes_more(programme):
    visitor = programme("palos-park")
    form = secure(visitor, "/register/details").text

    assert 'name="premises"' not in form
    assert secure(visitor, "/register/details", DETAILS).status_code == 400
    assert list(SessionItem.scan()) == []


def test_a_minimal_programme_refuses_a_description_of_the_camera(programme):
    visitor = programme("palos-park")
    secure(visitor, "/register/details", {"name": "A", "email": "a@example.org"})
    before = [item.sealed for item in SessionItem.scan()]

    assert 'name="kind"' not in secure(visitor, "/register/camera").text
    assert secure(visitor, "/register/camera", CAMERA).status_code == 400
    assert [item.sealed for item in SessionItem.scan()] == before


def test_a_pilot_says_so_on_each_page_and_asks_for_the_invitation(programme):
    visitor = programme("staffordshire")
    refused = secure(visitor, "/register/details", {**DETAILS, "invite_code": "guess"})

    assert load("staffordshire").texts.phase_banner in secure(visitor, "/privacy").text
    assert refused.status_code == 400
    assert "Enter the code from your invitation" in refused.text


def test_the_printed_code_carries_its_source(visitor):
    assert secure(visitor, "/r?s=fridge-magnet").location == "/register?s=fridge-magnet"
    assert secure(visitor, "/r?s=<b>").location == "/register?s=web"


def test_asking_for_a_link_answers_the_same_for_every_address(visitor):
    first = secure(visitor, "/my-registration", {"email": "known@example.org"})
    second = secure(visitor, "/my-registration", {"email": "unknown@example.org"})

    assert (first.status_code, first.text) == (second.status_code, second.text)


def test_an_unknown_request_code_is_called_unknown(visitor):
    answer = secure(visitor, "/request-check", {"code": "AAAA-AAAA"})

    assert answer.status_code == 404
    assert "We do not know this code" in answer.text


@pytest.mark.parametrize("name", ["liberty", "independence", "lancashire", "palos-park"])
def test_pages_use_the_words_of_their_programme(programme, name):
    here = load(name)
    text = secure(programme(name), "/print/form").text

    assert f'lang="{here.language}"' in text
    assert here.programme in text
    assert "{" not in text.split("<svg")[0].split("</head>")[1]
