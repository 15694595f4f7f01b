from datetime import UTC, datetime, timedelta

import pytest
from markupsafe import escape
from werkzeug.test import Client

from app import app
from chalicelib import jurisdictions, language, links, registrations
from chalicelib.aws.transaction import Transaction
from chalicelib.cameras import CameraDetails, Premises
from chalicelib.geo import Point
from chalicelib.registrations import Contact, State
from tests.gateway import Gateway
from tests.web.double_click import other_press

# Most pages count nothing, and the metrics middleware warns about that.
pytestmark = pytest.mark.filterwarnings("ignore:No application metrics")

CHANGED = {"place": "", "latitude": "40.001", "longitude": "-98.0", "kind": "dome"}


@pytest.fixture
def today():
    return datetime.now(tz=UTC)


@pytest.fixture
def pending(cloud, today):
    return registrations.submit(
        contact=Contact("Jordan Reyes", "jordan@example.org"),
        kind=Premises.HOME,
        camera_details=(CameraDetails(point=Point(40.0, -98.0)),),
        notice_version="2026-11-16",
        notice_hash="",
        language="en-US",
        invite_code="",
        source="web",
        visitor="somebody",
        now=today,
    )


@pytest.fixture
def visitor():
    return Client(Gateway(app))


@pytest.fixture
def token(pending, visitor, today):
    visitor.post(f"/confirm/{link('confirm', pending, today)}")
    return link("manage", pending, today)


def link(purpose, registration, now):
    transaction = Transaction()
    lives = timedelta(days=1)
    made = links.issue(transaction, purpose=purpose, subject=registration.id, lives=lives, now=now)
    transaction.commit()
    return made


def post(visitor, path, **data):
    return visitor.post(path, data=data)


def test_opening_the_letters_link_confirms_nothing(pending, visitor, today):
    answer = visitor.get(f"/confirm/{link('confirm', pending, today)}")

    assert answer.status_code == 200
    assert registrations.get(pending.id).state is State.PENDING


def test_pressing_the_button_confirms(pending, visitor, today):
    path = f"/confirm/{link('confirm', pending, today)}"

    assert "You are registered" in visitor.post(path).text
    assert "You are registered" in visitor.post(path).text
    assert registrations.get(pending.id).state is State.ACTIVE


def test_not_me_erases_what_was_entered(pending, visitor, today):
    token = link("confirm", pending, today)
    answer = visitor.post(f"/confirm/{token}/not-me")

    assert answer.status_code == 200
    assert registrations.get(pending.id).state is State.ERASED
    assert visitor.get(f"/confirm/{token}").status_code == 410


def test_owners_see_and_change_what_is_held(token, pending, visitor):
    assert "jordan@example.org" in visitor.get(f"/my/{token}").text
    post(visitor, f"/my/{token}/contact", name="J. Reyes", email="jordan@example.org", phone="")

    assert registrations.get(pending.id).contact == Contact("J. Reyes", "jordan@example.org")


def test_owners_change_add_and_remove_cameras(token, pending, visitor):
    camera_id = pending.camera_ids[0]
    post(visitor, f"/my/{token}/camera", camera_id=camera_id, **CHANGED)
    post(visitor, f"/my/{token}/add-camera", **CHANGED)
    post(visitor, f"/my/{token}/remove-camera", camera_id=camera_id)

    assert len(registrations.get(pending.id).camera_ids) == 1
    assert camera_id not in registrations.get(pending.id).camera_ids


def test_somebody_elses_camera_is_not_there(token, visitor):
    answer = post(visitor, f"/my/{token}/camera", camera_id="aaaaaaaaaaaaa", **CHANGED)

    assert answer.status_code == 404


def test_owners_pause_and_start_again(token, pending, visitor):
    visitor.post(f"/my/{token}/pause")
    paused = registrations.get(pending.id).state
    visitor.post(f"/my/{token}/resume")

    assert (paused, registrations.get(pending.id).state) == (State.PAUSED, State.ACTIVE)


def test_the_leave_page_asks_and_only_its_button_leaves(token, pending, visitor):
    assert visitor.get(f"/my/{token}/leave").status_code == 200
    assert registrations.get(pending.id).state is State.ACTIVE

    assert "You have left" in visitor.post(f"/my/{token}/leave").text
    assert registrations.get(pending.id).state is State.WITHDRAWN
    assert visitor.get(f"/my/{token}").status_code == 410


def test_both_presses_of_a_double_click_are_told_the_same(pending, visitor, today):
    token = link("confirm", pending, today)

    with other_press(lambda: registrations.confirm(token, now=today)) as pressed:
        answer = visitor.post(f"/confirm/{token}")

    assert (len(pressed), answer.status_code) == (1, 200)
    assert "You are registered" in answer.text
    assert registrations.get(pending.id).version == 2


def test_a_double_click_on_leaving_or_still_right_is_told_the_same(token, pending, visitor, today):
    asked = link("reconfirm", pending, today)

    with other_press(lambda: post(visitor, f"/still-right/{asked}")) as pressed:
        right = post(visitor, f"/still-right/{asked}")
    with other_press(lambda: post(visitor, f"/my/{token}/leave")) as left:
        leaving = post(visitor, f"/my/{token}/leave")

    statuses = [answer.status_code for answer in (*pressed, right, *left, leaving)]
    assert statuses == [200, 200, 200, 200]
    assert "You have left" in leaving.text
    assert registrations.get(pending.id).state is State.WITHDRAWN


