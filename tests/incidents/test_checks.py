from datetime import timedelta

import pytest

from chalicelib import jurisdictions
from chalicelib.errors import InvalidInput, LimitExceeded, OutsideJurisdiction
from chalicelib.geo import Area, Circle, Corridor, Outline, Point
from chalicelib.incidents import Place, Travel, check
from chalicelib.incidents.region_checks import touches
from chalicelib.officers import Role
from tests.incidents.builders import (
    a_circle,
    a_route,
    a_square,
    an_escape,
    an_incident,
    off,
    positions,
)

OFFICER = frozenset({Role.OFFICER})
SUPERVISOR = frozenset({Role.SUPERVISOR})
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def problems(now, roles=OFFICER, incident=None, **changes):
    try:
        check(incident or an_incident(now, **changes), jurisdictions.load("demo"), roles, now)
    except InvalidInput as error:
        return set(error.fields)
    return set()


def over(now, **changes):
    """What is over the programme's limits, field by field."""
    try:
        check(an_incident(now, **changes), jurisdictions.load("demo"), OFFICER, now)
    except LimitExceeded as error:
        return error.fields
    return {}


def test_a_whole_incident_passes(now):
    assert problems(now) == set()


@pytest.mark.parametrize("number", ["", " ", " 26-1", "26\n1", "26\u202e1", "x" * 41])
def test_a_case_number_is_short_printable_text(now, number):
    assert problems(now, case_number=number) == {"case_number"}


def test_a_purpose_is_one_of_the_programmes(now):
    assert problems(now, purpose="curiosity") == {"purpose"}


@pytest.mark.parametrize("reason", ["", "too short", " " * 20, "x" * 301, "with a\x00control sign"])
def test_a_reason_is_a_sentence(now, reason):
    assert problems(now, reason=reason) == {"reason"}


@pytest.mark.parametrize("label", ["", "x" * 201, "two\nlines"])
def test_a_place_has_a_name_of_one_line(now, label):
    place = Place(off(0), label)
    assert problems(now, place=place) == {"label"}


@pytest.mark.parametrize("radius", [0, -5, float("nan"), float("inf")])
def test_a_radius_is_a_distance(radius):
    with pytest.raises(InvalidInput) as refused:
        a_circle(radius)
    assert set(refused.value.fields) == {"radius_m"}


@pytest.mark.parametrize("width", [0, -5, float("nan"), float("inf")])
def test_a_width_is_a_distance(width):
    with pytest.raises(InvalidInput) as refused:
        a_route(half_width_m=width)
    assert set(refused.value.fields) == {"half_width_m"}


@pytest.mark.parametrize("degrees", [float("nan"), float("-inf"), 181])
@pytest.mark.parametrize(
    ("shape", "field"),
    [
        (lambda lon, lat: Circle(lat, lon, 100), ""),
        (lambda lon, lat: Corridor(((-98.0, 40.0), (lon, lat)), 60), "route"),
        (lambda lon, lat: Area(((lon, lat), (-98.0, 40.1), (-98.1, 40.1), (lon, lat))), "area"),
    ],
)
def test_a_place_is_on_earth(degrees, shape, field):
    for wrong, axis in (((degrees, 40.0), "longitude"), ((-98.0, degrees), "latitude")):
        with pytest.raises(InvalidInput) as refused:
            shape(*wrong)
        assert set(refused.value.fields) == {field or axis}


def test_an_area_is_closed_and_does_not_cross_itself():
    corners = a_square().ring
    for ring in (corners[:-1], (corners[0], corners[2], corners[1], corners[3], corners[0])):
        with pytest.raises(InvalidInput) as refused:
            Area(ring)
        assert set(refused.value.fields) == {"area"}


@pytest.mark.parametrize("count", [1, 2])
def test_a_route_goes_somewhere(count):
    with pytest.raises(InvalidInput) as refused:
        Corridor(positions(*[off(0)] * count), 60)
    assert set(refused.value.fields) == {"route"}


@pytest.mark.parametrize("radius", [641, 10**6])
def test_a_radius_stays_within_the_programmes(now, radius):
    assert over(now, region=a_circle(radius)) == {
        "radius_m": "Choose a distance of at most 2,100 ft."
    }


