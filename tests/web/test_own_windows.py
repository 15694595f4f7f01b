"""What owners and officers read of a request along a route: each owner's own window, no route."""

import re
from datetime import timedelta
from html import unescape

import pytest
from werkzeug.test import Client

from app import app
from chalicelib import clock, evidence, footage_requests, jurisdictions
from chalicelib.officers import Role
from chalicelib.web.officer_tracking import Tracking
from tests.evidence.builders import put
from tests.footage_requests.builders import an_answer_link, sent
from tests.footage_requests.escapes import LABEL, a_search_along, an_owner_along
from tests.gateway import Gateway
from tests.registrations.builders import a_link
from tests.web.test_officer_search import a_browser

# Most pages count nothing, and the metrics middleware warns about that.
pytestmark = pytest.mark.filterwarnings("ignore:No application metrics")


class Escape:
    """Two owners who were asked about different minutes of one escape."""

    def __init__(self):
        self.now = clock.now()
        self.near = an_owner_along(self.now, "near@example.com", 0, days_kept=4)
        self.far = an_owner_along(self.now, "far@example.com", 1800)
        search = a_search_along(self.now)
        self.request = sent(search, [*self.near.camera_ids, *self.far.camera_ids], self.now)
        self.windows = {
            ask.registration_id: (ask.starts_at, ask.ends_at) for ask in self.request.asks
        }

    def link(self, owner):
        return f"/answer/{an_answer_link(self.request, owner, self.now)}"

    def words(self, owner, **clock_):
        return jurisdictions.current().window_words(*self.windows[owner.id], **clock_)


@pytest.fixture
def escape(cloud):
    return Escape()


@pytest.fixture
def read():
    """What somebody without a session reads at an address, as text."""
    client = Client(Gateway(app), use_cookies=False)

    def text(path, **form):
        return unescape((client.post(path, data=form) if form else client.get(path)).text)

    return text


def test_each_owners_page_asks_about_their_own_window(escape, read):
    near, far = (read(escape.link(owner)) for owner in (escape.near, escape.far))

    assert escape.words(escape.near) != escape.words(escape.far)
    assert (escape.words(escape.near) in near, escape.words(escape.far) in near) == (True, False)
    assert (escape.words(escape.far) in far, escape.words(escape.near) in far) == (True, False)


def test_the_page_for_sending_files_names_the_same_window(escape, read):
    near = read(f"{escape.link(escape.near)}/upload")

    assert escape.words(escape.near) in near
    assert escape.words(escape.far) not in near


def test_an_owner_is_told_when_their_own_minutes_are_overwritten(escape, read):
    lost_at = escape.windows[escape.near.id][1] + timedelta(days=4)
    day = jurisdictions.current().day_words(lost_at)

    assert f"kept about 4 days. This one may be gone after {day}." in read(escape.link(escape.near))
    assert "may be gone after" not in read(escape.link(escape.far))


@pytest.mark.parametrize("name", ["near", "far"])
def test_an_owners_copy_of_their_data_names_their_own_window(escape, name):
    owner = getattr(escape, name)
    token = a_link(owner.id, "manage", escape.now)
    client = Client(Gateway(app), use_cookies=False)

    [asked] = client.get(f"/my/{token}/data.json").json["requests"]

    starts_at, ends_at = (clock.stamp(moment) for moment in escape.windows[owner.id])
    assert (asked["starts_at"], asked["ends_at"]) == (starts_at, ends_at)


def test_no_page_of_an_owner_shows_the_route(escape, read):
    link = escape.link(escape.near)
    token = a_link(escape.near.id, "manage", escape.now)
    answered = read(link, answer="nothing_there")
    pages = [read(link), read(f"{link}/upload"), answered, read(f"/my/{token}/data.json")]
    end = escape.request.incident.region.points[1]

    told = [LABEL, "half_width", "LineString", *(f"{number:.3f}" for number in end)]
    assert not [word for word in told for text in pages if word in text]


def test_whoever_checks_a_code_reads_the_hours_of_all_letters(escape, read):
    said = read("/request-check", code=escape.request.code)

    whole = jurisdictions.current().window_words(escape.request.starts_at, escape.request.ends_at)
    assert f"{whole}. Your letter names your own part of that time." in said
    assert LABEL not in said


def test_the_tracking_page_says_what_each_owner_was_asked_about(escape):
    said = unescape(a_browser(Role.OFFICER)(f"/officer/requests/{escape.request.id}").text)

    whole = jurisdictions.current().window_words(
        escape.request.starts_at, escape.request.ends_at, clock=24
    )
    assert f"<h1>{LABEL}, {whole}</h1>" in said
    asked = re.findall(r"Asked about ([^<]*)<", said)
    assert set(asked) == {escape.words(owner, clock=24) for owner in (escape.near, escape.far)}


def test_the_tracking_page_counts_days_from_each_owners_own_window(cloud, now):
    near = an_owner_along(now, "near@example.com", 0, days_kept=4)
    far = an_owner_along(now, "far@example.com", 1800, days_kept=4)
    before_midnight = now.replace(hour=5, minute=40)
    search = a_search_along(
        now, starts_at=before_midnight, ends_at=before_midnight + timedelta(minutes=34)
    )
    request = sent(search, [*near.camera_ids, *far.camera_ids], now)
    rows = tracked(request, now).rows()

    assert [row.kept.words for row in rows] == ["Nov 23, 2026, 3 days", "Nov 24, 2026, 3 days"]


def tracked(request, now):
    owned = footage_requests.cameras_of(request)
    return Tracking(request, owned, (), jurisdictions.current(), now, {})


def test_a_clerk_reads_which_minutes_a_clip_should_show(escape):
    token = escape.link(escape.near).rpartition("/")[2]
    clip = evidence.form_grant(token, now=escape.now).clip
    evidence.receive(clip.key, put(clip.id, b"video"), now=escape.now)

    said = unescape(a_browser(Role.CLERK)(f"/officer/clips/{clip.id}").text)

    assert escape.words(escape.near, clock=24) in said
    assert escape.words(escape.far, clock=24) not in said
