import pytest
from werkzeug.test import Client

from tests.gateway import Gateway
from tests.web.hostile import CANARY, CONTENT_TYPES, SHAPES
from tests.web.people import CSRF
from tests.web.story import Story

FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def story(cloud, monkeypatch):
    monkeypatch.setenv("OFFICER_MFA", "optional")
    return Story()


@pytest.fixture
def app():
    from app import app as sightline  # noqa: PLC0415 - after conftest's environment

    return sightline


def posts(app):
    return sorted(path for path, methods in app.routes.items() if "POST" in methods)


def a_sender(app, story):
    client = Client(Gateway(app, tokens={"good": story.claims}), use_cookies=False)
    known = {**story.session.headers, "Authorization": "Bearer good"}

    def send(path, body, content_type, *, identity):
        return client.post(
            story.address(path),
            data=body,
            content_type=content_type,
            headers=known if identity else {"Authorization": "Bearer good"},
        )

    return send


@pytest.mark.parametrize("identity", [True, False], ids=["known", "unknown"])
def test_no_body_breaks_a_route_or_is_repeated(app, story, identity):
    send = a_sender(app, story)

    bad = [
        (path, shape, content_type, answer.status_code)
        for path in posts(app)
        for number, (shape, body) in enumerate(SHAPES.items())
        for content_type in (*CONTENT_TYPES[:2], CONTENT_TYPES[2 + number % 5])
        for answer in [send(path, body, content_type, identity=identity)]
        if answer.status_code >= 500 or CANARY in answer.text + str(answer.headers)
    ]

    assert bad == []


def test_no_form_with_a_valid_token_and_nonsense_breaks_a_page(app, story):
    send = a_sender(app, story)
    nonsense = [
        "1e999",
        "-1",
        "NaN",
        "%F0%9F%92%A9" * 50,
        "..%2F..%2Fetc",
        "%3Cscript%3E",
        "9" * 400,
    ]
    names = fields_of_all_forms()

    bad = [
        (path, value[:20], answer.status_code)
        for path in posts(app)
        for value in nonsense
        for body in ["&".join([f"csrf={CSRF}", *(f"{name}={value}" for name in names)])]
        for answer in [send(path, body, FORM, identity=True)]
        if answer.status_code >= 500 or "<script>" in answer.text.split("<head>")[0]
    ]

    assert bad == []


def fields_of_all_forms():
    """The names our own forms use, read from the templates."""
    import re  # noqa: PLC0415 - only here
    from pathlib import Path  # noqa: PLC0415 - only here

    templates = Path(__file__).parents[2] / "chalicelib" / "web" / "templates"
    texts = (path.read_text() for path in templates.rglob("*.html"))
    found = {
        name for text in texts for name in re.findall(r"""\bname["']?\s*[=:]\s*["'](\w+)""", text)
    }
    return sorted(found - {"csrf", "viewport"})
