import pytest

from tests.journeys.steps import link_in
from tests.pages.inspection import inspect
from tests.pages.test_public_pages import leads_to_its_field

pytestmark = pytest.mark.pages


def test_confirming_managing_and_leaving_are_usable(page, resident, site, visit):
    resident.gives_details()
    resident.finds_the_camera_on_the_map()
    resident.describes_the_camera()
    resident.gives_contact()
    resident.agrees()
    resident.opens_the_link("/confirm/")
    inspect(page)
    resident.presses("Yes, confirm")
    inspect(page)
    visit("/my-registration")
    resident.fills(email=resident.email)
    page.locator("main form button").first.click()
    inspect(page)
    link = link_in(resident.letter("/my/"), "/my/")
    visit(f"{link}/leave")
    inspect(page)
    resident.presses("Leave now")
    inspect(page)
    visit(link)
    inspect(page)


def test_somebody_else_says_it_was_not_them(page, resident):
    resident.gives_details()
    resident.finds_the_camera_on_the_map()
    resident.describes_the_camera()
    resident.gives_contact()
    resident.agrees()
    resident.opens_the_link("/confirm/")
    resident.presses("This was not me")
    inspect(page)


def test_an_owner_manages_a_registration(page, site, visit):
    visit(site.manage_link)
    inspect(page)
    for path in ("contact", "add-camera"):
        visit(f"{site.manage_link}/{path}")
        inspect(page)
    page.get_by_role("button", name="Save").click()
    leads_to_its_field(page)
    inspect(page)


def test_an_owner_answers(page, site, visit):
    visit(site.answer_link)
    inspect(page)
    page.get_by_role("button", name="Continue").click()
    leads_to_its_field(page)
    inspect(page)
    page.locator('input[value="nothing_there"]').check()
    page.get_by_role("button", name="Continue").click()
    inspect(page)
