import pytest

from tests.pages.inspection import inspect, leads_to_its_field

pytestmark = pytest.mark.pages

PATHS = ["/", "/officer/sign-in", "/no-such-page"]
"""Through the whole stack; test_every_state.py shows every page without one."""


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_usable_at_every_width(visit, page, path):
    visit(path)
    inspect(page)


@pytest.mark.parametrize("path", ["/request-check"])
def test_a_form_sent_empty_says_what_is_wrong_and_leads_there(visit, page, path):
    visit(path)
    page.locator("main form button").first.click()
    assert page.title().startswith("Error:")
    inspect(page)
    leads_to_its_field(page)
