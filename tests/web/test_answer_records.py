from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from werkzeug.test import Client

from app import app
from chalicelib import footage_requests, jurisdictions
from chalicelib.cameras import Premises
from chalicelib.footage_requests import Answer
from chalicelib.jurisdictions import load
from chalicelib.registrations.model import Authority, Contact, Person, Site
from tests.footage_requests.builders import an_answer_link, sent
from tests.gateway import Gateway
from tests.incidents.builders import a_camera_at, a_search
from tests.officers.people import PAT
from tests.registrations.builders import an_active_registration
from tests.web.applicant import Applicant
from tests.web.people import a_session

# Most pages count nothing, and the metrics middleware warns about that.
pytestmark = pytest.mark.filterwarnings("ignore:No application metrics")

PROGRAMMES = ("independence", "lancashire", "liberty", "palos-park", "staffordshire", "demo")
SHOP = Contact(
    "Ann",
    "ann@example.com",
    site=Site(
        "Corner Shop",
        duty_manager=Person("", "duty@example.com"),
        data_protection=Person("", "privacy@example.com"),
        authority=Authority.OWNER,
    ),
)


@pytest.fixture
def today():
    return datetime.now(tz=UTC)


def asked(now, contact=SHOP):
    owner = an_active_registration(
        now, contact=contact, kind=Premises.BUSINESS, camera=a_camera_at(40, label="Till")
    )
    return sent(a_search(PAT, now), owner.camera_ids, now), owner


@pytest.fixture
def record(cloud, today):
    request, owner = asked(today)
    token = an_answer_link(request, owner, today)
    return request, token, Applicant().browser


def test_the_record_names_purpose_reference_officer_and_what_was_asked(record):
    request, token, browser = record
    page = browser.get(f"/answer/{token}/record")
    assert page.status_code == 200
    for words in (
        *("Burglary", request.incident.case_number, "Pat Doyle, 4471", request.code),
        *(request.what_happened, request.looking_for, "Till, 40 Canary Street"),
        *("Corner Shop", "privacy@example.com", "Alder Falls Police Department"),
        *("Not answered yet", "No file has been sent.", "subpoena or warrant"),
    ):
        assert words in page.text
    assert "duty@example.com" not in page.text


def test_the_record_says_what_was_answered(record, today):
    _, token, browser = record
    footage_requests.answer(token, Answer.HAVE_FOOTAGE, "", now=today)
    page = browser.get(f"/answer/{token}/record").text
    assert "I have footage and will share it" in page
    assert "Not answered yet" not in page


def test_the_page_of_the_request_leads_to_the_record(record):
    _, token, browser = record
    assert f'href="/answer/{token}/record"' in browser.get(f"/answer/{token}").text


def test_looking_at_the_record_changes_nothing(record):
    request, token, browser = record
    before = footage_requests.get(request.id)
    browser.get(f"/answer/{token}/record")
    assert footage_requests.get(request.id) == before


def test_a_link_that_is_over_shows_no_record(record, today):
    request, token, browser = record
    footage_requests.close(request.id, PAT, now=today)
    assert browser.get(f"/answer/{token}/record").status_code == 410
    assert browser.get(f"/answer/{'A' * 43}/record").status_code == 410


@pytest.mark.parametrize("country", ["US", "GB"])
def test_every_programme_says_on_what_ground_it_asks(country):
    programmes = [load(name) for name in PROGRAMMES]
    said = [" ".join(one.texts.why_share) for one in programmes if one.country == country]
    law = {"US": "subpoena or warrant", "GB": "Data Protection Act 2018"}[country]
    assert said
    assert all(law in text and "{" not in text for text in said)


def test_officers_see_when_a_letter_goes_out_and_nothing_of_the_contact(cloud, today):
    local = today.astimezone(jurisdictions.current().zone)
    begins, ends = (local + timedelta(hours=hours) for hours in (-1, 2))
    quiet = replace(SHOP, quiet_from=f"{begins:%H:%M}", quiet_until=f"{ends:%H:%M}")
    request, _ = asked(today, quiet)
    session = a_session(now=today, officer_id=PAT.id)
    gateway = Client(Gateway(app), use_cookies=False)
    page = gateway.get(f"/officer/requests/{request.id}", headers=session.headers).text
    assert "Quiet hours: letter goes out" in page
    assert f"{ends:%H:%M}" in page
    assert "example.com" not in page
    assert "Corner Shop" not in page
