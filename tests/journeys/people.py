"""The people of the story, each with a browser of their own, and what they do in it."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

from playwright.sync_api import expect

from chalicelib import jurisdictions
from tests.journeys.steps import eventually, link_in

SLOW_MS = 40_000
QUICKEST_MS = 3_500
PARTS = re.compile(r"[?&]partNumber=")
HAPPENED = "A garden shed was broken into from the street side."
LOOKED_FOR = "A person on foot with a large bag."


@dataclass
class Person:
    """Somebody with a browser."""

    local: object
    page: object

    def __post_init__(self):
        self.page.set_default_timeout(SLOW_MS)
        self.page.set_default_navigation_timeout(SLOW_MS)

    def opens(self, path):
        return self.page.goto(f"{self.local.url}{path}")

    def fills(self, **fields):
        for name, text in fields.items():
            self.page.locator(f"#{name}").fill(text)

    def ticks(self, name, value):
        self.page.locator(f'input[name="{name}"][value="{value}"]').check()

    def presses(self, words):
        self.page.get_by_role("button", name=words).first.click()

    @property
    def title(self):
        return self.page.locator("h1").first.inner_text()


@dataclass
class Resident(Person):
    """Somebody with a camera at their house."""

    email: str
    address: str
    read: set[str] = field(default_factory=set)

    def gives_details(self):
        self.opens("/register")
        self.fills(name="Mara Field")
        self.ticks("premises", "home")
        self.presses("Continue")

    def finds_the_camera_on_the_map(self):
        self.fills(place=self.address)
        self.presses("Find address")
        expect(self.page.locator("#put-the-pin[data-ready]")).to_be_visible()

    @property
    def pin(self):
        return tuple(
            float(self.page.locator(f"#{name}").input_value()) for name in ("latitude", "longitude")
        )

    def describes_the_camera(self):
        self.ticks("kind", "doorbell")
        self.ticks("days_from", "said")
        self.fills(label="Front door", days_kept="30")
        self.presses("Continue")

    def gives_contact(self):
        self.fills(email=self.email)
        self.presses("Continue")

    def agrees(self):
        """Send the form; who is quicker than people are waits and presses again."""
        self.page.locator("#agree").check()
        self.presses("Agree and register")
        if self.page.locator("#banner-title").is_visible():
            self.page.wait_for_timeout(QUICKEST_MS)
            self.presses("Agree and register")

    def takes_part(self):
        """Register and confirm, without looking left or right."""
        self.gives_details()
        self.finds_the_camera_on_the_map()
        self.describes_the_camera()
        self.gives_contact()
        self.agrees()
        self.opens_the_link("/confirm/")
        self.presses("Yes, confirm")

    def letters(self, path):
        mine = [one for one in self.local.letters() if self.email in one["To"]]
        return [one for one in mine if path in one["BodyText"]]

    def letter(self, path):
        """Return the newest letter with `path` in it, as soon as it is there."""
        return eventually(lambda: self.letters(path), f"a letter with {path}")[-1]

    def opens_the_link(self, path):
        self.opens(link_in(self.letter(path), path))

    def every_link(self):
        """Return every address of ours in the letters so far, as a mail scanner finds them."""
        texts = [one["BodyText"] for one in self.letters(self.local.url)]
        found = {link for text in texts for link in re.findall(r"http://localhost:\S+", text)}
        return sorted(urlsplit(link.rstrip(".,")).path or "/" for link in found)

    def answers(self, answer):
        self.opens_the_link("/answer/")
        self.ticks("answer", answer)
        self.presses("Continue")

    def chooses(self, file):
        expect(self.page.locator("#uploader[data-ready]")).to_be_visible()
        self.page.locator("#files").set_input_files(file)

    def sees_it_sent(self):
        expect(self.page.locator("#uploader-said")).to_contain_text("is sent", timeout=3 * SLOW_MS)

    def leaves(self):
        path = link_in(self.letter("/answer/"), "/my/")
        self.opens(f"{path}/leave")
        self.presses("Leave now")


@dataclass
class Officer(Person):
    """Somebody of the force, by the name they sign in with."""

    user_name: str

    def signs_in(self, to):
        (who,) = [one for one in self.local.officers if one.user_name == self.user_name]
        self.opens(f"/officer/sign-in?{urlencode({'return': to})}")
        self.presses("Continue to sign in")
        self.page.locator('input[name="username"]').fill(who.user_name)
        self.page.locator('input[name="password"]').fill(who.password)
        self.page.locator('input[name="password"]').press("Enter")
        self.page.wait_for_url(f"{self.local.url}{to}*")

    @property
    def is_asked_to_sign_in(self):
        return urlsplit(self.page.url).path == "/officer/sign-in"


class DemoOfficer(Officer):
    """Looks for cameras and asks their owners."""

    def searches(self, place, case_number):
        self.opens("/officer/search")
        self.fills_in_the_search(place, case_number)
        self.page.get_by_role("button", name="Find cameras").click()
        self.page.wait_for_url("**/officer/searches/*")

    def fills_in_the_search(self, place, case_number):
        here = jurisdictions.load("demo")
        ends = datetime.now(UTC) - timedelta(hours=1)
        self.fills(case_number=case_number, place=place, reason="Shed broken into")
        self.page.locator("#purpose").select_option("burglary")
        for name, at in (("starts_at", ends - timedelta(hours=1)), ("ends_at", ends)):
            there = at.astimezone(here.zone)
            self.fills(**{f"{name}_date": here.date_text(at), f"{name}_time": f"{there:%H:%M}"})

    @property
    def listed(self):
        texts = self.page.locator(".hit:not(.uncertain *) .hit__name").all_inner_texts()
        return sorted(text.split(maxsplit=1)[1] for text in texts)

    @property
    def on_the_map(self):
        """Return the name of every camera on the map; those that are close share a pin."""
        self.page.locator(".map-pin button").first.wait_for()
        pins = self.page.locator(".map-pin button").all()
        names = [pin.get_attribute("aria-label").split(maxsplit=1)[1] for pin in pins]
        return sorted(name for shared in names for name in shared.split("; "))

    def finds(self, label):
        return any(label in text for text in self.listed)

    def chooses(self, label):
        self.page.locator(".hit", has_text=label).first.locator(".tick").check()
        self.presses("Write request")
        expect(self.page.locator("#letter[data-ready]")).to_be_visible()

    def writes(self):
        self.fills(what_happened=HAPPENED, looking_for=LOOKED_FOR)
        expect(self.page.locator("#letter [data-part=body]")).to_contain_text(
            LOOKED_FOR, timeout=SLOW_MS
        )

    def sends(self):
        self.presses("Send to 1")
        self.page.wait_for_url("**/officer/requests/*")


class Clerk(Officer):
    """Decides about clips."""

    def opens_the_clip(self, name):
        self.opens("/officer/clips")
        self.page.get_by_role("link", name=name).first.click()

    @property
    def fingerprint(self):
        return self.page.locator(".fingerprint").inner_text()

    def accepts(self):
        self.page.get_by_role("button", name="Accept").click()

    def downloads(self):
        """Return the bytes that come when the original is asked for."""
        with self.page.expect_download(timeout=SLOW_MS) as coming:
            self.presses("Download the original")
        return coming.value.path().read_bytes()


class Auditor(Officer):
    """Reads what was done, and changes nothing."""

    def reads(self, **filters):
        """Return the events of today's entries that fit."""
        self.opens(f"/officer/audit?{urlencode(filters)}")
        cells = self.page.locator('td[data-name="Event"]').all_inner_texts()
        return {text.split("\n")[0].strip() for text in cells}

    def owner_of(self, case_number):
        """Return who answered: the owner's number, not the name."""
        self.reads(event="ask:answer", case_number=case_number)
        return self.page.locator('td[data-name="Who"]').first.inner_text()

    def chains(self, prefix):
        links = self.page.locator('td[data-name="Event"] a').all_inner_texts()
        return sorted({text for text in links if text.startswith(prefix)})

    @property
    def verdict(self):
        return self.page.locator(".said").first.inner_text()


