import re
from datetime import UTC, datetime

import pytest

from chalicelib import cameras, registrations
from chalicelib.cameras import Premises
from chalicelib.cameras.lists import read
from chalicelib.registrations import Contact
from tests.registrations.builders import a_camera, a_link, an_active_registration
from tests.web.applicant import AGREED, CAMERA, PERSON, REACH, Applicant

# Most pages count nothing, and the metrics middleware warns about that.
pytestmark = pytest.mark.filterwarnings("ignore:No application metrics")

HEADING = "label,latitude,longitude,heading,days_kept"
MOST = 500


def rows(count, first=0):
    """Lines of cameras two metres from each other, in rows of fifty."""
    return [
        f"Camera {n},{40 + n % 50 * 0.00002:.5f},{-98 + n // 50 * 0.00002:.5f},{n % 360},14"
        for n in range(first, first + count)
    ]


def a_list(*lines):
    return "\r\n".join([HEADING, *lines])


@pytest.fixture
def today():
    return datetime.now(tz=UTC)


@pytest.fixture
def applicant(cloud):
    applicant = Applicant()
    applicant.sends("details", **(PERSON | {"premises": "business"}))
    return applicant


@pytest.fixture
def owner(cloud, today):
    """A business with one camera, its link, and a browser."""
    contact = Contact("Jordan Reyes", "jordan@example.org")
    camera = a_camera(label="Gate", heading=None, premises=Premises.BUSINESS)
    owner = an_active_registration(today, contact=contact, kind=Premises.BUSINESS, camera=camera)
    return owner.id, f"/my/{a_link(owner.id, 'manage', today)}/list", Applicant().browser


def said(page):
    """The numbers the page's button would send back."""
    return dict(re.findall(r'name="(good|new|there)" value="(\d+)"', page.text))


def added(applicant, text, action="add"):
    """Check a list, then press the button of the page that shows it."""
    page = applicant.sends("list", list=text, action="check")
    return applicant.sends("list", list=text, action=action, **said(page))


def test_a_list_is_shown_first_and_nothing_of_it_is_kept(applicant):
    page = applicant.sends("list", list=a_list(*rows(3)), action="check")
    assert page.status_code == 200
    assert "Add these 3 cameras" in page.text
    assert "40.00004, -98.00000" in page.text
    assert applicant.opens("/register/cameras").headers["Location"] == "/register/camera"


def test_each_bad_line_is_named_and_left_out(applicant):
    text = a_list(*rows(2), "Far,10,10,,", "Odd,40,-98,sideways,")
    page = applicant.sends("list", list=text, action="check")
    found = re.findall(
        r'header">(\d+)</th>.*?<code>(\w+)</code></td>.*?cell">(.*?)</td>', page.text
    )
    assert found == [
        ("4", "latitude", "That place is outside our area."),
        ("5", "heading", "Enter a whole number from 0 to 360"),
    ]
    assert added(applicant, text).headers["Location"] == "/register/cameras"
    assert "You have entered 2 cameras" in applicant.opens("/register/cameras").text


def test_at_most_fifty_bad_lines_are_named_and_the_rest_counted(applicant):
    page = applicant.sends("list", list=a_list(*(["Far,10,10,,"] * 61), *rows(1)), action="check")
    assert page.text.count("outside our area") == 50
    assert "There are 11 more such lines." in page.text


def test_five_hundred_lines_go_through_a_draft_into_a_registration(applicant):
    assert added(applicant, a_list(*rows(MOST))).headers["Location"] == "/register/cameras"
    applicant.sends("contact", **REACH)
    applicant.sends("site", site_name="")
    applicant.takes_their_time()
    assert applicant.sends("check", **AGREED).headers["Location"] == "/register/done"
    [one] = registrations.glances()
    kept = cameras.get(one.camera_ids)
    assert [camera.label for camera in kept] == [f"Camera {n}" for n in range(MOST)]
    assert {camera.days_kept for camera in kept} == {14}


def test_one_camera_more_than_a_registration_can_have_is_refused(applicant):
    page = applicant.sends("list", list=a_list(*rows(MOST + 1)), action="check")
    assert page.status_code == 400
    assert "One registration can have at most 500 cameras" in page.text
    assert "Add these" not in page.text
    assert added(applicant, a_list(*rows(MOST + 1))).status_code == 400


