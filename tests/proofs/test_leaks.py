"""Whoever is not signed in learns nothing of who is registered, where, or how many."""

import random
from dataclasses import replace
from datetime import timedelta
from email import policy
from email.parser import BytesParser, Parser

import pytest

from chalicelib import cameras, clock, jurisdictions, registrations, settings
from chalicelib.aws.tables import LimitItem, OutboxItem
from chalicelib.cameras import Premises
from chalicelib.jurisdictions import reader
from chalicelib.registrations import Contact
from chalicelib.web import mailroom
from chalicelib.web.static_addresses import STATIC, addresses
from tests.gateway import Gateway
from tests.letters.post_office import sent
from tests.proofs import crawler
from tests.registrations.builders import a_camera, a_pending_registration, an_active_registration
from tests.web.story import Story, inside, least

OWNERS = 24
LIFE = (0, 366, 397, 427, 458)
"""Days after joining on which something is due."""
LETTERS = {"confirm", "request", "manage_link", "reconfirm", "reconfirm_reminder", "lapsed"}
PROGRAMMES = ("demo", "staffordshire")


@pytest.fixture(params=PROGRAMMES)
def programme(request, cloud, monkeypatch):
    monkeypatch.setenv("JURISDICTION", request.param)
    monkeypatch.setenv("OFFICER_MFA", "optional")
    settings.current.cache_clear()
    return jurisdictions.current()


@pytest.fixture
def app():
    from app import app as sightline  # noqa: PLC0415 - after the environment is set

    return sightline


def crawled(app, gateway=None):
    """Return every answer, counters of attempts forgotten first: both walks are the first."""
    for item in LimitItem.scan():
        item.delete()
    return crawler.Crawler(gateway or Gateway(app), app).everything()


def filled_up(now, owners=OWNERS):
    """Register invented people with cameras all over the place, and tell one story of a request."""
    by_chance = random.Random(17)  # noqa: S311 - invented people
    middle = inside()
    for number in range(owners):
        person = Contact(
            f"Wilhelmina Quill{number:02}",
            f"quill{number:02}@residents.example",
            f"785-555-77{number:02}",
        )
        spots = [
            a_camera(
                point=type(middle)(
                    middle.latitude + by_chance.uniform(-0.003, 0.003),
                    middle.longitude + by_chance.uniform(-0.003, 0.003),
                ),
                address=f"{700 + number} Quillfeather Walk",
                label=None,
                heading=None,
            )
            for _ in range(1 + number % 2)
        ]
        form = least() | {"camera_details": spots}
        form.pop("camera")
        an_active_registration(
            now, contact=person, kind=Premises.HOME, visitor=f"v{number}", **form
        )
    Story()
    everybody = [registrations.get(one.id) for one in registrations.glances()]
    everybody = [one for one in everybody if one.contact]
    known = [one for each in everybody for one in cameras.get(each.camera_ids)]
    return crawler.secrets_of(everybody, known), everybody


def test_nothing_that_anybody_can_read_depends_on_who_is_registered(programme, app):
    empty = crawled(app)
    secrets, _ = filled_up(clock.now())
    full = crawled(app)

    assert (len(full) > 150, len(secrets.words) > 60, len(secrets.hashes) > 1) == (True,) * 3
    assert {key for key in full if full[key].lasting != empty[key].lasting} == set()
    told = {
        key: found
        for key in full
        if not crawler.is_file(full[key])
        for found in [crawler.leaks(full[key].everything, secrets)]
        if found
    }
    assert told == {}
    counted = {
        key: found
        for key in full
        if not crawler.is_file(full[key])
        for found in [crawler.counts(full[key].body)]
        if found
    }
    assert counted == {}


def test_files_are_those_of_the_source(programme, app):
    given = crawled(app)
    for name, address in addresses().items():
        assert any(
            one.body == (STATIC / name).read_text()
            for key, one in given.items()
            if f"GET {address} " in key
        )
    for key, one in given.items():
        name = one.asked.split(" ")[1].removeprefix("/map/")
        if "/map/" in key and one.status == 200 and "features" in one.body and len(one.body) > 100:
            source = name if name.startswith("outline") else f"{programme.id}/{name}"
            source = f"{programme.id}.outline.geojson" if name.startswith("outline") else source
            assert one.body == reader.path(source).read_text("utf-8")


