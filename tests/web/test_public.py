import pytest
from werkzeug.test import Client

from app import app
from chalicelib import settings
from chalicelib.jurisdictions import load
from tests.gateway import Gateway

# Most pages count nothing, and the metrics middleware warns about that.
pytestmark = pytest.mark.filterwarnings("ignore:No application metrics")


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


def test_a_pilot_says_so_on_each_page(programme):
    visitor = programme("staffordshire")

    assert load("staffordshire").texts.phase_banner in secure(visitor, "/privacy").text


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
