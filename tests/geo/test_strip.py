import math
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.geo import Curve
from chalicelib.geo.grid import Grid, cell
from chalicelib.geo.strip import draw_inside, pole, strip

GRID = Grid(40)
CELL = (GRID.high, GRID.wide)
parts = st.floats(0, 1)
spots = st.tuples(st.floats(-0.003, 0.003), st.floats(50, 50.003))
lines = st.tuples(spots, spots)
grids = st.builds(Grid, st.integers(34, 44), st.sampled_from(Curve))


def drawn(one, grid):
    runs = defaultdict(list)
    one.draw(grid, runs)
    return runs


def holds(runs, grid, lon, lat):
    row, column = cell(lat - grid.south, grid.high), cell(lon - grid.west, grid.wide)
    return any(first <= column <= last for first, last in runs.get(row, ()))


@given(lines, st.floats(0, 1e-5), parts, st.floats(0, 2 * math.pi), grids)
def test_whatever_is_beside_a_line_is_in_a_cell_of_its_strip(line, angle, part, turn, grid):
    one = strip(*line, angle)
    lon, lat = (start + part * (end - start) for start, end in zip(*line, strict=True))
    away = math.degrees(angle) * (1 - 1e-9)
    place = (
        lon + away * math.sin(turn) / math.cos(math.radians(50.004)),
        lat + away * math.cos(turn),
    )
    assert holds(drawn(one, grid), grid, *place)


@given(spots, spots, st.floats(0, 1e-5))
def test_no_cell_of_a_strip_is_further_off_than_it_is_wide(a, b, angle):
    narrow = math.cos(math.radians(50))
    reach = math.degrees(angle) * 1.001 + math.hypot(CELL[0], CELL[1] * narrow)
    for row, runs in drawn(strip(a, b, angle), GRID).items():
        for first, last in runs:
            for column in (first, last):
                lat, lon = GRID.south + (row + 0.5) * CELL[0], GRID.west + (column + 0.5) * CELL[1]
                assert off((lon, lat), a, b, narrow) <= reach


def off(place, a, b, narrow):
    """Return how far a place is from a line where a degree of longitude is `narrow`."""
    x, y, ax, ay, bx, by = (
        value * (1 if number % 2 else narrow) for number, value in enumerate((*place, *a, *b))
    )
    square = (bx - ax) ** 2 + (by - ay) ** 2
    part = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / square if square else 0.0
    part = min(max(part, 0.0), 1.0)
    return math.hypot(x - ax - part * (bx - ax), y - ay - part * (by - ay))


def test_a_level_line_and_an_upright_one_are_as_wide_as_their_cells():
    south, west = 50.0 + CELL[0] / 2, CELL[1] / 2
    level = drawn(strip((west, south), (west + 3 * CELL[1], south), 0.0), GRID)
    upright = drawn(strip((west, south), (west, south + 3 * CELL[0]), 0.0), GRID)
    assert [[last - first + 1 for first, last in runs] for runs in level.values()] == [[4]]
    assert [[last - first + 1 for first, last in runs] for runs in upright.values()] == [[1]] * 4


@pytest.mark.parametrize("latitude", [-90.0, 90.0])
def test_a_pole_is_all_columns_of_its_row(latitude):
    grid = Grid(24)
    rows = drawn(pole(latitude), grid)
    assert list(rows) == [0 if latitude < 0 else 2**12 - 1]
    assert list(rows.values()) == [[(0, 2**12 - 1)]]


def test_a_strip_that_reaches_a_pole_goes_all_round():
    runs = drawn(strip((10.0, 89.9999), (10.1, 89.9999), 1e-4), Grid(24))
    assert set(map(tuple, runs.values())) == {((0, 2**12 - 1),)}


def test_the_inside_of_a_ring_in_a_ring_is_left_out():
    corners = ((0.0, 0.0), (8.0, 0.0), (8.0, 8.0), (0.0, 8.0), (0.0, 0.0))
    inner = tuple((2 + x / 2, 2 + y / 2) for x, y in corners)
    grid, runs = Grid(16), defaultdict(list)
    draw_inside([corners, inner], grid, runs)
    places = [(4.0, 1.0), (1.0, 4.0), (4.0, 4.0), (7.0, 4.0), (9.0, 4.0), (4.0, 9.0)]
    assert [holds(runs, grid, *place) for place in places] == [
        True,
        True,
        False,
        True,
        False,
        False,
    ]
