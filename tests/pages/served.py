"""The site in this process, shown by a real browser: no network, no stack, no waiting."""

import re
from urllib.parse import urlsplit

from chalicelib import clock
from chalicelib.aws.tables import OutboxItem
from chalicelib.web import mailroom
from tests.letters.post_office import sent

SITE = "https://sightline.example"
SHOWN_ONCE = {"set-cookie", "content-length"}


def serve(page, client):
    """Answer all that the page asks for from `client`, which keeps the visitor's cookies."""

    def answer(route):
        request = route.request
        url = urlsplit(request.url)
        given = client.open(
            f"{url.path}?{url.query}" if url.query else url.path,
            method=request.method,
            data=request.post_data_buffer or b"",
            content_type=request.headers.get("content-type", ""),
            headers={"Accept-Language": "en-US"},
            base_url=SITE,
        )
        while given.status_code in {301, 303} and given.location.startswith("/"):
            given = client.get(given.location.partition("#")[0], base_url=SITE)
        headers = {name: text for name, text in given.headers if name.lower() not in SHOWN_ONCE}
        route.fulfill(status=given.status_code, headers=headers, body=given.data)

    page.route("**/*", answer)


def link_from_letters(path):
    """Let every letter go out, and return the newest link to `path` in them."""
    for item in OutboxItem.scan():
        mailroom.deliver(item.id, now=clock.now())
    found = [link for one in sent() for link in re.findall(rf"{SITE}({path}[\w-]+)", str(one.body))]
    return found[-1]


def focus(page):
    """Return what has the focus: its id, else its words."""
    return page.evaluate(
        "() => { const one = document.activeElement; return one.id || one.textContent.trim() }"
    )


def tab_to(page, wanted, *, most=90):
    """Go on with the Tab key alone until `wanted` has the focus."""
    for _ in range(most):
        if focus(page) == wanted:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{wanted!r} cannot be reached by Tab; the focus is on {focus(page)!r}")
