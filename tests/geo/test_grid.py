from collections import Counter
from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.geo import Curve, geohash, index_key
from chalicelib.geo.grid import Grid, count, joined

runs_of_a_row = st.lists(st.tuples(st.integers(-40, 60), st.integers(0, 9)), min_size=1, max_size=3)
runs = st.dictionaries(st.integers(0, 12), runs_of_a_row, min_size=1).map(
    lambda rows: {row: [(a, a + more) for a, more in found] for row, found in rows.items()}
)
bits = st.integers(22, 60)


def numbers_of(chains):
    """Return the cells in parts given by their ends alone."""
    steps = Counter(chains.firsts)
    steps.subtract(last + 1 for last in chains.lasts)
    ends = sorted(steps)
    depths = accumulate(steps[end] for end in ends)
    spans = zip(pairwise(ends), depths, strict=False)
    return {cell for (first, after), depth in spans if depth for cell in range(first, after)}


def number_of(row, column, grid):
    """Return a cell's number bit by bit, longitude first."""
    column %= 1 << grid.column_bits
    row %= 1 << grid.row_bits
    west_east = f"{column:0{grid.column_bits}b}"
    south_north = f"{row:0{grid.row_bits}b}"
    return int("".join(a + b for a, b in zip(west_east, south_north + " ", strict=False)), 2)


@given(runs, bits)
def test_the_parts_of_the_curve_are_the_cells_of_the_runs(rows, bits):
    grid = Grid(bits)
    cells = {
        number_of(row, column, grid)
        for row, found in rows.items()
        for first, last in found
        for column in range(first, last + 1)
    }
    assert numbers_of(grid.chains(rows)) == cells


def test_two_by_two_cells_are_one_part():
    grid = Grid(40)
    chains = grid.chains({0: [(0, 3)], 1: [(0, 3)]})
    assert (chains.firsts, chains.lasts) == ([0, 8], [3, 11])


@pytest.mark.parametrize("curve", Curve)
@given(st.integers(0, 2**16), st.integers(22, 60))
def test_rows_and_columns_begin_where_keys_change(curve, step, bits):
    grid = Grid(bits, curve)
    row, column = (1 << grid.row_bits - 1) + step % 999, (1 << grid.column_bits - 1) + step % 777
    lat, lon = grid.south + row * grid.high, grid.west + column * grid.wide
    key = geohash.number("".join(index_key(lat, lon, curve))) >> geohash.BITS - bits
    assert key == number_of(row - 1, column - 1, grid)
    above = index_key(lat + grid.high / 2, lon + grid.wide / 2, curve)
    assert geohash.number("".join(above)) >> geohash.BITS - bits == number_of(row, column, grid)


@pytest.mark.parametrize("curve", Curve)
@pytest.mark.parametrize("bits", [22, 31, 60])
def test_the_rows_of_the_world_are_those_that_hold_keys_of_the_poles(bits, curve):
    grid = Grid(bits, curve)
    rows = grid.rows(-90.0, 90.0)
    south, north = (
        geohash.number("".join(index_key(lat, 0.0, curve))) >> geohash.BITS - bits
        for lat in (-90.0, 90.0)
    )
    columns = range(1 << grid.column_bits) if bits == 22 else [number_at(grid)]
    assert south in {number_of(rows[0], column, grid) for column in columns}
    assert north in {number_of(rows[-1], column, grid) for column in columns}


def number_at(grid):
    """Return the column of longitude 0, which belongs to the cell west of it."""
    return -int(-(0.0 - grid.west) // grid.wide) - 1


def test_runs_that_meet_are_joined_and_none_is_longer_than_the_earth():
    assert joined([(8, 9), (1, 3), (4, 5), (2, 4)], 32) == [(1, 5), (8, 9)]
    assert joined([(-3, 20), (10, 40)], 32) == [(-3, 28)]
    assert count({1: [(1, 5), (8, 9)], 2: [(0, 0)]}) == 8


def test_a_coarser_grid_has_half_as_many_cells_on_the_same_curve():
    assert Grid(40, Curve.SHIFTED).coarser() == Grid(39, Curve.SHIFTED)
    assert (Grid(39).column_bits, Grid(39).row_bits) == (20, 19)
