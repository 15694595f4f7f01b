import json
import re
from datetime import timedelta
from html import unescape

import pytest
from werkzeug.test import Client

from app import app
from chalicelib import audit, clock, jurisdictions
from chalicelib.geo import destination
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
        "shape": "circle",
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
        r'<script type="application/json" id="map-data">(.*?)</script>', page, re.DOTALL
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


def edit_page(officer, **form):
    return unescape(officer(f"{officer('/officer/searches', **form).location}/edit").text)


def field_of(page, name):
    """Return what a text field holds, be it of one line or of several."""
    several = re.search(rf'<textarea[^>]* id="{name}"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    return several[1] if several else re.search(rf' id="{name}"[^>]* value="([^"]*)"', page)[1]


def test_edit_search_offers_the_same_search_again(officer):
    page = edit_page(officer, **a_form(only_seeing="yes"))

    assert field_of(page, "case_number") == "26-004512"
    assert field_of(page, "starts_at_date") == a_form()["starts_at_date"]
    assert 'name="shape" value="circle" id="shape" checked' in page
    assert 'name="only_seeing" value="yes" checked' in page


def around(*offsets):
    """Return places as somebody types them, one a line, each so many degrees from the centre."""
    centre = jurisdictions.current().map.centre
    return "\n".join(
        f"{centre.latitude + north:.6f}, {centre.longitude + east:.6f}" for north, east in offsets
    )


SQUARE = ((-0.001, -0.001), (-0.001, 0.001), (0.001, 0.001), (0.001, -0.001))
STREET = ((0, -0.002), (0, 0.002))


def an_area(*offsets, **changed):
    corners = around(*(offsets or SQUARE))
    return a_form(shape="area", area=corners, area_name="the blocks by the mill", **changed)


def a_route(*offsets, **changed):
    places = around(*(offsets or STREET))
    named = {"route_name": "Mill Street", "half_width_m": "61"}
    return a_form(shape="route", route=places, **named, **changed)


def an_escape(**changed):
    open_end = {"ends_at_date": "", "ends_at_time": ""}
    return a_route(slowest="3", fastest="30", **open_end, **changed)


def test_an_area_finds_who_is_inside_it(officer):
    owner = an_active_registration(clock.now())
    outside = a_camera(point=a_point(0.003))
    an_active_registration(clock.now(), camera=outside, contact=a_contact(2))

    page = officer(officer("/officer/searches", **an_area()).location).text

    assert rows_of(page) == list(owner.camera_ids)
    assert "the blocks by the mill" in page
    assert map_of(page)["region"]["rings"] == [pairs(around(*SQUARE, SQUARE[0]))]


def pairs(text):
    return [[float(number) for number in line.split(", ")] for line in text.split("\n")]


def test_a_route_finds_who_is_along_it_and_says_how_far(officer):
    owner = an_active_registration(clock.now())

    page = officer(officer("/officer/searches", **a_route()).location).text

    assert rows_of(page) == list(owner.camera_ids)
    assert "560 ft along" in page
    assert map_of(page)["region"] == {
        "kind": "route",
        "line": pairs(around(*STREET)),
        "half_width": 61,
    }


def test_corners_may_be_addresses_of_the_list(officer):
    first = min(jurisdictions.find("Millrace Street", jurisdictions.current()))
    corners = f"{first.line}\n{around(*SQUARE[1:])}"

    sent = officer("/officer/searches", **an_area() | {"area": corners})

    corner = [first.point.latitude, first.point.longitude]
    assert map_of(officer(sent.location).text)["region"]["rings"][0][0] == corner


def test_a_route_may_be_given_by_its_corners(officer):
    corners = ("Kestrel Ave and Alder Ave", "Millrace St & Alder Ave")
    known = [jurisdictions.place_from_text(text, jurisdictions.current()) for text in corners]

    sent = officer("/officer/searches", **a_route() | {"route": "\n".join(corners)})

    line = map_of(officer(sent.location).text)["region"]["line"]
    assert line == [[place.point.latitude, place.point.longitude] for place in known]


@pytest.mark.parametrize(
    ("make", "field"), [(an_area, "area"), (a_route, "route")], ids=["area", "route"]
)
def test_places_come_back_as_typed_with_the_line_that_is_wrong(officer, make, field):
    lines = f"{around((0, 0), (0, 0.001))}\nnowhere at all"

    answer = officer("/officer/searches", **make() | {field: lines})
    page = unescape(answer.text)

    assert answer.status_code == 400
    assert re.findall(r'<li><a href="#(\w+)">(Line 3: )', page) == [(field, "Line 3: ")]
    assert field_of(page, field) == lines