def test_a_width_stays_within_the_programmes(now):
    assert over(now, region=a_route(half_width_m=153)) == {
        "half_width_m": "Choose at most 500 ft to either side."
    }


def test_a_route_is_not_too_long(now):
    there_and_back = positions(*[off(metres, 90) for metres in (0, 1000) * 3])
    route = Corridor(there_and_back, 30)
    assert over(now, region=Corridor(there_and_back[:-1], 30)) == {}
    assert over(now, region=Corridor((*there_and_back, there_and_back[0]), 30)) == {
        "route": "That route is 3.7 miles long. At most 3.1 miles can be searched at once."
    }
    assert route.length_m == pytest.approx(5000, abs=0.1)


@pytest.mark.parametrize(("corners", "allowed"), [(100, True), (101, False), (500, False)])
def test_a_shape_has_only_so_many_places(now, corners, allowed):
    ring = [off(200, 360 * step / corners) for step in range(corners)]
    wrong = over(now, region=Area(positions(*ring, ring[0])))
    assert wrong == ({} if allowed else {"area": f"Give at most 100 corners; these are {corners}."})
    wrong = over(now, region=Corridor(positions(*ring), 30))
    assert wrong == ({} if allowed else {"route": f"Give at most 100 places; these are {corners}."})


def test_the_corners_of_holes_count_too(now):
    ring = [off(200, 6 * step) for step in range(60)]
    hole = [off(100, 6 * step) for step in range(60)]
    area = Area(positions(*ring, ring[0]), (positions(*hole, hole[0]),))
    assert set(over(now, region=area)) == {"area"}


def test_no_shape_covers_too_much_ground(now):
    assert over(now, region=a_square(1130)) == {}
    assert over(now, region=a_square(1150)) == {
        "area": "That covers 0.51 square miles. At most 0.5 square miles can be searched at once."
    }
    assert [set(over(now, region=a_route(4500, width))) for width in (100, 150)] == [
        set(),
        {"half_width_m"},
    ]


@pytest.mark.parametrize("hours", [-1, 0, 0.2, 2.01, 13])
def test_a_window_is_neither_too_short_nor_too_long(now, hours):
    start = now - 20 * HOUR
    assert problems(now, starts_at=start, ends_at=start + hours * HOUR) == {"ends_at"}


@pytest.mark.parametrize(("hours", "wrong"), [(12, set()), (12.1, {"ends_at"})])
def test_a_supervisor_may_ask_for_twelve_hours(now, hours, wrong):
    start = now - 20 * HOUR
    assert problems(now, SUPERVISOR, starts_at=start, ends_at=start + hours * HOUR) == wrong


def test_a_window_is_in_the_past(now):
    assert problems(now, ends_at=now + timedelta(seconds=1), starts_at=now - HOUR) == {"ends_at"}
    later = {"starts_at": now + HOUR, "ends_at": now + 2 * HOUR}
    assert problems(now, **later) == {"starts_at", "ends_at"}


def test_a_window_is_not_older_than_recordings_can_be(now):
    start = now - 45 * DAY
    assert problems(now, starts_at=start, ends_at=start + HOUR) == set()
    assert problems(now, starts_at=start - HOUR, ends_at=start) == {"starts_at"}


def test_an_escape_has_the_window_that_follows_from_its_speeds(now):
    escape = an_escape(now)
    assert problems(now, incident=escape) == set()
    later = an_escape(now, ends_at=escape.ends_at + MINUTE)
    assert problems(now, incident=later) == {"ends_at"}
    short = an_escape(now, a_route(100), slowest_mps=5)
    assert (short.ends_at - short.starts_at, problems(now, incident=short)) == (MINUTE, set())


def test_an_escape_that_may_take_too_long_names_the_slowest_speed(now):
    # 1,000 m at 0.3 m/s are 56 minutes; five more on either side, 66.
    two = a_route(1000), Corridor(positions(*[off(m, 90) for m in (0, 1000, 0, 1000)]), 60)
    slow = {"slowest_mps": 0.3, "starts_at": now - 4 * HOUR}
    assert [problems(now, incident=an_escape(now, route, **slow)) for route in two] == [
        set(),
        {"slowest"},
    ]
    assert problems(now, SUPERVISOR, incident=an_escape(now, two[1], **slow)) == set()


