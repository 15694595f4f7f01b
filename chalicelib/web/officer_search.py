"""Looking for cameras around an incident: the form, and what it leads to.

Where somebody looked is in the body of a form and in the search that is kept, never in an address.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from chalice.app import Response

from chalicelib import clock, incidents, jurisdictions
from chalicelib.errors import InvalidInput
from chalicelib.geo import Circle, Corridor
from chalicelib.incidents import Incident, Place, Travel
from chalicelib.jurisdictions import Jurisdiction
from chalicelib.officers import Officer
from chalicelib.web import html
from chalicelib.web.guards import session, signed_in
from chalicelib.web.officer_cameras import ground
from chalicelib.web.officer_html import SEARCHERS, officer_page
from chalicelib.web.officer_results import fewest_words, results
from chalicelib.web.officer_shapes import (
    NAMES,
    SHAPE_FIELDS,
    Shape,
    Values,
    Where,
    Wrong,
    shape_of,
    typed_again,
    where_of,
)
from chalicelib.web.requests import Form, current, form
from chalicelib.web.routes import Routes

WINDOW_FIELDS = ("starts_at_date", "starts_at_time", "ends_at_date", "ends_at_time")
FIELDS = ("case_number", "purpose", "reason", *SHAPE_FIELDS, "only_seeing", *WINDOW_FIELDS)
MULTILINE = frozenset({"reason", "area", "route"})
ORDER = ("case_number", "purpose", "reason", *SHAPE_FIELDS, "starts_at", "ends_at")
WINDOW = frozenset({"starts_at", "ends_at"})
"""Checked only once both ends can be read: a stand-in would be blamed on the officer."""
OUTSIDE = {Shape.CIRCLE: "place", Shape.AREA: "area", Shape.ROUTE: "route"}
"""Which field a place outside the programme's area is told at."""

pages = Routes(__name__)


@pages.get("/officer/search")
@signed_in(*SEARCHERS)
def search_page() -> Response:
    return form_page(blank(jurisdictions.current()), {})


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
        return form_page(values, at_fields(error.fields, values), status=error.status)
    return html.redirect(f"/officer/searches/{found.id}")


@pages.get("/officer/searches/{search_id}")
@signed_in(*SEARCHERS)
def results_page(search_id: str) -> Response:
    return results(incidents.view(search_id, session().officer, now=clock.now()))


@pages.get("/officer/searches/{search_id}/edit")
@signed_in(*SEARCHERS)
def edit_page(search_id: str) -> Response:
    incident = incidents.incident_of(search_id, session().officer, now=clock.now())
    return form_page(values_of(incident, jurisdictions.current()), {})


@pages.post("/officer/searches/{search_id}/fewest")
@signed_in(*SEARCHERS)
def fewest(search_id: str) -> Response:
    """Show the list with the boxes ticked that the fewest homes need; nothing is sent."""
    officer, now = session().officer, clock.now()
    chosen = incidents.fewest(search_id, officer, now=now)
    return results(
        incidents.view(search_id, officer, now=now),
        ticked=frozenset(chosen.camera_ids),
        fewest=fewest_words(chosen, jurisdictions.current()),
    )


def form_page(values: Values, errors: Mapping[str, str], *, status: int = 200) -> Response:
    return officer_page(
        "search.html",
        here="search",
        status=status,
        shapes=tuple(NAMES.items()),
        values=values,
        errors=errors,
        map_data=ground(jurisdictions.current()),
    )


def blank(jurisdiction: Jurisdiction) -> dict[str, str]:
    """Return an empty form; of distances the second smallest, so that few people are shown."""
    limits = jurisdiction.limits
    return dict.fromkeys(FIELDS, "") | {
        "shape": Shape.CIRCLE,
        "radius_m": str(limits.radius_choices_m[:2][-1]),
        "half_width_m": str(limits.half_width_choices_m[:2][-1]),
    }


def typed(fields: Form) -> dict[str, str]:
    """Return the form's fields as they were typed, the reason on one line."""
    values = {name: fields.text(name, multiline=name in MULTILINE) for name in FIELDS}
    return values | {"reason": " ".join(values["reason"].split())}


