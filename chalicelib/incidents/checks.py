"""What a search must state and may not exceed; each field says by itself what is wrong."""

import math
from collections.abc import Iterator
from datetime import datetime

from chalicelib.errors import InvalidInput, LimitExceeded, OutsideJurisdiction
from chalicelib.geo import Corridor
from chalicelib.incidents.model import DAY, MINUTE, Incident
from chalicelib.incidents.problems import Kind, Problem
from chalicelib.incidents.region_checks import region_problems
from chalicelib.incidents.windows import end_of_travel, whole_window
from chalicelib.jurisdictions.model import Jurisdiction
from chalicelib.officers.model import Role

CASE_NUMBER_MOST = 40
REASON_LEAST = 10
REASON_MOST = 300
LABEL_MOST = 200
HOUR_MINUTES = 60


def check(
    incident: Incident, jurisdiction: Jurisdiction, roles: frozenset[Role], now: datetime
) -> None:
    """Raise InvalidInput naming every field that is wrong, before anything is looked up.

    OutsideJurisdiction if the region is elsewhere and nothing else is wrong, LimitExceeded if
    the programme's limits are all that stands in the way.
    """
    problems: dict[str, Problem] = {}
    for problem in _problems(incident, jurisdiction, roles, now):
        problems.setdefault(problem.field, problem)
    if not problems:
        return
    fields = {field: problem.sentence for field, problem in problems.items()}
    kinds = {problem.kind for problem in problems.values()}
    if kinds == {Kind.ELSEWHERE}:
        raise OutsideJurisdiction(next(iter(fields.values())), fields)
    if Kind.WRONG in kinds:
        raise InvalidInput(fields=fields)
    raise LimitExceeded(fields=fields)


def _problems(
    incident: Incident, jurisdiction: Jurisdiction, roles: frozenset[Role], now: datetime
) -> Iterator[Problem]:
    yield from _grounds(incident, jurisdiction)
    yield from region_problems(incident.region, jurisdiction)
    travel = tuple(_travel(incident))
    yield from travel
    if not travel:  # else there is no window to speak of
        yield from _window(incident, jurisdiction, roles)
        yield from _age(incident, jurisdiction, now)


def valid_case_number(text: str) -> bool:
    """Return whether `text` can be a case number; forces number cases in many ways."""
    return 0 < len(text) <= CASE_NUMBER_MOST and text.isprintable() and text == text.strip()


def _grounds(incident: Incident, jurisdiction: Jurisdiction) -> Iterator[Problem]:
    if not valid_case_number(incident.case_number):
        called = jurisdiction.words["case_number"]
        sentence = f"Enter the {called}, at most {CASE_NUMBER_MOST} characters."
        yield Problem("case_number", sentence)
    if incident.purpose not in {purpose.id for purpose in jurisdiction.purposes}:
        yield Problem("purpose", "Choose the purpose of this search.")
    reason = " ".join(incident.reason.split())
    if not REASON_LEAST <= len(reason) <= REASON_MOST or not reason.isprintable():
        yield Problem("reason", f"Give the reason in {REASON_LEAST} to {REASON_MOST} characters.")
    label = incident.place.label
    if not 0 < len(label) <= LABEL_MOST or not label.isprintable():
        yield Problem("label", f"Name the place in one line of at most {LABEL_MOST} characters.")


def _travel(incident: Incident) -> Iterator[Problem]:
    if incident.travel is None:
        return
    if not isinstance(incident.region, Corridor):
        yield Problem("slowest", "Only along a route can anybody travel: leave the speeds out.")
    elif incident.ends_at != end_of_travel(incident.region, incident.travel, incident.starts_at):
        yield Problem(
            "ends_at", "The end follows from the route and the slowest speed: leave it out."
        )


def _window(
    incident: Incident, jurisdiction: Jurisdiction, roles: frozenset[Role]
) -> Iterator[Problem]:
    """Check the length; cameras along an escape may have shorter windows than others."""
    limits, travels = jurisdiction.limits, incident.travel is not None
    supervisor = Role.SUPERVISOR in roles
    most = limits.window_supervisor_minutes if supervisor else limits.window_max_minutes
    window = whole_window(incident, clock_doubt=jurisdiction.clock_doubt)
    length = (window.ends_at - window.starts_at) / MINUTE
    if length <= 0:
        yield Problem("ends_at", "The end must be after the start.")
    elif length < limits.window_min_minutes and not travels:
        sentence = f"Ask for at least {_span(limits.window_min_minutes)}."
        yield Problem("ends_at", sentence, Kind.OVER)
    elif length > most:
        asking = "" if supervisor else " A supervisor can ask for more."
        slow = (
            f"At this speed it is {_span(math.ceil(length))} along the route. " if travels else ""
        )
        sentence = f"{slow}Ask for at most {_span(most)}.{asking}"
        yield Problem("slowest" if travels else "ends_at", sentence, Kind.OVER)


def _age(incident: Incident, jurisdiction: Jurisdiction, now: datetime) -> Iterator[Problem]:
    days = jurisdiction.limits.search_age_max_days
    if incident.starts_at > now:
        yield Problem("starts_at", "The start must be in the past.")
    if incident.ends_at > now and incident.travel:
        yield Problem("slowest", "At this speed they would not have arrived yet.")
    elif incident.ends_at > now:
        yield Problem("ends_at", "The end must be in the past.")
    if incident.starts_at < now - DAY * days:
        yield Problem("starts_at", f"Only the last {days} days can be searched.", Kind.OVER)


def _span(minutes: int) -> str:
    if minutes % HOUR_MINUTES:
        return f"{minutes} minutes"
    hours = minutes // HOUR_MINUTES
    return "1 hour" if hours == 1 else f"{hours} hours"
