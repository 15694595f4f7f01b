"""What people must be told before they join is said somewhere, in every programme."""

import dataclasses
import hashlib
import html
import re
from pathlib import Path

import msgspec
import pytest
from werkzeug.test import Client

from app import app
from chalicelib import jurisdictions, settings
from chalicelib.jurisdictions import load
from chalicelib.web import html as pages
from tests.gateway import Gateway

ALL = ("demo", "independence", "lancashire", "liberty", "palos-park", "staffordshire")
PATHS = (
    *("/how-it-works", "/what-we-keep", "/who-can-see", "/request-check"),
    *("/terms", "/privacy", "/accessibility"),
)
TOPICS = {
    "voluntary": "voluntary",
    "free": "free",
    "no benefit or penalty": "no benefit|no advantage",
    "no access": "no way into your camera|no access to your camera",
    "no password": "never ask for a password",
    "leave how": "by phone or by (mail|post)|call {phone}: your cameras",
    "leave what happens": "disappear from searches at once",
    "backups": "backups",
    "what is kept": "how to reach you|contact details",
    "what is not kept": "what we do not keep",
    "named roles": "named staff",
    "recorded with a reason": "a reason",
    "no public map": "no public map|public do not see",
    "not sold": "not sell",
    "supplier": "acts only on our instructions",
    "what a real request looks like": "what a real request looks like",
    "how to check it": "request code",
    "may say no": "say no|decline",
    "ignore": "leave the letter unanswered",
    "change of mind until the request closes": "until the request closes",
    "opening is not seen": "whether you opened a letter",
    "owner chooses the clip": "you choose which clip",
    "court": "court",
    "defence": "the defen[cs]e",
    "witness": "summon you",
    "release to the public": "released to the public",
    "leaving does not undo evidence": "does not undo a clip that was accepted",
    "no agent": "not an agent|do not work for the police",
    "nothing unsafe": "nothing unsafe",
    "may decide about the camera": "may decide about the camera",
    "tenants, workplaces, shared": "if you rent, if it belongs to your employer, or if you share",
    "yearly": "every 365 days",
    "deletion dates": "what happens then",
    "kept current": "overwrite within weeks",
    "no emergency service": "not an emergency service",
    "rights": "correct it",
    "other language or large print": "large print, another language",
    "paper or phone": "by phone",
    "accessibility": "web content accessibility guidelines",
    "version": "version",
    "own copy": "as plain text",
    "how long the entry is kept": "an entry you have confirmed",
    "how long clips are kept": "a clip that was turned down",
    "moving": "if you move",
    "public records": "open records act|sunshine law|illinois law|freedom of information act",
    "was it used": "ask .* whether yours was among them",
    "age": "adults|18 or over",
    "third parties": "other people in it did not choose",
}
COUNTRY = {
    "US": {
        "extent of the law": "cannot promise more than the law does",
        "constitutional rights": "constitutional rights",
        "no agency": "agent or employee",
        "subpoena": "subpoena or warrant",
        "ADA": "americans with disabilities act",
        "breach": "if your details are exposed",
        "minors": "children cannot register",
        "sound": "records sound",
        "identified sender, no advertising": "no news, no surveys",
    },
    "GB": {
        "controller": "is the controller",
        "DPO": "data protection officer",
        "ICO": "information commissioner.s office",
        "two regimes": "two sets of rules",
        "part 3": "part 3",
        "not consent": "not the “consent” the law means",
        "lawful basis": r"article 6\(1\)\(e\)",
        "rights": "corrected, restricted or erased",
        "object": "object to our using",
        "domestic CCTV": "beyond your own boundary",
        "sharing allowed": "necessary and proportionate",
        "log": "used only to check that the register is used lawfully",
        "no marketing": "no news, no surveys",
        "no automated decision": "decided by a computer alone",
        "duty to give": "no law obliges you",
        "regulations": "accessibility regulations 2018",
    },
}


