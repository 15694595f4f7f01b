from datetime import timedelta

import pytest

from chalicelib import pilots
from chalicelib.aws.tables import LimitItem
from chalicelib.pilots import Duration, Ease, Feedback, Moment, Recommend
from chalicelib.pilots.model import duration

MINUTE = timedelta(minutes=1)
ANSWER = Feedback(Moment.REGISTER, Ease.EASY, Recommend.YES)


def counted():
    tallies = pilots.tallies()
    return [
        (at.value, answer.value, count)
        for table in (tallies.ease, tallies.recommend)
        for at, answers in table.items()
        for answer, count in answers.items()
        if count
    ]


def test_two_answers_are_counted_each_by_itself(pilot, now):
    pilots.give_feedback(ANSWER, once="a" * 22, now=now)
    pilots.give_feedback(Feedback(Moment.UPLOAD, Ease.HARD, Recommend.NO), once="b" * 22, now=now)

    assert sorted(counted()) == [
        ("register", "easy", 1),
        ("register", "yes", 1),
        ("upload", "hard", 1),
        ("upload", "no", 1),
    ]


def test_the_same_page_sent_twice_counts_once(pilot, now):
    for _ in range(3):
        pilots.give_feedback(ANSWER, once="a" * 22, now=now)

    assert counted() == [("register", "easy", 1), ("register", "yes", 1)]


def test_what_is_kept_of_an_answer_has_no_time_and_the_pages_mark_goes_after_a_day(pilot, now):
    pilots.give_feedback(ANSWER, once="a" * 22, now=now)

    kept = {item.name: item.expires for item in LimitItem.scan()}
    (mark,) = [name for name in kept if name.startswith("pilot#once#")]
    assert kept.pop(mark) == (now + timedelta(days=1)).timestamp()
    assert kept == {
        "pilot#feedback#register#ease#easy": None,
        "pilot#feedback#register#recommend#yes": None,
    }
    assert "a" * 22 not in mark


@pytest.mark.parametrize(
    ("minutes", "drawer"),
    [
        (0, Duration.UNDER_5),
        (4.99, Duration.UNDER_5),
        (5, Duration.FROM_5),
        (10, Duration.FROM_10),
        (19.99, Duration.FROM_10),
        (20, Duration.OVER_20),
        (2000, Duration.OVER_20),
    ],
)
def test_a_time_goes_into_one_of_four_drawers(now, minutes, drawer):
    assert duration(now - minutes * MINUTE, now) is drawer


def test_times_are_counted_during_a_test_run(pilot, now):
    for minutes in (1, 2, 7):
        pilots.count_time(now - minutes * MINUTE, now)

    assert pilots.tallies().durations == {
        Duration.UNDER_5: 2,
        Duration.FROM_5: 1,
        Duration.FROM_10: 0,
        Duration.OVER_20: 0,
    }


def test_times_are_not_counted_otherwise(cloud, now):
    pilots.count_time(now - MINUTE, now)

    assert list(LimitItem.scan()) == []
