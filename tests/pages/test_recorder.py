"""What a form asks of a recorder, by script and without, and what its owner is told afterwards."""

import re

import pytest

from tests.journeys.people import Resident
from tests.pages.inspection import inspect

pytestmark = pytest.mark.pages


@pytest.fixture
def plain(browser, site):
    """A browser without scripts, as somebody who has just found their camera."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    yield page
    context.close()


def a_resident(site, page, resident):
    return Resident(site.local, page, resident.email, resident.address)


def test_each_way_to_say_how_long_recordings_are_kept_is_usable(page, resident):
    resident.gives_details()
    for way in ("", "-service", "-disk", "-oldest"):
        page.locator(f"#days_from{way}").check()
        fields = page.locator(f"#days_from{way}").locator(
            "xpath=../following-sibling::*[1][contains(@class, 'recorder__fields')]"
        )
        assert fields.is_visible()
        assert page.locator(".recorder__fields:visible").count() == 1
        inspect(page)


def test_a_choice_without_its_fields_is_shown_with_what_is_missing(page, resident):
    resident.gives_details()
    resident.finds_the_camera_on_the_map()
    page.locator("#days_from-disk").check()
    resident.presses("Continue")
    page.get_by_role("link", name="Select how large the disk or memory card is").click()
    assert page.evaluate("document.activeElement.id") == "disk"
    inspect(page)


def test_an_estimate_is_shown_before_anything_is_sent(plain, site, resident):
    person = a_resident(site, plain, resident)
    person.gives_details()
    person.fills(place="64999-1001")
    person.presses("Find address")
    plain.locator("#chosen").select_option("105 Alder Avenue")
    person.presses("Use this address")
    plain.locator("#days_from-disk").check()
    plain.locator("#disk").select_option("1 TB")
    plain.locator("#disk_cameras").fill("4")
    plain.locator("#disk_resolution").select_option("1080p")
    plain.locator("#disk_recorded").select_option("all_day")
    person.presses("Continue")
    person.gives_contact()
    assert "Probably 5 to 16 days" in plain.locator("main").inner_text()


def test_an_owner_compares_the_recorders_clock_while_answering(page, site, visit):
    owner = Resident(site.local, page, site.owner.email, site.owner.place)
    assert site.request
    visit(site.answer_link)
    page.get_by_text("Compare your recorder\u2019s clock").click()
    page.locator("#clock_how-typed").check()
    inspect(page)
    owner.fills(clock_typed_time="9:07:12", clock_other_time="9:04:00")
    owner.ticks("answer", "have_footage")
    owner.presses("Continue")
    assert "Your recorder\u2019s clock will show:" in page.locator("main").inner_text()
    inspect(page)


def test_the_script_tells_how_long_ago_the_time_was_typed(page, site, visit):
    owner = Resident(site.local, page, site.owner.email, site.owner.place)
    assert site.request
    visit(f"{site.answer_link}/upload")
    page.get_by_text("Compare your recorder\u2019s clock").click()
    page.locator("#clock_how").check()
    owner.fills(clock_time="12:00:00")
    with page.expect_request(re.compile("/clock$")) as sent:
        owner.presses("Save")
    assert re.search(r"clock_age=[0-9]+(&|$)", sent.value.post_data)