@pytest.fixture
def programme(cloud, monkeypatch):
    def chosen(name):
        monkeypatch.setenv("JURISDICTION", name)
        settings.current.cache_clear()
        return Client(Gateway(app))

    return chosen


def words(text):
    body = html.unescape(re.sub(r"<[^>]+>", " ", text.split("<main")[1].split("</main>")[0]))
    return " ".join(body.split())


def unsaid(name, said):
    here = load(name)
    wanted = TOPICS | COUNTRY[here.country]
    patterns = {
        topic: pattern.replace("{phone}", re.escape(here.contact.phone))
        for topic, pattern in wanted.items()
    }
    return [
        topic for topic, pattern in patterns.items() if not re.search(pattern, said, re.IGNORECASE)
    ]


@pytest.mark.parametrize("name", ALL)
def test_every_topic_is_said_in_plain_words(programme, name):
    visitor = programme(name)
    said = " ".join(words(visitor.get(path).text) for path in PATHS)

    assert unsaid(name, said) == []


def test_a_topic_nobody_says_would_be_missed():
    assert set(unsaid("liberty", "")) == {*TOPICS, *COUNTRY["US"]}


@pytest.mark.parametrize("path", PATHS)
def test_every_trust_page_leads_to_all_others(programme, path):
    text = programme("demo").get(path).text

    assert [one for one in PATHS if f'href="{one}"' not in text] == []


@pytest.mark.parametrize("name", ALL)
def test_the_words_as_plain_text_have_the_fingerprint_on_the_page(programme, name):
    visitor = programme(name)
    given = visitor.get("/terms/text")

    assert hashlib.sha256(given.data).hexdigest() in visitor.get("/terms").text
    assert given.headers["Content-Type"] == "text/plain; charset=utf-8"


def kept_page(programme):
    template = pages.environment().get_template("public/what_we_keep.html")
    given = pages._common() | {"jurisdiction": programme}  # noqa: SLF001 - what every page gets
    return words(template.render(given))


NOT_HOW_LONG = {"home_days_unknown": "a guess about recorders", "business_days_unknown": "as above"}


def test_the_page_about_what_we_keep_says_every_setting():
    here = load("demo")
    before = kept_page(here)
    for key in msgspec.to_builtins(here.retention):
        other = msgspec.structs.replace(here.retention, **{key: 777})
        after = kept_page(dataclasses.replace(here, retention=other))
        assert (key in NOT_HOW_LONG) == (after == before), key
        assert key in NOT_HOW_LONG or "777" in after


@pytest.mark.parametrize(
    "key",
    ["draft_hours", "confirm_link_days", "manage_link_days", "answer_link_days", "leave_link_days"],
)
def test_and_every_limit_of_a_link_or_draft(key):
    here = load("demo")
    other = msgspec.structs.replace(here.limits, **{key: 777})

    assert "777" in kept_page(dataclasses.replace(here, limits=other))


def test_the_constants_on_the_page_are_those_of_the_code():
    from chalicelib.incidents.store import SEARCH_KEPT  # noqa: PLC0415 - only compared
    from chalicelib.letters.store import KEPT  # noqa: PLC0415 - as above
    from chalicelib.web.languages import YEAR_S  # noqa: PLC0415 - as above

    source = Path(pages.TEMPLATES / "public" / "what_we_keep.html").read_text()
    said = [int(number) for number in re.findall(r"days\((\d+)\)", source)]
    assert said == [SEARCH_KEPT.days, KEPT.days, 1, YEAR_S // 86_400]


def test_an_earlier_version_is_named_with_its_fingerprint(programme, monkeypatch):
    versions = {"2026-01-15": {"en-US": "f" * 64}}
    monkeypatch.setitem(jurisdictions.notices.ledger(), "demo", versions)

    said = words(programme("demo").get("/terms").text)
    assert "Jan 15, 2026 " + "f" * 64 in said
