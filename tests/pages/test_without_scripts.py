import pytest

from tests.journeys.people import Resident
from tests.pages.inspection import NARROW, sideways

pytestmark = pytest.mark.pages


@pytest.fixture
def page(browser):
    small = {"width": NARROW, "height": 640}
    context = browser.new_context(java_script_enabled=False, viewport=small)
    yield context.new_page()
    context.close()


def test_somebody_with_two_cameras_registers_confirms_and_leaves(page, resident):
    resident.gives_details()
    resident.fills(place="64999-1001")
    resident.presses("Find address")
    page.locator("#chosen").select_option("105 Alder Avenue")
    resident.presses("Use this address")
    resident.presses("Save and add another camera")
    assert sideways(page) == 0
    resident.fills(place=resident.address)
    resident.describes_the_camera()
    assert (resident.title, sideways(page)) == ("You have entered 2 cameras", 0)
    page.get_by_role("button", name="Continue").click()
    resident.gives_contact()
    assert sideways(page) == 0
    resident.agrees()
    assert resident.title == "One more step: check your email"
    resident.opens_the_link("/confirm/")
    resident.presses("Yes, confirm")
    resident.opens("/my-registration")
    resident.fills(email=resident.email)
    page.locator("main form button").first.click()
    assert resident.letter("/my/")


def test_an_owner_answers(page, site):
    owner = Resident(site.local, page, site.owner.email, site.owner.place)
    assert site.request
    owner.answers("nothing_there")
    assert "Thank" in owner.title
    owner.answers("have_footage")
    assert owner.title == "Send your footage"
