"""What is kept between the steps, behind which cookie, for how long, and how it is sent once."""

import threading
from datetime import timedelta

import pytest

from chalicelib import clock, registrations
from chalicelib.aws.tables import CameraItem, OutboxItem, RegistrationItem, SessionItem
from chalicelib.errors import StateConflict, Unavailable
from chalicelib.web import drafts as keeping
from tests.web.applicant import AGREED, CAMERA, PERSON, Applicant, drafts, keys_in

pytestmark = pytest.mark.filterwarnings("ignore:No application metrics")


@pytest.fixture
def applicant(cloud):
    return Applicant()


def registered():
    return [item.id for item in RegistrationItem.scan() if item.state]


def test_a_draft_is_stored_sealed_under_a_name_that_opens_nothing(applicant):
    applicant.sends("details", **PERSON)

    (item,) = drafts()
    assert b"Jordan" not in item.sealed
    assert "Jordan" not in str(item.attribute_values)
    assert item.digest not in applicant.cookie


def test_the_cookie_is_for_this_site_over_tls_and_not_for_scripts(applicant):
    header = applicant.sends("details", **PERSON).headers["Set-Cookie"]

    wanted = ("__Host-draft=", "Path=/", "Secure", "HttpOnly", "SameSite=Strict", "Max-Age=86400")
    assert [part for part in wanted if part not in header] == []


def test_somebody_who_comes_back_goes_on_or_starts_again(applicant):
    applicant.sends("details", **PERSON)
    applicant.sends("camera", **CAMERA)
    page = applicant.opens("/register").text
    assert ("Go on with your form" in page, 'href="/register/contact"' in page) == (True, True)

    assert applicant.sends("again", action="again").location == "/register"
    assert "Go on with your form" not in applicant.opens("/register").text
    assert list(SessionItem.scan()) == []


def test_a_draft_is_gone_after_a_day(applicant):
    applicant.sends("details", **PERSON)
    (item,) = drafts()
    lives = timedelta(seconds=item.expires) - timedelta(seconds=clock.now().timestamp())
    assert timedelta(hours=23, minutes=59) < lives <= timedelta(hours=24)
    item.expires = int(clock.now().timestamp()) - 1
    item.save()

    assert applicant.opens("/register/camera").location == "/register"
    assert "Jordan" not in applicant.opens("/register/details").text


@pytest.mark.parametrize(
    "forge",
    [
        lambda cookie: cookie.partition(".")[0],
        lambda cookie: cookie.partition(".")[0] + ".",
        lambda cookie: cookie[:-1] + ("0" if cookie[-1] != "0" else "1"),
        lambda cookie: "A" + cookie[1:],
        lambda cookie: "",  # noqa: ARG005 - nothing of it is left
        lambda cookie: "é." + cookie.partition(".")[2],
    ],
    ids=["no signature", "empty", "other signature", "other name", "nothing", "not ASCII"],
)
def test_a_forged_cookie_is_nobody_and_costs_no_read(applicant, forge):
    applicant.sends("details", **PERSON)
    forged = Applicant()
    forged.has_cookie(forge(applicant.cookie))
    SessionItem.delete_table()

    page = forged.opens("/register/camera")

    assert (page.status_code, page.location) == (303, "/register")


def test_the_form_is_sent_once_however_often_the_button_is_pressed(applicant):
    applicant.goes_through()
    applicant.takes_their_time()

    answers = [applicant.sends("check", **AGREED).location for _ in range(3)]

    assert answers == ["/register/done"] * 3
    assert (len(registered()), len(list(OutboxItem.scan()))) == (1, 1)


def test_the_back_button_after_sending_leads_to_the_end_not_to_an_empty_form(applicant):
    applicant.registers()

    for path in ("/register/check", "/register/contact", "/register/camera"):
        assert applicant.opens(path).location == "/register/done"
    assert applicant.sends("camera", **CAMERA).location == "/register/done"
    assert applicant.sends("details", **PERSON).location == "/register/camera"
    assert len(registered()) == 1


def test_what_is_left_of_a_sent_draft_says_nothing_and_goes_soon(applicant):
    applicant.registers()

    (mark,) = SessionItem.scan()
    assert set(mark.attribute_values) - {"digest", "kind", "created_at", "expires"} == set()
    assert mark.expires <= clock.now().timestamp() + 3600


