"""What a search must state and may not exceed; each field says by itself what is wrong."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from chalicelib.errors import InvalidInput, OutsideJurisdiction
from chalicelib.geo.distance import destination
from chalicelib.incidents.model import DAY, Incident
from chalicelib.jurisdictions.model import Jurisdiction
from chalicelib.officers.model import Role

CASE_NUMBER_MOST = 40
REASON_LEAST = 10
REASON_MOST = 300
EDGE_STEPS = 36
MINUTE = timedelta(minutes=1)
HOUR_MINUTES = 60

Problem = tuple[str, str]


def check(
    incident: Incident, jurisdiction: Jurisdiction, roles: frozenset[Role], now: datetime
) -> None:
    """Raise InvalidInput naming every wrong field; OutsideJurisdiction if only the place is."""
    problems: dict[str, str] = {}
    for field, sentence in _problems(incident, jurisdiction, roles, now):
        problems.setdefault(field, sentence)
    if set(problems) == {"place"}:
        raise OutsideJurisdiction(problems["place"], problems)
    if problems:
        raise InvalidInput(fields=problems)


def _problems(
    incident: Incident, jurisdiction: Jurisdiction, roles: frozenset[Role], now: datetime
) -> Iterator[Problem]:
    yield from _grounds(incident, jurisdiction)
    yield from _area(incident, jurisdiction)
    yield from _window(incident, jurisdiction, roles)
    yield from _age(incident, jurisdiction, now)


def valid_case_number(text: str) -> bool:
    """Return whether `text` can be a case number; forces number cases in many ways."""
    return 0 < len(text) <= CASE_NUMBER_MOST and text.isprintable() and text == text.strip()


def _grounds(incident: Incident, jurisdiction: Jurisdiction) -> Iterator[Problem]:
    if not valid_case_number(incident.case_number):
        yield "case_number", f"Enter the case number, at most {CASE_NUMBER_MOST} characters."
    if incident.purpose not in {purpose.id for purpose in jurisdiction.purposes}:
        yield "purpose", "Choose the purpose of this search."
    reason = " ".join(incident.reason.split())
    if not REASON_LEAST <= len(reason) <= REASON_MOST or not reason.isprintable():
        yield "reason", f"Give the reason in {REASON_LEAST} to {REASON_MOST} characters."


def _area(incident: Incident, jurisdiction: Jurisdiction) -> Iterator[Problem]:
    most = jurisdiction.limits.radius_max_m
    if not 0 < incident.radius_m <= most:
        yield "radius_m", f"Choose a distance of at most {jurisdiction.distance_words(most)}."
    elif not _touches(incident, jurisdiction):
        yield "place", f"That place is outside the area of {jurisdiction.force}."


def _touches(incident: Incident, jurisdiction: Jurisdiction) -> bool:
    """Return whether the centre or the circle's edge, every ten degrees, lies in our area."""
    centre = incident.place.point
    edge = (
        destination(centre, 360 * step / EDGE_STEPS, incident.radius_m)
        for step in range(EDGE_STEPS)
    )
    return jurisdiction.covers(centre) or any(jurisdiction.covers(point) for point in edge)


def _window(
    incident: Incident, jurisdiction: Jurisdiction, roles: frozenset[Role]
) -> Iterator[Problem]:
    limits = jurisdiction.limits
    supervisor = Role.SUPERVISOR in roles
    most = limits.window_supervisor_minutes if supervisor else limits.window_max_minutes
    length = (incident.ends_at - incident.starts_at) / MINUTE
    if length <= 0:
        yield "ends_at", "The end must be after the start."
    elif length < limits.window_min_minutes:
        yield "ends_at", f"Ask for at least {_span(limits.window_min_minutes)}."
    elif length > most:
        asking = "" if supervisor else " A supervisor can ask for more."
        yield "ends_at", f"Ask for at most {_span(most)}.{asking}"


def _age(incident: Incident, jurisdiction: Jurisdiction, now: datetime) -> Iterator[Problem]:
    days = jurisdiction.limits.search_age_max_days
    if incident.starts_at > now:
        yield "starts_at", "The start must be in the past."
    if incident.ends_at > now:
        yield "ends_at", "The end must be in the past."
    if incident.starts_at < now - DAY * days:
        yield "starts_at", f"Only the last {days} days can be searched."


def _span(minutes: int) -> str:
    if minutes % HOUR_MINUTES:
        return f"{minutes} minutes"
    hours = minutes // HOUR_MINUTES
    return "1 hour" if hours == 1 else f"{hours} hours"
