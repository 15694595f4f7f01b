from datetime import UTC, datetime

import pytest

from chalicelib import audit, registrations, settings
from chalicelib.cameras import Premises
from chalicelib.registrations.model import Authority, Contact, Person, Site
from tests.registrations.builders import a_link, an_active_registration
from tests.web.applicant import AGREED, CAMERA, PERSON, REACH, Applicant
from tests.web.double_click import other_press

# Most pages count nothing, and the metrics middleware warns about that.
pytestmark = pytest.mark.filterwarnings("ignore:No application metrics")

TYPED = {
    "site_name": "Corner Shop",
    "authority": "employee",
    "duty_manager_email": "duty@example.com",
    "out_of_hours_phone": "785-555-0101",
    "opens": "8 AM",
    "closes": "18:30",
    "second_role": "head office",
    "second_email": "office@example.com",
    "quiet_from": "10 pm",
    "quiet_until": "0700",
}
SHOP = Site(
    "Corner Shop",
    duty_manager=Person("", "duty@example.com"),
    out_of_hours=Person("", "", "785-555-0101"),
    opens="08:00",
    closes="18:30",
    authority=Authority.EMPLOYEE,
)
MEANT = Contact(
    "Jordan Reyes",
    "jordan@example.org",
    second=Person("head office", "office@example.com"),
    site=SHOP,
    quiet_from="22:00",
    quiet_until="07:00",
)


@pytest.fixture
def today():
    return datetime.now(tz=UTC)


@pytest.fixture
def applicant(cloud):
    applicant = Applicant()
    applicant.sends("details", **(PERSON | {"premises": "business"}))
    applicant.sends("camera", **CAMERA)
    return applicant


@pytest.fixture
def owner(cloud, today):
    """A business that is registered, its link, and a browser."""
    contact = Contact("Jordan Reyes", "jordan@example.org")
    owner = an_active_registration(today, contact=contact, kind=Premises.BUSINESS)
    return owner.id, f"/my/{a_link(owner.id, 'manage', today)}/site", Applicant().browser


def registered():
    [one] = [one for one in registrations.glances() if one.state == "pending"]
    return registrations.get(one.id).contact


def test_a_business_is_asked_who_is_written_to_before_it_checks_its_answers(applicant):
    answer = applicant.sends("contact", **REACH)
    assert answer.headers["Location"] == "/register/site"
    assert applicant.opens("/register/check").headers["Location"] == "/register/site"
    assert applicant.sends("site", **TYPED).headers["Location"] == "/register/check"
    page = applicant.opens("/register/check").text
    assert "duty@example.com" in page
    assert "8:00 AM to 6:30 PM" in page


def test_what_a_business_said_is_registered(applicant):
    applicant.sends("contact", **REACH)
    applicant.sends("site", **TYPED)
    applicant.takes_their_time()
    applicant.sends("check", **AGREED)
    assert registered() == MEANT


def test_a_double_click_goes_on_as_one_click_does(applicant):
    applicant.sends("contact", **REACH)

    with other_press(lambda: applicant.sends("site", **TYPED)) as pressed:
        answer = applicant.sends("site", **TYPED)

    [other] = pressed
    assert (other.status_code, answer.status_code) == (303, 303)
    assert answer.headers["Location"] == "/register/check"


def test_a_business_may_leave_all_of_it_empty(applicant):
    applicant.sends("contact", **REACH)
    assert applicant.sends("site", site_name="").headers["Location"] == "/register/check"
    applicant.takes_their_time()
    applicant.sends("check", **AGREED)
    assert registered() == Contact("Jordan Reyes", "jordan@example.org")


def test_each_wrong_field_has_its_message_and_keeps_what_was_typed(applicant):
    page = applicant.sends("site", **(TYPED | {"closes": "late", "authority": ""}))
    assert page.status_code == 400
    assert "<title>Error:" in page.text
    for name in ("closes", "authority"):
        assert f'href="#{name}"' in page.text
        assert f'id="{name}-error"' in page.text
    assert 'value="late"' in page.text


def test_a_second_contact_that_becomes_the_first_is_asked_for_again(applicant):
    applicant.sends("contact", **REACH)
    applicant.sends("site", **TYPED)
    answer = applicant.sends("contact", email=TYPED["second_email"])
    assert answer.headers["Location"] == "/register/site"


def test_who_was_a_business_by_mistake_keeps_no_roles(applicant):
    applicant.sends("contact", **REACH)
    applicant.sends("site", **TYPED)
    applicant.sends("details", **PERSON)
    applicant.takes_their_time()
    applicant.sends("check", **AGREED)
    assert (registered().site, registered().second.role) == (None, "head office")


def test_a_home_may_name_a_second_contact_and_quiet_hours_only(cloud):
    applicant = Applicant()
    applicant.goes_through()
    assert "opens" not in applicant.opens("/register/site").text
    assert applicant.sends("site", **TYPED).status_code == 400
    others = {name: TYPED[name] for name in TYPED if name.startswith(("second", "quiet"))}
    assert applicant.sends("site", **others).headers["Location"] == "/register/check"


def test_a_programme_that_keeps_the_least_has_none_of_these_pages(cloud, monkeypatch):
    monkeypatch.setenv("JURISDICTION", "palos-park")
    settings.current.cache_clear()
    applicant = Applicant()
    for path in ("site", "list", "list.csv"):
        assert applicant.opens(f"/register/{path}").status_code == 404
    assert applicant.sends("site", **TYPED).status_code == 404


def test_without_a_draft_both_ways_lead_to_the_start(cloud):
    assert Applicant().opens("/register/site").headers["Location"] == "/register"
    assert Applicant().sends("site", **TYPED).headers["Location"] == "/register"


def test_an_owner_sees_and_changes_the_site(owner):
    registration_id, path, browser = owner
    assert browser.post(path, data=TYPED).status_code == 303
    assert registrations.get(registration_id).contact == MEANT
    page = browser.get(path).text
    assert 'value="10:00 PM"' in page
    assert 'value="duty@example.com"' in page
    browser.post(path, data=TYPED | {"duty_manager_email": "", "quiet_from": "", "quiet_until": ""})
    after = registrations.get(registration_id).contact
    assert (after.site.duty_manager, after.quiet_from) == (None, "")


def test_a_wrong_change_changes_nothing_and_a_look_changes_nothing(owner):
    registration_id, path, browser = owner
    before = registrations.get(registration_id)
    page = browser.post(path, data=TYPED | {"second_email": "jordan@example.org"})
    assert (page.status_code, 'id="second_email-error"' in page.text) == (400, True)
    browser.get(path)
    assert registrations.get(registration_id) == before


def test_the_audit_trail_names_the_change_and_nothing_of_it(owner):
    registration_id, path, browser = owner
    browser.post(path, data=TYPED)
    last = audit.read_chain(f"registration#{registration_id}")[-1]
    assert last.detail["changed"] == ["second", "site", "quiet_from", "quiet_until"]
    assert "example.com" not in str(last)
