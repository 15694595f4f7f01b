import math
from itertools import pairwise

import pytest
from geographiclib.geodesic import Geodesic
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from chalicelib.errors import InvalidInput
from chalicelib.geo import Area, Circle, Corridor, Detail, Point, View, destination

WGS84 = Geodesic.WGS84
LAT, LON = 53.7632, -2.7031
CAMERA = Point(LAT, LON)
headings = st.one_of(st.integers(0, 359), st.sampled_from([0, 1, 359, 360, -45, 725]))
angles = st.one_of(st.integers(1, 360), st.sampled_from([179, 180, 181, 359, 360]))
directions = st.integers(0, 359)
metres = st.floats(0.5, 150)
views = st.builds(View, headings, angles, metres)
spots = st.tuples(st.floats(-200, 200), st.floats(-200, 200))
SURE_M = 0.6


def there(direction, away):
    """Return the position so far from the camera, longitude first."""
    place = WGS84.Direct(LAT, LON, direction, away)
    return place["lon2"], place["lat2"]


def place_at(spot):
    """Return the position so many metres east and north of the camera."""
    return there(math.degrees(math.atan2(*spot)), math.hypot(*spot))


def off(view, direction):
    return abs((direction - view.heading + 180) % 360 - 180)


def rim(view):
    """Return many places, metres east and north, on the edge of what a camera sees."""
    half = view.angle / 2
    arc = [(view.reach_m, view.heading + half * step / 300) for step in range(-300, 301)]
    ends = (view.heading - half, view.heading + half) if view.angle < 360 else ()
    sides = [(view.reach_m * step / 300, end) for step in range(301) for end in ends]
    polar = [(away, math.radians(direction)) for away, direction in arc + sides]
    return [(away * math.sin(way), away * math.cos(way)) for away, way in polar]


def within(view, spot):
    return off(view, math.degrees(math.atan2(*spot))) <= view.angle / 2 and (
        math.hypot(*spot) <= view.reach_m
    )


def gap(view, places):
    """Return the metres between what a camera sees and any of some places, by sampling."""
    if any(within(view, spot) for spot in places):
        return 0.0
    return min(math.dist(spot, edge) for edge in rim(view) for spot in places)


def sampled(spots, apart):
    """Return places along straight lines through the spots, at most so many metres apart."""
    places = [spots[-1]]
    for a, b in pairwise(spots):
        count = math.ceil(math.dist(a, b) / apart)
        places += [
            (a[0] + step / count * (b[0] - a[0]), a[1] + step / count * (b[1] - a[1]))
            for step in range(count)
        ]
    return places


@given(views, directions, metres, metres)
def test_a_camera_sees_a_circle_whose_middle_is_near_enough_to_its_view(view, way, away, radius):
    lon, lat = there(way, away)
    spot = away * math.sin(math.radians(way)), away * math.cos(math.radians(way))
    nearest = gap(view, [spot])
    assume(abs(nearest - radius) > SURE_M)
    assert view.sees(Circle(lat, lon, radius), LAT, LON) == (nearest < radius)


@settings(max_examples=60, deadline=None)
@given(views, st.lists(spots, min_size=2, max_size=3), st.floats(1, 100))
def test_a_camera_sees_a_route_that_passes_near_enough_to_its_view(view, bends, half_width):
    assume(all(math.dist(a, b) > 1 for a, b in pairwise(bends)))
    corridor = Corridor([place_at(bend) for bend in bends], half_width)
    nearest = gap(view, sampled(bends, 2.0))
    assume(not half_width - SURE_M < nearest < half_width + 1 + SURE_M)
    assert view.sees(corridor, LAT, LON) == (nearest < half_width)


def ring_of(middle, reaches, turn):
    """Return the corners of a star, metres east and north, none of its edges crossing."""
    ways = [math.radians(turn + 360 * number / len(reaches)) for number in range(len(reaches))]
    return [
        (middle[0] + reach * math.sin(way), middle[1] + reach * math.cos(way))
        for way, reach in zip(ways, reaches, strict=True)
    ]


