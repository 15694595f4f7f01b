"""Every state of every page for the public and for owners: a table that each new page extends.

A world is one programme in one language, in this process. Its states are collected once, as
answers; a browser then shows each of them as if it had come from the site.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from moto.backends import get_backend
from werkzeug.test import Client

from app import app
from chalicelib import clock, jurisdictions, registrations
from chalicelib.aws import tables
from chalicelib.jurisdictions.linter import TRIAL_CODE
from chalicelib.registrations import Contact
from chalicelib.web import languages
from chalicelib.web.guards import PUBLIC_ROUTES
from tests import conftest
from tests.gateway import Gateway
from tests.journeys.visitor import Forms
from tests.registrations.builders import a_form, a_link
from tests.web.story import Story, least

SITE = "https://sightline.example"
UNKNOWN = "A" * 43
NO_PAGE = re.compile(r"^/(static|map|api|officer)/|/clips|theme\.css|\.json|\.csv|/terms/text")
"""Files and answers for programs; officers' pages are in one language and looked at elsewhere."""
VALUES = {
    "action": ("contact", "add-camera", "site", "list"),
    "step": ("details", "camera", "cameras", "contact", "site", "list", "check", "done"),
    "moment": ("register", "upload", "thanks"),
}
ENDING = ("/leave", "/not-me", "/done")
"""What ends a link comes last."""
TYPED = ("name", "email", "place", "latitude", "longitude", "file")
OF_BUSINESSES = ("/site", "/list")
PLACE = {"place": "", "action": "continue", "kind": "doorbell"}
SHOWN = re.compile(r"text/html")
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class State:
    """One page as it was answered."""

    name: str
    path: str
    status: int
    headers: dict[str, str]
    html: str

    @property
    def wrong(self):
        return 'class="govuk-error-summary' in self.html


def patterns(method):
    """Return the routes whose pages are for the public or an owner."""
    return sorted(
        path
        for path, methods in app.routes.items()
        if method in methods and path in PUBLIC_ROUTES and not NO_PAGE.search(path)
    )


def filled(pattern):
    """Return the pattern once for each value of a parameter that has pages of its own."""
    for name, values in VALUES.items():
        if f"{{{name}}}" in pattern:
            return [pattern.replace(f"{{{name}}}", value) for value in values]
    return [pattern]


ASKED = [("GET", one) for pattern in patterns("GET") for one in filled(pattern)]
EMPTY = [("POST", one) for pattern in patterns("POST") for one in filled(pattern)]
NAMES = list(dict.fromkeys(f"{method} {path}" for method, path in ASKED + EMPTY))


