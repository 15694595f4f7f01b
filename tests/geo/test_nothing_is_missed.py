"""No place that independent arithmetic puts in a region may lie outside what is read for it.

By default some ten thousand places. LOOKUP_ROUNDS=200 makes it more than a million, in half an
hour on one core.
"""

import os
from itertools import islice

import pytest

from chalicelib.geo import Curve, best_plan, plan
from tests.geo import places
from tests.geo.oracles import TIE_M, deep_m, in_area, read_by
from tests.geo.places import dice_of, places_in

ROUNDS = range(int(os.environ.get("LOOKUP_ROUNDS", "2")))
CASES = 40
"""Regions in a round."""
SHAPES = [places.a_circle, places.an_area, places.a_corridor]


def cases(shape, number):
    for case in range(CASES):
        dice = dice_of(shape.__name__, number, case)
        yield shape(dice), places.margin(dice), places.density(dice), dice


def missed(region, margin, density, inside):
    """Return all that says how to see it again, for each place that would not be read."""
    for curve in Curve:
        ranges = plan(region, density, margin_m=margin, curve=curve)
        for place in inside:
            if not read_by(ranges, *place, curve):
                yield region, margin, density, curve, place


@pytest.mark.parametrize("number", ROUNDS)
@pytest.mark.parametrize("shape", SHAPES)
def test_every_place_in_a_region_is_read_on_both_curves(shape, number):
    for region, margin, density, dice in cases(shape, number):
        inside = list(places_in(region, margin, dice))
        assert list(missed(region, margin, density, inside)) == []


@pytest.mark.parametrize("number", ROUNDS)
@pytest.mark.parametrize("shape", SHAPES)
def test_the_cheaper_plan_reads_every_place_on_the_curve_it_names(shape, number):
    for region, margin, density, dice in cases(shape, number):
        best = best_plan(region, density, margin_m=margin)
        inside = places_in(region, margin, dice)
        assert [p for p in inside if not read_by(best.ranges, *p, best.curve)] == []


@pytest.mark.parametrize("number", ROUNDS)
@pytest.mark.parametrize("shape", SHAPES)
def test_the_exact_filter_errs_by_less_than_a_millimetre(shape, number):
    for region, _, _, dice in islice(cases(shape, number), 6):
        for place in places.about_the_rim(region, dice):
            deep = deep_m(region, *place)
            assert region.depth_m(*place) == pytest.approx(deep, abs=TIE_M), (region, place)
            if abs(deep) > TIE_M:
                assert region.contains(*place) == (deep > 0), (region, place)


@pytest.mark.parametrize("number", ROUNDS)
def test_an_area_holds_exactly_what_whole_fractions_say(number):
    for area, _, _, dice in cases(places.an_area, number):
        for place in places.candidates(area, dice):
            assert area.contains(*place) == in_area(area.rings, *place), (area, place)