def test_an_escape_is_over(now):
    escape = an_escape(now, starts_at=now - 10 * MINUTE)
    assert problems(now, incident=escape) == {"slowest"}


def test_only_along_a_route_can_anybody_travel(now):
    assert problems(now, travel=Travel(1, 5)) == {"slowest"}


@pytest.mark.parametrize(
    ("shape", "field"), [(a_circle, "place"), (a_route, "route"), (a_square, "area")]
)
def test_a_region_of_another_force_is_refused_in_its_own_way(now, shape, field):
    london = Point(51.5, -0.1)
    region = shape(centre=london) if field != "route" else shape(start=london)
    with pytest.raises(OutsideJurisdiction) as refused:
        check(an_incident(now, region=region), jurisdictions.load("demo"), OFFICER, now)
    assert refused.value.fields == {
        field: "That place is outside the area of Alder Falls Police Department."
    }


@pytest.mark.parametrize(
    ("shape", "field"), [(a_circle, "place"), (a_route, "route"), (a_square, "area")]
)
def test_swapped_latitude_and_longitude_are_told_as_such(now, shape, field):
    swapped = Point(-2.7031, 53.7632)
    region = shape(centre=swapped) if field != "route" else shape(start=swapped)
    lancashire = jurisdictions.load("lancashire")
    with pytest.raises(OutsideJurisdiction) as refused:
        check(an_incident(now, region=region), lancashire, OFFICER, now)
    assert refused.value.fields[field].endswith("give latitude first.")


def beyond(metres):
    """A place that far north of the town's edge."""
    demo = jurisdictions.load("demo")
    outside = next(one for one in range(0, 30_000, 5) if not demo.covers(off(one)))
    return off(outside + metres)


@pytest.mark.parametrize(
    ("reaches", "shape"),
    [
        (100, lambda start: a_circle(100, start)),
        (60, lambda start: a_route(300, 60, 90, start)),
        (50, lambda start: a_square(100, start)),
    ],
)
def test_a_region_that_reaches_into_the_area_may_be_searched(now, reaches, shape):
    assert problems(now, region=shape(beyond(reaches - 20))) == set()
    assert len(problems(now, region=shape(beyond(reaches + 200)))) == 1


def test_a_region_that_only_passes_through_or_holds_the_whole_area_touches_it():
    small = Outline.from_geojson({"type": "Polygon", "coordinates": [a_square(40).ring]})
    through = a_route(1000, 5, 90, off(500, 270))
    beside = a_route(1000, 60, 90, off(500, 270, off(70)))
    far = a_route(1000, 5, 90, off(500, 270, off(70)))
    around, elsewhere = a_square(400), a_square(40, off(200))
    touched = [touches(one, small) for one in (through, beside, far, around, elsewhere)]
    assert touched == [True, True, False, True, False]


def test_an_area_round_the_town_that_leaves_it_out_does_not_touch_it():
    small = Outline.from_geojson({"type": "Polygon", "coordinates": [a_square(40).ring]})
    hollow = Area(a_square(400).ring, (a_square(200).ring,))
    corner = positions(*[off(400, bearing) for bearing in (0, 90)], off(390, 90), off(390, 0))
    assert not touches(hollow, small)
    assert not touches(Area((*corner, corner[0])), small)


def test_an_area_of_which_only_an_edge_comes_into_the_town_touches_it():
    # A sliver of 60 km by 20 m, its corners and its middle far outside.
    west, east = off(15_000, 270), off(45_000, 90)
    ring = positions(west, east, off(20, 180, east), off(20, 180, west), west)
    assert touches(Area(ring), jurisdictions.load("demo").outline)


@pytest.mark.parametrize(("metres", "allowed"), [(5290, True), (5310, False), (150_000, False)])
def test_an_area_is_no_longer_than_a_route_however_thin(now, metres, allowed):
    far = off(metres, 90)
    ring = positions(off(0), far, off(1, 0, far), off(0))
    words = {5310: "6.6 miles", 150_000: "186.4 miles"}
    edge = f"Its edge is {words.get(metres)} long. It may be at most 6.6 miles."
    assert over(now, region=Area(ring)) == ({} if allowed else {"area": edge})
