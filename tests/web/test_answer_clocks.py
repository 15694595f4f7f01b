"""The clock check that comes with an answer, or from the page where footage is sent."""

import re
from datetime import timedelta
from html import unescape

import pytest
from werkzeug.test import Client

from app import app
from chalicelib import audit, cameras, clock, footage_requests, jurisdictions, settings
from chalicelib.cameras.clocks import ClockCheck, ClockMethod
from chalicelib.cameras.retention import DaysFrom
from chalicelib.footage_requests import Answer
from chalicelib.officers import Role
from chalicelib.web.officer_recorders import length_words
from tests.footage_requests.builders import a_request, an_answer_link
from tests.gateway import Gateway
from tests.incidents.builders import a_camera_at, an_owner
from tests.officers.people import PAT
from tests.web.double_click import other_press
from tests.web.test_officer_desks import a_waiting_clip
from tests.web.test_officer_search import a_browser

# Most pages count nothing, and the metrics middleware warns about that.
pytestmark = pytest.mark.filterwarnings("ignore:No application metrics")

FAST = {"clock_how": "typed", "clock_typed_time": "9:07:12", "clock_other_time": "9:04:00"}


class Asked:
    """An owner with two cameras who is asked, and what their browser does."""

    def __init__(self, *details):
        self.now = clock.now()
        details = details or (a_camera_at(40, label="door"), a_camera_at(45, label="yard"))
        self.owner = an_owner(self.now, "a@example.com", *details)
        self.request = a_request(self.now, self.owner)
        self.path = f"/answer/{an_answer_link(self.request, self.owner, self.now)}"
        self.client = Client(Gateway(app), use_cookies=False)

    def read(self, path=""):
        return unescape(self.client.get(f"{self.path}{path}").text)

    def post(self, path="", **fields):
        return self.client.post(f"{self.path}{path}", data=fields)

    def offsets(self):
        owned = sorted(cameras.get(self.owner.camera_ids), key=lambda camera: camera.label or "")
        return [camera.clock and camera.clock.offset_s for camera in owned]

    def answer(self):
        return footage_requests.get(self.request.id).asks[0].answer


@pytest.fixture
def asked(cloud):
    return Asked()


def test_a_check_that_comes_with_an_answer_is_kept_for_the_asked_cameras(asked):
    sent = asked.post(answer="nothing_there", **FAST)
    assert (sent.status_code, asked.answer()) == (200, Answer.NOTHING_THERE)
    assert asked.offsets() == [192, 192]
    [entry] = [
        entry
        for entry in audit.read_chain(f"registration#{asked.owner.id}")
        if entry.event == "registration:change"
    ]
    assert sorted(entry.detail["changed"]) == sorted(
        f"clock:{camera_id}" for camera_id in asked.owner.camera_ids
    )


def test_a_double_click_on_an_answer_or_a_check_is_told_the_same(asked):
    with other_press(lambda: asked.post(answer="nothing_there", **FAST)) as pressed:
        answer = asked.post(answer="nothing_there", **FAST)
    with other_press(lambda: asked.post("/clock", **FAST)) as compared:
        check = asked.post("/clock", **FAST)

    statuses = [one.status_code for one in (*pressed, answer, *compared, check)]
    assert statuses == [200, 200, 303, 303]
    assert (asked.answer(), asked.offsets()) == (Answer.NOTHING_THERE, [192, 192])


def test_a_check_may_be_meant_for_one_camera(asked):
    [yard] = [one for one in cameras.get(asked.owner.camera_ids) if one.label == "yard"]
    asked.post(answer="cannot_help", clock_camera=yard.id, **FAST)
    assert asked.offsets() == [None, 192]


def test_no_check_is_no_matter(asked):
    assert asked.post(answer="have_footage", clock_how="skip").status_code == 303
    assert (asked.answer(), asked.offsets()) == (Answer.HAVE_FOOTAGE, [None, None])


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"clock_typed_time": "late"}, "clock_typed_time-error"),
        ({"clock_camera": "abc"}, "clock_camera-error"),
    ],
)
def test_a_wrong_check_is_shown_at_its_field_and_changes_nothing(asked, fields, named):
    sent = asked.post(answer="cannot_help", note="Sorry", **FAST | fields)
    page = sent.text
    assert (sent.status_code, f'id="{named}"' in page, "<details" in page) == (400, True, True)
    assert ("Sorry" in page, "9:04:00" in page, "<title>Error:" in page) == (True, True, True)
    assert (asked.answer(), asked.offsets()) == (None, [None, None])