def part_of(request):
    """Return which part of a clip a browser sends with this request, 0 if none."""
    return int(parse_qs(urlsplit(request.url).query).get("partNumber", ["0"])[0])


@dataclass
class Line:
    """A resident's connection: as bad as it is told to be, and it counts what crosses it."""

    page: object
    begun: list[int] = field(default_factory=list)
    arrived: list[int] = field(default_factory=list)

    def __post_init__(self):
        self.page.on("request", lambda one: self._note(one, self.begun))
        self.page.on("response", self._answered)

    def _note(self, request, parts):
        number = part_of(request)
        if request.method == "PUT" and number:
            parts.append(number)

    def _answered(self, answer):
        if answer.status == 200:
            self._note(answer.request, self.arrived)

    def waits_until(self, happened):
        """Let the browser go on until something has crossed the line."""
        for _ in range(SLOW_MS // 50):
            if happened():
                return
            self.page.wait_for_timeout(50)
        raise AssertionError("nothing crossed the line")

    def lets_through(self, most):
        """Let so many parts through, however often each is tried; the others stay on their way."""
        taken = []

        def handle(route):
            part = part_of(route.request)
            if part not in taken:
                taken.append(part)
            if taken.index(part) < most:
                route.continue_()

        self.page.route(PARTS, handle)

    def breaks(self):
        """Let no part through from now on, and end each try as a lost connection does."""
        self.page.route(PARTS, lambda route: route.abort("connectionreset"))

    def heals(self):
        self.page.unroute(PARTS)