def test_the_longest_lines_still_fit_into_the_form(applicant):
    long = "\N{LATIN SMALL LETTER E WITH ACUTE}" * 150
    text = a_list(*(f"{long}{line}" for line in rows(MOST)))
    assert "Add these 500 cameras" in applicant.sends("list", list=text, action="check").text
    assert applicant.sends("list", list="x" * 600_000, action="check").status_code == 413
    assert applicant.sends("list", list="x" * 200_000, action="check").status_code == 400


def test_other_forms_take_no_more_than_before(applicant):
    assert applicant.sends("camera", place="x" * 70_000).status_code == 413


def test_what_may_be_repeated_is_marked_and_added_only_on_purpose(applicant):
    applicant.sends("camera", **(CAMERA | {"label": "Gate"}))
    text = a_list("gate,40.0,-98.0,,", *rows(1, first=5), *rows(1, first=5))
    page = applicant.sends("list", list=text, action="check")
    assert said(page) == {"good": "3", "new": "1", "there": "1"}
    assert "Like a camera you have" in page.text
    assert "Like line 3" in page.text
    added(applicant, text)
    assert "You have entered 2 cameras" in applicant.opens("/register/cameras").text
    added(applicant, text, action="add_all")
    assert "You have entered 5 cameras" in applicant.opens("/register/cameras").text


def test_a_list_that_changed_since_it_was_shown_is_shown_again(applicant):
    page = applicant.sends("list", list=a_list(*rows(3)), action="check")
    answer = applicant.sends("list", list=a_list(*rows(2)), action="add", **said(page))
    assert (answer.status_code, "Add these 2 cameras" in answer.text) == (200, True)
    answer = applicant.sends("list", list=a_list(*rows(3)), action="add")
    assert answer.status_code == 200


def test_pressing_the_button_twice_adds_once(owner):
    registration_id, path, browser = owner
    text = a_list(*rows(3))
    numbers = said(browser.post(path, data={"list": text, "action": "check"}))
    for _ in range(2):
        browser.post(path, data={"list": text, "action": "add_all", **numbers})
    assert len(registrations.get(registration_id).camera_ids) == 4


def test_a_business_adds_a_list_to_a_live_registration(owner):
    registration_id, path, browser = owner
    text = a_list(*rows(70))
    numbers = said(browser.post(path, data={"list": text, "action": "check"}))
    answer = browser.post(path, data={"list": text, "action": "add", **numbers})
    assert answer.status_code == 303
    kept = cameras.get(registrations.get(registration_id).camera_ids)
    assert len(kept) == 71
    assert all(camera.visible for camera in kept)
    assert {camera.premises for camera in kept} == {Premises.BUSINESS}


def test_a_home_has_no_lists(cloud, today):
    applicant = Applicant()
    applicant.goes_through()
    assert applicant.opens("/register/list").status_code == 404
    assert applicant.sends("list", list=a_list(*rows(1)), action="check").status_code == 404
    home = an_active_registration(today)
    path = f"/my/{a_link(home.id, 'manage', today)}/list"
    assert applicant.browser.get(path).status_code == 404


@pytest.mark.parametrize("text", ["", "nothing,here", "label\nTill", 'label,address\n"a'])
def test_what_is_no_list_is_refused_beside_the_box(applicant, text):
    page = applicant.sends("list", list=text, action="check")
    assert page.status_code == 400
    assert 'id="list-error"' in page.text
    assert 'href="#list"' in page.text


def test_formulas_and_markup_are_text_like_any_other(applicant):
    nasty = '=HYPERLINK("x")<script>alert(1)</script>'
    page = applicant.sends(
        "list", list=a_list('"' + nasty.replace('"', '""') + '",40,-98,,'), action="check"
    )
    assert "Add this camera" in page.text
    assert "<script>alert" not in page.text


def test_the_empty_list_names_the_columns_and_can_be_read_again(applicant):
    answer = applicant.opens("/register/list.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.text == (
        "\ufefflabel,address,latitude,longitude,kind,heading,view_angle,days_kept\r\n"
    )
    found = read(answer.text, locate=None, covers=None)
    assert found.wrong[0].sentence == "There is no camera below the first line"


def test_lists_are_not_taken_all_day(applicant):
    answers = {applicant.sends("list", list="", action="check").status_code for _ in range(61)}
    assert answers == {400, 429}
