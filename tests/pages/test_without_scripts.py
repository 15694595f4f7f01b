import pytest

from tests.journeys.people import Resident

pytestmark = pytest.mark.pages


@pytest.fixture
def page(browser):
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_somebody_registers_confirms_and_leaves(page, resident):
    resident.gives_details()
    resident.fills(place=resident.address)
    resident.describes_the_camera()
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
