import re
from dataclasses import MISSING, fields

import pytest

from chalicelib import jurisdictions, settings
from chalicelib.letters import values as letters
from chalicelib.letters.rendering import LETTERS, render
from tests.web.story import Story

VALUES = {
    "confirm": letters.ConfirmValues,
    "manage_link": letters.ManageValues,
    "camera_added": letters.AddedValues,
    "request": letters.RequestValues,
    "reminder": letters.RequestValues,
    "receipt": letters.ReceiptValues,
    "left": letters.LeftValues,
    "paper_welcome": letters.WelcomeValues,
    "pilot_ending": letters.PilotEndingValues,
    "reconfirm": letters.ReconfirmValues,
    "reconfirm_reminder": letters.ReconfirmValues,
    "lapsed": letters.LapsedValues,
    "invitation": letters.InvitationValues,
    "unreachable": letters.UnreachableValues,
}
HOLES = re.compile(r"{{|}}|{%|Undefined|None\.|>None<|\b(?:words|jurisdiction)\.[a-z]")


@pytest.fixture(params=jurisdictions.ids())
def programme(request, cloud, monkeypatch):
    monkeypatch.setenv("JURISDICTION", request.param)
    monkeypatch.setenv("OFFICER_MFA", "optional")
    settings.current.cache_clear()
    return jurisdictions.load(request.param)


def test_every_page_is_whole_in_every_programme(programme, app, send):
    story = Story()
    answers = {
        path: send("GET", story.address(path), claims=story.claims, headers=story.session.headers)
        for path, methods in sorted(app.routes.items())
        if "GET" in methods
    }

    assert {path: one.status_code for path, one in answers.items() if one.status_code >= 500} == {}
    pages = {
        path: one.text
        for path, one in answers.items()
        if one.headers.get("Content-Type", "").startswith("text/html")
    }
    assert {path for path, text in pages.items() if HOLES.search(text)} == set()
    assert {
        path for path, text in pages.items() if text and programme.programme not in text
    } == set()
    assert {
        path for path, text in pages.items() if text and f'lang="{programme.language}"' not in text
    } == set()


def sample(kind):
    """Fill a letter's values: lists with two things, everything else with one word."""
    return kind(
        **{
            field.name: ("Driveway", "Gate") if "tuple" in str(field.type) else f"[{field.name}]"
            for field in fields(kind)
            if field.default is MISSING
        }
    )


@pytest.mark.parametrize("letter", LETTERS)
def test_every_letter_is_whole_in_every_programme(programme, letter):
    written = render(letter, sample(VALUES[letter]), name="Ann Lee")

    for text in (written.subject, written.text, written.html):
        assert text.strip()
        assert HOLES.search(text) is None
    assert programme.force in written.text
    assert "\n" not in written.subject


def test_there_is_a_letter_for_each_kind_of_values():
    assert set(VALUES) == set(LETTERS)
