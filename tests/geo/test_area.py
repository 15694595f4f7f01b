import math
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.errors import InvalidInput
from chalicelib.geo import Bounds, Circle, Point, Polygon

steps = st.integers(-8, 8)
corners = st.lists(st.tuples(steps, steps), min_size=3, max_size=9)


def ring(*places):
    closed = [*places, places[0]]
    return tuple(Point(float(latitude), float(longitude)) for latitude, longitude in closed)


def side(a, b, p):
    (ay, ax), (by, bx), (py, px) = a, b, p
    return (bx - ax) * (py - ay) - (by - ay) * (px - ax)


def holds(a, b, p):
    between = all(min(u, v) <= w <= max(u, v) for u, v, w in zip(a, b, p, strict=True))
    return between and side(a, b, p) == 0


def oracle(places, p):
    edges = list(pairwise([*places, places[0]]))
    if any(holds(a, b, p) for a, b in edges):
        return True
    crossings = 0
    for (ay, ax), (by, bx) in edges:
        if (ay > p[0]) != (by > p[0]):
            crossings += ax + Fraction(p[0] - ay) * (bx - ax) / (by - ay) > p[1]
    return crossings % 2 == 1


@given(corners, st.tuples(steps, steps))
def test_a_polygon_covers_what_exact_arithmetic_says(places, place):
    point = Point(float(place[0]), float(place[1]))
    assert Polygon((ring(*places),)).covers(point) == oracle(places, place)


@given(st.floats(0, 1), st.floats(-60, 60), st.floats(-60, 60))
def test_a_step_off_an_edge_is_told_from_the_edge(part, latitude, longitude):
    box = Polygon((ring((latitude, longitude), (latitude, 61), (61, 61), (61, longitude)),))
    along = min(longitude + part * (61 - longitude), 61.0)
    assert box.covers(Point(latitude, along))
    assert not box.covers(Point(math.nextafter(latitude, -90), along))


def test_a_hole_is_outside_but_its_edge_is_not():
    area = Polygon((ring((0, 0), (0, 9), (9, 9), (9, 0)), ring((3, 3), (3, 6), (6, 6), (6, 3))))
    inside = [area.covers(Point(*place)) for place in [(1, 1), (4, 4), (3, 4), (9, 9), (10, 4)]]
    assert inside == [True, False, True, True, False]
    assert area.bounds == Bounds(0, 0, 9, 9)


@pytest.mark.parametrize("places", [[], [(0, 0), (1, 1), (0, 0)], [(0, 0), (0, 1), (1, 1), (2, 2)]])
def test_an_open_or_too_short_ring_is_refused(places):
    with pytest.raises(InvalidInput):
        Polygon((tuple(Point(*place) for place in places),))


@pytest.mark.parametrize("radius", [0, -1, math.nan, math.inf])
def test_a_circle_needs_a_radius_above_zero(radius):
    with pytest.raises(InvalidInput) as refusal:
        Circle(Point(0, 0), radius)
    assert set(refusal.value.fields) == {"radius"}


def test_a_circle_covers_across_the_antimeridian():
    circle = Circle(Point(0, 179.9995), 200)
    assert circle.covers(Point(0, -179.9995))
    assert not circle.covers(Point(0, -179.9980))