def inside(spot, corners):
    """Say whether a place is inside the corners: even-odd rule."""
    odd = False
    for (ax, ay), (bx, by) in pairwise([*corners, corners[0]]):
        if (ay > spot[1]) != (by > spot[1]):
            odd ^= ax + (spot[1] - ay) * (bx - ax) / (by - ay) > spot[0]
    return odd


rings = st.builds(ring_of, spots, st.lists(st.floats(3, 150), min_size=3, max_size=5), directions)


@settings(max_examples=60, deadline=None)
@given(views, rings)
def test_a_camera_sees_an_area_it_stands_in_or_whose_edge_is_in_its_view(view, corners):
    area = Area([place_at(corner) for corner in [*corners, corners[0]]])
    edge = sampled([*corners, corners[0]], 1.0)
    stands = inside((0.0, 0.0), corners)
    assume(all(math.hypot(*spot) > SURE_M for spot in edge))
    seen = stands or any(within(view, spot) for spot in edge)
    assume(seen or gap(view, edge) > SURE_M)
    assert view.sees(area, LAT, LON) == seen


def turned(spot, degrees):
    way = math.radians(degrees)
    sine, cosine = math.sin(way), math.cos(way)
    return spot[0] * cosine + spot[1] * sine, spot[1] * cosine - spot[0] * sine


def scenes(spots, width):
    """Return one scene of each kind round the same three places."""
    places = [place_at(spot) for spot in spots]
    lon, lat = places[0]
    return [Circle(lat, lon, width), Corridor(places, width), Area([*places, places[0]])]


def resized(view, degrees, reach):
    angle = min(max(view.angle + degrees, 0.1), 360)
    return View(view.heading, angle, max(view.reach_m + reach, 0))


@given(views, st.tuples(spots, spots, spots), st.floats(1, 60), directions)
def test_turning_camera_and_scene_together_changes_nothing(view, corners, width, turn):
    (ax, ay), (bx, by), (cx, cy) = corners
    assume(abs((bx - ax) * (cy - ay) - (by - ay) * (cx - ax)) > 10)
    other = View(view.heading + turn, view.angle, view.reach_m)
    aside = scenes([turned(corner, turn) for corner in corners], width)
    for scene, moved in zip(scenes(corners, width), aside, strict=True):
        narrow, wide = resized(view, -0.1, -0.01), resized(view, 0.1, 0.01)
        stands = scene.depth_m(LAT, LON)
        if abs(stands) > 0.01 and narrow.sees(scene, LAT, LON) == wide.sees(scene, LAT, LON):
            assert other.sees(moved, LAT, LON) == view.sees(scene, LAT, LON)


@given(headings, st.tuples(spots, spots, spots), st.floats(1, 60), metres)
def test_a_camera_that_sees_all_round_sees_a_disc(heading, corners, width, reach):
    (ax, ay), (bx, by), (cx, cy) = corners
    assume(abs((bx - ax) * (cy - ay) - (by - ay) * (cx - ax)) > 10)
    circle, corridor, area = scenes(corners, width)
    reaches = [(circle, reach + width), (corridor, reach + width), (area, reach)]
    for scene, most in reaches:
        away = scene.distance_m(LAT, LON)
        assume(abs(away - most) > 0.01)
        assert View(heading, 360, reach).sees(scene, LAT, LON) == (away <= most)


@given(views, st.tuples(spots, spots, spots), st.floats(1, 60))
def test_without_reach_only_the_cameras_own_place_counts(view, corners, width):
    (ax, ay), (bx, by), (cx, cy) = corners
    assume(abs((bx - ax) * (cy - ay) - (by - ay) * (cx - ax)) > 10)
    blind = View(view.heading, view.angle, 0)
    for scene in scenes(corners, width):
        assume(abs(scene.depth_m(LAT, LON)) > 0.01)
        assert blind.sees(scene, LAT, LON) == scene.contains(LAT, LON)


