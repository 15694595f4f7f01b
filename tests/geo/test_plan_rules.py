"""What every plan keeps to, whatever the shape, the size, the density and the curve."""

import os
from dataclasses import replace

import pytest

from chalicelib.geo import Area, Circle, Corridor, Curve, best_plan, plan
from tests.geo import places
from tests.geo.oracles import broken_rules, read_by
from tests.geo.places import dice_of, places_in

ROUNDS = range(int(os.environ.get("LOOKUP_ROUNDS", "2")))
SHAPES = [places.a_circle, places.an_area, places.a_corridor]


def cases(shape, number, count):
    for case in range(count):
        dice = dice_of("rules", shape.__name__, number, case)
        yield shape(dice), places.margin(dice), places.density(dice), dice


@pytest.mark.parametrize("curve", Curve)
@pytest.mark.parametrize("number", ROUNDS)
@pytest.mark.parametrize("shape", SHAPES)
def test_ranges_are_sorted_apart_whole_and_few(shape, number, curve):
    for region, margin, density, _ in cases(shape, number, 60):
        ranges = plan(region, density, margin_m=margin, curve=curve)
        assert broken_rules(ranges) == set(), (region, margin, density)


def larger(region, times):
    match region:
        case Circle():
            return replace(region, radius_m=region.radius_m * times)
        case Corridor():
            return replace(region, half_width_m=region.half_width_m * times)
        case Area():
            return replace(region, holes=())


@pytest.mark.parametrize("number", ROUNDS)
@pytest.mark.parametrize("shape", SHAPES)
def test_a_larger_region_is_read_wherever_the_smaller_one_is(shape, number):
    for region, margin, density, dice in cases(shape, number, 30):
        inside = list(places_in(region, margin, dice))
        for grown, beyond in [
            (larger(region, 1 + dice.random()), 0),
            (region, 250 * dice.random()),
        ]:
            for curve in Curve:
                ranges = plan(grown, density, margin_m=margin + beyond, curve=curve)
                assert [p for p in inside if not read_by(ranges, *p, curve)] == [], (grown, beyond)


@pytest.mark.parametrize("density", [0.0, 1e-9, 0.1, 5.0, 200.0, 3000.0, 1e5, 1e12])
@pytest.mark.parametrize("shape", SHAPES)
def test_a_wrong_density_loses_nothing(shape, density):
    for region, margin, _, dice in cases(shape, 0, 8):
        inside = list(places_in(region, margin, dice))
        for curve in Curve:
            ranges = plan(region, density, margin_m=margin, curve=curve)
            assert [p for p in inside if not read_by(ranges, *p, curve)] == [], region
            assert broken_rules(ranges) == set(), region


@pytest.mark.parametrize("shape", SHAPES)
def test_the_cheaper_plan_is_the_plan_of_the_curve_it_names(shape):
    for region, margin, density, _ in cases(shape, 1, 30):
        best = best_plan(region, density, margin_m=margin)
        assert best.ranges == plan(region, density, margin_m=margin, curve=best.curve), region


def test_a_small_search_across_a_seam_of_either_curve_is_one_request_on_the_other():
    lancaster, liberty = Circle(54.047, -2.8125, 50), Circle(*places.TOWNS["Liberty"], 50)
    chosen = [best_plan(circle, 200.0) for circle in (lancaster, liberty)]
    assert [(best.curve, len(best.ranges)) for best in chosen] == [
        (Curve.SHIFTED, 1),
        (Curve.PLAIN, 1),
    ]
