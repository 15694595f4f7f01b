import json
import re
from datetime import timedelta
from html import unescape

import pytest
from werkzeug.test import Client

from app import app
from chalicelib import audit, clock, jurisdictions
from chalicelib.officers import Role
from chalicelib.registrations import Contact
from tests.gateway import Gateway
from tests.registrations.builders import a_camera, an_active_registration
from tests.web.people import CSRF, a_session

COOKIE = "cookie-of-this-browser"


def a_browser(*roles):
    headers = a_session(*roles, cookie=COOKIE).headers if roles else {}
    client = Client(Gateway(app), use_cookies=False)
    return lambda path, **form: (
        client.post(path, data={"csrf": CSRF, **form}, headers=headers)
        if form
        else client.get(path, headers=headers)
    )


def a_form(**changed):
    jurisdiction, now = jurisdictions.current(), clock.now()
    start, end = now - timedelta(hours=3), now - timedelta(hours=2)
    centre = jurisdiction.map.centre
    return {
        "case_number": "26-004512",
        "purpose": jurisdiction.purposes[0].id,
        "reason": "A shop was broken into\nat night",
        "place": f"{centre.latitude}, {centre.longitude}",
        "radius_m": str(jurisdiction.limits.radius_choices_m[0]),
        "starts_at_date": jurisdiction.date_text(start),
        "starts_at_time": jurisdiction.time_words(start, clock=24),
        "ends_at_date": jurisdiction.date_text(end),
        "ends_at_time": jurisdiction.time_words(end, clock=24),
        **changed,
    }


def map_of(page):
    found = re.search(
        r'<script type="application/json" id="results">(.*?)</script>', page, re.DOTALL
    )
    return json.loads(found[1])


def rows_of(page):
    return re.findall(r'name="camera" value="([a-z2-7]+)"', page)


@pytest.fixture
def officer(cloud):
    return a_browser(Role.OFFICER)


def test_a_search_leads_to_the_list_of_its_cameras(officer):
    owner = an_active_registration(clock.now())

    sent = officer("/officer/searches", **a_form())
    page = officer(sent.location).text

    assert sent.status_code == 303
    assert rows_of(page) == list(owner.camera_ids)


def test_list_and_map_show_the_same_cameras_in_the_same_order(officer):
    for east in (0.0001, 0.0002, 0.0003):
        there = a_camera(point=a_point(east))
        an_active_registration(clock.now(), camera=there, contact=a_contact(east))

    page = officer(officer("/officer/searches", **a_form()).location).text

    numbers = [int(number) for number in re.findall(r'id="camera-(\d+)"', page)]
    assert [camera["number"] for camera in map_of(page)["cameras"]] == numbers == [1, 2, 3]


def a_contact(number):
    return Contact("Canary", f"canary{number}@example.com", "785-555-0199")


def a_point(east):
    centre = jurisdictions.current().map.centre
    return type(centre)(centre.latitude, centre.longitude + east)


def test_results_hold_nothing_personal(officer):
    an_active_registration(clock.now())

    page = officer(officer("/officer/searches", **a_form()).location).text

    assert "anary" not in page


def test_the_map_data_cannot_end_its_script(officer):
    page = officer(
        officer("/officer/searches", **a_form(case_number="</script><b>1")).location
    ).text

    assert "</script><b>" not in page


def test_everything_wrong_is_said_at_once_and_kept_as_typed(officer):
    answer = officer(
        "/officer/searches",
        **a_form(case_number="", reason="short", place="nowhere at all", ends_at_time="25:99"),
    )
    page = unescape(answer.text)

    assert answer.status_code == 400
    targets = re.findall(r'<li><a href="#(\w+)">', page)
    assert targets == ["case_number", "reason", "place", "ends_at_date"]
    assert 'value="nowhere at all"' in page
    assert 'value="25:99"' in page


def test_an_unreadable_form_is_not_recorded_as_a_search(officer):
    officer("/officer/searches", **a_form(starts_at_date="yesterday"))

    events = [entry.event for entry in audit.read_day(clock.now().date())]
    assert events == []


def test_a_place_outside_the_area_is_refused_and_recorded(officer):
    answer = officer("/officer/searches", **a_form(place="10.0, 10.0"))

    events = [entry.event for entry in audit.read_day(clock.now().date())]
    assert answer.status_code == 422
    assert events == ["search:refused"]


def test_the_reason_is_kept_on_one_line(officer):
    officer("/officer/searches", **a_form())

    [entry] = audit.read_day(clock.now().date(), event="search:run")
    assert entry.detail["reason"] == "A shop was broken into at night"


def test_an_empty_result_says_so(officer):
    page = officer(officer("/officer/searches", **a_form()).location).text

    assert "No registered cameras here" in page
    assert rows_of(page) == []


def test_edit_search_offers_the_same_search_again(officer):
    page = officer(officer("/officer/searches", **a_form()).location).text

    assert 'value="26-004512"' in page
    assert f'value="{a_form()["starts_at_date"]}"' in page


def test_somebody_elses_search_is_not_found(officer):
    path = officer("/officer/searches", **a_form()).location
    headers = a_session(Role.OFFICER, cookie="another", officer_id="o-99").headers

    assert Client(Gateway(app), use_cookies=False).get(path, headers=headers).status_code == 404


def test_a_clerk_may_not_search(cloud):
    clerk = a_browser(Role.CLERK)

    assert clerk("/officer/search").status_code == 403
    assert clerk("/officer/searches", **a_form()).status_code == 403
