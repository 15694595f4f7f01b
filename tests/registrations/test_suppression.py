import functools
import itertools
import operator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.registrations.suppression import (
    LEAST,
    POSSIBLE,
    SMALL,
    Range,
    Release,
    alone,
    possible,
    range_of,
    released,
)

MOST = 500
FIGURES = st.integers(0, 60) | st.integers(0, 12)
SPLITS = st.lists(FIGURES, min_size=1, max_size=7)


@st.composite
def tables_with_one_total(draw):
    """Up to three ways to split the same people."""
    first = draw(SPLITS)
    tables = {"a": first}
    for name in draw(st.sampled_from(["", "b", "bc"])):
        rest, parts = sum(first), []
        for _ in range(draw(st.integers(0, 4))):
            parts.append(draw(st.integers(0, rest)))
            rest -= parts[-1]
        tables[name] = [*parts, rest]
    return {name: dict(enumerate(parts)) for name, parts in tables.items()}


def attacker(release, name):
    """Every value each figure can have, found by trying all sums: knows all rules and ranges."""
    totals = None
    for table in release.tables.values():
        reach = sums([bounded(one) for one in table.values()])
        totals = reach if totals is None else totals & reach
    totals = {one for one in totals if release.total.least <= one <= release.total.most}
    table = release.tables[name]
    found = {}
    for key, one in table.items():
        others = sums([bounded(other) for k, other in table.items() if k != key])
        found[key] = {
            value for value in bounded(one) if any(total - value in others for total in totals)
        }
    return found


def bounded(one):
    return range(one.least, min(one.most, MOST) + 1)


def sums(ranges):
    """Every total there can be; one bit for each, so that trying them all is quick."""
    found = 1
    for one in ranges:
        found = functools.reduce(operator.or_, (found << value for value in one))
    return {value for value in range(2 * MOST) if found >> value & 1}


@given(tables_with_one_total())
@settings(max_examples=150, deadline=None)
def test_no_hidden_figure_can_be_worked_out_from_all_that_is_shown(tables):
    release = released(tables)

    for name, table in release.tables.items():
        known = attacker(release, name)
        hidden = [key for key, one in table.items() if one.hidden]
        assert all(len(known[key]) >= POSSIBLE for key in hidden), (name, release)


@given(tables_with_one_total())
@settings(max_examples=150, deadline=None)
def test_what_is_shown_is_true_and_no_figure_under_ten_is_shown(tables):
    release = released(tables)
    total = sum(tables["a"].values())

    assert release.total.least <= total <= release.total.most
    for name, table in tables.items():
        for key, figure in table.items():
            one = release.tables[name][key]
            assert one.least <= figure <= one.most
            assert one.shown <= (figure >= LEAST)


def test_plain_hiding_alone_would_have_betrayed_a_figure():
    figures = {"a": 14, "b": 14, "c": 14, "d": 14, "e": 9}
    careless = Release(range_of(65), {"t": {key: range_of(n) for key, n in figures.items()}})

    assert attacker(careless, "t")["e"] == {9}
    assert len(attacker(released({"t": figures}), "t")["e"]) >= POSSIBLE


def test_the_smallest_figure_is_withheld_first_and_the_total_last():
    one = released({"t": {"a": 14, "b": 24, "c": 14, "d": 34, "e": 9}})
    words = {key: value.words for key, value in one.tables["t"].items()}
    two = released({"t": {"a": 9, "b": 9}})

    assert (words["a"], words["e"], one.total.words) == ("withheld", "fewer than 10", "95 to 99")
    assert two.total.words == "withheld"


def test_tables_that_do_not_add_up_are_refused():
    with pytest.raises(ValueError, match="do not add up"):
        released({"a": {"x": 3}, "b": {"y": 4}})


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (0, "fewer than 10"),
        (9, "fewer than 10"),
        (10, "10 to 14"),
        (14, "10 to 14"),
        (1234, "1,230 to 1,234"),
    ],
)
def test_a_figure_is_shown_in_steps_of_five(figure, words):
    assert range_of(figure).words == words


@given(st.lists(FIGURES, min_size=2, max_size=6), st.integers(0, 5), st.integers(0, 9))
def test_a_week_says_nothing_of_another_week(weeks, changed, figure):
    """Each week depends on itself alone, so next week's page tells no more about this one."""
    changed %= len(weeks)
    other = [*weeks[:changed], figure, *weeks[changed + 1 :]]

    pairs = zip(alone(weeks), alone(other), strict=True)
    assert [a == b for n, (a, b) in enumerate(pairs) if n != changed] == [True] * (len(weeks) - 1)
    assert alone(other)[changed] == SMALL


@given(st.lists(st.integers(0, 30), min_size=2, max_size=5), st.integers(0, 4))
@settings(max_examples=100, deadline=None)
def test_one_person_more_never_tells_exactly_how_few_there_were(figures, joined):
    """Two releases, one person apart, compared by somebody who knows that nothing else moved."""
    joined %= len(figures)
    later = [*figures[:joined], figures[joined] + 1, *figures[joined + 1 :]]
    releases = [released({"t": dict(enumerate(one))}) for one in (figures, later)]
    both = [possible(one, "t") for one in releases]

    for key, one in releases[0].tables["t"].items():
        if one.hidden and key != joined:
            narrowed = Range(
                max(known[key].least for known in both), min(known[key].most for known in both)
            )
            assert narrowed.most > narrowed.least


def test_possible_values_are_what_trying_all_of_them_gives():
    for figures in itertools.product((0, 9, 12, 14, 25), repeat=3):
        release = released({"t": dict(enumerate(figures))})
        by_sum, by_trying = possible(release, "t"), attacker(release, "t")
        for key, values in by_trying.items():
            if release.tables["t"][key].hidden:
                assert (by_sum[key].least, by_sum[key].most) == (min(values), max(values))
