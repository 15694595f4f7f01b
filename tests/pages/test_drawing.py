import re
from itertools import pairwise

import pytest

from chalicelib import jurisdictions
from tests.journeys.people import DemoOfficer
from tests.pages.inspection import inspect

pytestmark = pytest.mark.pages

DESK = {"width": 1280, "height": 844}
PHONE = {"width": 390, "height": 844}
CASE = "26-009922"
CORNERS = ((300, 250), (560, 260), (540, 480))
LINE = re.compile(r"-?\d+\.\d{6}, -?\d+\.\d{6}")


@pytest.fixture
def origins(site):
    """Return the site and the local cloud, where the hosted sign-in is."""
    return (site.url, site.local.cloud.url)


class Drawing:
    """The map of the search page, and the field it writes."""

    def __init__(self, page, shape):
        self.page = page
        self.shape = shape
        self.map = page.locator("#map[data-ready]")
        self.map.wait_for()
        page.locator(f'input[name="shape"][value="{shape}"]').check()

    @property
    def places(self):
        """Return latitude and longitude of each line."""
        lines = self.page.locator(f"#{self.shape}").input_value().split("\n")
        return [tuple(map(float, line.split(", "))) for line in lines if LINE.fullmatch(line)]

    @property
    def said(self):
        return self.page.locator("#draw-said").inner_text()

    def clicks(self, *spots):
        for x, y in spots:
            self.map.click(position={"x": x, "y": y})
            self.page.wait_for_timeout(500)  # two clicks within that time could be one that ends

    def presses(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def drags(self, number, right, down):
        box = self.page.locator(".map-corner").nth(number).bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x + right / 2, y + down / 2)
        self.page.mouse.move(x + right, y + down)
        self.page.mouse.up()


@pytest.fixture
def drawing(page, as_officer):
    def opened(shape, size=DESK):
        page.set_viewport_size(size)
        as_officer("officer", "/officer/search")
        return Drawing(page, shape)

    return opened


def test_an_area_is_drawn_by_mouse(drawing):
    area = drawing("area")
    area.clicks(*CORNERS, CORNERS[0])
    before = area.places

    area.drags(1, 40, -30)
    after = area.places

    assert len(before) == 3
    assert after[1][0] > before[1][0]
    assert after[1][1] > before[1][1]
    assert (after[0], after[2]) == (before[0], before[2])
    assert area.said.startswith("Moved: corner 2 to ")


def test_a_finished_area_grows_no_more_until_something_is_taken_back(page, drawing):
    area = drawing("area")
    area.clicks(*CORNERS, CORNERS[0], (700, 300))
    finished = area.places

    page.get_by_role("button", name="Undo").click()
    area.clicks((700, 300))

    assert len(finished) == len(area.places) == 3
    assert area.places[:2] == finished[:2]
    assert area.places[2] != finished[2]


def test_a_double_click_ends_a_route_without_a_place_of_its_own(page, drawing):
    route = drawing("route")
    route.clicks((300, 300), (450, 320))
    route.map.dblclick(position={"x": 600, "y": 400})

    assert len(route.places) == 3
    assert route.said.startswith("Finished: 3 places, ")
    assert page.get_by_role("button", name="Finish").is_disabled()


def test_a_route_is_drawn_by_keys_alone(page, drawing):
    route = drawing("route")
    page.locator("#map").focus()
    route.presses("Enter", "ArrowRight", "Enter", "ArrowDown", "Enter", "ArrowDown", "Enter")
    four = route.places
    route.presses("Backspace", "Control+Enter", "Escape")

    steps = [(round(b[0] - a[0], 4), round(b[1] - a[1], 4)) for a, b in pairwise(four)]
    east, south = (0, steps[0][1]), (steps[1][0], 0)
    assert steps == [east, south, south]
    assert east[1] > 0 > south[0]
    assert route.places == four[:3]
    assert route.said.startswith("Finished: 3 places, ")
    assert page.evaluate("() => document.activeElement.id") == "route"


def test_keys_move_the_pin_too(page, drawing):
    circle = drawing("circle")
    page.locator("#map").focus()
    circle.presses("ArrowUp", "Enter")

    centre = jurisdictions.load("demo").map.centre
    assert page.locator("#place").input_value() == circle.said.removeprefix("Pin at ")
    assert float(circle.said.split()[2].rstrip(",")) > centre.latitude


