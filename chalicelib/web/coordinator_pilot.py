"""The report of a test run on one page: how many took part, how it went, what they choose."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from chalice.app import Response

from chalicelib import clock, jurisdictions, pilots
from chalicelib.errors import NotFound
from chalicelib.jurisdictions import Jurisdiction
from chalicelib.officers import Role
from chalicelib.pilots import Duration, Ease, Moment, Recommend, Tallies
from chalicelib.registrations.figures import Counts, Figures
from chalicelib.registrations.suppression import Range, range_of, released
from chalicelib.web.coordinator_html import DESK, desk_page
from chalicelib.web.coordinator_overview import viewed
from chalicelib.web.guards import signed_in
from chalicelib.web.overview_tables import day
from chalicelib.web.routes import Routes

EASE = {
    Ease.VERY_EASY: "Very easy",
    Ease.EASY: "Easy",
    Ease.NEITHER: "Neither",
    Ease.HARD: "Hard",
    Ease.VERY_HARD: "Very hard",
}
RECOMMEND = {Recommend.YES: "Yes", Recommend.NO: "No", Recommend.UNSURE: "Not sure"}
DURATIONS = {
    Duration.UNDER_5: "Under 5 minutes",
    Duration.FROM_5: "5 to 10 minutes",
    Duration.FROM_10: "10 to 20 minutes",
    Duration.OVER_20: "Over 20 minutes",
}
MOMENTS = {Moment.REGISTER: "After registering", Moment.UPLOAD: "After sending a recording"}
ANSWERS = {
    "have_footage": "Has footage",
    "nothing_there": "Nothing there",
    "cannot_help": "Cannot help",
    "do_not_ask_again": "Do not ask again",
}
LETTERS = {
    "Delivered": ("delivered",),
    "Sent, no news yet": ("sent",),
    "Came back": ("bounced", "complained", "technical_failure"),
}
PROBLEMS = {
    "Letters given up": "letter:failed",
    "Owners who cannot be reached": "registration:unreachable",
    "Clips that did not arrive whole": "clip:integrity_failed",
}
Choice = TypeVar("Choice")
Rows = tuple[tuple[str, Range], ...]

pages = Routes(__name__)


@dataclass(frozen=True, slots=True)
class Places:
    """Those one invite code is for, as they may be shown; the number of places is no secret."""

    number: int
    ends: str
    places: int
    taken: Range
    joined: Range


@dataclass(frozen=True, slots=True)
class Report:
    """Everything on the page."""

    cohorts: tuple[Places, ...]
    feedback: tuple[tuple[str, Rows, Rows], ...]
    durations: Rows
    choices: Rows
    registered: Rows
    letters: Rows
    answers: Rows
    problems: Rows


@pages.get(f"{DESK}/pilot")
@signed_in(Role.COORDINATOR)
def report_page() -> Response:
    here = jurisdictions.current()
    if not here.pilot:
        raise NotFound
    counted = viewed("pilot")
    report = report_of(pilots.tallies(), counted, here)
    return desk_page("pilot.html", desk="pilot", report=report, counted=counted, today=clock.now())


def report_of(tallies: Tallies, counted: Figures | None, here: Jurisdiction) -> Report:
    """Put the report together; figures under 10 are hidden in all of it."""
    return Report(
        cohorts=tuple(
            Places(
                number,
                day(one.ends_on, here),
                one.places,
                range_of(one.taken),
                range_of(one.joined),
            )
            for number, one in enumerate(tallies.cohorts, start=1)
        ),
        feedback=tuple(
            (words, _rows(tallies.ease[at], EASE), _rows(tallies.recommend[at], RECOMMEND))
            for at, words in MOMENTS.items()
        ),
        durations=_rows(tallies.durations, DURATIONS),
        choices=_choices(counted.choices if counted else {}),
        registered=_registered(counted),
        letters=_sums(counted.letters if counted else {}, LETTERS),
        answers=_answers(counted),
        problems=tuple(
            (words, range_of(counted.total(event) if counted else 0))
            for words, event in PROBLEMS.items()
        ),
    )


def _choices(chosen: Counts) -> Rows:
    figures = {name: chosen.get(name, 0) for name in ("stays", "open")}
    release = released({"choices": figures})
    table = release.tables["choices"]
    return (
        ("Asked", release.total),
        ("Stay", table["stays"]),
        ("Not answered: erased at the end", table["open"]),
    )


def _registered(counted: Figures | None) -> Rows:
    if counted is None:
        return ()
    return (
        ("Take part now", range_of(counted.registered)),
        ("Not confirmed yet", range_of(counted.unconfirmed)),
        ("Left", range_of(counted.total("registration:leave"))),
        ("Requests sent", range_of(counted.total("request:send"))),
    )


def _answers(counted: Figures | None) -> Rows:
    if counted is None:
        return ()
    return tuple(
        (words, range_of(counted.total(f"ask:answer.{answer}")))
        for answer, words in ANSWERS.items()
    )


def _rows(counts: Mapping[Choice, int], words: Mapping[Choice, str]) -> Rows:
    return tuple((said, range_of(counts.get(one, 0))) for one, said in words.items())


def _sums(counts: Counts, groups: Mapping[str, tuple[str, ...]]) -> Rows:
    return tuple(
        (words, range_of(sum(counts.get(one, 0) for one in states)))
        for words, states in groups.items()
    )
