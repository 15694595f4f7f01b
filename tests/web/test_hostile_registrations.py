"""Programs that fill in forms, floods from one network, and the curious about who takes part."""

import pytest

from chalicelib import clock, registrations
from chalicelib.aws.tables import OutboxItem, RegistrationItem, SessionItem
from chalicelib.web import registering
from tests.registrations.builders import a_link
from tests.web.applicant import AGREED, CAMERA, PERSON, Applicant, drafts

pytestmark = pytest.mark.filterwarnings("ignore:No application metrics")
TRAP = {"website": "https://spam.example"}


@pytest.fixture
def applicant(cloud):
    return Applicant()


def kept():
    return [item.id for item in RegistrationItem.scan()], [item.id for item in OutboxItem.scan()]


def test_the_field_nobody_sees_is_out_of_the_way_of_everybody(applicant):
    applicant.goes_through()

    for path in ("details", "camera", "contact", "check"):
        page = applicant.opens(f"/register/{path}").text
        box = page[page.index('class="reg-trap"') :].partition("</div>")[0]
        wanted = ('aria-hidden="true"', 'tabindex="-1"', 'autocomplete="off"', 'value=""')
        assert [one for one in wanted if one not in box] == []


def test_a_program_that_fills_in_everything_is_answered_as_usual_and_stores_nothing(applicant):
    usual, caught = Applicant(), applicant
    honest = usual.sends("details", **PERSON)
    answer = caught.sends("details", **PERSON, **TRAP)

    assert (answer.status_code, answer.location) == (honest.status_code, honest.location)
    assert set(answer.headers.keys()) == set(honest.headers.keys())
    assert len(list(SessionItem.scan())) == 1


@pytest.mark.parametrize("step", ["camera", "contact"])
def test_the_trap_stores_nothing_in_the_middle_either(applicant, step):
    sent = {"camera": CAMERA, "contact": {"email": "other@example.org"}}[step]
    applicant.goes_through()
    before = [item.sealed for item in drafts()]

    assert applicant.sends(step, **sent, **TRAP).status_code == 303
    assert [item.sealed for item in drafts()] == before


def test_the_trap_on_the_last_page_sends_nothing_and_says_done(applicant):
    applicant.goes_through()
    applicant.takes_their_time()

    assert applicant.sends("check", **AGREED, **TRAP).location == "/register/done"
    assert kept() == ([], [])


def test_a_form_sent_faster_than_people_can_is_asked_to_wait_kindly(applicant):
    applicant.goes_through()

    page = applicant.sends("check", **AGREED)

    assert (page.status_code, page.headers["Retry-After"] in {"1", "2", "3", "4"}) == (429, True)
    assert "Please wait a few seconds and press the button again" in page.text
    assert 'value="yes" checked' in page.text
    assert kept() == ([], [])


def test_who_waited_is_registered_with_what_they_had_entered(applicant):
    applicant.goes_through()
    applicant.sends("check", **AGREED)
    applicant.takes_their_time(registering.QUICKEST)

    assert applicant.sends("check", **AGREED).location == "/register/done"
    assert len(kept()[0]) >= 1


def test_after_many_forms_from_one_network_the_next_waits_and_loses_nothing(applicant):
    for number in range(20):
        one = Applicant()
        one.goes_through()
        one.sends("contact", email=f"resident.{number}@example.org")
        one.takes_their_time()
        assert one.sends("check", **AGREED).location == "/register/done"
    applicant.goes_through()
    applicant.takes_their_time()

    page = applicant.sends("check", **AGREED)

    assert (page.status_code, page.headers["Retry-After"]) == (429, "3601")
    assert "what you entered is kept" in page.text
    assert len(drafts()) == 1


def test_one_network_begins_only_so_many_drafts_an_hour(applicant):
    answers = [
        Applicant().sends("details", **PERSON).status_code
        for _ in range(registering.DRAFTS_AN_HOUR + 1)
    ]

    assert answers == [303] * registering.DRAFTS_AN_HOUR + [429]
    assert len(drafts()) == registering.DRAFTS_AN_HOUR


def test_the_answer_never_tells_whether_an_address_is_registered(applicant):
    known, unknown = applicant, Applicant()
    known.registers()
    (pending,) = [item.id for item in RegistrationItem.scan() if item.state]
    registrations.confirm(a_link(pending, "confirm", clock.now()), now=clock.now())
    known.goes_through()
    unknown.goes_through()
    unknown.sends("contact", email="nobody@example.org")
    known.takes_their_time()

    answers = [one.sends("check", **AGREED) for one in (known, unknown)]

    said = {
        (one.status_code, one.location, one.text, *sorted(one.headers.keys())) for one in answers
    }
    assert len(said) == 1
    assert [item.state for item in RegistrationItem.scan() if item.state].count("pending") == 2


def test_one_address_gets_few_letters_whoever_asks(applicant):
    answers = [applicant.registers().status_code for _ in range(4)]

    assert answers == [303, 303, 303, 429]
    assert len(kept()[1]) == 3
