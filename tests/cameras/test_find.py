from dataclasses import replace

import pytest

from chalicelib import cameras
from chalicelib.aws.transaction import Transaction
from chalicelib.cameras import CameraDetails, IndexedView, Kind, Premises
from chalicelib.geo import Area, Corridor, Curve, Detail, Point, best_plan, destination
from chalicelib.telemetry import metrics
from tests.cameras.looking import SEAM, circle, ids, look

PLACES = [
    SEAM,
    Point(52.8052, -2.109375),
    Point(41.66015625, -87.8367),
    Point(51.4779, 0.0),
    Point(0.0, 0.0),
    Point(-16.8, 180.0),
    Point(31.6260, -48.4446),
    Point(85.05, 11.6),
]


@pytest.mark.parametrize("radius", [40, 250, 1000])
@pytest.mark.parametrize("place", PLACES)
def test_a_lookup_finds_exactly_what_looking_at_every_camera_finds(
    register, fleet, expected, place, radius
):
    registered = register(fleet(60, place, radius * 2.0))
    register(fleet(20, place, radius * 1.0), visible=False)
    around = circle(place, radius)
    found = look(around)
    assert ids(found.cameras) == expected(registered, around) != set()
    assert (found.total, found.truncated) == (len(found.cameras), False)


def around_seam(*corners):
    places = [destination(SEAM, degrees, metres) for degrees, metres in corners]
    return tuple((place.longitude, place.latitude) for place in places)


SHAPES = [
    Area(around_seam((0, 400), (100, 500), (220, 450), (0, 400))),
    Area(
        around_seam((45, 600), (135, 600), (225, 600), (315, 600), (45, 600)),
        (around_seam((0, 200), (120, 200), (240, 200), (0, 200)),),
    ),
    Corridor(around_seam((250, 700), (0, 100), (90, 600)), 60),
    Corridor(around_seam((90, 500), (270, 500)), 150),
]


@pytest.mark.parametrize("region", SHAPES)
def test_areas_and_routes_find_what_looking_at_every_camera_finds(
    register, fleet, expected, region
):
    registered = register(fleet(120, SEAM, 900))
    found = look(region)
    assert ids(found.cameras) == expected(registered, region) != set()
    assert [one.distance_m for one in found.cameras] == pytest.approx(
        [region.distance_m(one.point.latitude, one.point.longitude) for one in found.cameras]
    )


def test_the_cheaper_curve_is_the_one_read(register, fleet, expected, on_query):
    around, read = circle(SEAM, 60), []
    registered = register(fleet(30, SEAM, 100))
    on_query(lambda params: read.append(params["IndexName"]))
    assert best_plan(around, 50.0, margin_m=100).curve is Curve.SHIFTED
    assert ids(look(around).cameras) == expected(registered, around) != set()
    assert read == ["shifted"]


def test_a_camera_beside_a_route_is_where_the_route_is_nearest(register):
    route = Corridor(around_seam((90, 500), (270, 500)), 60)
    register([CameraDetails(destination(destination(SEAM, 90, 300), 0, 40))])
    (found,) = look(route).cameras
    assert (round(found.distance_m), round(found.bearing)) == (40, 0)


def test_cameras_that_were_hidden_moved_removed_or_shown_are_found_as_they_are_now(
    register, fleet, expected, now
):
    registered = register(fleet(40, SEAM, 200))
    hidden = register(fleet(5, SEAM, 150), visible=False)
    afar = replace(registered[2].details, point=destination(SEAM, 90, 5000))
    transaction = Transaction()
    cameras.hide(transaction, registered[0], now=now)
    cameras.remove(transaction, registered[1])
    cameras.change(transaction, registered[2], afar, now=now)
    shown = cameras.show(transaction, hidden[0], now=now)
    transaction.commit()
    around = circle(SEAM, 250)
    assert ids(look(around).cameras) == expected([*registered[3:], shown], around)


def test_a_found_camera_says_where_it_is_and_what_it_sees_and_nothing_of_its_owner(register):
    place = destination(SEAM, 90, 50)
    (camera,) = register(
        [
            CameraDetails(
                place,
                "1 High Street",
                "porch",
                Kind.DOORBELL,
                Premises.BUSINESS,
                270,
                120,
                60,
                5,
                30,
            )
        ]
    )
    found = look(circle(SEAM, 100))
    (one,) = found.cameras
    assert (one.id, one.point, one.certainty, one.faces) == (
        camera.id,
        camera.point,
        "definite",
        True,
    )
    assert one.distance_m == pytest.approx(50, abs=0.03)
    assert one.bearing == pytest.approx(90, abs=0.03)
    assert one.view == IndexedView(270, 120, 60, 5, Kind.DOORBELL, Premises.BUSINESS, 30)
    assert (found.requests, found.entries_read, found.truncated) == (1, 1, False)


