import json

import pytest

from bench import grid, targets
from bench.look import Inside, ours, read
from bench.lookup import concluded, tabled
from bench.meter import Bill
from bench.oracle import expected
from bench.rows import Lookup, Read, Rival, Row
from bench.scenes import window
from chalicelib.geo import Circle, Curve, plan

FINE = Read(Bill(1, 0.5, 20), 0.2, 0, 0)


def row(*lookups):
    return Row("circle", "suburban", "250", list(lookups))


def verdict(capsys, *rows):
    status = concluded(
        {"rows": tabled(rows)}, [s for r in rows for s in targets.broken(r.figures())]
    )
    return status, json.loads(capsys.readouterr().out.splitlines()[-1])


def test_the_last_line_is_json_with_every_row_and_every_competitor(capsys):
    rivals = {"nine neighbours": Rival([20] * 9)}
    status, told = verdict(capsys, row(Lookup(5, FINE, FINE, rivals)))
    (figures,) = told["rows"]
    assert (status, told["passed"]) == (0, True)
    assert (figures["requests"], figures["rcu"], figures["lb48_ratio"]) == (1.0, 0.5, 1.0)
    assert figures["competitors"]["nine neighbours"]["requests_ratio"] == 9.0


@pytest.mark.parametrize("wrong", [FINE._replace(missed=1), FINE._replace(extra=1)])
def test_one_camera_missed_or_wrongly_found_fails_the_run(capsys, wrong):
    for lookup in (Lookup(5, wrong, FINE), Lookup(5, FINE, wrong)):
        status, told = verdict(capsys, row(Lookup(5, FINE, FINE), lookup))
        assert (status, told["passed"], len(told["broken"])) == (1, False, 1)


def test_a_dearer_lookup_than_promised_fails_the_run(capsys):
    dear = Read(Bill(3, 1.5, 300), 0.2, 0, 0)
    status, told = verdict(capsys, row(Lookup(5, dear, dear)))
    assert status == 1
    assert any("requests 3.0, promised at most 2.1" in one for one in told["broken"])


def test_a_rival_that_pays_too_little_more_fails_the_run(capsys):
    rivals = {"nine neighbours": Rival([20] * 3)}
    status, told = verdict(capsys, row(Lookup(5, FINE, FINE, rivals)))
    assert status == 1
    assert "requests_ratio_two_curves" not in told["broken"][0]
    assert "3.0 against nine neighbours" in told["broken"][0]


def test_a_range_left_out_is_noticed():
    fleet = window("Lancaster", "suburban", 4, 1).fleet
    circle = Circle(54.047, -2.8125, 400)
    wanted, ranges = expected(fleet, circle), plan(circle, 200.0)
    found = {
        len(some): read(fleet, some, Curve.PLAIN, Inside(fleet, circle))[1]
        for some in (ranges, ranges[1:])
    }
    assert len(ranges) > 1
    assert wanted.missed_by(found[len(ranges)]) == 0
    assert wanted.missed_by(found[len(ranges) - 1]) > 0


def test_a_small_run_misses_nothing_and_is_the_same_every_time():
    field = grid.Field("suburban", 4, ((250, 6),), ((0.45, 6),), ((1, 50, 6),), seams=6, theirs=2)
    first, second = ([row.figures() for row in grid.rows([field], 1)] for _ in range(2))
    kept = ("row", "requests", "rcu", "hits", "missed", "extra", "competitors")
    assert [[one[name] for name in kept] for one in first] == [
        [one[name] for name in kept] for one in second
    ]
    assert sum(one["missed"] + one["extra"] for one in first) == 0


def test_both_plans_of_a_lookup_are_measured_against_the_oracle():
    fleet = window("Lancaster", "suburban", 4, 1).fleet
    circle = Circle(54.047, -2.8125, 250)
    one, two = ours(fleet, circle, 200.0, expected(fleet, circle))
    assert (one.missed, one.extra, two.missed, two.extra) == (0, 0, 0, 0)
    assert two.bill.units <= one.bill.units
