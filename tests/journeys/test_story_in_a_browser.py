"""From a registration to an accepted clip and out again, in Chromium on the demo's stack."""

import hashlib
import random
import time
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from tests.journeys.people import SLOW_MS, Auditor, Clerk, DemoOfficer, Line, Resident
from tests.journeys.steps import eventually, rows

pytestmark = pytest.mark.pages

ADDRESS = "206 Millrace Street"
CASE = "26-007301"
FILE = "front-door.mp4"
SIZE = 40 * 1024 * 1024
PARTS = [1, 2, 3]
CASE_EVENTS = {"search:run", "request:send", "ask:answer", "clip:open_slot", "clip:download"}
CLIP_EVENTS = {
    "clip:open_slot",
    "clip:complete",
    "clip:receive",
    "clip:accept",
    "clip:download",
}


@dataclass
class Story:
    """Who takes part, and the file it is about."""

    resident: Resident
    officer: DemoOfficer
    clerk: Clerk
    auditor: Auditor
    file: object

    @property
    def sha256(self):
        return hashlib.sha256(self.file.read_bytes()).hexdigest()


@pytest.fixture
def someone(browser, stack):
    """Return a function that gives a person a browser with cookies of its own."""
    contexts = []

    def person(kind, *known):
        contexts.append(browser.new_context(viewport={"width": 1280, "height": 800}))
        return kind(stack("demo"), contexts[-1].new_page(), *known)

    yield person
    for context in contexts:
        context.close()


@pytest.fixture
def story(someone, tmp_path):
    file = tmp_path / FILE
    file.write_bytes(b"\0\0\0\x18ftypmp42" + random.Random(7).randbytes(SIZE - 12))  # noqa: S311 - content, not a secret
    return Story(
        someone(Resident, f"mara.{time.time_ns()}@residents.example", ADDRESS),
        someone(DemoOfficer, "officer"),
        someone(Clerk, "clerk"),
        someone(Auditor, "auditor"),
        file,
    )


def test_a_clip_goes_from_a_doorbell_to_the_case_and_its_owner_can_leave(story):
    a_resident_registers(story.resident)
    an_officer_finds_the_camera_and_asks(story.officer)
    reading_letters_changes_nothing(story.resident)
    the_owner_sends_a_file_over_a_bad_line(story.resident, story.file)
    the_receipt_names_the_fingerprint(story.resident, story.sha256)
    a_clerk_accepts_the_same_bytes(story.clerk, story.file, story.sha256)
    an_auditor_finds_every_step(story.auditor)
    the_owner_leaves_and_is_found_no_more(story.resident, story.officer)


def a_resident_registers(resident):
    # Given a resident who gave their details
    resident.gives_details()
    # When they look their address up, the pin is on it
    resident.finds_the_camera_on_the_map()
    assert resident.pin == pytest.approx((39.99525, -98.01013), abs=0.0005)
    expect(resident.page.locator(".pin-map__marker")).to_be_visible()
    # And they agree
    resident.describes_the_camera()
    resident.gives_contact()
    resident.agrees()
    # Then they confirm from the letter
    resident.opens_the_link("/confirm/")
    resident.presses("Yes, confirm")
    assert resident.title == "You are registered"


def an_officer_finds_the_camera_and_asks(officer):
    # Given an officer who came in through the hosted sign-in
    officer.signs_in("/officer/search")
    # When they search with a case, a purpose and a reason
    officer.searches(ADDRESS, CASE)
    # Then the camera is in the list, and the map shows the same set
    assert officer.finds(ADDRESS)
    assert officer.on_the_map == officer.listed
    # And the owner is asked with the letter the preview has shown
    officer.chooses(ADDRESS)
    officer.writes()
    officer.sends()


def reading_letters_changes_nothing(resident):
    # Given the request's letter
    resident.letter("/answer/")
    eventually(lambda: settled(resident.local), "quiet")
    before = rows(resident.local)
    # When every link in every letter is opened and nothing is pressed
    links = resident.every_link()
    statuses = {link: resident.opens(link).status for link in links}
    # Then all of them answer and nothing is different
    assert set(statuses.values()) <= {200, 410}
    assert len(links) >= 4
    assert changed(before, rows(resident.local)) == set()


def settled(local):
    """Say whether the functions in the background have come to rest."""
    first = rows(local)
    return not changed(first, rows(local))


