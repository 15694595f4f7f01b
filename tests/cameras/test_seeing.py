import pytest

from chalicelib.cameras import REACH_MAX_M, CameraDetails, packed, unpacked
from chalicelib.geo import Area, Corridor, View, destination
from tests.cameras.looking import SEAM, circle, ids, look

ROUTE = tuple(
    (place.longitude, place.latitude)
    for place in (destination(SEAM, 250, 300), SEAM, destination(SEAM, 20, 250))
)
SCENES = [
    circle(SEAM, 10),
    Corridor(ROUTE, 5),
    Area((*ROUTE, ROUTE[0])),
]


def may_see(camera, scene):
    view, (lat, lon) = unpacked(packed(camera)), (camera.point.latitude, camera.point.longitude)
    if view.heading is None and view.view_angle != 360:
        return scene.depth_m(lat, lon) >= -(60 if view.reach_m is None else view.reach_m)
    reach = 60 if view.reach_m is None else view.reach_m
    return View(view.heading or 0, view.view_angle or 90, reach).sees(scene, lat, lon)


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: type(scene).__name__)
def test_only_seeing_finds_every_camera_that_sees_the_scene_and_no_other(register, fleet, scene):
    registered = register(fleet(150, SEAM, 700))
    found = look(circle(SEAM, 100), scene=scene, only_seeing=True)
    seeing = {camera.id for camera in registered if may_see(camera, scene)}
    assert ids(found.cameras) == seeing != set()
    assert seeing != {camera.id for camera in registered}


def test_a_camera_outside_the_radius_that_sees_the_scene_is_found(register):
    place = destination(SEAM, 90, REACH_MAX_M)
    register([CameraDetails(place, heading=270, view_angle=40, reach_m=REACH_MAX_M)])
    around = circle(SEAM, 50)
    assert look(around).cameras == ()
    (found,) = look(around, only_seeing=True).cameras
    assert (found.faces, round(found.distance_m), round(found.bearing)) == (True, 250, 90)


@pytest.mark.parametrize(
    ("away", "details", "certainties"),
    [
        (50, {"heading": 180, "reach_m": 60, "accuracy_m": 5}, ["definite"]),
        (50, {"heading": 180, "reach_m": 45, "accuracy_m": 10}, ["possible"]),
        (50, {"heading": 0, "reach_m": 60}, []),
        (50, {"reach_m": 60}, ["possible"]),
        (50, {}, ["possible"]),
        (71, {}, []),
        (50, {"reach_m": 39}, []),
    ],
)
def test_a_camera_of_unknown_direction_may_see_what_is_within_its_reach(
    register, away, details, certainties
):
    register([CameraDetails(destination(SEAM, 0, away), **details)])
    found = look(circle(SEAM, 300), only_seeing=True)
    assert [camera.certainty for camera in found.cameras] == certainties
