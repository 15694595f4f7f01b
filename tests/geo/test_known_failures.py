"""Places at which this kind of lookup is known to have gone wrong, here or elsewhere."""

import math

import pytest

from chalicelib.geo import Area, Circle, Corridor, Curve, best_plan, distance_m, plan
from chalicelib.geo.point import Point
from tests.geo.oracles import apart_m, reached, read_by
from tests.geo.places import dice_of, places_in

SEAMS = {
    "Lancaster, on the seam": (54.047, -2.8125),
    "Lancaster, 752 m from it": (54.047, -2.8010),
    "Preston, 7 km from it": (53.7632, -2.7031),
    "Stafford, on the seam": (52.8052, -2.109375),
    "Stafford, 466 m from it": (52.8052, -2.1163),
    "Palos Park, on the seam": (41.66015625, -87.8367),
    "Palos Park, 783 m from it": (41.6672, -87.8367),
    "Greenwich": (51.4779, 0.0),
    "latitude 45": (45.0, 7.68),
    "latitude 45, longitude 0": (45.0, 0.0),
    "the origin": (0.0, 0.0),
    "Quito": (-0.0001, -78.4558),
    "Taveuni": (-16.8, 180.0),
    "Taveuni, by its other name": (-16.8, -180.0),
    "a nanodegree from the antimeridian": (65.0, 180 - 1e-9),
    "the north pole": (90.0, 0.0),
    "the south pole, by another name": (-90.0, 77.0),
    "a centimetre from the pole": (90 - 1e-7, -140.0),
    "a kilometre from the pole": (89.991, 45.0),
}
"""Longitude -2.8125 is an edge of three-character cells, longitude 0 and latitude 45 of larger."""
LOST_BY_OTHERS = {
    "dynamodbgeo: its ids gain a digit": (23.9579, -4.8080),
    "dynamodbgeo: the same further west": (31.6260, -48.4446),
    "dynamodb-geo for JavaScript: Hawaii": (21.3069, -157.8583),
    "dynamodb-geo for JavaScript: Washington": (47.6062, -122.3321),
    "Redis 10018: longitudes narrow at 85 N": (85.0, -0.15307903289794922),
    "Redis 10018: further east": (85.0, -4.952119588851929),
    "Redis 3698: near 30 N, 81 E": (30.561509253718668, 81.63494893425838),
}
RADII = (1, 50, 250, 300, 600, 3000, 20_000)


def lost(region, margin_m=0.0, cameras_per_km2=200.0):
    """Return places of a region that would not be read, each with its curve."""
    inside = list(places_in(region, margin_m, dice_of(region)))
    for curve in Curve:
        ranges = plan(region, cameras_per_km2, margin_m=margin_m, curve=curve)
        yield from ((curve, place) for place in inside if not read_by(ranges, *place, curve))


@pytest.mark.parametrize("radius_m", RADII)
@pytest.mark.parametrize("place", (SEAMS | LOST_BY_OTHERS).values(), ids=SEAMS | LOST_BY_OTHERS)
def test_a_circle_there_is_read_whole(place, radius_m):
    assert list(lost(Circle(*place, radius_m))) == []


@pytest.mark.parametrize("place", (SEAMS | LOST_BY_OTHERS).values(), ids=SEAMS | LOST_BY_OTHERS)
def test_a_route_through_there_is_read_whole(place):
    before, after = reached(*place, 250, 900), reached(*place, 40, 2000)
    points = tuple((lon, lat) for lat, lon in (before, place, after))
    assert list(lost(Corridor(points, 60), margin_m=100)) == []


@pytest.mark.parametrize("place", (SEAMS | LOST_BY_OTHERS).values(), ids=SEAMS | LOST_BY_OTHERS)
def test_an_area_round_there_is_read_whole(place):
    south, north = (min(max(place[0] + step, -90), 90) for step in (-0.004, 0.003))
    west, east = (min(max(place[1] + step, -180), 180) for step in (-0.005, 0.007))
    area = Area(((west, south), (east, south), (east, north), (west, north), (west, south)))
    assert list(lost(area)) == list(lost(area, margin_m=350)) == []


@pytest.mark.parametrize(("cameras", "radius_m"), [(80, 300), (200, 600)])
@pytest.mark.parametrize("place", [(23.9579, -4.8080), (31.6260, -48.4446)])
def test_eighty_and_two_hundred_cameras_where_dynamodbgeo_returned_13_and_32(
    place, cameras, radius_m
):
    dice = dice_of(place, cameras)
    fleet = [
        reached(*place, dice.uniform(0, 360), radius_m * math.sqrt(dice.random()))
        for _ in range(cameras)
    ]
    circle = Circle(*place, radius_m)
    ranges = plan(circle)
    found = [camera for camera in fleet if read_by(ranges, *camera) and circle.contains(*camera)]
    assert found == fleet


@pytest.mark.parametrize(
    ("member", "other"),
    [
        ((85.0, -0.15307903289794922), (85.00019260486917, 0.3515625)),
        ((85.0, -4.952119588851929), (85.0511, 11.25)),
    ],
)
def test_a_camera_on_the_rim_at_85_north_is_found_where_redis_10018_lost_it(member, other):
    rim = Circle(*member, apart_m(*member, *other) + 1e-6)
    assert list(lost(rim)) == []
    for curve in Curve:
        assert read_by(plan(rim, curve=curve), *other, curve)


def test_cameras_near_the_rim_of_a_huge_circle_are_read_where_redis_3698_lost_them():
    ranges = plan(Circle(30.561509253718668, 81.63494893425838, 7_083_000))
    far = [
        (63.86499528549783, -7.337169349193573),
        (69.57130910795007, -8.600055277347565),
        (61.334218152282816, -1.2757954010426697),
        (48.68465672055054, -1.427667438983917),
    ]
    assert [place for place in far if not read_by(ranges, *place)] == []


def test_a_pile_of_cameras_on_one_spot_is_in_one_range_however_many():
    for density in (50.0, 1e5, 1e9):
        best = best_plan(Circle(54.047, -2.8125, 50), density)
        holding = [one for one in best.ranges if read_by([one], 54.047, -2.8125, best.curve)]
        assert len(holding) == 1


def test_no_two_names_of_the_antimeridian_are_apart():
    assert distance_m(Point(-16.8, 180.0), Point(-16.8, -180.0)) < 1e-6
    assert Circle(-16.8, 180.0, 1).contains(-16.8, -180.0)
