import re

import pytest

from chalicelib import clock
from chalicelib.officers import Role
from chalicelib.registrations import overview
from tests.pages.in_process import SITE, answer_from
from tests.pages.inspection import inspect, leads_to_its_field, watch
from tests.pilots.conftest import CODE, pilot  # noqa: F401 - a fixture for the tests below
from tests.registrations.builders import an_active_registration
from tests.web.people import a_session
from tests.web.story import least
from tests.web.test_coordinator_overview import PAGE, some_figures
from tests.web.test_pilot_pages import link

SHEET = re.compile(rb"/Type\s*/Page\b")


@pytest.fixture
def page(browser, pilot):  # noqa: F811 - the fixture imported above
    """A browser in which a coordinator of a test run is signed in."""
    from app import app  # noqa: PLC0415 - after the environment is set

    overview.keep(some_figures())
    context = browser.new_context()
    page = context.new_page()
    answer_from(app, page, a_session(Role.COORDINATOR).headers)
    bad = watch(page, SITE)
    yield page
    context.close()
    assert bad == []


def presses(page, words):
    page.get_by_role("button", name=words).first.click()


def test_the_overview_is_usable_also_with_all_its_tables_open(page):
    page.goto(SITE + PAGE)
    inspect(page)
    for one in page.locator("details").all():
        one.evaluate("one => { one.open = true; }")
    inspect(page)


def test_the_report_is_usable_and_one_printed_sheet(page):
    page.goto(f"{SITE}/officer/register/pilot")
    inspect(page)
    assert len(SHEET.findall(page.pdf(format="A4"))) == 1
    assert len(SHEET.findall(page.pdf(format="Letter"))) == 1


def test_the_two_questions_are_usable_right_and_wrong(page):
    page.goto(f"{SITE}/feedback/register")
    inspect(page)
    presses(page, "Send both answers")
    assert page.title().startswith("Error:")
    leads_to_its_field(page)
    inspect(page)
    page.get_by_label("Very easy").check()
    page.get_by_label("Not sure").check()
    presses(page, "Send both answers")
    assert page.locator("h1").inner_text() == "Thank you"
    inspect(page)


def test_choosing_to_stay_is_usable_right_and_wrong(page):
    given = least() | {"invite_code": CODE}
    page.goto(SITE + link(an_active_registration(clock.now(), **given)))
    inspect(page)
    presses(page, "Agree and stay")
    leads_to_its_field(page)
    inspect(page)
    page.locator("#agree").check()
    presses(page, "Agree and stay")
    assert page.locator("h1").inner_text() == "You stay registered"
    inspect(page)
