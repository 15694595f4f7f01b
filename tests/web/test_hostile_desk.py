"""What no form of the desk has ever sent: named in a page, kept nowhere, and never a breakdown."""

import pytest

from chalicelib import jurisdictions, registrations
from tests.web.desk import Coordinator, a_paper
from tests.web.hostile_forms import HOSTILE
from tests.web.test_coordinator_imports import ANN, a_form, a_list

LISTS = (
    *("\x00", "sep=", 'sep=;\n"', '""""""', '"name"",",x\n"', "name,address\n" + '"' * 3000),
    "name,email,address\n=cmd|' /C calc'!A0,+1@example.com,@SUM(1)",
    "name,email,address\n\u202eann,ann@example.com,1 Elm",
    "name,email,address\n👩‍👩‍👧 מרים فاطمة,ann@example.com,1 Elm",
    "\ufffe" + "name,address".encode("utf-16").decode("latin-1"),
    "name,address," + "x," * 10_000 + "\nAnn,1 Elm",
    "name,address\n" + "Ann,1 Elm\n" * 3000,
    "name,latitude,longitude\n" + "Ann,1e999,nan\nBen,-91,181\nCal,4²,٤٠\n",
    "name\tname\tname\taddress\taddress\n" + "\t" * 200,
)


@pytest.fixture
def desk(cloud):
    return Coordinator()


def broken(desk, path, fields, values):
    """Send each value in each field in turn; return what was not answered with a page."""
    found = []
    for name in fields:
        for value in values:
            answer = desk.do(path, **{**fields, name: value})
            if answer.status_code >= 500:
                found.append((path, name, value[:40], answer.status_code))
    return found


def test_a_paper_form_with_anything_in_any_field_is_answered(desk):
    assert broken(desk, "/paper", a_paper(), HOSTILE) == []


@pytest.mark.parametrize("action", ["check", "run"])
def test_an_old_list_of_anything_is_answered_and_invites_nobody(desk, action):
    text = a_list(ANN)
    form = a_form(text, action=action, checked="")

    assert broken(desk, "/imports", form, HOSTILE) == []
    assert broken(desk, "/imports", {**form, "list": ""}, LISTS) == []
    assert list(registrations.glances()) == []


def test_an_opened_entry_answers_anything_in_any_field(desk):
    reference = desk.enters()
    fields = ("name", "reach", "phone", "postal_address", "reason", "answer", "request_id", "note")
    here = jurisdictions.current()
    given = dict.fromkeys(fields, "x") | {"place": "1 Elm", "language": here.language}

    for action in ("contact", "leaving", "leave", "answer", "add-camera"):
        values = HOSTILE if action != "leave" else HOSTILE[:10]
        assert broken(desk, f"/entry/{reference}/{action}", given, values[:12]) == []


def test_a_campaign_of_anything_is_answered(desk):
    assert broken(desk, "/campaigns", {"tag": "library", "words": "Library"}, HOSTILE) == []