def incident_of(values: Values, officer: Officer, *, now: datetime) -> Incident:
    """Read the form; raise InvalidInput with everything that is wrong in it, in one go."""
    wrong: Wrong = {}
    where = where_of(values, jurisdictions.current(), wrong)
    starts_at = moment_of("starts_at", values, wrong)
    ends_at = end_of(where, starts_at, values, wrong)
    place, region, travel = where or anywhere(jurisdictions.current())
    incident = Incident(
        case_number=values["case_number"],
        purpose=values["purpose"],
        reason=values["reason"],
        place=place,
        region=region,
        starts_at=starts_at or now - timedelta(hours=2),
        ends_at=ends_at or now - timedelta(hours=1),
        only_seeing=bool(values["only_seeing"]),
        travel=travel,
    )
    if wrong:
        others = at_fields(unchecked(incident, officer, now=now), values)
        told = {name: others[name] for name in others if where or name not in SHAPE_FIELDS}
        raise InvalidInput(fields=in_order(told | wrong))
    return incident


def anywhere(jurisdiction: Jurisdiction) -> Where:
    """Stand in for a place that cannot be read, while the other fields are looked at."""
    centre = jurisdiction.map.centre
    circle = Circle(centre.latitude, centre.longitude, jurisdiction.limits.radius_choices_m[0])
    return Where(Place(centre, ""), circle)


def end_of(
    where: Where | None, starts_at: datetime | None, values: Values, wrong: Wrong
) -> datetime | None:
    """Read the window's end; an escape's is when the slowest have arrived."""
    speeds = values["shape"] == Shape.ROUTE and (values["slowest"] or values["fastest"])
    if not speeds:
        return moment_of("ends_at", values, wrong)
    match where:
        case (_, Corridor() as route, Travel() as travel) if starts_at is not None:
            return incidents.end_of_travel(route, travel, starts_at)
    return None


def moment_of(name: str, values: Values, wrong: Wrong) -> datetime | None:
    """Read one of the window's ends; if it cannot be read, note why."""
    date_text, time_text = values[f"{name}_date"], values[f"{name}_time"]
    try:
        return jurisdictions.current().parse_moment(date_text, time_text)
    except InvalidInput as error:
        wrong[name] = ". ".join(error.fields.values())
        return None


def unchecked(incident: Incident, officer: Officer, *, now: datetime) -> dict[str, str]:
    """Return what is wrong besides what could not be read, so that nobody corrects twice."""
    try:
        incidents.check(incident, jurisdictions.current(), officer.roles, now)
    except InvalidInput as error:
        return {name: error.fields[name] for name in error.fields if name not in WINDOW}
    return {}


def at_fields(errors: Mapping[str, str], values: Values) -> dict[str, str]:
    """Tell what is wrong with the place at the chosen shape's own field."""
    place = OUTSIDE.get(Shape(values["shape"]), "place") if values["shape"] in NAMES else "place"
    return {place if name == "place" else name: errors[name] for name in errors}


def in_order(errors: Mapping[str, str]) -> dict[str, str]:
    """Put errors in the order of the form."""
    return {name: errors[name] for name in ORDER if name in errors}


def values_of(incident: Incident, jurisdiction: Jurisdiction) -> dict[str, str]:
    """Return the form as it would have to be filled in for this incident."""
    given = {
        "case_number": incident.case_number,
        "purpose": incident.purpose,
        "reason": incident.reason,
        "shape": shape_of(incident.region),
        "only_seeing": "yes" if incident.only_seeing else "",
        **moment_texts("starts_at", incident.starts_at, jurisdiction),
    }
    if incident.travel is None:
        given |= moment_texts("ends_at", incident.ends_at, jurisdiction)
    return blank(jurisdiction) | given | typed_again(incident, jurisdiction)


def moment_texts(name: str, moment: datetime, jurisdiction: Jurisdiction) -> dict[str, str]:
    return {
        f"{name}_date": jurisdiction.date_text(moment),
        f"{name}_time": jurisdiction.time_words(moment, clock=24)[:5],
    }
