"""The registration form in a browser: for eyes, for the mouse, and for the keyboard alone."""

import pytest
from playwright.sync_api import expect

from tests.pages.inspection import inspect, leads_to_its_field

pytestmark = pytest.mark.pages
MOST_TABS = 60


def test_the_steps_are_usable_right_and_wrong(page, resident):
    resident.opens("/register")
    inspect(page)
    is_usable_when_sent_empty(page, resident)
    resident.gives_details()
    inspect(page)
    is_usable_when_sent_empty(page, resident)
    resident.finds_the_camera_on_the_map()
    resident.fills(heading="135", view_angle="110")
    inspect(page)
    resident.describes_the_camera()
    inspect(page)
    is_usable_when_sent_empty(page, resident)
    resident.gives_contact()
    inspect(page)
    resident.presses("Agree and register")
    leads_to_its_field(page)
    inspect(page)
    resident.agrees()
    assert resident.title == "One more step: check your email"
    inspect(page)


def is_usable_when_sent_empty(page, resident):
    resident.presses("Continue")
    assert page.title().startswith("Error:")
    leads_to_its_field(page)
    inspect(page)


def test_several_cameras_and_coming_back_are_usable(page, resident):
    resident.gives_details()
    resident.finds_the_camera_on_the_map()
    resident.presses("Save and add another camera")
    resident.fills(label="Garage")
    resident.presses("Continue")
    assert resident.title == "You have entered 2 cameras"
    inspect(page)
    page.get_by_role("button", name="Continue").click()
    resident.gives_contact()
    inspect(page)
    resident.presses("Remove (Camera 1)")
    expect(page.get_by_role("button", name="Remove")).to_have_count(1)
    resident.opens("/register")
    assert resident.title == "Go on with your form"
    inspect(page)
    resident.presses("Start again")
    assert resident.title == "About you"


def test_who_sends_faster_than_people_can_is_asked_to_wait(page, resident):
    resident.gives_details()
    resident.fills(place=resident.address)
    resident.presses("Continue")
    resident.gives_contact()
    page.locator("#agree").check()
    resident.presses("Agree and register")
    if page.locator("#banner-title").is_visible():
        expect(page.locator("#agree")).to_be_checked()
        inspect(page)


def test_an_address_found_twice_is_chosen_from_a_list(page, resident):
    resident.gives_details()
    resident.fills(place="64999-1001")
    resident.presses("Find address")
    inspect(page)
    resident.presses("Use this address")
    leads_to_its_field(page)
    page.locator("#chosen").select_option("105 Alder Avenue")
    resident.presses("Use this address")
    expect(page.locator("#place")).to_have_value("105 Alder Avenue")
    assert resident.pin == pytest.approx((39.99267, -97.99515), abs=0.00001)


def test_a_place_outside_is_told_so(page, resident):
    resident.gives_details()
    resident.fills(place="41.5, -96.2")
    resident.describes_the_camera()
    inspect(page)


@pytest.fixture
def on_the_map(page, resident):
    """Somebody whose pin is on the map."""
    resident.gives_details()
    resident.finds_the_camera_on_the_map()
    return resident


def test_the_pin_moves_by_arrow_keys(page, on_the_map):
    before = on_the_map.pin
    page.locator(".pin-map__marker").focus()
    page.keyboard.press("Shift+ArrowUp")
    page.keyboard.press("ArrowRight")
    north, east = (after - then for after, then in zip(on_the_map.pin, before, strict=True))
    assert (round(north * 111_320), round(east * 85_276)) == (10, 1)


@pytest.mark.parametrize(
    ("heading", "side"),
    [("0", (0, -1)), ("90", (1, 0)), ("180", (0, 1)), ("270", (-1, 0))],
)
def test_the_wedge_follows_the_numbers(page, on_the_map, heading, side):
    on_the_map.fills(heading=heading)

    across, down = away(page, ".pin-map__handle--arrow")

    assert (round(across / 78), round(down / 78)) == side
    assert page.locator(".pin-map__handle--arrow").get_attribute("aria-valuenow") == heading


