"""Runs inside the copy that `brackets.py` makes, and writes down what its pages and letters say."""

import json
import re
from pathlib import Path

import pytest
from werkzeug.test import Client

from chalicelib import language, letters
from tests.gateway import Gateway
from tests.house_rules.brackets import Outside, outside
from tests.letters.values import VALUES
from tests.web.applicant import PERSON, Applicant
from tests.web.story import Story

SITE = "https://sightline.example"
OFFICERS = re.compile(r"/(officer|api|static|health|map|theme|sign)")
STEPS = ("details", "camera", "cameras", "contact", "site", "list", "check", "done")
LIST = "address,heading,extra\n206 Millrace Street,90,x\n206 Millrace Street,90,x\nNowhere 1,n,x"
FORM = re.compile(r'<form action="([^"]+)" method="post"')
LETTERS = [name for name in VALUES if name != "unreachable"]  # it is the coordinator's

# Most pages count nothing, and the metrics middleware warns about that.
pytestmark = pytest.mark.filterwarnings("ignore:No application metrics")


def test_write_down_what_stands_outside_brackets(cloud):
    from app import app  # noqa: PLC0415 - after the environment is set

    said = {**of_letters(), **of_a_form(), **of_pages(app)}
    Path("outside.json").write_text(json.dumps(said, ensure_ascii=False))


def of_letters():
    said = {}
    for name in LETTERS:
        with language.speaking("es"):
            one = letters.render(name, VALUES[name], name="Ann Lee")
        said[f"letter {name}"] = [
            *outside(one.subject, 0)[0],
            *outside(one.text, 0)[0],
            *Outside(one.html).found,
        ]
    return said


def of_a_form():
    """Fill in the form at a home and at a business, looking at each step before and after."""
    said = {}
    for premises in ("home", "business"):
        person = Applicant()
        person.opens("/?language=es")
        for step in STEPS:
            wrong = person.sends(step, latitude="x", days_kept="x", list="address,n\n1,2,3")
            said[f"{premises} {step}, wrong"] = texts(wrong)
        person.goes_through()
        person.sends("details", **{**PERSON, "premises": premises})
        for step in STEPS:
            said[f"{premises} {step}"] = texts(person.opens(f"/register/{step}"))
            listed = person.sends(step, list=LIST, opens="x", manager_email="x", days_kept="x")
            said[f"{premises} {step}, again"] = texts(listed)
    return said


def of_pages(app):
    story, said, forms = Story(), {}, set()
    browser = Client(Gateway(app))
    browser.get("/?language=es", base_url=SITE)
    for pattern, methods in sorted(app.routes.items()):
        if "GET" in methods and not OFFICERS.match(pattern):
            answer = browser.get(story.address(pattern), base_url=SITE)
            said[f"GET {pattern}"] = texts(answer)
            forms |= set(FORM.findall(answer.text)) if answer.mimetype == "text/html" else set()
    for action in sorted(forms):
        path = action.removeprefix(SITE)
        answer = browser.post(path, data={"email": "x"}, base_url=SITE)
        said[f"POST {path}"] = texts(answer)
    return said


def texts(answer):
    return Outside(answer.text).found if answer.mimetype == "text/html" else []