NORTHWARD = View(359, 20, 100)


@pytest.mark.parametrize(
    ("direction", "away", "seen"),
    [
        (0, 50, True),
        (355, 50, True),
        (8, 50, True),
        (20, 50, False),
        (180, 50, False),
        (0, 106, False),
    ],
)
def test_a_view_across_north_holds_both_sides_of_it(direction, away, seen):
    lon, lat = there(direction, away)
    scene = Circle(lat, lon, 5)
    route = Corridor([there(direction, away), there(direction, away + 10)], 5)
    area = Area(
        [(lon, lat), there(direction, away + 9), there(direction + 1, away + 9), (lon, lat)]
    )
    assert [NORTHWARD.sees(region, LAT, LON) for region in (scene, route, area)] == [seen] * 3


@pytest.mark.parametrize(("half_width", "seen"), [(6, True), (4, False)])
def test_a_route_behind_a_camera_is_in_view_only_if_the_camera_stands_in_it(half_width, seen):
    route = Corridor([place_at((-300, -5)), place_at((300, -5))], half_width)
    assert View(0, 90, 60).sees(route, LAT, LON) == seen
    assert View(0, 90, 0).sees(route, LAT, LON) == seen


@pytest.mark.parametrize(("half_width", "seen"), [(9, True), (7, False)])
@pytest.mark.parametrize("side", [-1, 1])
def test_a_route_that_begins_or_ends_beside_a_view_is_as_near_as_its_end(half_width, seen, side):
    ahead, out = math.radians(30), math.radians(120)
    ends = [
        (
            side * (50 * math.sin(ahead) + off * math.sin(out)),
            50 * math.cos(ahead) + off * math.cos(out),
        )
        for off in (8, 100)
    ]
    for order in (ends, ends[::-1]):
        route = Corridor([place_at(end) for end in order], half_width)
        assert View(0, 60, 100).sees(route, LAT, LON) == seen


def ring_round(*reaches):
    corners = [there(45 + 90 * number, reaches[number]) for number in range(4)]
    return [*corners, corners[0]]


@pytest.mark.parametrize(
    ("heading", "reach", "seen"), [(0, 30, False), (0, 36, True), (90, 30, False), (90, 250, True)]
)
def test_from_a_hole_a_camera_sees_the_area_only_beyond_the_hole(heading, reach, seen):
    area = Area(ring_round(*[200] * 4), [ring_round(*[50] * 4)])
    assert View(heading, 60, reach).sees(area, LAT, LON) == seen


def test_from_outside_a_camera_sees_an_area_around_its_whole_view_only_if_it_stands_in_it():
    assert View(0, 60, 30).sees(Area(ring_round(*[200] * 4)), LAT, LON)
    start, end = there(90, 201), there(90, 260)
    assert not View(0, 60, 30).sees(Area(ring_round(*[200] * 4)), start[1], start[0])
    assert View(270, 60, 60).sees(Area(ring_round(*[200] * 4)), end[1], end[0]) is False


@settings(deadline=None)
@given(directions, st.floats(1000, 19_000), st.floats(1000, 19_000), st.floats(61, 200))
@example(90, 2500.0, 2500.0, 100.0)
def test_a_long_leg_is_as_near_as_its_geodesic_is(way, before, after, away):
    foot = WGS84.Direct(LAT, LON, way, away)
    ends = [
        WGS84.Direct(foot["lat2"], foot["lon2"], foot["azi2"] + turn, metres)
        for turn, metres in ((-90, before), (90, after))
    ]
    corridor = Corridor([(end["lon2"], end["lat2"]) for end in ends], 60)
    assert View(way, 1, away - 60 + 0.002).sees(corridor, LAT, LON)
    assert not View(way, 1, away - 60 - 0.002).sees(corridor, LAT, LON)
    assert not View(way + 180, 90, 500).sees(corridor, LAT, LON) or away <= 60