def test_every_fault_of_the_page_is_named_at_once(asked):
    page = asked.post(answer="perhaps", clock_how="live").text
    assert all(f'href="#{name}"' in page for name in ("answer", "clock_time"))


def test_the_page_for_sending_files_asks_for_the_clock_too(asked):
    sent = asked.post("/clock", **FAST)
    assert (sent.status_code, sent.headers["Location"]) == (303, f"{asked.path}/upload?done=clock")
    assert asked.offsets() == [192, 192]
    assert "We have noted what your recorder shows." in asked.read("/upload?done=clock")
    shown = re.search("The recorder of (.*) will show:", asked.read("/upload"))
    assert sorted(shown[1].split("; ")) == ["door", "yard"]


def test_a_wrong_check_there_is_shown_there(asked):
    sent = asked.post("/clock", clock_how="live", clock_time="25:61")
    assert (sent.status_code, "Send your footage" in sent.text) == (400, True)
    assert ('id="clock_time-error"' in sent.text, asked.offsets()) == (True, [None, None])


def test_a_link_that_is_over_takes_no_check(asked):
    footage_requests.close(asked.request.id, PAT, now=asked.now)
    assert asked.post("/clock", **FAST).status_code == 410
    assert asked.offsets() == [None, None]


def test_the_pages_name_the_time_on_the_owners_own_recorder(cloud):
    now = clock.now()
    check = ClockCheck(3600, 0, ClockMethod.LIVE, now, 0.0)
    asked = Asked(a_camera_at(40, clock=check))
    [line] = footage_requests.clock_lines(
        cameras.get(asked.owner.camera_ids), asked.request.asks[0], jurisdictions.current()
    )
    for page in (asked.read(), asked.read("/upload")):
        assert f"Your recorder\u2019s clock will show: <strong>{line.shows[0]}</strong>" in page
        assert "15 minutes earlier" not in page


def test_the_pages_say_so_if_nobody_has_compared_the_clock(asked):
    for page in (asked.read(), asked.read("/upload")):
        assert "Please look 15 minutes earlier and 15 minutes later too." in page


def test_an_estimate_is_told_as_a_range(cloud):
    asked = Asked(a_camera_at(40, days_kept=9, days_most=18, days_from=DaysFrom.DISK))
    ends = asked.request.asks[0].ends_at
    first, last = (
        jurisdictions.current().day_words(ends + timedelta(days=days)) for days in (9, 18)
    )
    assert (
        f"recordings are kept 9 to 18 days. This one may be gone from {first} on, and surely is "
        f"by {last}."
    ) in " ".join(asked.read().split())


def test_a_programme_with_minimal_fields_neither_asks_nor_tells(cloud, monkeypatch):
    monkeypatch.setenv("JURISDICTION", "palos-park")
    settings.current.cache_clear()
    asked = Asked(a_camera_at(40))
    assert [name for name in ("clock_", "clocks are often") if name in asked.read()] == []
    assert asked.post(answer="cannot_help", **FAST).status_code == 200
    assert asked.offsets() == [None]


def test_officers_read_the_offset_beside_the_answer(cloud):
    asked = Asked(a_camera_at(40, days_kept=9, days_most=18, days_from=DaysFrom.DISK))
    asked.post(answer="cannot_help", **FAST)
    page = unescape(a_browser(Role.SUPERVISOR)(f"/officer/requests/{asked.request.id}").text)
    day = jurisdictions.current().date_words(asked.now)
    assert (
        f"recorder 3 min 12 s fast, ± 15 s; compared by the owner with another clock, {day}" in page
    )
    last = jurisdictions.current().date_words(asked.request.asks[0].ends_at + timedelta(days=18))
    assert f"Estimated from the size of the disk; surely gone by {last}" in page


def test_a_clerk_reads_the_offset_beside_a_clip_whose_own_times_stay(cloud):
    asked = Asked(a_camera_at(40))
    a_waiting_clip(asked.request)
    clerk = a_browser(Role.CLERK)
    assert "Nobody has compared it." in unescape(clerk("/officer/clips/aaaaaaaaaaaaa").text)
    asked.post(answer="have_footage", **FAST)
    page = unescape(clerk("/officer/clips/aaaaaaaaaaaaa").text)
    assert "Recorder 3 min 12 s fast, ± 15 s; compared by the owner with another clock" in page
    assert "Times in the recording are as the recorder wrote them." in page


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 s"), (-59, "59 s"), (192, "3 min 12 s"), (3718, "1 h 1 min 58 s"), (86_400, "1 d")],
)
def test_officers_read_a_length_of_time_to_the_second(seconds, words):
    assert length_words(seconds) == words
