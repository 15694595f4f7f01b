import pytest

from tests.pages.inspection import inspect

pytestmark = pytest.mark.pages

PATHS = [
    "/",
    "/register/details",
    "/privacy",
    "/accessibility",
    "/contact",
    "/request-check",
    "/print/form",
    "/my-registration",
    "/officer/sign-in",
    "/no-such-page",
    "/confirm/not-a-link",
]


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_usable_at_every_width(visit, page, path):
    visit(path)
    inspect(page)


@pytest.mark.parametrize("path", ["/register/details", "/request-check", "/my-registration"])
def test_a_form_sent_empty_says_what_is_wrong_and_leads_there(visit, page, path):
    visit(path)
    page.locator("main form button").first.click()
    assert page.title().startswith("Error:")
    inspect(page)
    leads_to_its_field(page)


def test_the_steps_of_a_registration_are_usable_right_and_wrong(page, resident):
    resident.gives_details()
    inspect(page)
    resident.presses("Continue")
    leads_to_its_field(page)
    inspect(page)
    resident.finds_the_camera_on_the_map()
    inspect(page)
    resident.describes_the_camera()
    inspect(page)
    resident.presses("Agree and register")
    leads_to_its_field(page)
    inspect(page)
    resident.agrees()
    inspect(page)


def test_an_address_found_twice_is_chosen_from_a_list(page, resident):
    resident.gives_details()
    resident.fills(place="Millrace")
    resident.presses("Find on map")
    inspect(page)


def test_a_place_outside_is_told_so(page, resident):
    resident.gives_details()
    resident.fills(place="41.5, -96.2")
    resident.describes_the_camera()
    inspect(page)


def test_the_pin_moves_by_arrow_keys(page, resident):
    resident.gives_details()
    resident.finds_the_camera_on_the_map()
    before = resident.pin
    page.locator(".pin-map__marker").focus()
    page.keyboard.press("Shift+ArrowUp")
    page.keyboard.press("ArrowRight")
    north, east = (after - then for after, then in zip(resident.pin, before, strict=True))
    assert (round(north * 111_320), round(east * 85_276)) == (10, 1)


def test_the_keyboard_goes_through_a_form_from_top_to_bottom(visit, page):
    visit("/register/details")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    reached = []
    for _ in range(5):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("() => document.activeElement.id"))
    assert reached[:4] == ["name", "email", "phone", "premises"]


def leads_to_its_field(page):
    """The summary has the focus, and its first link gives it to the field."""
    summary = page.locator(".govuk-error-summary")
    assert summary.evaluate("one => one === document.activeElement")
    link = summary.locator("a").first
    wanted = link.get_attribute("href").removeprefix("#")
    link.click()
    assert page.evaluate("() => document.activeElement.id") == wanted