def test_a_form_that_was_changed_in_another_tab_is_looked_at_again(applicant):
    applicant.goes_through()
    applicant.takes_their_time()
    draft = keeping_of(applicant)
    applicant.sends("camera", **{**CAMERA, "label": "Shed"})

    with pytest.raises(StateConflict):
        submit(draft)

    assert (registered(), len(keys_in(applicant.opens("/register/check")))) == ([], 2)


def test_agreeing_on_a_page_that_is_out_of_date_sends_nothing(applicant):
    applicant.goes_through()
    applicant.takes_their_time()
    before = applicant.seen()
    applicant.sends("camera", **{**CAMERA, "label": "Shed"})

    page = applicant.sends("check", **AGREED, seen=before)

    assert (page.status_code, "Please look again" in page.text) == (409, True)
    assert registered() == []
    assert applicant.sends("check", **AGREED).location == "/register/done"


@pytest.mark.parametrize("seen", ["", "3-" + "0" * 64])
def test_agreeing_to_another_notice_than_the_one_shown_sends_nothing(applicant, seen):
    applicant.goes_through()
    applicant.takes_their_time()

    assert applicant.sends("check", **AGREED, seen=seen).status_code == 409
    assert registered() == []


def test_a_crash_while_sending_loses_nothing_and_sends_nothing_twice(applicant):
    applicant.goes_through()
    applicant.takes_their_time()
    draft = keeping_of(applicant)

    with pytest.raises(Unavailable):
        submit(draft, broken)
    assert (registered(), list(CameraItem.scan()), list(OutboxItem.scan())) == ([], [], [])
    assert len(drafts()) == 1

    assert applicant.sends("check", **AGREED).location == "/register/done"
    assert (len(registered()), len(list(CameraItem.scan()))) == (1, 1)


def test_two_presses_at_the_same_moment_register_once(applicant):
    applicant.goes_through()
    applicant.takes_their_time()
    other = Applicant()
    other.has_cookie(applicant.cookie)
    answers = []
    presses = [
        threading.Thread(target=lambda who=who: answers.append(who.sends("check", **AGREED)))
        for who in (applicant, other)
    ]
    for press in presses:
        press.start()
    for press in presses:
        press.join()

    assert {answer.location for answer in answers} <= {"/register/done", None}
    assert (len(registered()), len(list(OutboxItem.scan()))) == (1, 1)


def test_a_draft_saved_from_two_sides_at_once_is_refused_the_second_time(applicant):
    applicant.sends("details", **PERSON)
    draft = keeping_of(applicant)
    keeping.save(draft, now=clock.now())

    with pytest.raises(StateConflict):
        keeping.save(draft, now=clock.now())


def broken(transaction):
    """Fail as if the connection broke right before the writes."""

    def fail():
        raise Unavailable

    transaction.beforehand(fail)


def keeping_of(applicant):
    """Return the draft as one more tab of the same browser reads it."""
    token = applicant.cookie.partition(".")[0]
    (item,) = drafts()
    entered = keeping._unsealed(item.sealed, item.digest)  # noqa: SLF001 - a tab without a request
    began = clock.moment(item.created_at)
    return keeping.Draft(token, entered, began, int(item.version))


def submit(draft, *more):
    """Send a draft as the last step does, with more in the same transaction."""
    from chalicelib import jurisdictions  # noqa: PLC0415 - after conftest's environment
    from chalicelib.cameras import Premises  # noqa: PLC0415 - as above
    from chalicelib.registrations import Contact  # noqa: PLC0415 - as above
    from chalicelib.web.camera_forms import camera_of  # noqa: PLC0415 - as above

    here, entered = jurisdictions.current(), draft.entered

    def also(transaction):
        for add in (keeping.sending(draft, now=clock.now()), *more):
            add(transaction)

    return registrations.submit(
        contact=Contact(entered.name, entered.email),
        kind=Premises.HOME,
        camera_details=[camera_of(one, here, "home") for one in entered.cameras],
        notice_version="",
        notice_hash="",
        language=here.language,
        invite_code="",
        source="web",
        visitor="visitor",
        now=clock.now(),
        also=also,
    )