def test_asking_with_a_known_address_answers_like_asking_with_an_unknown_one(programme, app):
    _, everybody = filled_up(clock.now())
    answers = [
        crawler.Crawler(Gateway(app), app).ask(
            "POST", "/my-registration", "", data={"email": email}
        )
        for email in (everybody[0].contact.email, "nobody.at.all@residents.example")
    ]

    assert answers[0].lasting == answers[1].lasting


def test_letters_tell_nobody_where_a_camera_is_or_who_else_takes_part(programme, app):
    now = clock.now()
    a_pending_registration(
        now, **least(), visitor="late", contact=Contact("Zed Vole", "zed@a.example")
    )
    deliver(now)
    secrets, everybody = filled_up(now, owners=4)
    registrations.ask_for_manage_link("quill00@residents.example", visitor="v", now=now)
    for days in LIFE:
        mailroom.sweep(now + timedelta(days=days))
        deliver(now + timedelta(days=days))

    assert {item.letter for item in OutboxItem.scan()} >= LETTERS
    for text in map(written, sent()):
        own = [one.contact for one in everybody if one.contact.email.casefold() in text.casefold()]
        mine = {word for one in own for word in (one.name, one.email, one.phone)}
        others = replace(secrets, words=tuple(set(secrets.words) - mine))
        assert len({one.email for one in own}) <= 1
        assert crawler.leaks(text, others) == []


def deliver(now):
    for item in OutboxItem.scan():
        mailroom.deliver(item.id, now=now)


def written(letter):
    """Return a letter with its headers, decoded."""
    raw = getattr(letter, "raw_data", None)
    if raw is None:
        return f"{letter.subject}\n{letter.destinations}\n{letter.body}"
    parser = BytesParser if isinstance(raw, bytes) else Parser
    read = parser(policy=policy.default)
    message = read.parsebytes(raw) if isinstance(raw, bytes) else read.parsestr(raw)
    parts = [part.get_content() for part in message.walk() if part.get_content_maintype() == "text"]
    return "\n".join([*(f"{name}: {value}" for name, value in message.items()), *parts])


PLANTS = {
    "a place in a page": ("page", "<p>40.001234, -98.004321</p>"),
    "a place in an attribute": ("page", '<p data-x="39.99876"></p>'),
    "a geohash": ("page", '<i id="{cell}7"></i>'),
    "an address": ("page", "<p>703 QUILLFEATHER walk</p>"),
    "a person": ("header", "Wilhelmina Quill03"),
    "a place in a header": ("header", "39.99876"),
    "a count": ("page", "<p>There are 7 cameras here.</p>"),
    "a count in Spanish": ("page", "<p>Hay <b>3</b> cámaras en esta zona.</p>"),
    "a count in Welsh": ("page", "<p>4 chamera</p>"),
    "a count of owners": ("page", "<p>Owners: 2</p>"),
}


class Planted(Gateway):
    """Serves the site with a leak on its privacy page."""

    def __init__(self, app, where, what):
        super().__init__(app)
        self.where, self.what = where, what

    def answer(self, environ):
        status, headers, body = super().answer(environ)
        if environ["PATH_INFO"] == "/privacy" and self.where == "page":
            body = body.replace(b"</main>", self.what.encode() + b"</main>")
        if environ["PATH_INFO"] == "/privacy" and self.where == "header":
            headers = [*headers, ("X-Hint", self.what)]
        return status, headers, body


@pytest.mark.parametrize("plant", PLANTS)
def test_a_planted_leak_is_found(cloud, app, plant):
    where, what = PLANTS[plant]
    secrets = crawler.Secrets(
        ("Wilhelmina Quill03", "703 Quillfeather Walk"), frozenset({"9y0h2"}), frozenset()
    )
    gateway = Planted(app, where, what.replace("{cell}", "9y0h2"))

    given = crawler.Crawler(gateway, app).ask("GET", "/privacy", "")
    assert crawler.leaks(given.everything, secrets) + crawler.counts(given.body) != []


def test_a_page_that_counts_the_register_is_found(cloud, app):
    class Counting(Gateway):
        def answer(self, environ):
            status, headers, body = super().answer(environ)
            return status, headers, body + f"<!-- {len([*registrations.glances()])} -->".encode()

    before = crawler.Crawler(Counting(app), app).ask("GET", "/privacy", "")
    an_active_registration(clock.now(), **least())
    after = crawler.Crawler(Counting(app), app).ask("GET", "/privacy", "")

    assert before.lasting != after.lasting