def test_owners_download_everything_held_on_them(token, pending, visitor):
    answer = visitor.get(f"/my/{token}/data.json")

    assert answer.json["contact"]["email"] == "jordan@example.org"
    assert answer.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("path", ["/my/x", "/my/x/leave", "/confirm/x", "/my/x/data.json"])
def test_a_link_that_never_was_opens_nothing(cloud, visitor, path):
    assert visitor.get(path).status_code == 410


def test_an_unknown_action_is_not_there(token, visitor):
    assert visitor.post(f"/my/{token}/explode").status_code == 404
    assert visitor.get(f"/my/{token}/explode").status_code == 404


def test_still_right_is_one_tap_and_looking_changes_nothing(token, pending, visitor, today):
    path = f"/still-right/{link('reconfirm', pending, today)}"
    before = registrations.get(pending.id)

    assert "Is your entry still right?" in visitor.get(path).text
    assert registrations.get(pending.id) == before
    assert "Thank you" in visitor.post(path).text
    assert registrations.get(pending.id).confirmed_at > before.confirmed_at


def test_who_is_paused_chooses_whether_to_stay_so(token, pending, visitor, today):
    visitor.post(f"/my/{token}/pause")
    path = f"/still-right/{link('reconfirm', pending, today)}"

    assert "stay paused" in visitor.get(path).text
    post(visitor, path, stay_paused="yes")
    assert registrations.get(pending.id).state is State.PAUSED
    post(visitor, path, stay_paused="no")
    assert registrations.get(pending.id).state is State.ACTIVE


def test_the_link_of_that_question_leads_to_leaving_too(token, pending, visitor, today):
    path = f"/my/{link('reconfirm', pending, today)}/leave"

    assert "What is erased when" in visitor.get(path).text
    assert "You have left" in visitor.post(path).text
    assert registrations.get(pending.id).state is State.WITHDRAWN


def test_who_never_confirmed_can_leave_with_the_link_of_a_letter(pending, visitor, today):
    assert "You have left" in visitor.post(f"/my/{link('leave', pending, today)}/leave").text
    assert registrations.get(pending.id).state is State.WITHDRAWN


def test_a_manage_page_says_when_all_was_last_right_and_takes_it_again(token, pending, visitor):
    assert "You last told us on" in visitor.get(f"/my/{token}").text
    before = registrations.get(pending.id).confirmed_at
    assert visitor.post(f"/my/{token}/reconfirm").status_code == 303
    assert registrations.get(pending.id).confirmed_at > before


def test_who_moves_is_told_what_to_do_with_each_camera(token, pending, visitor):
    page = visitor.get(f"/my/{token}/moving").text

    assert f"/my/{token}/camera?id={pending.camera_ids[0]}" in page
    assert f"/my/{token}/leave" in page


def test_the_same_camera_again_is_shown_and_added_only_if_it_is_another(
    token, pending, visitor, today
):
    registration = registrations.get(pending.id)
    again = registrations.submit(
        contact=registration.contact,
        kind=Premises.HOME,
        camera_details=(CameraDetails(point=Point(40.0, -98.0)),),
        notice_version="",
        notice_hash="",
        language="en-US",
        invite_code="",
        source="web",
        visitor="somebody",
        now=today,
    )
    path = f"/confirm/{link('confirm', again, today)}"

    assert "It is another camera: add it" in visitor.get(path).text
    post(visitor, path, another="yes")
    assert len(registrations.get(pending.id).camera_ids) == 2


def test_who_confirms_from_an_old_list_agrees_to_the_notice_that_is_on_the_page(
    cloud, today, visitor
):
    invited = registrations.invite(
        contact=Contact("Jordan Reyes", "jordan@example.org"),
        kind=Premises.HOME,
        camera_details=(CameraDetails(point=Point(40.0, -98.0)),),
        import_id="i-1",
        entered_by="c-1",
        language="es",
        now=today,
    )
    path, browser = f"/confirm/{link('confirm', invited, today)}", {"Accept-Language": "en"}
    with language.speaking("es"):
        notice, first = jurisdictions.notice(), jurisdictions.current().texts.notice[0]

    page = visitor.get(path, headers=browser).text
    visitor.post(path, headers=browser)

    assert str(escape(first.text)) in page
    assert registrations.get(invited.id).notice_hash == notice.sha256


def test_an_owners_page_speaks_the_owners_language_unless_another_was_chosen(
    token, pending, visitor
):
    from chalicelib.aws.tables import RegistrationItem  # noqa: PLC0415 - only here

    item = RegistrationItem.get(pending.id)
    item.update(actions=[RegistrationItem.language.set("es")])

    def spoken(address, **more):
        return visitor.get(address, **more).text.split('lang="')[1].split('"')[0]

    offered = {"Accept-Language": "en"}
    assert spoken(f"/my/{token}", headers=offered).startswith("es")
    assert spoken(f"/my/{token}?language=en-US", headers=offered).startswith("en")
