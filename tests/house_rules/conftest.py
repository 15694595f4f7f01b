import pytest
from werkzeug.test import Client

from tests.gateway import Gateway
from tests.web.story import Story


@pytest.fixture
def app():
    from app import app as sightline  # noqa: PLC0415 - after the environment is set

    return sightline


@pytest.fixture
def story(cloud, monkeypatch):
    monkeypatch.setenv("OFFICER_MFA", "optional")
    return Story()


@pytest.fixture
def send(app):
    """Send a request as nobody; `claims` are what the authorizer made of a token."""

    def sender(method, path, *, claims=None, **arguments):
        client = Client(Gateway(app, tokens={"good": claims or {}}), use_cookies=False)
        headers = {"Authorization": "Bearer good", **arguments.pop("headers", {})}
        return client.open(path, method=method, headers=headers, **arguments)

    return sender