def crossed():
    return an_area(SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3])


def far_off():
    return an_area((5, 5), (5, 5.001), (5.001, 5))


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (crossed, "area"),
        (far_off, "area"),
        (lambda: an_area(SQUARE[0], SQUARE[1]), "area"),
        (lambda: an_area(*((n / 1e5, n * n / 1e9) for n in range(120))), "area"),
        (lambda: an_area((0, 0), (0, 0.1), (0.1, 0)), "area"),
        (lambda: a_route((0, 0)), "route"),
        (lambda: a_route((0, 0), (0, 0), (0, 0.001)), "route"),
        (lambda: a_route((0, 0), (0, 0.2)), "route"),
        (lambda: a_route() | {"route_name": " "}, "route_name"),
        (lambda: an_area() | {"area_name": "x" * 81}, "area_name"),
        (lambda: a_route() | {"half_width_m": "0"}, "half_width_m"),
        (lambda: an_escape() | {"slowest": "", "fastest": "30"}, "slowest"),
        (lambda: an_escape() | {"slowest": "nan"}, "slowest"),
        (lambda: an_escape() | {"slowest": "900"}, "slowest"),
        (lambda: an_escape() | {"slowest": "40"}, "fastest"),
        (lambda: a_form(shape="cube"), "shape"),
        (lambda: a_form(ends_at_date="9999-12-31", ends_at_time="23:59"), "ends_at_date"),
        (lambda: an_escape(starts_at_date="9999-12-31"), "starts_at_date"),
        (lambda: an_escape(starts_at_date="0001-01-01"), "starts_at_date"),
    ],
)
def test_what_is_wrong_with_a_shape_is_told_at_its_field(officer, form, field):
    answer = officer("/officer/searches", **form())

    assert answer.status_code in {400, 422}
    assert re.findall(r'<li><a href="#(\w+)">', answer.text) == [field]


def test_spaces_within_a_place_count_as_one(officer):
    # Tens of thousands of them would keep the patterns busy for minutes.
    line = around((0, 0)).replace(" ", " " * 20_000)

    answer = officer("/officer/searches", **a_form(place=line))
    refused = officer("/officer/searches", **a_form(place=f"1{' ' * 40_000}x"))

    assert (answer.status_code, refused.status_code) == (303, 400)


def test_fields_of_the_other_shapes_are_kept_and_not_read(officer):
    form = a_form(area="nonsense", route="more nonsense", case_number="")

    page = officer("/officer/searches", **form).text

    assert re.findall(r'<li><a href="#(\w+)">', page) == ["case_number"]
    assert (field_of(page, "area"), field_of(page, "route")) == ("nonsense", "more nonsense")


@pytest.mark.parametrize("make", [an_area, an_escape], ids=["area", "escape"])
def test_a_search_edited_and_sent_unchanged_is_the_same_search(officer, make):
    page = edit_page(officer, **make())
    names = ["area", "area_name", "route", "route_name", "slowest", "fastest", "ends_at_date"]

    assert {name: field_of(page, name) for name in names} == {
        name: make().get(name, "") for name in names
    }


def test_each_camera_of_an_escape_has_its_own_time(officer):
    for east in (-0.0018, 0.0018):
        there = a_camera(point=a_point(east))
        an_active_registration(clock.now(), camera=there, contact=a_contact(east))

    page = officer(officer("/officer/searches", **an_escape()).location).text

    first, second = re.findall(r'class="hit__time whole">(\d\d:\d\d) to (\d\d:\d\d)<', page)
    assert first != second
    assert "at 3 to 30 mph" in page


def test_the_fewest_homes_come_back_ticked_and_in_words(officer):
    for number in range(2):
        an_active_registration(clock.now(), contact=a_contact(number))
    path = officer("/officer/searches", **a_route()).location

    page = officer(f"{path}/fewest", yes="yes").text

    assert len(rows_of(page)) == 2
    assert len(re.findall(r'name="camera"[^>]* checked', page)) == 1
    assert re.search(r"1 home, 1 camera, \d+ camera-minutes covers all \d+\sft", page)


