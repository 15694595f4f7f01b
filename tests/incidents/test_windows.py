from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.cameras import IndexedView, Kind, Premises
from chalicelib.geo import Circle, Corridor, destination, distance_m
from chalicelib.incidents import Travel, Window, camera_minutes, end_of_travel, window_of
from chalicelib.incidents.windows import stretch, whole_window
from tests.incidents.builders import a_route, an_escape, an_incident, off, positions
from tests.officers.people import NOW

MINUTE, NO_DOUBT = timedelta(minutes=1), timedelta()
ALONG = st.floats(0, 1000)
SPEED = st.floats(0.3, 70)


def a_view(heading=None, angle=None, reach_m=40, accuracy_m=0):
    return IndexedView(heading, angle, reach_m, accuracy_m, Kind.FIXED, Premises.HOME, None)


def a_window(along_m, slowest=1.0, fastest=5.0, doubt=NO_DOUBT, view=None, **escape):
    given = {"slowest_mps": slowest, "fastest_mps": fastest, "starts_at": NOW} | escape
    incident = an_escape(NOW, **given)
    return window_of(incident, off(along_m, 90), view or a_view(), clock_doubt=doubt)


def minutes(window):
    """Its ends in minutes from setting off."""
    return tuple((moment - NOW) / MINUTE for moment in window)


def test_without_travel_the_window_is_the_incidents_own():
    incident = an_incident(NOW, region=a_route())
    found = window_of(incident, off(10), a_view(), clock_doubt=5 * MINUTE)
    assert found == Window(incident.starts_at, incident.ends_at)


def test_a_camera_is_asked_from_the_fastest_arrival_to_the_slowest_departure():
    # Pieces of 25 m: it reaches from 460 to 540 m, so it sees those from 450 to 550 m.
    assert stretch(a_route(), off(500, 90), a_view()) == pytest.approx((450, 550), abs=1e-6)
    assert minutes(a_window(500)) == (1, 10)  # 450 m / 5 m/s = 90 s; 550 m / 1 m/s = 550 s


def test_clock_doubt_moves_both_ends_apart():
    assert minutes(a_window(500, doubt=5 * MINUTE)) == (-4, 15)


def test_a_camera_that_looks_ahead_sees_a_later_stretch():
    # From 487.5 m it sees 40 m on or back: up to 527.5 or from 447.5, in pieces of 25 m.
    ahead, back = (stretch(a_route(), off(487.5, 90), a_view(to, 60)) for to in (90, 270))
    assert ahead == pytest.approx((475, 550), abs=1e-6)
    assert back == pytest.approx((425, 500), abs=1e-6)


def test_a_camera_that_looks_away_counts_with_what_it_could_reach():
    beside = off(30, 0, off(500, 90))
    away, unknown = a_view(0, 60), a_view()
    assert stretch(a_route(), beside, away) == stretch(a_route(), beside, unknown)


def test_a_camera_out_of_reach_counts_with_the_place_it_is_nearest_to():
    far = off(200, 0, off(500, 90))
    assert stretch(a_route(), far, a_view()) == pytest.approx((500, 500), abs=0.1)
    assert stretch(a_route(), off(300, 270), a_view()) == (0, 0)


def test_a_place_known_only_roughly_widens_the_stretch():
    # 40 m of reach, 28 of doubt and 5 for the width of the road: 427 to 573 m.
    rough = stretch(a_route(), off(500, 90), a_view(accuracy_m=28))
    assert rough == pytest.approx((425, 575), abs=1e-6)
    assert stretch(a_route(), off(500, 90), a_view(accuracy_m=5000)) == pytest.approx((0, 1000))
    far = off(200, 0, off(500, 90))
    assert stretch(a_route(), far, a_view(accuracy_m=30)) == pytest.approx((470, 530), abs=0.1)


def test_a_camera_between_two_legs_may_be_the_other_ones():
    end = off(500, 90)
    there_and_back = Corridor(positions(off(0), end, off(90, 0, end), off(90)), 60)
    beside = off(20, 0, off(250, 90))
    sure, unsure = (
        stretch(there_and_back, beside, a_view(180, 90, accuracy_m=doubt)) for doubt in (0, 80)
    )
    assert sure[1] < 500
    assert unsure[1] > 590


def test_a_route_that_comes_by_twice_is_asked_for_from_first_to_last():
    there, end = off(0), off(500, 90)
    loop = Corridor(positions(there, end, destination(end, 0, 20), off(20)), 60)
    assert stretch(loop, off(10, 0), a_view(reach_m=30)) == pytest.approx((0, 1020), abs=0.1)


