"""The four steps, each right and wrong."""

import re

import pytest

from chalicelib import clock, jurisdictions, settings
from chalicelib.aws.tables import CameraItem, OutboxItem, RegistrationItem, SessionItem
from chalicelib.cameras import Kind
from chalicelib.jurisdictions import load
from chalicelib.registrations import campaigns
from tests.web.applicant import AGREED, CAMERA, PERSON, REACH, Applicant, drafts, keys_in

# Most pages count nothing, and the metrics middleware warns about that.
pytestmark = pytest.mark.filterwarnings("ignore:No application metrics")


@pytest.fixture
def applicant(cloud):
    return Applicant()


@pytest.fixture
def programme(cloud, monkeypatch):
    def chosen(name):
        monkeypatch.setenv("JURISDICTION", name)
        settings.current.cache_clear()
        return Applicant()

    return chosen


def test_somebody_registers_in_four_steps_without_javascript(applicant):
    assert applicant.sends("details", **PERSON).location == "/register/camera"
    assert applicant.sends("camera", **CAMERA).location == "/register/contact"
    assert applicant.sends("contact", **REACH).location == "/register/check"
    assert "Jordan Reyes" in applicant.opens("/register/check").text
    applicant.takes_their_time()
    assert applicant.sends("check", **AGREED).location == "/register/done"

    assert [item.state for item in RegistrationItem.scan() if item.state] == ["pending"]
    assert [item.letter for item in OutboxItem.scan()] == ["confirm"]
    assert drafts() == []


def test_each_step_says_which_of_four_it_is(applicant):
    paths = ("/register/details", "/register/camera", "/register/contact", "/register/check")
    applicant.goes_through()

    assert [f"Step {n} of 4" in applicant.opens(p).text for n, p in enumerate(paths, 1)] == [
        True
    ] * 4


def test_the_notice_that_was_agreed_to_is_stored_with_its_fingerprint(applicant):
    applicant.registers()

    notice = jurisdictions.notice()
    (item,) = [item for item in RegistrationItem.scan() if item.state]
    assert (item.notice_version, item.notice_hash) == (notice.version, notice.sha256)


@pytest.mark.parametrize(
    ("step", "field", "text"),
    [
        ("details", "name", ""),
        ("details", "name", "A\r\nBcc: b@example.org"),
        ("details", "premises", "castle"),
        ("camera", "place", ""),
        ("camera", "latitude", "nan"),
        ("camera", "latitude", "inf"),
        ("camera", "latitude", "91"),
        ("camera", "heading", "north"),
        ("camera", "view_angle", "361"),
        ("camera", "kind", "drone"),
        ("contact", "email", "nowhere"),
        ("contact", "phone", "call me"),
    ],
)
def test_what_is_wrong_is_said_above_and_at_the_field(applicant, step, field, text):
    sent = {"details": PERSON, "camera": CAMERA, "contact": REACH}[step]
    applicant.goes_through()
    before = [item.sealed for item in drafts()]
    changes = {"latitude": "", "longitude": ""} if field == "place" else {}

    page = applicant.sends(step, **{**sent, **changes, field: text})

    assert (page.status_code, [item.sealed for item in drafts()]) == (400, before)
    if "\n" not in text:
        assert "<title>Error:" in page.text
        assert f'href="#{field}"' in page.text
        assert f'id="{field}-error"' in page.text


def test_the_summary_names_what_is_wrong_from_the_top_of_the_page_to_its_end(applicant):
    applicant.sends("details", **PERSON)
    wrong = {"label": "x" * 200, "heading": "north", "kind": "eye", "view_angle": "wide"}
    wrong |= {"days_from": "said", "days_kept": "many"}

    page = applicant.sends("camera", **{**CAMERA, **wrong}).text

    summary = re.findall(r'<a href="#(\w+)"', page.partition("<form")[0])
    fields = re.findall(r'id="(\w+)-error"', page)
    assert summary == fields == ["heading", "view_angle", "kind", "days_kept"]


@pytest.mark.parametrize("text", ["1e999", "9", "9:x:disk", ":::", "<script>"])
def test_an_earlier_estimate_nobody_was_given_is_not_repeated(applicant, text):
    applicant.sends("details", **PERSON)

    page = applicant.sends("camera", place="", days_from="before", days_before=text)

    assert (page.status_code, 'name="days_before"' in page.text) == (400, False)


def test_only_place_and_contact_and_kind_of_premises_are_required(applicant):
    place = {"latitude": "40.0", "longitude": "-98.0"}
    applicant.sends("details", **PERSON)
    applicant.sends("camera", **place)
    applicant.sends("contact", **REACH)
    applicant.takes_their_time()

    assert applicant.sends("check", **AGREED).location == "/register/done"
    (camera,) = CameraItem.scan()
    assert (camera.kind, camera.heading, camera.days_kept) == (Kind.OTHER, None, None)


def test_nothing_is_registered_before_the_box_is_ticked(applicant):
    applicant.goes_through()
    applicant.takes_their_time()

    page = applicant.sends("check", agree="")

    assert (page.status_code, 'href="#agree"' in page.text) == (400, True)
    assert list(RegistrationItem.scan()) == []


def looked_up(applicant, **fields):
    """Press the button beside the address; return the page it leads to."""
    applicant.sends("details", **PERSON)
    (key,) = keys_in(applicant.opens("/register/camera"))
    sent = applicant.sends("camera", camera_id=key, action="find", **fields)
    return key, applicant.opens(sent.location) if sent.location else sent