def test_the_fewest_homes_are_only_for_routes(officer):
    path = officer("/officer/searches", **a_form()).location

    assert "/fewest" not in officer(path).text
    assert officer(f"{path}/fewest", yes="yes").status_code == 400


def test_a_camera_known_by_its_town_only_is_listed_apart_and_not_on_the_map(officer):
    sure = an_active_registration(clock.now())
    vague = a_camera(accuracy_m=900, point=a_point(0.0001))
    unsure = an_active_registration(clock.now(), camera=vague, contact=a_contact(1))

    page = officer(officer("/officer/searches", **a_form()).location).text
    above, _, below = page.partition("Location uncertain")

    assert (rows_of(above), rows_of(below)) == (list(sure.camera_ids), list(unsure.camera_ids))
    assert [camera["number"] for camera in map_of(page)["cameras"]] == [1]


def test_where_only_uncertain_ones_are_found_that_is_said_above_them(officer):
    vague = an_active_registration(clock.now(), camera=a_camera(accuracy_m=900))

    page = officer(officer("/officer/searches", **a_form()).location).text
    above, _, below = page.partition("Location uncertain")

    assert "<h1>No registered cameras here</h1>" in above
    assert rows_of(below) == list(vague.camera_ids)


def test_that_a_camera_is_only_possible_is_said_in_words(officer):
    centre = jurisdictions.current().map.centre
    edge = destination(centre, 90, jurisdictions.current().limits.radius_choices_m[0] + 5)
    an_active_registration(clock.now(), camera=a_camera(point=edge))
    undirected = a_camera(heading=None, reach_m=40)
    an_active_registration(clock.now(), camera=undirected, contact=a_contact(1))

    near = officer(officer("/officer/searches", **a_form()).location).text
    seeing = officer(officer("/officer/searches", **a_form(only_seeing="yes")).location).text

    assert near.count("Possible: it may stand just outside") == 1
    assert seeing.count("Possible: nobody has said which way it looks") == 1


@pytest.mark.parametrize(
    ("metres", "shows"), [(3, "identify"), (6, "recognize"), (12, "observe"), (30, "detect")]
)
def test_a_camera_that_faces_the_scene_says_how_much_it_shows(officer, metres, shows):
    centre = jurisdictions.current().map.centre
    west = destination(centre, 270, metres)
    facing = a_camera(point=west, heading=90, view_angle=90, reach_m=60, days_kept=None)
    an_active_registration(clock.now(), camera=facing)

    page = officer(officer("/officer/searches", **a_form()).location).text

    tags = re.findall(r'class="mark mark--\w+">([^<]*)<', page)
    assert tags == [f"Faces scene · {shows}", "Retention unknown"]


def test_no_place_is_in_an_address(officer):
    location = officer("/officer/searches", **an_area()).location
    page = officer(location).text

    addresses = [location, *re.findall(r'(?:href|src|action)="([^"]*)"', page)]
    assert [one for one in addresses if re.search(r"\d\.\d{3}|%2C|[?&](lat|area|route)", one)] == []


EMPTY = {
    "circle": (a_form, "None is known to stand within 250 ft. Choose a larger distance"),
    "area": (an_area, "None is known to stand inside the area drawn. Draw the area larger"),
    "route": (a_route, "None is known to stand within 200 ft of a route of 1,120 ft. Look fur"),
    "seeing": (lambda: a_form(only_seeing="yes"), "Untick “Only cameras that could see it”"),
}


@pytest.mark.parametrize(("make", "words"), EMPTY.values(), ids=EMPTY)
def test_an_empty_result_says_what_may_find_somebody(officer, make, words):
    page = officer(officer("/officer/searches", **make()).location).text

    assert words in unescape(page).replace("\u00a0", " ")


def test_somebody_elses_search_is_not_found(officer):
    path = officer("/officer/searches", **a_route()).location
    headers = a_session(Role.OFFICER, cookie="another", officer_id="o-99").headers
    another = Client(Gateway(app), use_cookies=False)

    assert another.get(path, headers=headers).status_code == 404
    assert another.get(f"{path}/edit", headers=headers).status_code == 404
    form = {"csrf": CSRF}
    assert another.post(f"{path}/fewest", headers=headers, data=form).status_code == 404


def test_a_clerk_may_not_search(cloud):
    clerk = a_browser(Role.CLERK)

    assert clerk("/officer/search").status_code == 403
    assert clerk("/officer/searches", **a_form()).status_code == 403
