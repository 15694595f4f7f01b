import json

import pytest

from chalicelib.errors import InvalidInput
from chalicelib.geo import Area, Circle, Corridor
from chalicelib.incidents import Travel
from chalicelib.incidents.geojson import region_as_json, region_from_json
from chalicelib.incidents.model import incident_as_json, incident_from_json
from tests.incidents.builders import a_route, a_square, an_escape, an_incident

RING = ((-98.0, 40.0), (-97.99, 40.0), (-97.99, 40.01), (-98.0, 40.01), (-98.0, 40.0))
HOLE = ((-97.998, 40.002), (-97.996, 40.002), (-97.996, 40.004), (-97.998, 40.002))


@pytest.mark.parametrize(
    ("region", "geometry"),
    [
        (
            Circle(40.1234567, -98.0, 152.4),
            {"type": "Point", "coordinates": [-98.0, 40.1234567], "radius_m": 152.4},
        ),
        (
            Corridor(RING[:2], 60),
            {"type": "LineString", "coordinates": [*map(list, RING[:2])], "half_width_m": 60},
        ),
        (
            Area(RING, (HOLE,)),
            {"type": "Polygon", "coordinates": [[*map(list, RING)], [*map(list, HOLE)]]},
        ),
    ],
)
def test_a_region_is_a_geojson_geometry_and_comes_back_the_same(region, geometry):
    assert region_as_json(region) == geometry
    assert region_from_json(json.loads(json.dumps(geometry))) == region


def test_degrees_may_be_rounded_to_about_a_metre():
    rounded = region_as_json(Circle(40.1234567, -98.7654321, 152), 5)
    assert rounded["coordinates"] == [-98.76543, 40.12346]


def test_an_incident_comes_back_from_a_table_as_it_was(now):
    incidents = [
        an_incident(now),
        an_incident(now, region=a_square(), only_seeing=True),
        an_incident(now, region=a_route()),
        an_escape(now),
    ]
    stored = [json.loads(json.dumps(incident_as_json(one))) for one in incidents]
    assert [*map(incident_from_json, stored)] == incidents
    assert [bool(one["travel"]) for one in stored] == [False, False, False, True]


def test_the_scene_is_what_a_camera_must_see(now):
    route, square = a_route(), a_square()
    scenes = [an_incident(now, region=region).scene for region in (route, square)]
    assert scenes == [Corridor(route.points, 5), square]
    assert an_incident(now).scene.radius_m == 10


@pytest.mark.parametrize(
    ("slowest", "fastest", "fields"),
    [
        (0, 5, {"slowest"}),
        (-1, 5, {"slowest"}),
        (float("nan"), 5, {"slowest"}),
        (1, float("inf"), {"fastest"}),
        (1, 300, {"fastest"}),
        (0.1, 71, {"slowest", "fastest"}),
        (5, 4.9, {"fastest"}),
    ],
)
def test_a_speed_that_cannot_be_is_named(slowest, fastest, fields):
    with pytest.raises(InvalidInput) as refused:
        Travel(slowest, fastest)
    assert set(refused.value.fields) == fields
