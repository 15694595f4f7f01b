import pytest

from tests.journeys.people import DemoOfficer
from tests.pages.inspection import inspect
from tests.pages.test_public_pages import leads_to_its_field

pytestmark = pytest.mark.pages

CASE = "26-009911"
DESK = {"width": 1280, "height": 844}


@pytest.fixture
def origins(site):
    """Return the site and the local cloud, where the hosted sign-in is."""
    return (site.url, site.local.cloud.url)


def test_searching_and_asking_are_usable_right_and_wrong(page, site):
    officer = DemoOfficer(site.local, page, "officer")
    officer.signs_in("/officer/search")
    inspect(page)
    page.get_by_role("button", name="Find cameras").click()
    leads_to_its_field(page)
    inspect(page)
    page.set_viewport_size(DESK)
    officer.searches(site.owner.place, CASE)
    assert officer.on_the_map == officer.listed
    inspect(page)
    page.set_viewport_size(DESK)
    officer.presses("Write request")
    inspect(page)
    page.set_viewport_size(DESK)
    page.locator(".tick[name=camera]").first.check()
    officer.presses("Write request")
    inspect(page)
    officer.presses("Send to 1")
    leads_to_its_field(page)
    inspect(page)


def test_a_search_where_nobody_is_registered_is_usable(page, site):
    officer = DemoOfficer(site.local, page, "officer")
    officer.signs_in("/officer/search")
    officer.searches("40.0040, -97.9843", CASE)
    assert officer.listed == []
    inspect(page)


def test_tracking_a_request_is_usable(page, site, as_officer):
    assert site.clip
    officer = as_officer("officer", "/officer/requests")
    inspect(page)
    page.goto(site.request_page)
    inspect(page)
    officer.opens("/officer/audit")  # not for officers: the page that says so
    inspect(page)


def test_deciding_about_a_clip_is_usable_right_and_wrong(page, site, as_officer):
    clip = site.clip
    clerk = as_officer("clerk", "/officer/clips")
    inspect(page)
    clerk.opens(f"/officer/clips/{clip}")
    inspect(page)
    clerk.presses("Decline")
    leads_to_its_field(page)
    inspect(page)


def test_the_audit_log_is_usable_right_and_wrong(page, as_officer):
    auditor = as_officer("auditor", "/officer/audit")
    inspect(page)
    auditor.opens("/officer/audit?day=nonsense")
    leads_to_its_field(page)
    inspect(page)


def test_the_list_of_people_is_usable(page, as_officer):
    as_officer("supervisor", "/officer/people")
    inspect(page)
