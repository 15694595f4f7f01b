import random
from dataclasses import dataclass
from functools import cached_property

import pytest

from chalicelib import jurisdictions
from tests.journeys import steps
from tests.journeys.people import Officer, Resident
from tests.journeys.visitor import Visitor
from tests.pages.inspection import watch

ADDRESS = "302 Millrace Street"


@dataclass
class Site:
    """The demo's stack, with one owner who was asked for footage."""

    local: object

    @property
    def url(self):
        return self.local.url

    @property
    def clip_origin(self):
        return self.local.cloud.url

    @cached_property
    def owner(self):
        """Return an owner who takes part, over plain HTTP."""
        here = jurisdictions.load("demo")
        owner = steps.Owner(self.local, here, f"Ines Holm {random.randrange(10**6)}", "")  # noqa: S311 - a name, not a secret
        owner.takes_part()
        return owner

    @cached_property
    def manage_link(self):
        return self.owner.manages()

    @cached_property
    def request(self):
        """Return the letter of a request to the owner, whose officer's page is `request_page`."""
        officer = steps.Officer(self.local, self.owner.here)
        officer.signs_in()
        self.request_page = officer.asks_near(self.owner.place).url
        return self.owner.letter("/answer/")

    @property
    def answer_link(self):
        return steps.link_in(self.request, "/answer/")

    @cached_property
    def clip(self):
        """Return the number of a clip that the owner has sent and the intake has read."""
        self.owner.answers(self.request)
        content = b"\0\0\0\x18ftypmp42" + bytes(5000)
        clip = self.owner.uploads(self.request, content)
        steps.eventually(lambda: self.owner_has("fingerprint"), "a receipt")
        return clip

    def owner_has(self, word):
        mine = [one for one in self.local.letters() if self.owner.email in one["To"]]
        return [one for one in mine if word in one["BodyText"]]


@pytest.fixture(scope="session")
def site(stack):
    """Start the demo and wait for its first answer, which no browser's patience should pay for."""
    started = Site(stack("demo"))
    Visitor(started.url).visit("/officer/sign-in")
    return started


@pytest.fixture
def origins(site):
    """Return where a page may call; upload tests add the clips' own address."""
    return (site.url,)


@pytest.fixture
def page(browser, origins):
    """Fail every test whose page has script errors, breaks its policy or calls elsewhere."""
    context = browser.new_context()
    page = context.new_page()
    bad = watch(page, *origins)
    yield page
    context.close()
    assert bad == []


@pytest.fixture
def visit(page, site):
    """Return a function that opens a path of the site."""
    return lambda path: page.goto(f"{site.url}{path}")


@pytest.fixture
def resident(page, site):
    number = random.randrange(10**9)  # noqa: S311 - a name, not a secret
    return Resident(site.local, page, f"nobody.{number}@residents.example", ADDRESS)


@pytest.fixture
def as_officer(page, site):
    """Return a function that signs somebody in, on a page that may go to the hosted sign-in."""

    def signed_in(user_name, to):
        officer = Officer(site.local, page, user_name)
        officer.signs_in(to)
        return officer

    return signed_in
