"""Several cameras on one form: adding, changing, removing, and a hundred of them."""

import pytest

from chalicelib import jurisdictions
from chalicelib.aws.tables import CameraItem, RegistrationItem, SessionItem
from tests.web.applicant import AGREED, CAMERA, PERSON, REACH, Applicant, drafts, keys_in

pytestmark = pytest.mark.filterwarnings("ignore:No application metrics")


@pytest.fixture
def applicant(cloud):
    return Applicant()


@pytest.fixture
def with_two(applicant):
    """Somebody with a camera at the door and one at the garage, before the last step."""
    applicant.goes_through(label="Front door")
    applicant.sends("camera", **{**CAMERA, "label": "Garage"})
    return applicant


def labels():
    return sorted(item.label for item in CameraItem.scan())


def test_each_camera_has_a_card_with_change_and_remove(with_two):
    page = with_two.opens("/register/check").text

    assert "Camera 1: Front door" in page
    assert "Camera 2: Garage" in page
    assert page.count('action="/register/remove"') == 2
    assert page.count('href="/register/camera?camera=') == 2
    assert "Add another camera" in page


def test_all_cameras_are_registered_together(with_two):
    with_two.takes_their_time()
    with_two.sends("check", **AGREED)

    assert labels() == ["Front door", "Garage"]
    (registration,) = [item for item in RegistrationItem.scan() if item.state]
    assert len(registration.camera_ids) == 2


def test_a_camera_is_changed_in_its_place(with_two):
    first, second = keys_in(with_two.opens("/register/check"))
    form = with_two.opens(f"/register/camera?camera={first}").text
    assert 'value="Front door"' in form
    with_two.sends("camera", **{**CAMERA, "label": "Back door", "camera_id": first})

    page = with_two.opens("/register/check")
    assert keys_in(page) == [first, second]
    assert "Camera 1: Back door" in page.text


def test_a_camera_is_removed_and_the_other_stays(with_two):
    first, second = keys_in(with_two.opens("/register/check"))

    assert with_two.sends("remove", camera_id=first).location == "/register/check"
    assert keys_in(with_two.opens("/register/check")) == [second]
    assert with_two.sends("remove", camera_id=first).location == "/register/check"
    assert with_two.sends("remove", camera_id=second).location == "/register/camera"


def test_a_page_that_is_sent_twice_adds_one_camera(applicant):
    applicant.sends("details", **PERSON)
    (key,) = keys_in(applicant.opens("/register/camera"))
    for _ in range(2):
        applicant.sends("camera", **CAMERA, camera_id=key)
    applicant.sends("contact", **REACH)

    assert keys_in(applicant.opens("/register/check")) == [key]


def test_the_next_camera_begins_at_the_place_of_the_last(applicant):
    applicant.sends("details", **PERSON)
    sent = applicant.sends(
        "camera", **CAMERA, kind="dome", label="Yard", heading="90", action="another"
    )
    form = applicant.opens(sent.location).text

    assert sent.location == "/register/camera"
    assert 'value="206 Millrace Street"' in form
    assert 'value="dome" checked' in form
    assert 'value="Yard"' not in form
    assert 'value="90"' not in form


def test_a_camera_that_was_only_looked_up_is_finished_before_the_form_is_sent(with_two):
    place = {**CAMERA, "label": "Shed"}
    with_two.sends("camera", **place, action="find")
    page = with_two.opens("/register/cameras")
    third = keys_in(page)[2]

    assert "Not finished" in page.text
    assert with_two.opens("/register/check").location == f"/register/camera?camera={third}"
    with_two.sends("camera", **place, camera_id=third)
    assert len(keys_in(with_two.opens("/register/check"))) == 3


def test_a_hundred_cameras_fit_and_no_more(applicant):
    most = jurisdictions.current().limits.cameras_per_form
    applicant.goes_through(label="Camera 0")
    for number in range(1, most):
        applicant.sends("camera", **{**CAMERA, "label": f"Camera {number} of the long gallery"})

    assert applicant.opens("/register/camera").location == "/register/cameras"
    assert applicant.sends("camera", **CAMERA).location == "/register/cameras"
    page = applicant.opens("/register/check")
    assert len(keys_in(page)) == most
    applicant.takes_their_time()
    assert applicant.sends("check", **AGREED).location == "/register/done"
    assert len(labels()) == most


def test_two_tabs_lose_no_camera(with_two):
    tab = keys_in(with_two.opens("/register/camera"))
    other_tab = keys_in(with_two.opens("/register/camera"))
    with_two.sends("camera", **{**CAMERA, "label": "Shed"}, camera_id=tab[0])
    with_two.sends("camera", **{**CAMERA, "label": "Gate"}, camera_id=other_tab[0])

    page = with_two.opens("/register/check").text
    assert [name for name in ("Front door", "Garage", "Shed", "Gate") if name not in page] == []


def test_a_draft_of_many_cameras_is_sealed_in_pieces(applicant):
    applicant.goes_through()
    for number in range(12):
        long = "".join(chr(0x4E00 + (number * 997 + at * 31) % 20000) for at in range(200))
        applicant.sends("camera", **{**CAMERA, "label": long})

    (item,) = drafts()
    assert len(item.sealed) > 4096
    assert len(keys_in(applicant.opens("/register/check"))) == 13
    assert [one.kind for one in SessionItem.scan()] == ["draft"]