def test_a_window_is_at_least_a_minute():
    before = off(100, 270)
    assert stretch(a_route(), before, a_view()) == (0, 0)
    found = window_of(an_escape(NOW, starts_at=NOW), before, a_view(), clock_doubt=NO_DOUBT)
    assert minutes(found) == (0, 1)


def test_a_camera_that_sees_a_corner_only_counts_with_it():
    corner = off(110, 90)
    bent = Corridor(positions(off(0), corner, off(110, 0, corner)), 60)
    looking_in = off(12, 135, corner)
    # Nine pieces, the corner in the middle of the fifth; a line from its start to its end would
    # pass inside the corner, beyond what the camera sees.
    ninth = 220 / 9
    found = stretch(bent, looking_in, a_view(315, 20, reach_m=8))
    assert found == pytest.approx((4 * ninth, 5 * ninth), abs=1e-3)


def test_the_end_of_travel_is_a_whole_minute():
    assert end_of_travel(a_route(900), Travel(1, 5), NOW) == NOW + 15 * MINUTE
    assert end_of_travel(a_route(901), Travel(1, 5), NOW) == NOW + 16 * MINUTE


def test_minutes_of_cameras_are_counted_each_in_full():
    part = Window(NOW, NOW + timedelta(seconds=61))
    assert camera_minutes([part, part, Window(NOW, NOW + MINUTE)]) == 5


@given(ALONG, ALONG, SPEED, SPEED)
def test_a_camera_further_along_never_has_an_earlier_window(here, there, one, other):
    slowest, fastest = sorted((one, other))
    near, far = (a_window(along, slowest, fastest) for along in sorted((here, there)))
    assert near.starts_at <= far.starts_at
    assert near.ends_at <= far.ends_at


@given(
    st.floats(-50, 450),
    st.floats(-80, 80),
    st.integers(0, 359),
    st.integers(1, 360),
    st.integers(0, 120),
)
def test_no_place_of_the_route_that_a_camera_sees_is_left_out(along, aside, heading, angle, reach):
    route = Corridor(positions(off(0), off(200, 90), off(200, 0, off(200, 90))), 60)
    point, view = off(aside, 0, off(along, 90)), a_view(heading, angle, reach)
    places = [(metres, route.at(metres)) for metres in range(0, int(route.length_m) + 1, 5)]
    seen = [
        metres
        for metres, place in places
        if view.sight.sees(
            Circle(place.latitude, place.longitude, 0.01), point.latitude, point.longitude
        )
    ]
    first, last = stretch(route, point, view)
    assert all(first - 0.01 <= metres <= last + 0.01 for metres in seen)
    beyond = reach + 2 * 25 + 5  # a piece at either end, and the road's own width
    assert all(
        distance_m(point, route.at(end))
        <= max(beyond, route.nearest(point.latitude, point.longitude).off_m + 0.1)
        for end in (first, last)
    )


@given(ALONG, st.lists(SPEED, min_size=4, max_size=4).map(sorted))
def test_a_wider_band_of_speeds_never_has_a_narrower_window(along, speeds):
    slowest, slow, fast, fastest = speeds
    wide, narrow = a_window(along, slowest, fastest), a_window(along, slow, fast)
    assert wide.starts_at <= narrow.starts_at
    assert narrow.ends_at <= wide.ends_at


@given(ALONG, st.floats(0, 90), SPEED, SPEED, st.integers(0, 15))
def test_a_window_holds_every_moment_they_can_have_been_seen(along, aside, one, other, doubt):
    slowest, fastest = sorted((one, other))
    point, view = off(aside, 0, off(along, 90)), a_view(180, 90, 60)
    incident = an_escape(NOW, slowest_mps=slowest, fastest_mps=fastest, starts_at=NOW)
    window = window_of(incident, point, view, clock_doubt=doubt * MINUTE)
    whole = whole_window(incident, clock_doubt=doubt * MINUTE)
    assert whole.starts_at <= window.starts_at < window.ends_at <= whole.ends_at
    assert window.ends_at - window.starts_at >= max(1, 2 * doubt) * MINUTE
    assert all(moment.second == moment.microsecond == 0 for moment in window)
    nearest = incident.region.nearest(point.latitude, point.longitude)
    passing = NOW + timedelta(seconds=nearest.along_m / ((slowest + fastest) / 2))
    assert window.starts_at <= passing <= window.ends_at
