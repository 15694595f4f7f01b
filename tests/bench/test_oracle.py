import random

import pytest
from geographiclib.geodesic import Geodesic

from bench.fleet import Cell, Fleet
from bench.oracle import Expected, expected
from bench.scenes import dice_for
from bench.shapes import star
from chalicelib.geo import Circle, Corridor, Point


@pytest.fixture(scope="module")
def fleet():
    dice = random.Random(3)  # noqa: S311 - invented cameras
    spots = ((dice.gauss(54.047, 0.01), dice.gauss(-2.8125, 0.015)) for _ in range(3000))
    return Fleet((Cell.of(*spot) for spot in spots), 200.0)


def test_a_circle_holds_what_the_geodesic_says(fleet):
    circle = Circle(54.047, -2.8125, 700)
    inside = {
        number
        for number, place in enumerate(zip(fleet.latitudes, fleet.longitudes, strict=True))
        if Geodesic.WGS84.Inverse(circle.lat, circle.lon, *place)["s12"] <= circle.radius_m
    }
    assert len(inside) > 300
    assert expected(fleet, circle).inside == inside


@pytest.mark.parametrize("seed", range(3))
def test_areas_and_routes_agree_with_the_register_camera_by_camera(fleet, seed):
    area = star(Point(54.047, -2.8125), 0.8, dice_for(seed))
    route = Corridor(((-2.83, 54.04), (-2.8125, 54.047), (-2.80, 54.04 + seed / 100)), 90.0)
    for region in (area, route):
        wanted = expected(fleet, region)
        places = zip(fleet.latitudes, fleet.longitudes, strict=True)
        found = {number for number, place in enumerate(places) if region.contains(*place)}
        assert len(found) > 30
        assert found - wanted.ties == wanted.inside - wanted.ties


def test_only_a_camera_on_the_very_edge_may_be_found_or_not():
    wanted = Expected(inside=frozenset({1, 2, 3}), ties=frozenset({3, 4}))
    assert wanted.missed_by(frozenset({1, 2})) == 0
    assert wanted.missed_by(frozenset({2, 3})) == 1
    assert wanted.extra_in(frozenset({1, 2, 3, 4})) == 0
    assert wanted.extra_in(frozenset({1, 5})) == 1
