import random

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.incidents.covering import Candidate, fewest, homes_of

PIECES = st.frozensets(st.integers(0, 11), max_size=6)
CAMERAS = st.lists(
    st.tuples(st.sampled_from("ABCDEF"), PIECES, st.integers(1, 60), st.floats(0, 100)),
    max_size=14,
).map(lambda rows: [Candidate(f"c{number:02}", *row) for number, row in enumerate(rows)])


def covered(cameras):
    return frozenset().union(*(one.pieces for one in cameras))


def one_by_one(cameras):
    """Take whatever camera adds most, whoever's it is."""
    left, taken = covered(cameras), []
    while left:
        taken.append(max(cameras, key=lambda one: (len(one.pieces & left), one.camera_id)))
        left -= taken[-1].pieces
    return taken


def a_camera(name, home, pieces, minutes=10, metres=10.0):
    return Candidate(name, home, frozenset(pieces), minutes, metres)


@given(CAMERAS)
def test_everything_that_can_be_covered_is(cameras):
    assert covered(fewest(cameras)) == covered(cameras)


@given(CAMERAS)
def test_there_are_never_more_homes_than_cameras_taken_one_by_one(cameras):
    assert len(homes_of(fewest(cameras))) <= len(one_by_one(cameras))


@given(CAMERAS, st.randoms(use_true_random=False))
def test_the_same_cameras_in_any_order_give_the_same_answer(cameras, chance):
    shuffled = chance.sample(cameras, len(cameras))
    assert fewest(shuffled) == fewest(cameras)


@given(CAMERAS)
def test_no_camera_or_home_is_asked_in_vain(cameras):
    chosen = fewest(cameras)
    for one in chosen:
        assert covered(other for other in chosen if other is not one) < covered(chosen)


def test_one_home_with_two_cameras_is_better_than_two_with_one_each():
    cameras = [
        a_camera("a", "corner", {0, 1}),
        a_camera("b", "corner", {2, 3}),
        a_camera("c", "other", {0, 1, 2}),
        a_camera("d", "third", {3}),
    ]
    assert [one.camera_id for one in fewest(cameras)] == ["a", "b"]


def test_a_homes_camera_that_adds_nothing_is_left_out():
    cameras = [a_camera("a", "A", {0, 1, 2}), a_camera("b", "A", {1, 2}), a_camera("c", "A", ())]
    assert [one.camera_id for one in fewest(cameras)] == ["a"]


def test_among_equals_fewer_minutes_win_then_the_nearer_then_the_id():
    long = a_camera("a", "A", {0}, minutes=20)
    far = a_camera("b", "B", {0}, metres=20.0)
    near, twin = a_camera("d", "D", {0}), a_camera("c", "C", {0})
    assert [fewest(some)[0].camera_id for some in ([long, far], [far, near], [near, twin])] == [
        "b",
        "d",
        "c",
    ]


def test_of_a_homes_equal_cameras_the_one_with_fewer_minutes_is_asked():
    long, far = a_camera("a", "A", {0}, minutes=20), a_camera("b", "A", {0}, metres=20.0)
    assert fewest([long, far]) == (far,)


def test_the_way_with_fewer_homes_wins_where_greed_by_home_is_a_trap():
    rows = [a_camera("x", "X", range(7)), a_camera("y", "Y", range(7, 14))]
    trap = [
        a_camera(f"t{number}", home, (number, number + 7))
        for home, numbers in (("P", range(4)), ("Q", range(4, 6)), ("R", range(6, 7)))
        for number in numbers
    ]
    assert homes_of(fewest([*rows, *trap])) == {"X", "Y"}


def test_hundreds_of_cameras_are_no_trouble():
    chance = random.Random(7)  # noqa: S311 - the same cameras each time
    cameras = [
        a_camera(f"c{number:03}", f"h{number // 2}", range(start, start + chance.randrange(1, 9)))
        for number in range(400)
        for start in [chance.randrange(195)]
    ]
    chosen = fewest(cameras)
    assert covered(chosen) == covered(cameras)
    assert len(homes_of(chosen)) <= len(one_by_one(cameras)) < 40


def test_nothing_to_cover_needs_nobody():
    assert fewest([]) == fewest([a_camera("a", "A", ())]) == ()
