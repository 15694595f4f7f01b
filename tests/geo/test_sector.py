import math
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from chalicelib.geo import Circle, Point, Sector, destination

APEX = Point(53.7632, -2.7031)
headings = st.integers(0, 359)
angles = st.integers(1, 360)
metres = st.floats(0.5, 150)
sectors = st.builds(Sector, st.just(APEX), headings, angles, metres)


def gap(sector, direction, away):
    """Return the metres from a place to the sector: nearest of many samples of its edge."""
    off = math.radians((direction - sector.heading + 180) % 360 - 180)
    half = math.radians(sector.angle / 2)
    if abs(off) <= half and away <= sector.reach_m:
        return 0.0
    x, y = away * math.cos(off), away * math.sin(off)
    arc = [(sector.reach_m, half * step / 500) for step in range(-500, 501)]
    sides = [(sector.reach_m * step / 500, end) for step in range(501) for end in (-half, half)]
    return min(math.hypot(x - r * math.cos(a), y - r * math.sin(a)) for r, a in arc + sides)


@given(sectors, st.integers(0, 359), metres, metres)
def test_a_sector_touches_a_disc_when_its_nearest_place_is_in_it(sector, direction, away, radius):
    nearest = gap(sector, direction, away)
    assume(abs(nearest - radius) > 0.5)
    scene = Circle(destination(APEX, direction, away), radius)
    assert sector.touches(scene) == (nearest < radius)


@given(sectors, st.integers(0, 359), metres, st.integers(0, 359))
def test_turning_camera_and_scene_together_changes_nothing(sector, direction, away, turn):
    turned = replace(sector, heading=(sector.heading + turn) % 360)
    scenes = [Circle(destination(APEX, direction + by, away), 7) for by in (0, turn)]
    assume(abs(gap(sector, direction, away) - 7) > 0.5)
    assert sector.touches(scenes[0]) == turned.touches(scenes[1])


@given(headings, st.integers(0, 359), metres, metres)
def test_a_camera_that_sees_all_round_sees_a_disc(heading, direction, away, reach):
    assume(abs(away - reach - 5) > 0.01)
    scene = Circle(destination(APEX, direction, away), 5)
    assert Sector(APEX, heading, 360, reach).touches(scene) == (away <= reach + 5)


@pytest.mark.parametrize(("away", "touched"), [(9.9, True), (10.1, False)])
def test_without_reach_only_the_cameras_own_place_counts(away, touched):
    scene = Circle(destination(APEX, 0, away), 10)
    assert Sector(APEX, 0, 90, 0).touches(scene) == touched