def test_an_area_is_drawn_by_finger(browser, site):
    context = browser.new_context(viewport=PHONE, has_touch=True)
    page = context.new_page()
    DemoOfficer(site.local, page, "officer").signs_in("/officer/search")
    area = Drawing(page, "area")
    area.map.scroll_into_view_if_needed()
    for x, y in ((100, 150), (300, 150), (280, 260)):
        area.map.tap(position={"x": x, "y": y})
        page.wait_for_timeout(500)
    page.get_by_role("button", name="Finish").tap()
    said, places = area.said, area.places
    context.close()

    assert said.startswith("Finished: 3 corners, ")
    assert len(places) == 3


def test_the_field_stays_the_form(page, drawing):
    route = drawing("route")
    route.clicks((300, 300))
    drawn = page.locator("#route").input_value()
    page.locator("#route").fill(f"302 Millrace Street\n{drawn}")
    page.locator("#route_name").focus()
    assert page.get_by_text("Lines that are addresses show on the map").is_visible()

    route.clicks((500, 300))

    lines = page.locator("#route").input_value().split("\n")
    assert lines[:2] == ["302 Millrace Street", drawn]
    assert LINE.fullmatch(lines[2])


def test_only_the_fields_of_the_chosen_shape_show_and_all_keep_their_text(page, drawing):
    drawing("circle")
    page.locator("#place").fill("302 Millrace Street")
    Drawing(page, "area")

    assert page.locator("#area").is_visible()
    assert not page.locator("#place").is_visible()
    assert page.locator("#place").input_value() == "302 Millrace Street"
    inspect(page)
    Drawing(page, "route")
    page.locator(".escape summary").click()
    inspect(page)


def test_a_drawn_area_is_searched_and_shown(page, site, drawing):
    drawing("circle")
    officer = DemoOfficer(site.local, page, "officer")
    officer.fills_in_the_search(site.owner.place, CASE)
    area = Drawing(page, "area")
    page.wait_for_timeout(300)
    area.clicks((100, 200), (700, 200), (700, 640), (100, 640), (100, 200))
    drawn = area.places
    inspect(page)
    page.set_viewport_size(DESK)
    page.locator("#area_name").fill("the middle of the town")
    officer.presses("Find cameras")
    page.wait_for_url("**/officer/searches/*")
    assert officer.on_the_map == officer.listed
    inspect(page)
    page.get_by_role("link", name="Edit search").first.click()
    assert Drawing(page, "area").places == drawn


def around(place, north, east):
    latitude, longitude = map(float, place.split(", "))
    return f"{latitude + north:.6f}, {longitude + east:.6f}"


def test_an_escape_is_asked_for_with_the_fewest_homes(page, site, as_officer):
    officer = as_officer("officer", "/officer/search")
    ask_along(page, site, officer)
    inspect(page)
    page.set_viewport_size(DESK)
    page.get_by_role("link", name="Edit search").click()
    assert len(Drawing(page, "route").places) == 2
    page.go_back()
    officer.presses("Fewest homes that still cover the route")
    assert "1 home, 1 camera, " in page.locator(".fewest__found").inner_text()
    assert page.locator(".tick[name=camera]:checked").count() == 1
    assert page.locator("#chosen").inner_text().startswith("1 selected, ")
    inspect(page)
    officer.presses("Write request")
    assert "camera-minutes asked for" in page.locator(".sums").inner_text()
    inspect(page)


def ask_along(page, site, officer):
    """Fill in and send an escape past the owner's house, with or without scripts."""
    DemoOfficer.fills_in_the_search(officer, site.owner.place, CASE)
    page.locator('input[name="shape"][value="route"]').check()
    way = (around(site.owner.place, 0, -0.002), around(site.owner.place, 0, 0.002))
    officer.fills(route="\n".join(way), route_name="Millrace Street")
    if not page.locator("#slowest").is_visible():
        page.locator(".escape summary").click()
    officer.fills(slowest="3", fastest="30", ends_at_date="", ends_at_time="")
    officer.presses("Find cameras")
    page.wait_for_url("**/officer/searches/*")


def test_an_area_and_a_route_are_searched_without_scripts(browser, site):
    context = browser.new_context(java_script_enabled=False, viewport=DESK)
    page = context.new_page()
    officer = DemoOfficer(site.local, page, "officer")
    officer.signs_in("/officer/search")
    headings = page.locator(".shape__name").all_inner_texts()
    ask_along(page, site, officer)
    officer.presses("Fewest homes that still cover the route")
    ticked = page.locator(".tick[name=camera]:checked").count()
    foot = page.locator("#chosen").inner_text()
    officer.presses("Write request")
    letter = page.locator("#letter").inner_text()
    context.close()

    assert headings == ["Near a place", "Inside an area", "Along a route"]
    assert ticked == 1
    assert foot.startswith("1 selected, ")
    assert "each owner's own time" in letter