@settings(deadline=None)
@given(st.floats(-80, 80), st.floats(0.01, 0.3), st.floats(0.2, 0.8), st.floats(5, 400))
def test_a_long_edge_is_where_its_parallel_is(lat, wide, part, away):
    north = Area([(0, lat), (wide, lat), (wide, lat + 0.05), (0, lat + 0.05), (0, lat)])
    camera = WGS84.Direct(lat, part * wide, 180, away)
    beside = min(part, 1 - part) * wide * 111_000 * math.cos(math.radians(lat))
    assume(beside > 2 * away)
    for heading, more, reach in [(0, 0.002, away), (60, 0.01 * away, 2 * away)]:
        assert View(heading, 0.1, reach + more).sees(north, camera["lat2"], camera["lon2"])
        assert not View(heading, 0.1, reach - more).sees(north, camera["lat2"], camera["lon2"])


@pytest.mark.parametrize("camera", [(89.9999, 10.0), (-17.0, 179.9999), (0.0, 0.0)])
def test_a_camera_sees_ahead_at_the_poles_and_across_the_antimeridian(camera):
    for heading in (0, 90, 180, 270):
        view, ahead = View(heading, 60, 60), destination(Point(*camera), heading, 50)
        behind = destination(Point(*camera), heading + 180, 50)
        assert view.sees(Circle(ahead.latitude, ahead.longitude, 5), *camera)
        assert not view.sees(Circle(behind.latitude, behind.longitude, 5), *camera)


@pytest.mark.parametrize(
    ("view", "field"),
    [
        ((math.nan, 90, 60), "heading"),
        ((math.inf, 90, 60), "heading"),
        ((0, 0, 60), "view_angle"),
        ((0, 361, 60), "view_angle"),
        ((0, math.nan, 60), "view_angle"),
        ((0, 90, -1), "reach_m"),
        ((0, 90, math.nan), "reach_m"),
        ((0, 90, math.inf), "reach_m"),
    ],
)
def test_a_view_that_is_none_is_refused_by_name(view, field):
    with pytest.raises(InvalidInput) as refusal:
        View(*view)
    assert set(refusal.value.fields) == {field}


def test_a_camera_off_the_earth_is_never_silently_blind():
    with pytest.raises(InvalidInput):
        View(0, 360, 60).sees(Circle(LAT, LON, 10), math.nan, LON)


@pytest.mark.parametrize(
    ("angle", "ends"),
    [
        (68, {Detail.DETECT: 56.93, Detail.RECOGNISE: 11.39, Detail.IDENTIFY: 5.69}),
        (90, {Detail.DETECT: 38.4, Detail.OBSERVE: 15.36, Detail.RECOGNISE: 7.68}),
        (109.9, {Detail.DETECT: 26.93}),
        (110, {Detail.DETECT: 40.0, Detail.RECOGNISE: 8.0}),
        (160, {Detail.DETECT: 27.50, Detail.RECOGNISE: 5.50, Detail.IDENTIFY: 2.75}),
        (360, {Detail.DETECT: 12.22, Detail.OBSERVE: 4.89}),
    ],
)
def test_detail_ends_where_a_metre_has_too_few_pixels(angle, ends):
    view, tiers = View(0, angle, 60), [*Detail]
    for detail, metres in ends.items():
        coarser = tiers[tiers.index(detail) - 1] if detail != Detail.DETECT else None
        assert view.detail(metres - 0.01) == detail
        assert view.detail(metres + 0.02) == coarser


def test_at_no_distance_everything_can_be_made_out():
    assert View(0, 90, 60).detail(0) == Detail.IDENTIFY
    assert View(0, 90, 60).detail(1e6) is None
