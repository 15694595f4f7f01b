"""Whole journeys with the keys alone, with and without scripts."""

import pytest
from werkzeug.test import Client

from app import app
from chalicelib import registrations
from chalicelib.aws.tables import RegistrationItem
from chalicelib.footage_requests import Answer
from chalicelib.registrations import State
from tests.gateway import Gateway
from tests.journeys.people import QUICKEST_MS
from tests.pages.served import SITE, focus, link_from_letters, serve, tab_to
from tests.web.story import Story

pytestmark = pytest.mark.pages


@pytest.fixture(params=[True, False], ids=["with scripts", "without"])
def page(request, browser, cloud, monkeypatch):
    monkeypatch.setenv("OFFICER_MFA", "optional")
    context = browser.new_context(java_script_enabled=request.param)
    page = context.new_page()
    serve(page, Client(Gateway(app)))
    yield page
    context.close()


def opens(page, path):
    page.goto(f"{SITE}{path}")


def types(page, **fields):
    for name, text in fields.items():
        tab_to(page, name)
        page.keyboard.press("Control+A")
        page.keyboard.type(text)


def presses(page, wanted, key="Enter"):
    tab_to(page, wanted)
    page.keyboard.press(key)


def sends(page, button):
    """Press a button by its key, and wait for the page that answers."""
    tab_to(page, button)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def title(page):
    return page.locator("h1").first.inner_text()


def test_somebody_joins(page):
    opens(page, "/register")
    types(page, name="Ann Lee")
    presses(page, "premises", " ")
    sends(page, "Continue")
    assert title(page) == "Your camera"
    presses(page, "Enter latitude and longitude by hand")
    types(page, latitude="40.0", longitude="-98.0")
    presses(page, "kind", " ")
    sends(page, "Continue")
    types(page, email="ann@residents.example")
    sends(page, "Continue")
    page.wait_for_timeout(QUICKEST_MS)
    presses(page, "agree", " ")
    sends(page, "Agree and register")
    assert title(page) == "One more step: check your email"
    opens(page, link_from_letters("/confirm/"))
    sends(page, "Yes, confirm")
    assert [item.state for item in RegistrationItem.scan() if item.state] == [State.ACTIVE]


def test_an_empty_form_leads_by_keys_to_the_field(page):
    opens(page, "/my-registration")
    sends(page, "Send me the link")
    assert page.title().startswith("Error:")
    presses(page, page.locator(".govuk-error-summary a").inner_text())
    if focus(page) != "email":  # without scripts a link moves only where Tab goes on from
        page.keyboard.press("Tab")
    assert focus(page) == "email"


def test_an_owner_changes_says_still_right_answers_and_leaves(page):
    story = Story()
    opens(page, f"/my/{story.links['my']}/contact")
    types(page, name="Ann Lee")
    sends(page, "Save")
    assert registrations.get(story.registration.id).contact.name == "Ann Lee"
    opens(page, f"/still-right/{story.links['still-right']}")
    before = title(page)
    sends(page, page.locator("main form button").first.inner_text().strip())
    assert title(page) != before
    opens(page, f"/answer/{story.links['answer']}")
    presses(page, "answer", " ")
    page.keyboard.press("ArrowDown")
    sends(page, "Continue")
    assert answer_of(story) is Answer.NOTHING_THERE
    opens(page, f"/my/{story.links['my']}/leave")
    sends(page, "Leave now")
    assert registrations.standing(story.registration.id) in {State.WITHDRAWN, State.ERASED}


def answer_of(story):
    from chalicelib import footage_requests  # noqa: PLC0415 - only here

    ((_, ask),) = footage_requests.asked_of(story.registration.id)
    return ask.answer


def test_a_field_that_tab_does_not_reach_is_noticed(page):
    opens(page, "/my-registration")
    with pytest.raises(AssertionError, match="cannot be reached"):
        tab_to(page, "no-such-field", most=5)