def test_the_wedge_widens_with_its_number_and_goes_with_the_pin(page, on_the_map):
    on_the_map.fills(heading="0", view_angle="180")
    across, down = away(page, ".pin-map__handle--edge")
    assert (round(across / 46), round(down / 46)) == (1, 0)

    page.locator(".pin-map__marker").focus()
    page.keyboard.press("Shift+ArrowRight")
    assert away(page, ".pin-map__handle--edge") == pytest.approx((across, down), abs=1.5)


def test_the_wedge_is_turned_and_widened_by_keys(page, on_the_map):
    for key, times in (("ArrowLeft", 2), ("Shift+ArrowRight", 3)):
        for _ in range(times):
            page.locator(".pin-map__handle--arrow").press(key)
    assert field(page, "heading") == "353"
    page.locator(".pin-map__handle--edge").press("ArrowUp")
    assert field(page, "view_angle") == "95"
    for _ in range(20):
        page.locator(".pin-map__handle--edge").press("ArrowDown")
    assert field(page, "view_angle") == "1"
    expect(page.locator(".pin-map__where")).to_contain_text("It looks north.")


def test_the_wedge_is_turned_and_widened_by_the_mouse(page, on_the_map):
    on_the_map.fills(heading="0", view_angle="60")
    drag(page, ".pin-map__handle--arrow", 60, 0)
    assert int(field(page, "heading")) == pytest.approx(90, abs=3)
    drag(page, ".pin-map__handle--edge", 60, 60)
    assert int(field(page, "view_angle")) == pytest.approx(90, abs=6)


def away(page, handle):
    """Return how far a handle is from the tip of the pin, in pixels to the right and down."""
    pin = page.locator(".pin-map__marker").bounding_box()
    box = page.locator(handle).bounding_box()
    across = box["x"] + box["width"] / 2 - pin["x"] - 17
    return across, box["y"] + box["height"] / 2 - pin["y"] - 42


def drag(page, handle, across, down):
    """Drag a handle to so many pixels from the tip of the pin."""
    page.locator("#pin-map-ground").scroll_into_view_if_needed()
    pin = page.locator(".pin-map__marker").bounding_box()
    box = page.locator(handle).bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(pin["x"] + 17 + across, pin["y"] + 42 + down, steps=6)
    page.mouse.up()


def field(page, name):
    return page.locator(f"#{name}").input_value()


def test_the_whole_form_is_filled_in_by_keyboard_alone(page, resident):
    resident.opens("/register/details")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    goes_to(page, "#premises")
    page.keyboard.press("Space")
    types(page, "#name", "Mara Field")
    goes_on(page)
    types(page, "#place", resident.address)
    goes_on(page)
    expect(page.locator("#put-the-pin[data-ready]")).to_be_visible()
    goes_to(page, ".pin-map__marker")
    page.keyboard.press("ArrowUp")
    goes_to(page, ".pin-map__handle--arrow")
    page.keyboard.press("ArrowRight")
    assert field(page, "heading") == "5"
    goes_to(page, 'button[value="continue"]')
    goes_on(page)
    types(page, "#email", resident.email)
    goes_on(page)
    goes_to(page, "#agree")
    page.keyboard.press("Space")
    page.wait_for_timeout(3_500)  # as people do who read what they agree to
    goes_to(page, 'form[action$="/register/check"] button')
    goes_on(page)
    expect(page.locator("h1")).to_have_text("One more step: check your email")


def goes_on(page):
    with page.expect_navigation():
        page.keyboard.press("Enter")


def goes_to(page, selector):
    """Press Tab until the element has the focus."""
    page.wait_for_load_state()
    wanted = f"() => document.activeElement.matches({selector!r})"
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate(wanted):
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


def types(page, selector, text):
    goes_to(page, selector)
    page.keyboard.type(text)
