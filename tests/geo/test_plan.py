import math
from statistics import fmean

import pytest

from chalicelib.geo import Area, Circle, Corridor, Curve, KeyRange, best_plan, plan
from chalicelib.geo.plan import PAGE_ENTRIES, REQUESTS_MOST
from tests.geo.oracles import reached
from tests.geo.places import TOWNS, dice_of

RURAL, SUBURBAN, DENSE = 5.0, 200.0, 3000.0
LANCASTER = (54.047, -2.8125)
"""On an edge of three-character cells."""


def circles(radius_m, count=20):
    """Circles up to 10 km from six towns; the same ones every time."""
    dice = dice_of("scattered", radius_m)
    for town in TOWNS.values():
        for _ in range(count):
            place = reached(*town, dice.uniform(0, 360), 10_000 * math.sqrt(dice.random()))
            yield Circle(*place, radius_m)


@pytest.mark.parametrize(
    ("radius_m", "density", "most"),
    [
        *((50, RURAL, 1.05), (50, SUBURBAN, 1.25), (50, DENSE, 1.7)),
        *((100, RURAL, 1.08), (100, SUBURBAN, 1.5), (100, DENSE, 2.5)),
        *((250, RURAL, 1.2), (250, SUBURBAN, 2.1), (250, DENSE, 4.9)),
        *((500, RURAL, 1.4), (500, SUBURBAN, 3.15), (500, DENSE, 8.6)),
        *((1000, RURAL, 1.72), (1000, SUBURBAN, 5.2), (1000, DENSE, 15.6)),
        *((5000, RURAL, 4.2), (5000, SUBURBAN, 20.5), (5000, DENSE, REQUESTS_MOST)),
    ],
)
def test_a_search_on_one_curve_asks_no_more_often_than_promised(radius_m, density, most):
    assert fmean(len(plan(circle, density)) for circle in circles(radius_m)) <= most


@pytest.mark.parametrize(
    ("radius_m", "density", "share"),
    [(50, RURAL, 0.99), (100, RURAL, 0.99), (250, RURAL, 0.99), (50, SUBURBAN, 0.95)],
)
def test_nearly_every_small_search_on_two_curves_is_one_request(radius_m, density, share):
    plans = [best_plan(circle, density) for circle in circles(radius_m)]
    assert fmean(len(best.ranges) == 1 for best in plans) >= share


def test_a_usual_search_on_two_curves_takes_one_request_and_a_third():
    plans = [best_plan(circle, SUBURBAN) for circle in circles(250)]
    assert fmean(len(best.ranges) for best in plans) <= 1.35


def test_a_dense_city_is_read_in_at_most_32_requests():
    assert 24 <= len(plan(Circle(*LANCASTER, 5000), DENSE)) <= REQUESTS_MOST
    assert len(plan(Circle(*LANCASTER, 5000), 1e9)) == REQUESTS_MOST


def test_the_ranges_of_a_circle_on_a_seam_lie_on_either_side_of_it():
    ranges = plan(Circle(*LANCASTER, 50), SUBURBAN)
    assert [one.partition for one in ranges] == ["gctg", "gcw5"]
    assert all(len(one.low) == len(one.high) == 8 for one in ranges)


def test_a_circle_within_one_cell_is_read_by_that_one_key():
    assert plan(Circle(53.7632, -2.7031, 0.001), 1.0) == [KeyRange("gcw1", "f7r9m4ys", "f7r9m4ys")]


@pytest.mark.parametrize("density", [0.0, 0.02])
def test_where_next_to_nobody_is_a_gap_is_never_worth_a_request(density):
    ranges = plan(Circle(*LANCASTER, 3000), density)
    assert len(ranges) == len({one.partition for one in ranges})


def test_a_region_without_a_seam_gets_no_more_requests_for_fewer_cameras():
    counts = [len(plan(Circle(53.75, -2.5, 900), 10**power)) for power in (4, 3.5, 3, 2.5, 2, 1)]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > counts[-1] == 1


def test_a_page_that_is_one_request_is_read_from_the_plain_curve():
    circle = Circle(53.75, -2.5, 100)
    best = best_plan(circle, RURAL)
    assert (best.curve, best.pages) == (Curve.PLAIN, 1)
    assert best.ranges == plan(circle, RURAL)


def test_the_other_curve_is_taken_where_it_is_cheaper_and_only_there():
    for circle in circles(250):
        plain, moved = (plan(circle, SUBURBAN, curve=curve) for curve in Curve)
        best = best_plan(circle, SUBURBAN)
        assert best.ranges == (plain if best.curve is Curve.PLAIN else moved)
        assert len(best.ranges) <= max(len(plain), len(moved))


def test_pages_are_counted_for_each_request_and_rounded_up():
    best = best_plan(Circle(53.75, -2.5, 1000), DENSE)
    hits = math.pi * DENSE
    assert best.pages >= len(best.ranges)
    assert hits / PAGE_ENTRIES < best.pages < 1.6 * hits / PAGE_ENTRIES


@pytest.mark.parametrize("margin_m", [0.0, 60.0])
def test_a_margin_is_read_as_a_larger_circle_would_be(margin_m):
    grown = plan(Circle(53.75, -2.5, 200 + margin_m), SUBURBAN)
    assert plan(Circle(53.75, -2.5, 200), SUBURBAN, margin_m=margin_m) == grown


def test_areas_and_routes_are_planned_about_as_cheaply_as_a_circle_of_their_size():
    places = [reached(53.75, -2.5, 30 * step, 250) for step in range(12)]
    ring = tuple((lon, lat) for lat, lon in [*places, places[0]])
    point = reached(53.75, -2.5, 30, 20)
    stub = Corridor(((-2.5, 53.75), (point[1], point[0])), 240)
    counts = [len(plan(one, SUBURBAN)) for one in (Circle(53.75, -2.5, 250), Area(ring), stub)]
    assert max(counts) - min(counts) <= 1