@pytest.mark.parametrize(
    ("away", "accuracy", "certainties"),
    [
        (80, 20, ["definite"]),
        (81, 20, ["possible"]),
        (119, 20, ["possible"]),
        (121, 20, []),
        (199, 100, ["possible"]),
    ],
)
def test_a_camera_whose_place_is_uncertain_is_found_as_possible(
    register, away, accuracy, certainties
):
    place = destination(SEAM, 200, away - 0.05)
    register([CameraDetails(place, accuracy_m=accuracy)])
    assert [camera.certainty for camera in look(circle(SEAM, 100)).cameras] == certainties


@pytest.mark.parametrize(
    ("heading", "angle", "reach", "faces"),
    [
        (None, None, None, False),
        (None, 360, 60, True),
        (180, None, None, True),
        (180, 90, 30, False),
        (180, 90, 40, True),
        (0, 90, 60, False),
        (100, 120, 60, False),
        (110, 120, 60, True),
    ],
)
def test_a_camera_faces_the_scene_when_its_view_reaches_it(register, heading, angle, reach, faces):
    north = destination(SEAM, 0, 50)
    register([CameraDetails(north, heading=heading, view_angle=angle, reach_m=reach)])
    assert [camera.faces for camera in look(circle(SEAM, 100)).cameras] == [faces]


def test_an_empty_register_is_an_empty_answer(cloud):
    found = look(circle(SEAM, 100))
    assert (found.cameras, found.entries_read, found.total, found.truncated) == ((), 0, 0, False)


@pytest.mark.parametrize(
    ("away", "angle", "detail"),
    [
        (3, 90, Detail.IDENTIFY),
        (6, 90, Detail.RECOGNISE),
        (12, 90, Detail.OBSERVE),
        (30, 90, Detail.DETECT),
        (50, 90, None),
        (50, 30, Detail.OBSERVE),
    ],
)
def test_what_a_camera_would_show_depends_on_how_far_the_scene_is(register, away, angle, detail):
    north = destination(SEAM, 0, away)
    register([CameraDetails(north, heading=180, view_angle=angle, reach_m=60)])
    (found,) = look(circle(SEAM, 100)).cameras
    assert (found.faces, found.detail) == (True, detail)


def test_a_camera_that_looks_elsewhere_shows_nothing_of_the_scene(register):
    register([CameraDetails(destination(SEAM, 0, 30), heading=0, view_angle=90, reach_m=60)])
    (found,) = look(circle(SEAM, 100)).cameras
    assert (found.faces, found.detail) == (False, None)


@pytest.mark.parametrize("only_seeing", [False, True])
def test_any_camera_can_be_shown_as_a_search_would_show_it(register, fleet, only_seeing):
    around, scene = circle(SEAM, 200), circle(SEAM, 10)
    registered = {camera.id: camera for camera in register(fleet(60, SEAM, 250))}
    searched = look(around, scene=scene, only_seeing=only_seeing).cameras
    assert len(searched) > 5
    for one in searched:
        camera = registered[one.id]
        assert cameras.as_found(camera, around, scene=scene, only_seeing=only_seeing) == one


@pytest.mark.parametrize(("accuracy", "certainty"), [(5, "possible"), (101, "uncertain")])
def test_a_camera_that_a_search_would_no_longer_find_can_be_shown_too(
    register, accuracy, certainty
):
    (far,) = register([CameraDetails(destination(SEAM, 90, 500), accuracy_m=accuracy)])
    around = circle(SEAM, 100)
    assert cameras.as_found(far, around, scene=around).certainty == certainty


def test_a_lookup_counts_what_it_took_and_says_nothing_of_where(register, fleet):
    register(fleet(30, SEAM, 100))
    metrics.clear_metrics()
    found = look(circle(SEAM, 60))
    counted = metrics.serialize_metric_set()
    metrics.clear_metrics()
    names = ("Requests", "EntriesRead", "CamerasFound", "CapacityUnits")
    assert [counted[f"Lookup{name}"] for name in names] == [
        [found.requests],
        [found.entries_read],
        [found.total],
        [found.capacity_units],
    ]
    assert 0 < counted["LookupPlanTime"][0] <= counted["LookupTime"][0]
    assert not [key for key in ("gcw", "gct", "54.0") if key in str(counted)]
