import re
from datetime import timedelta

import pytest
from werkzeug.test import Client

from app import app
from chalicelib import clock, jurisdictions, language, pilots, registrations
from chalicelib.aws.tables import RegistrationItem
from chalicelib.pilots import Ease, Moment, Recommend
from chalicelib.registrations import State, pilot_end
from tests.gateway import Gateway
from tests.pilots.conftest import CODE, pilot  # noqa: F401 - a fixture for the tests below
from tests.registrations.builders import a_link, an_active_registration
from tests.web.double_click import other_press
from tests.web.story import least

ONCE = re.compile(r'name="once" value="([\w-]+)"')


@pytest.fixture
def visitor(pilot):  # noqa: F811 - the fixture imported above
    return Client(Gateway(app))


@pytest.fixture
def tester(visitor):
    given = least() | {"invite_code": CODE}
    return an_active_registration(clock.now(), **given)


def answers(visitor, moment="register", **changed):
    once = ONCE.search(visitor.get(f"/feedback/{moment}").text)[1]
    given = {"once": once, "ease": "easy", "recommend": "yes"} | changed
    return visitor.post(f"/feedback/{moment}", data=given)


def ease(moment):
    return {one: count for one, count in pilots.tallies().ease[moment].items() if count}


def test_two_answers_are_thanked_for_and_counted(visitor):
    answer = answers(visitor, "upload", ease="hard", recommend="unsure")

    assert (answer.status_code, answer.headers["Location"]) == (303, "/feedback/thanks")
    assert "counted" in visitor.get("/feedback/thanks").text
    assert ease(Moment.UPLOAD) == {Ease.HARD: 1}
    assert pilots.tallies().recommend[Moment.UPLOAD][Recommend.UNSURE] == 1


def test_no_cookie_is_set_and_nothing_can_be_typed(visitor):
    page = visitor.get("/feedback/register")

    assert "Set-Cookie" not in page.headers
    assert "Set-Cookie" not in answers(visitor).headers
    assert set(re.findall(r'<(?:input|textarea)[^>]*type="(\w+)"', page.text)) == {
        "hidden",
        "radio",
    }
    assert "<textarea" not in page.text


def test_a_double_press_counts_once(visitor):
    once = "x" * 22
    for _ in range(2):
        assert answers(visitor, once=once).status_code == 303

    assert ease(Moment.REGISTER) == {Ease.EASY: 1}


@pytest.mark.parametrize(
    ("changed", "sentences"),
    [
        ({"ease": ""}, ["Select how easy it was"]),
        ({"recommend": "maybe"}, ["Select whether you would recommend it"]),
        (
            {"ease": "x", "recommend": ""},
            ["Select how easy it was", "Select whether you would recommend it"],
        ),
    ],
)
def test_a_missing_answer_is_named_and_nothing_is_counted(visitor, changed, sentences):
    page = answers(visitor, **changed)

    assert (page.status_code, "<title>Error: " in page.text) == (400, True)
    assert [page.text.count(one) for one in sentences] == [2] * len(sentences)
    assert (ease(Moment.REGISTER), pilots.tallies().durations[pilots.Duration.UNDER_5]) == ({}, 0)


def test_one_network_cannot_answer_all_day(visitor):
    statuses = [answers(visitor).status_code for _ in range(21)]

    assert statuses == [303] * 20 + [429]
    assert ease(Moment.REGISTER) == {Ease.EASY: 20}


@pytest.mark.parametrize("path", ["/feedback/thank", "/feedback/register/", "/feedback/x"])
def test_other_moments_are_not_asked_about(visitor, path):
    assert visitor.get(path).status_code == 404


def test_a_live_programme_asks_for_no_feedback(cloud):
    visitor = Client(Gateway(app))

    given = {"ease": "easy", "recommend": "yes", "once": "x" * 22}
    assert visitor.get("/feedback/register").status_code == 404
    assert visitor.post("/feedback/register", data=given).status_code == 404


def link(registration):
    now = clock.now()
    token = a_link(registration.id, "keep", now, lives=timedelta(days=14))
    return f"/my/{token}/keep"


def test_staying_needs_a_fresh_agreement_to_the_notice(visitor, tester):
    path = link(tester)
    asked, refused = visitor.get(path), visitor.post(path, data={"agree": ""})
    before = registrations.get(tester.id)
    stays = visitor.post(path, data={"agree": "yes"})
    after = registrations.get(tester.id)

    assert [asked.status_code, refused.status_code, stays.status_code] == [200, 400, 200]
    assert "Tick the box" in refused.text
    assert "You stay registered" in stays.text
    assert (before.version + 1, before.notice_hash) == (after.version, "0" * 64)
    assert re.fullmatch("[0-9a-f]{64}", after.notice_hash)
    assert after.notice_hash != before.notice_hash


def test_who_stays_agrees_in_their_own_language_and_keeps_it(visitor, tester):
    item = RegistrationItem.get(tester.id)
    item.update(actions=[RegistrationItem.language.set("es")])
    path, browser = link(tester), {"Accept-Language": "en"}
    with language.speaking("es"):
        notice = jurisdictions.notice()

    page = visitor.get(path, headers=browser).text
    visitor.post(path, data={"agree": "yes"}, headers=browser)

    after = registrations.get(tester.id)
    assert '<html lang="es' in page
    assert (after.language, after.notice_hash) == ("es", notice.sha256)


def test_opening_the_link_changes_nothing_and_later_says_that_it_is_done(visitor, tester):
    path = link(tester)
    visitor.get(path)
    before = pilot_end.stays(tester)
    visitor.post(path, data={"agree": "yes"})
    again = visitor.post(path, data={"agree": "yes"})

    assert (before, pilot_end.stays(tester)) == (False, True)
    assert "You stay registered" in visitor.get(path).text
    assert again.status_code == 200
    assert registrations.standing(tester.id) is State.ACTIVE


def test_a_double_click_on_staying_is_told_the_same(visitor, tester):
    path = link(tester)

    with other_press(lambda: visitor.post(path, data={"agree": "yes"})) as pressed:
        answer = visitor.post(path, data={"agree": "yes"})

    assert [one.status_code for one in (*pressed, answer)] == [200, 200]
    assert "You stay registered" in answer.text


def test_a_link_for_something_else_does_not_let_stay(visitor, tester):
    token = a_link(tester.id, "confirm", clock.now())

    assert visitor.get(f"/my/{token}/keep").status_code == 410
    assert visitor.post(f"/my/{token}/keep", data={"agree": "yes"}).status_code == 410
