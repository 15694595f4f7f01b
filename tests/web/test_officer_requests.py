import re
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest

from chalicelib import audit, clock, jurisdictions
from chalicelib.evidence.model import Clip, ClipState, Scan
from chalicelib.footage_requests import Answer, Ask, AskState
from chalicelib.officers import Role
from chalicelib.web.officer_tracking import Box, Standing, Tracking, standing_of
from tests.registrations.builders import an_active_registration
from tests.web.story import Story
from tests.web.test_officer_search import a_browser, a_camera, a_contact, a_form, an_escape, rows_of

WORDS = {"what_happened": "A shop was broken into", "looking_for": "A person on foot"}


@pytest.fixture
def officer(cloud):
    an_active_registration(clock.now())
    return a_browser(Role.OFFICER)


def a_search(officer):
    path = officer("/officer/searches", **a_form()).location
    return path, rows_of(officer(path).text)


def in_three_days():
    return jurisdictions.current().date_text(clock.now() + timedelta(days=3))


def a_request(officer, **changed):
    path, cameras = a_search(officer)
    fields = {"search_id": path.rsplit("/", 1)[1], "camera": cameras, **WORDS}
    return officer("/officer/requests", **{**fields, "reply_by": in_three_days(), **changed})


def test_choosing_cameras_leads_to_the_letter(officer):
    path, cameras = a_search(officer)

    page = officer(f"{path}/request", camera=cameras).text

    assert rows_of(page) == cameras
    assert "Send to 1 camera owner" in page


def sums_of(page):
    found = re.findall(r"<dt>([^<]*)</dt><dd>([\d,]+)</dd>", page)
    return {words: int(number.replace(",", "")) for words, number in found}


def test_what_is_asked_for_is_counted_before_anything_is_written(officer):
    an_active_registration(clock.now(), contact=a_contact(2))
    path, cameras = a_search(officer)

    page = officer(f"{path}/request", camera=cameras).text

    assert sums_of(page) == {"cameras": 2, "camera owners": 2, "camera-minutes asked for": 120}


def test_each_camera_of_an_escape_is_listed_with_its_own_time(officer):
    path = officer("/officer/searches", **an_escape()).location
    page = officer(path).text
    minutes = int(re.search(r'data-minutes="(\d+)"', page)[1])
    own_time = re.search(r'class="hit__time whole">([^<]*)<', page)[1]

    written = officer(f"{path}/request", camera=rows_of(page)).text

    assert own_time in written
    assert sums_of(written)["camera-minutes asked for"] == minutes


def test_a_camera_of_uncertain_place_may_be_asked_too(officer):
    vague = an_active_registration(
        clock.now(), camera=a_camera(accuracy_m=900), contact=a_contact(2)
    )
    path, _ = a_search(officer)

    page = officer(f"{path}/request", camera=list(vague.camera_ids)).text

    assert rows_of(page) == list(vague.camera_ids)


def test_choosing_no_camera_shows_the_list_again(officer):
    path, cameras = a_search(officer)

    answer = officer(f"{path}/request", other="x")

    assert answer.status_code == 400
    assert "Choose at least one camera" in answer.text
    assert rows_of(answer.text) == cameras


def test_the_letter_beside_the_form_is_the_owners_letter(officer):
    path, cameras = a_search(officer)

    page = unescape(officer(f"{path}/request", camera=cameras, **WORDS).text)

    body = re.search(r'data-part="body">(.*?)</div>', page, re.DOTALL)[1]
    assert "A shop was broken into" in body
    assert "A person on foot" in body
    assert "anary" not in page


def test_the_live_preview_answers_with_subject_and_body(officer):
    path, _ = a_search(officer)

    content = officer(f"{path}/preview", **WORDS).json

    assert set(content) == {"subject", "body"}
    assert "A shop was broken into" in content["body"]


def test_sending_leads_to_the_page_that_follows_it(officer):
    sent = a_request(officer)

    page = officer(sent.location).text

    assert sent.status_code == 303
    assert "Sent. Each owner gets one letter" in page
    assert "No answer yet" in page
    assert "anary" not in page


def test_a_letter_that_cannot_be_sent_comes_back_as_written(officer):
    answer = a_request(officer, what_happened="", reply_by="some day")

    assert answer.status_code == 400
    assert ">A person on foot</textarea>" in answer.text
    assert 'value="some day"' in answer.text


def test_one_reminder_is_offered_and_then_no_more(officer):
    path = a_request(officer).location.partition("?")[0]
    before = officer(path).text

    officer(f"{path}/remind", again="no")

    assert "Send reminder to 1" in before
    assert "Send reminder" not in officer(path).text


def test_a_closed_request_says_so_and_moves_down_the_list(officer):
    path = a_request(officer).location.partition("?")[0]

    officer(f"{path}/close", yes="yes")

    assert "This request is closed" in officer(path).text
    assert "No request is open." in officer("/officer/requests").text


def an_ask(state=AskState.MAILED, answer=None, owner="owner"):
    asked = ("request", owner, ("camera",), clock.now(), clock.now())
    return Ask(*asked, state, answer, None, "", reminded=False, version=1)


def a_clip(state, owner="owner"):
    blank = dict.fromkeys(Clip.__dataclass_fields__)
    fields = {"id": "clip", "registration_id": owner, "state": state, "scan": Scan.NOT_SCANNED}
    return Clip(**{**blank, **fields})


@pytest.mark.parametrize(
    ("ask", "clips", "standing"),
    [
        (an_ask(), [], Standing.WAITING),
        (an_ask(AskState.QUEUED), [], Standing.WAITING),
        (an_ask(AskState.BOUNCED), [], Standing.BOUNCED),
        (an_ask(AskState.BOUNCED, Answer.NOTHING_THERE), [], Standing.NOTHING),
        (an_ask(AskState.ENDED), [], Standing.LEFT),
        (an_ask(answer=Answer.HAVE_FOOTAGE), [], Standing.WILL_SHARE),
        (an_ask(answer=Answer.HAVE_FOOTAGE), [ClipState.UPLOADING], Standing.SENDING),
        (an_ask(answer=Answer.CANNOT_HELP), [], Standing.CANNOT),
        (an_ask(answer=Answer.DO_NOT_ASK_AGAIN), [], Standing.CANNOT),
        (an_ask(AskState.ENDED), [ClipState.ACCEPTED], Standing.SENT),
    ],
)
def test_each_ask_stands_in_one_place(ask, clips, standing):
    assert standing_of(ask, [a_clip(state) for state in clips]) is standing


def test_the_counts_of_a_request_add_up(cloud):
    asks = (an_ask(owner="a"), an_ask(AskState.BOUNCED, owner="b"))
    request = replace(Story().request, asks=asks)

    boxes = Tracking(request, {}, (), jurisdictions.current(), clock.now(), {}).boxes()

    assert boxes == (
        Box("Owners asked", 2, care=False),
        Box("Footage sent", 0, care=False),
        Box("Will share", 0, care=False),
        Box("Nothing seen", 0, care=False),
        Box("No answer yet", 1, care=False),
        Box("Could not reach", 1, care=True),
        Box("Cannot help", 0, care=False),
    )


def test_looking_at_a_request_is_recorded(officer):
    officer(a_request(officer).location)

    events = [entry.event for entry in audit.read_day(clock.now().date())]
    assert events[-1] == "request:view"