def changed(before, after):
    """Return the tables that differ; counters of attempts come and go."""
    return {
        name
        for name in before
        if name != "Limits" and in_order(before[name]) != in_order(after[name])
    }


def in_order(items):
    return sorted(repr(sorted(item.items())) for item in items)


def the_owner_sends_a_file_over_a_bad_line(resident, file):
    line = Line(resident.page)
    the_owner_pauses(resident, file, line)
    the_owner_comes_back_and_it_goes_on(resident, file, line)


def the_owner_pauses(resident, file, line):
    # Given an owner who has footage and a line that lets one part through
    resident.answers("have_footage")
    line.lets_through(1)
    # When they choose a file of three parts, it says how far it is
    resident.chooses(file)
    expect(resident.page.locator(".clip__bar")).to_have_js_property("max", 100)
    line.waits_until(lambda: line.arrived)
    expect(resident.page.locator(".clip__bar")).not_to_have_js_property("value", 0)
    # And pause and continue stop and start it
    resident.presses("Pause")
    expect(resident.page.locator(".clip__said")).to_contain_text("Paused at")
    begun = len(line.begun)
    resident.page.wait_for_timeout(1000)
    assert len(line.begun) == begun
    assert 0 < len(set(line.arrived)) < len(PARTS)


def the_owner_comes_back_and_it_goes_on(resident, file, line):
    # When the page is loaded again and the same file chosen
    before, begun = list(line.arrived), len(line.begun)
    resident.opens_the_link("/answer/")
    resident.page.get_by_role("link", name="Send files").click()
    expect(resident.page.locator("[data-open]")).to_contain_text("Choose the same file again")
    # And the connection is broken and comes back
    line.heals()
    line.breaks()
    resident.chooses(file)
    line.waits_until(lambda: len(line.begun) > begun)
    said = resident.page.locator(".clip__said")
    expect(said).to_contain_text("Connection lost", timeout=2 * SLOW_MS)
    line.heals()
    # Then it finishes, and no part that had arrived was sent again
    resident.sees_it_sent()
    assert not set(before) & set(line.begun[begun:])
    line.waits_until(lambda: sorted(line.arrived) == PARTS)


def the_receipt_names_the_fingerprint(resident, sha256):
    # Then the owner's receipt names the SHA-256 of the very file
    assert sha256 in resident.letter(sha256)["BodyText"]


def a_clerk_accepts_the_same_bytes(clerk, file, sha256):
    # Given a clerk at the clip
    clerk.signs_in("/officer/clips")
    clerk.opens_the_clip(FILE)
    assert clerk.fingerprint == sha256
    # When they accept and download it
    clip = clerk.page.url
    clerk.accepts()
    clerk.page.goto(clip)
    # Then the bytes are those the owner sent
    assert clerk.downloads() == file.read_bytes()


def an_auditor_finds_every_step(auditor):
    auditor.signs_in("/officer/audit")
    # Then the case's entries hold every step that belongs to it
    assert auditor.reads(case_number=CASE) >= CASE_EVENTS
    # And the clip's own chain holds its life, unbroken
    (clip,) = auditor.chains("clip#")
    assert auditor.reads(chain=clip) >= CLIP_EVENTS
    assert "nothing altered or missing" in auditor.verdict
    # And the owner's chain begins with joining
    owner = auditor.owner_of(CASE).replace("owner:", "registration#")
    assert auditor.reads(chain=owner) >= {"registration:submit", "registration:confirm"}


def the_owner_leaves_and_is_found_no_more(resident, officer):
    # When the owner leaves by the link in the letter
    resident.leaves()
    # Then the next search does not show the camera
    officer.searches(ADDRESS, CASE)
    assert not officer.finds(ADDRESS)


def test_an_officer_whose_access_is_withdrawn_is_out_at_the_next_click(someone):
    # Given a detective at work and a supervisor
    detective, supervisor = someone(DemoOfficer, "detective"), someone(DemoOfficer, "supervisor")
    detective.signs_in("/officer/search")
    supervisor.signs_in("/officer/people")
    # When the supervisor withdraws the access
    supervisor.presses("Withdraw the access of Jo Harlan")
    expect(supervisor.page.get_by_role("heading", name="Access withdrawn")).to_be_visible()
    # Then the next click of the detective ends at the sign-in
    detective.page.get_by_role("link", name="Requests").click()
    assert detective.is_asked_to_sign_in
    supervisor.presses("Give back the access of Jo Harlan")