@pytest.mark.parametrize("text", ["64999-1001", "64999 Alder", "Alder"])
def test_a_postcode_or_the_start_of_an_address_leads_to_a_list_to_choose_from(applicant, text):
    key, page = looked_up(applicant, place=text)
    assert '<option value="105 Alder Avenue">' in page.text

    sent = {"camera_id": key, "place": text, "chosen": "105 Alder Avenue", "action": "use"}
    found = applicant.opens(applicant.sends("camera", **sent).location).text

    assert ('value="105 Alder Avenue"' in found, 'id="chosen"' in found) == (True, False)
    assert 'value="39.99' in found
    assert applicant.sends("camera", **sent | {"action": "continue"}).status_code == 303


@pytest.mark.parametrize("action", ["use", "continue"])
def test_going_on_without_choosing_is_an_error_at_the_list(applicant, action):
    key, _ = looked_up(applicant, place="Alder")

    page = applicant.sends("camera", camera_id=key, place="Alder", chosen="", action=action)

    assert page.status_code == 400
    assert ('href="#chosen"' in page.text, 'id="chosen-error"' in page.text) == (True, True)


def test_an_address_that_is_in_no_list_is_entered_by_hand(applicant):
    key, page = looked_up(applicant, place="The old mill")
    assert "We could not find that address" in page.text

    place = {"place": "The old mill", "latitude": "40.0", "longitude": "-98.0"}
    assert applicant.sends("camera", camera_id=key, **place).location == "/register/contact"


def test_a_place_of_another_force_is_refused_with_where_to_go_and_forgotten(applicant):
    applicant.sends("details", **PERSON)

    page = applicant.sends("camera", **{**CAMERA, "latitude": "10"})

    assert page.status_code == 422
    assert load("demo").neighbours[-1].link in page.text
    assert list(SessionItem.scan()) == []


def test_a_second_camera_elsewhere_is_refused_and_the_first_kept(applicant):
    applicant.goes_through()
    before = [item.sealed for item in drafts()]

    page = applicant.sends("camera", **{**CAMERA, "latitude": "10"})

    assert page.status_code == 422
    assert [item.sealed for item in drafts()] == before


def test_a_minimal_programme_neither_asks_nor_takes_more(programme):
    applicant = programme("palos-park")
    form = applicant.opens("/register/details").text

    assert 'name="premises"' not in form
    assert applicant.sends("details", **PERSON).status_code == 400
    assert list(SessionItem.scan()) == []


@pytest.mark.parametrize("extra", [{"kind": "doorbell"}, {"days_kept": "30"}, {"heading": "9"}])
def test_a_minimal_programme_refuses_a_description_of_the_camera(programme, extra):
    applicant = programme("palos-park")
    applicant.sends("details", name="A")
    before = [item.sealed for item in drafts()]
    form = applicant.opens("/register/camera").text

    assert [name for name in ("kind", "heading", "days_kept") if f'name="{name}"' in form] == []
    assert applicant.sends("camera", **CAMERA, **extra).status_code == 400
    assert [item.sealed for item in drafts()] == before


def test_a_pilot_asks_for_the_invitation(programme):
    refused = programme("staffordshire").sends("details", **PERSON, invite_code="guess")

    assert refused.status_code == 400
    assert "Enter the code from your invitation" in refused.text


def test_invite_codes_cannot_be_tried_out(programme):
    tester = programme("staffordshire")
    guesses = [tester.sends("details", **PERSON, invite_code=f"G-{one}") for one in range(21)]

    assert [one.status_code for one in guesses] == [400] * 20 + [429]


def test_nobody_is_marked_with_a_tag_the_force_has_not_made(applicant):
    applicant.sends("details", **PERSON, source="staff-of-acme")
    applicant.sends("camera", **CAMERA)
    applicant.sends("contact", **REACH)
    applicant.takes_their_time()
    applicant.sends("check", **AGREED)

    assert [item.source for item in RegistrationItem.scan() if item.state] == ["web"]


def test_the_source_of_the_first_visit_is_kept(applicant):
    campaigns.add("fridge-magnet", "On fridges", actor="officer:o-coord", now=clock.now())
    form = applicant.opens("/register?s=fridge-magnet").text
    assert 'name="source" value="fridge-magnet"' in form
    applicant.sends("details", **PERSON, source="fridge-magnet")
    applicant.sends("details", **PERSON, source="poster")
    applicant.sends("camera", **CAMERA)
    applicant.sends("contact", **REACH)
    applicant.takes_their_time()
    applicant.sends("check", **AGREED)

    assert [item.source for item in RegistrationItem.scan() if item.state] == ["fridge-magnet"]


@pytest.mark.parametrize("step", ["camera", "cameras", "contact", "check"])
def test_without_a_draft_every_step_leads_to_the_first(applicant, step):
    assert applicant.opens(f"/register/{step}").location == "/register"


def test_a_step_that_was_left_out_is_shown_first(applicant):
    applicant.sends("details", **PERSON)
    assert applicant.opens("/register/contact").location == "/register/camera"
    applicant.sends("camera", **CAMERA)

    assert applicant.opens("/register/check").location == "/register/contact"
    assert applicant.sends("check", **AGREED).location == "/register/contact"
