"""Pages in a real browser, answered by the app in this process: any programme, no server.

The browser believes it is at SITE; each of its requests goes through the same gateway as in the
tests of `tests/web`.
"""

from werkzeug.test import Client

from tests.gateway import Gateway

SITE = "https://sightline.example"
SEE_OTHER = 303


def answer_from(app, page, headers=None):
    """Let the app answer everything the page asks for, with `headers` added to each request."""
    client = Client(Gateway(app), use_cookies=False)
    page.route("**/*", lambda route: _answer(route, client, headers or {}))


def _answer(route, client, headers):
    sent = route.request
    kept = {name: value for name, value in sent.headers.items() if name == "content-type"}
    found = client.open(
        sent.url.removeprefix(SITE),
        method=sent.method,
        data=sent.post_data_buffer,
        headers={**kept, **headers},
    )
    if found.status_code == SEE_OTHER:  # a browser would ask the network, not us
        found = client.get(found.location, headers=headers)
    given = {name: value for name, value in found.headers if name != "Set-Cookie"}
    route.fulfill(status=found.status_code, headers=given, body=found.data)
