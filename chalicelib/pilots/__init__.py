"""A programme's test run: how many places its invitations have, and what testers think of it.

Everything here is a count. No registration says that it belongs to a tester: a place is tied to
one only until it is confirmed, and then only the count remembers it.
"""

from chalicelib.pilots.actions import (
    check_places,
    count_time,
    give_feedback,
    keep_place,
    leave_cohort,
    take_place,
    tallies,
)
from chalicelib.pilots.choices import asked, chose_to_stay, note_asked, note_choice
from chalicelib.pilots.model import Cohort, Duration, Ease, Feedback, Moment, Recommend, Tallies

__all__ = [
    "Cohort",
    "Duration",
    "Ease",
    "Feedback",
    "Moment",
    "Recommend",
    "Tallies",
    "asked",
    "check_places",
    "chose_to_stay",
    "count_time",
    "give_feedback",
    "keep_place",
    "leave_cohort",
    "note_asked",
    "note_choice",
    "take_place",
    "tallies",
]