class World:
    """One programme in one language, with a story in its tables and a form half filled in."""

    def __init__(self, programme, language):
        for service in conftest.SERVICES:
            get_backend(service).reset()
        conftest.forget()
        for table in tables.ALL.values():
            table.create_table(billing_mode="PAY_PER_REQUEST")
        conftest.create_bucket_and_queue()
        conftest.create_key_and_secret()
        conftest.create_sender()
        self.programme, self.language = programme, language
        self.story = Story()
        self.invitation, self.keep_link = an_invitation(language), a_keep_link(self.story)
        self.states = {}
        self.fields = {}
        """What each form holds before anybody has typed anything, by where it is sent."""
        self._collect()

    def browser(self):
        """Return a browser that has chosen the language, so that owners' pages speak it too."""
        client = Client(Gateway(app))
        client.set_cookie(languages.COOKIE, self.language, domain=urlsplit(SITE).hostname)
        return client

    def send(self, client, method, path, fields=None):
        """Send one request in the world's language, and follow it to a page of this visitor."""
        headers = {"Accept-Language": self.language}
        data = urlencode(fields or {}, doseq=True) or "&"
        sent = {"data": data, "content_type": FORM} if method == "POST" else {}
        given = client.open(path, method=method, headers=headers, base_url=SITE, **sent)
        while given.status_code in {301, 303} and given.location.startswith("/"):
            path = given.location.partition("#")[0]
            given = client.get(path, headers=headers, base_url=SITE)
        return path, given

    def keep(self, name, path, given):
        """Keep a page; what is no page is no state."""
        if SHOWN.search(given.headers.get("Content-Type", "")) and given.text:
            headers = {key: value for key, value in given.headers if key != "Set-Cookie"}
            self.states[name] = State(name, path, given.status_code, headers, given.text)
            forms = [form for form in Forms(given.text).forms if form.method == "post"]
            self.fields |= {form.action.partition("?")[0]: form.fields for form in forms}

    def _collect(self):
        home, business, stranger = self.begun("home"), self.begun("business"), self.browser()
        for method, pattern in ASKED:
            client = stranger
            if pattern.startswith("/register/"):
                client = business if pattern.endswith(OF_BUSINESSES) else home
            self.ask(client, method, pattern)
        for method, pattern in sorted(EMPTY, key=lambda one: one[1].endswith(ENDING)):
            premises = "business" if pattern.endswith(OF_BUSINESSES) else "home"
            client = self.begun(premises) if pattern.startswith("/register") else stranger
            if pattern.endswith(ENDING[0]):
                self._more(home)
            self.ask(client, method, pattern)

    def ask(self, client, method, pattern):
        """Look at a page, or send its form as it stands."""
        path = self.story.address(pattern)
        known = self.fields.get(path, {}) if method == "POST" else {}
        empty = {name: "" if name in TYPED else value for name, value in known.items()}
        self.keep(f"{method} {pattern}", *self.send(client, method, path, empty))

    def begun(self, premises):
        """Return a browser in which everything but the last step has been filled in."""
        client, middle = self.browser(), jurisdictions.current().map.centre
        first = {"name": "Ann Lee", "premises": premises, "invite_code": TRIAL_CODE}
        where = {"latitude": str(middle.latitude), "longitude": str(middle.longitude)}
        self.send(client, "POST", "/register/details", self.asked("/register/details", first))
        self.send(client, "POST", "/register/camera", {**PLACE, **where})
        self.send(client, "POST", "/register/contact", {"email": "ann@residents.example"})
        return client

    def asked(self, path, fields):
        """Leave out what this programme does not ask: it refuses more."""
        page = self.send(self.browser(), "GET", path)[1].text
        return {name: value for name, value in fields.items() if f'name="{name}"' in page}

    def _more(self, applicant):
        """Keep the states that neither a link nor an empty form leads to."""
        for name, (method, path, fields) in MORE.items():
            client = applicant if path.startswith("/register/") else self.browser()
            filled_in = {key: self.said(value) for key, value in fields.items()}
            self.keep(name, *self.send(client, method, self.said(path), filled_in))

    def said(self, text):
        """Fill in what only this world knows."""
        story = self.story
        return text.format(
            code=story.request.code,
            my=story.links["my"],
            answer=story.links["answer"],
            invited=self.invitation,
            keep=self.keep_link,
        )


def an_invitation(language):
    """Return the link of somebody who is on an old list."""
    now = clock.now()
    given = a_form(now, camera=least()["camera"], language=language)
    given["contact"] = Contact("Bo Reyes", "bo@residents.example")
    line = {name: given[name] for name in ("contact", "kind", "camera_details", "language", "now")}
    invited = registrations.invite(**line, import_id="i-1", entered_by="o-17")
    return a_link(invited.id, "confirm", now)


def a_keep_link(story):
    """Return the link by which somebody stays after a test run."""
    return a_link(story.registration.id, "keep", clock.now())


MORE = {
    "a real request": ("POST", "/request-check", {"code": "{code}"}),
    "an unknown request": ("POST", "/request-check", {"code": "AAAA-AAAA"}),
    "a link was sent": ("POST", "/my-registration", {"email": "a@residents.example"}),
    "a place outside": (
        "POST",
        "/register/camera",
        {"latitude": "10", "longitude": "10", "kind": "doorbell"},
    ),
    "no such page": ("GET", "/my/nothing/like-it", {}),
    "a link that is gone": ("GET", f"/my/{UNKNOWN}", {}),
    "an old list": ("GET", "/confirm/{invited}", {}),
    "staying": ("GET", "/my/{keep}/keep", {}),
    "staying unsaid": ("POST", "/my/{keep}/keep", {"agree": ""}),
    "nothing to see": ("POST", "/answer/{answer}", {"answer": "nothing_there"}),
    "cannot help": ("POST", "/answer/{answer}", {"answer": "cannot_help"}),
    "will share": ("POST", "/answer/{answer}", {"answer": "have_footage"}),
    "paused": ("POST", "/my/{my}/pause", {}),
    "going on": ("POST", "/my/{my}/resume", {}),
    "registered": ("POST", "/register/check", {"agree": "yes"}),
}
"""States that need more than a link or an empty form: method, path and fields."""
NAMES += sorted(MORE)
