"""Looking for cameras around an incident: the form, and the list with its map."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from chalice.app import Response

from chalicelib import clock, incidents, jurisdictions
from chalicelib.errors import InvalidInput
from chalicelib.incidents import Incident, Place, Search
from chalicelib.jurisdictions import Jurisdiction
from chalicelib.officers import Officer
from chalicelib.web import html
from chalicelib.web.guards import session, signed_in
from chalicelib.web.officer_cameras import ground, map_data, row_of
from chalicelib.web.officer_html import SEARCHERS, officer_page
from chalicelib.web.requests import Form, current, form
from chalicelib.web.routes import Routes

FIELDS = (
    *("case_number", "purpose", "reason", "place", "radius_m"),
    *("starts_at_date", "starts_at_time", "ends_at_date", "ends_at_time"),
)
Values = Mapping[str, str]

pages = Routes(__name__)


@pages.get("/officer/search")
@signed_in(*SEARCHERS)
def search_page() -> Response:
    values = dict.fromkeys(FIELDS, "")
    values["radius_m"] = usual_radius(jurisdictions.current())
    return form_page(values, {})


@pages.post("/officer/searches")
@signed_in(*SEARCHERS)
def search() -> Response:
    values = typed(form(current()))
    try:
        incident = incident_of(values, session().officer, now=clock.now())
        found = incidents.search(incident, session().officer, now=clock.now())
    except InvalidInput as error:
        if not error.fields:
            raise
        return form_page(values, error.fields, status=error.status)
    return html.redirect(f"/officer/searches/{found.id}")


@pages.get("/officer/searches/{search_id}")
@signed_in(*SEARCHERS)
def results_page(search_id: str) -> Response:
    return results(incidents.view(search_id, session().officer, now=clock.now()), {})


def results(found: Search, errors: Mapping[str, str], *, status: int = 200) -> Response:
    """Answer with the list and its map."""
    jurisdiction = jurisdictions.current()
    return officer_page(
        "results.html",
        here="search",
        status=status,
        search=found,
        purpose=purpose_words(found.incident, jurisdiction),
        rows=[row_of(result, jurisdiction) for result in found.results],
        map_data=map_data(found, jurisdiction),
        values=values_of(found.incident, jurisdiction),
        errors=errors,
    )


def form_page(values: Values, errors: Mapping[str, str], *, status: int = 200) -> Response:
    return officer_page(
        "search.html",
        here="search",
        status=status,
        values=values,
        errors=errors,
        ground=ground(jurisdictions.current()),
    )


def typed(fields: Form) -> dict[str, str]:
    """Return the form's fields as they were typed, the reason on one line."""
    values = {name: fields.text(name, multiline=name == "reason") for name in FIELDS}
    return values | {"reason": " ".join(values["reason"].split())}


def incident_of(values: Values, officer: Officer, *, now: datetime) -> Incident:
    """Read the form; raise InvalidInput with everything that is wrong in it, in one go."""
    jurisdiction = jurisdictions.current()
    wrong: dict[str, str] = {}
    incident = Incident(
        case_number=values["case_number"],
        purpose=values["purpose"],
        reason=values["reason"],
        place=place_of(values["place"], jurisdiction, wrong),
        radius_m=radius_of(values["radius_m"], wrong),
        starts_at=moment_of("starts_at", values, wrong) or now - timedelta(hours=2),
        ends_at=moment_of("ends_at", values, wrong) or now - timedelta(hours=1),
    )
    if wrong:
        raise InvalidInput(fields=in_order(others(incident, officer, now=now) | wrong))
    return incident


def place_of(text: str, jurisdiction: Jurisdiction, wrong: dict[str, str]) -> Place:
    """Read the place; if it cannot be read, note that and stand in the middle of the area."""
    try:
        return jurisdictions.place_from_text(text, jurisdiction)
    except InvalidInput as error:
        wrong["place"] = error.fields.get("place", error.sentence)
        return Place(jurisdiction.map.centre, "")


def radius_of(text: str, wrong: dict[str, str]) -> int:
    choices = jurisdictions.current().limits.radius_choices_m
    if text not in {str(metres) for metres in choices}:
        wrong["radius_m"] = "Choose a distance"
        return choices[0]
    return int(text)


def moment_of(name: str, values: Values, wrong: dict[str, str]) -> datetime | None:
    """Read one of the window's ends; if it cannot be read, note why."""
    date_text, time_text = values[f"{name}_date"], values[f"{name}_time"]
    try:
        return jurisdictions.current().parse_moment(date_text, time_text)
    except InvalidInput as error:
        wrong[name] = ". ".join(error.fields.values())
        return None


def others(incident: Incident, officer: Officer, *, now: datetime) -> dict[str, str]:
    """Return what is wrong besides what could not be read, so that nobody corrects twice."""
    try:
        incidents.check(incident, jurisdictions.current(), officer.roles, now)
    except InvalidInput as error:
        return {name: error.fields[name] for name in error.fields if name not in WINDOW}
    return {}


WINDOW = frozenset({"starts_at", "ends_at"})
"""Checked only once both ends can be read: a stand-in would be blamed on the officer."""


def in_order(errors: Mapping[str, str]) -> dict[str, str]:
    """Put errors in the order of the form."""
    order = ("case_number", "purpose", "reason", "place", "radius_m", "starts_at", "ends_at")
    return {name: errors[name] for name in order if name in errors}


def usual_radius(jurisdiction: Jurisdiction) -> str:
    """Return the radius chosen at first: the second smallest, so that few people are shown."""
    return str(jurisdiction.limits.radius_choices_m[:2][-1])


def values_of(incident: Incident, jurisdiction: Jurisdiction) -> dict[str, str]:
    """Return the form as it would have to be filled in for this incident."""
    return {
        "case_number": incident.case_number,
        "purpose": incident.purpose,
        "reason": incident.reason,
        "place": place_text(incident.place, jurisdiction),
        "radius_m": str(incident.radius_m),
        "starts_at_date": jurisdiction.date_text(incident.starts_at),
        "starts_at_time": jurisdiction.time_words(incident.starts_at, clock=24)[:5],
        "ends_at_date": jurisdiction.date_text(incident.ends_at),
        "ends_at_time": jurisdiction.time_words(incident.ends_at, clock=24)[:5],
    }


def place_text(place: Place, jurisdiction: Jurisdiction) -> str:
    """Return what finds this very place again: its address if one stands there, or a point."""
    if any(
        address.point == place.point for address in jurisdictions.find(place.label, jurisdiction)
    ):
        return place.label
    return f"{place.point.latitude:.6f}, {place.point.longitude:.6f}"


def purpose_words(incident: Incident, jurisdiction: Jurisdiction) -> str:
    """Say the purpose as the programme words it."""
    purpose = jurisdiction.purpose(incident.purpose)
    return purpose.label if purpose else incident.purpose
