import math

import pytest

from bench.competitors import intersecting_cells, nine_neighbours, scan
from bench.dynamodbgeo_client import Answer, Register
from bench.fleet import Cell, Fleet
from bench.oracle import expected
from bench.scenes import window
from chalicelib.geo import Circle, Point, destination


@pytest.fixture(scope="module")
def suburb():
    return window("Lancaster", "suburban", 6, 1).fleet


def test_dynamodbgeo_asks_about_seven_times_for_a_neighbourhood(suburb):
    circle = Circle(54.047, -2.801, 250)
    answer = Register(suburb).look(circle)
    wanted = expected(suburb, circle)
    assert len(answer.found ^ wanted.inside) <= 2
    assert 4 <= len(answer.counts) <= 12
    assert sum(answer.counts) > len(wanted.inside)


def test_dynamodbgeo_itself_loses_cameras_where_its_numbers_change_length():
    spot = Point(23.9579, -4.8080)
    ring = (destination(spot, 7 * step, 280 * math.sqrt(step / 80)) for step in range(80))
    fleet = Fleet((Cell.of(one.latitude, one.longitude) for one in ring), 200.0)
    circle = Circle(spot.latitude, spot.longitude, 300)
    assert len(expected(fleet, circle).inside) == 80
    assert len(Register(fleet).look(circle).found) < 40


def test_dynamodbgeo_fails_once_a_range_but_the_last_needs_two_pages():
    assert Answer(frozenset(), [1600, 3]).fails_at(699)
    assert not Answer(frozenset(), [3, 1600]).fails_at(699)
    assert not Answer(frozenset(), [1600, 3]).fails_at(99)


def test_the_usual_recipes_read_every_camera_inside(suburb):
    circle = Circle(54.047, -2.8125, 250)
    hits = len(expected(suburb, circle).inside)
    nine = nine_neighbours(suburb, circle)
    cells = intersecting_cells(suburb, circle)
    assert (len(nine), scan(suburb)) == (9, [len(suburb)])
    assert hits <= sum(cells[7]) <= sum(cells[6]) <= sum(nine)
    assert len(cells[7]) > len(cells[6])
