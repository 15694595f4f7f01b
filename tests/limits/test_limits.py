from datetime import timedelta

import pytest

from chalicelib import limits
from chalicelib.errors import TooManyRequests

HOUR = timedelta(hours=1)


def counted(times, name, now, most=3):
    for _ in range(times):
        limits.count(name, most=most, window=HOUR, now=now)


def test_the_last_one_allowed_passes_and_the_next_does_not(cloud, now):
    counted(3, "letter", now)
    with pytest.raises(TooManyRequests):
        counted(1, "letter", now)
    assert limits.peek("letter", window=HOUR, now=now) == 3


def test_a_new_window_starts_at_nothing(cloud, now):
    counted(3, "letter", now)
    counted(3, "letter", now + HOUR)
    assert limits.peek("letter", window=HOUR, now=now + HOUR) == 3


def test_names_and_windows_do_not_share_a_count(cloud, now):
    counted(3, "one", now)
    counted(3, "two", now)
    assert limits.peek("one", window=timedelta(days=1), now=now) == 0


def test_nothing_passes_where_nothing_is_allowed_twice(cloud, now):
    counted(1, "once", now, most=1)
    with pytest.raises(TooManyRequests):
        counted(1, "once", now, most=1)
