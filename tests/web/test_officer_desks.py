import re

import pytest

from chalicelib import audit, clock, officers
from chalicelib.aws.transaction import Transaction
from chalicelib.evidence import store as clips
from chalicelib.evidence.model import Clip, ClipState, Scan
from chalicelib.officers import Role
from tests.web.people import CSRF, a_session
from tests.web.story import Story
from tests.web.test_officer_search import COOKIE, a_browser

SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def a_waiting_clip(request, **changed):
    now = clock.now()
    fields = {
        **dict.fromkeys(Clip.__dataclass_fields__),
        "id": "aaaaaaaaaaaaa",
        "request_id": request.id,
        "registration_id": request.asks[0].registration_id,
        "version": 1,
        "state": ClipState.ARRIVED,
        "created_at": now,
        "arrived_at": now,
        "file_name": "front <door>.mp4",
        "declared_type": "video/mp4",
        "parts": {},
        "object_version": "v1",
        "size": 640_123_456,
        "sha256": SHA256,
        "sniffed_type": "MP4 video",
        "scan": Scan.NOT_SCANNED,
    }
    clip = Clip(**{**fields, **changed})
    transaction = Transaction()
    clips.put_new(transaction, clip)
    transaction.commit()
    return clip


@pytest.fixture
def story(cloud):
    return Story()


def test_the_queue_names_the_file_and_the_case(story):
    a_waiting_clip(story.request)

    page = a_browser(Role.CLERK)("/officer/clips").text

    assert "front &lt;door&gt;.mp4" in page
    assert "2026-1187" in page
    assert "640 MB" in page


def test_a_clip_shows_its_fingerprint_and_that_nobody_scanned_it(story):
    a_waiting_clip(story.request)

    page = a_browser(Role.CLERK)("/officer/clips/aaaaaaaaaaaaa").text

    assert SHA256 in page
    assert "Not scanned" in page


def test_an_accepted_clip_is_no_longer_up_for_a_decision(story):
    a_waiting_clip(story.request)
    clerk = a_browser(Role.CLERK)

    page = clerk(clerk("/officer/clips/aaaaaaaaaaaaa/accept", yes="yes").location).text

    assert "Accepted. It is kept with the case." in page
    assert 'action="/officer/clips/aaaaaaaaaaaaa/decline"' not in page


def test_declining_needs_a_reason(story):
    a_waiting_clip(story.request)
    clerk = a_browser(Role.CLERK)

    without = clerk("/officer/clips/aaaaaaaaaaaaa/decline", reason="")
    given = clerk("/officer/clips/aaaaaaaaaaaaa/decline", reason="Outside the window")

    assert (without.status_code, given.status_code) == (400, 303)
    assert "Outside the window" in clerk(given.location).text


def test_a_damaged_clip_can_be_declined_only(story):
    a_waiting_clip(story.request, state=ClipState.INTEGRITY_FAILED)

    page = a_browser(Role.CLERK)("/officer/clips/aaaaaaaaaaaaa").text

    assert re.findall(r'action="/officer/clips/\w+/(\w+)"', page) == ["download", "decline"]
    assert "What arrived is not what was sent" in page


def test_a_download_is_recorded_and_leads_to_storage(story):
    a_waiting_clip(story.request)

    answer = a_browser(Role.CLERK)("/officer/clips/aaaaaaaaaaaaa/download", yes="yes")

    assert answer.status_code == 303
    assert answer.location.startswith("https://clips.s3")
    assert [entry.event for entry in audit.read_chain("clip#aaaaaaaaaaaaa")] == ["clip:download"]


def test_an_officer_may_not_open_clips(story):
    assert a_browser(Role.OFFICER)("/officer/clips").status_code == 403


def test_the_auditor_reads_a_day_and_that_is_recorded(story):
    auditor = a_browser(Role.AUDITOR)

    page = auditor("/officer/audit?event=request:send").text

    [view] = audit.read_day(clock.now().date(), event="audit:view")
    assert view.detail["filters"]["event"] == "request:send"
    assert f"request#{story.request.id}" in page
    assert f"search#{story.search.id}" not in page


def test_the_chains_of_a_page_can_be_checked(story):
    page = a_browser(Role.AUDITOR)("/officer/audit?check=yes").text

    assert "nothing altered or missing" in page


def test_one_chain_is_shown_whole_and_checked(story):
    page = a_browser(Role.AUDITOR)(f"/officer/audit?chain=request%23{story.request.id}").text

    assert "1 chain checked" in page
    assert "request:send" in page


def test_a_day_that_cannot_be_read_is_said_and_not_recorded(story):
    answer = a_browser(Role.AUDITOR)("/officer/audit?day=someday")

    assert answer.status_code == 400
    assert audit.read_day(clock.now().date(), event="audit:view") == ()


def test_a_supervisor_locks_somebody_out_at_once(cloud):
    a_session(Role.OFFICER, cookie="birch", officer_id="o-99")
    supervisor = a_browser(Role.SUPERVISOR)

    page = supervisor(supervisor("/officer/people/o-99/revoke", yes="yes").location).text

    assert officers.session_of("birch", now=clock.now()) is None
    assert 'action="/officer/people/o-99/reinstate"' in page


def test_the_form_of_another_site_locks_nobody_out(cloud):
    a_session(Role.OFFICER, cookie="birch", officer_id="o-99")
    supervisor = a_browser(Role.SUPERVISOR)

    answer = supervisor("/officer/people/o-99/revoke", csrf=CSRF[::-1])

    assert answer.status_code == 403
    assert officers.session_of("birch", now=clock.now()) is not None


def test_the_notice_comes_before_signing_in(cloud):
    page = a_browser()("/officer/sign-in?return=/officer/clips").text

    assert "restricted system" in page
    assert 'name="return" value="/officer/clips"' in page


def test_continuing_goes_to_the_pool_with_a_cookie_of_its_own(cloud):
    answer = a_browser()("/officer/sign-in", **{"return": "/officer/clips"})

    cookie = answer.headers["Set-Cookie"]
    assert answer.location.startswith("https://sign-in.example/")
    assert cookie.startswith("__Host-sign-in=")
    assert cookie.endswith("; Path=/; Secure; HttpOnly; SameSite=Lax")


def test_a_callback_nobody_began_asks_to_sign_in(cloud):
    assert a_browser()("/officer/signed-in?code=a&state=b").status_code == 401


def test_signing_out_ends_the_session_and_drops_the_cookie(cloud):
    answer = a_browser(Role.OFFICER)("/officer/sign-out", yes="yes")

    assert answer.status_code == 303
    assert answer.headers["Set-Cookie"].startswith("__Host-officer=; Max-Age=0;")
    assert officers.session_of(COOKIE, now=clock.now()) is None


@pytest.mark.parametrize(
    ("role", "path"),
    [
        (Role.OFFICER, "/officer/search"),
        (Role.CLERK, "/officer/clips"),
        (Role.COORDINATOR, "/officer/register"),
        (Role.AUDITOR, "/officer/audit"),
    ],
)
def test_each_role_starts_at_its_own_work(cloud, role, path):
    assert a_browser(role)("/officer").location == path
