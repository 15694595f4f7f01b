"""What businesses fill in, in a browser: for eyes, for the mouse, and for the keyboard alone."""

import pytest
from playwright.sync_api import expect

from tests.pages.inspection import inspect, leads_to_its_field

pytestmark = pytest.mark.pages
LIST = """label;latitude;longitude;heading;serial
Till;40,0000;-98,0000;90;X1
Door;40,0001;-98,0000;N;X2
till;40,0000;-98,0000;;X3
Caf\u00e9;10,0;10,0;;X4
"""


@pytest.fixture
def business(page, resident):
    """Somebody who has said on the first page that the cameras are at a business."""
    resident.opens("/register")
    page.locator("input[name=premises][value=business]").check()
    resident.fills(name="Jordan Reyes")
    resident.presses("Continue")
    return resident


def test_a_list_is_usable_right_and_wrong(page, business):
    page.get_by_role("link", name="Enter them all as a list from a spreadsheet").click()
    page.locator("summary").click()
    inspect(page)
    business.presses("Check this list")
    leads_to_its_field(page)
    inspect(page)
    file = {"name": "list.csv", "mimeType": "text/csv", "buffer": LIST.encode("windows-1252")}
    page.locator("#file").set_input_files(file)
    expect(page.locator("#list")).to_have_value(LIST)
    business.presses("Check this list again")
    inspect(page)
    expect(page.get_by_role("cell", name="That place is outside our area.")).to_be_visible()
    business.presses("Add these 2 cameras")
    assert business.title == "You have entered 2 cameras"


def test_a_workbook_is_refused_before_it_is_sent(page, business):
    business.opens("/register/list")
    file = {"name": "list.xlsx", "mimeType": "application/zip", "buffer": b"PK\x03\x04\x00"}
    page.locator("#file").set_input_files(file)
    expect(page.locator("#list-file [role=alert]")).to_contain_text("could not be read")
    expect(page.locator("#list")).to_have_value("")
    inspect(page)


def test_the_page_about_a_business_is_usable_right_and_wrong(page, business):
    business.fills(place=business.address)
    business.presses("Continue")
    business.gives_contact()
    assert business.title == "Your business"
    inspect(page)
    business.fills(closes="late", second_email="nobody")
    business.presses("Continue")
    assert page.title().startswith("Error:")
    leads_to_its_field(page)
    inspect(page)
    page.locator("input[name=authority]").first.check()
    business.fills(site_name="Corner Shop", opens="8 am", closes="6 pm", second_role="Sam")
    business.fills(second_email="sam@example.com")
    business.presses("Continue")
    assert business.title == "Check your answers before you register"
    inspect(page)


def test_an_owner_may_print_a_record_of_a_request(page, visit, site):
    visit(site.answer_link)
    page.get_by_role("link", name="Print a record for your files").click()
    inspect(page)
    page.emulate_media(media="print")
    expect(page.locator(".reg-header")).to_be_hidden()
    expect(page.get_by_text("Signature")).to_be_visible()
