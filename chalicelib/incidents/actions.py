"""Searching for cameras around an incident; nothing is shown that is not recorded first."""

from dataclasses import replace
from datetime import datetime

from chalicelib import audit, cameras, jurisdictions
from chalicelib.aws.transaction import Transaction
from chalicelib.cameras.model import Found, FoundCamera
from chalicelib.clock import stamp
from chalicelib.errors import InvalidInput, NotFound, StateConflict, TooManyRequests
from chalicelib.incidents import store
from chalicelib.incidents.checks import check, valid_case_number
from chalicelib.incidents.model import Incident, Result, Search, ranked, result_of
from chalicelib.jurisdictions import addresses
from chalicelib.jurisdictions.model import Jurisdiction
from chalicelib.links import new_id
from chalicelib.officers.model import Officer

ADDRESS_WITHIN_M = 30
AT_THE_SCENE_M = 5
TRIES = 4
WINDS = ("n", "ne", "e", "se", "s", "sw", "w", "nw")
QUOTA_SPENT = "You have been shown as many different cameras today as this programme allows."


def search(incident: Incident, officer: Officer, *, now: datetime) -> Search:
    """Find the cameras around `incident` and record who looked, why, and what was shown."""
    jurisdiction = jurisdictions.current()
    try:
        check(incident, jurisdiction, officer.roles, now)
    except InvalidInput as error:
        _refused(officer, incident, f"invalid: {', '.join(sorted(error.fields))}", now)
        raise
    found = _found(new_id(), incident, officer, now=now)
    for _ in range(TRIES - 1):
        try:
            _save(found, officer, jurisdiction)
        except StateConflict:  # the same officer searches in another window: count again
            continue
        return found
    _save(found, officer, jurisdiction)
    return found


def _found(search_id: str, incident: Incident, officer: Officer, *, now: datetime) -> Search:
    jurisdiction = jurisdictions.current()
    near = cameras.near(incident.circle)
    results = _results(near, incident, jurisdiction, now)
    most = jurisdiction.limits.cameras_per_search
    return Search(
        id=search_id,
        incident=incident,
        officer_id=officer.id,
        at=now,
        results=results[:most],
        truncated=near.truncated or len(results) > most,
    )


def _save(found: Search, officer: Officer, jurisdiction: Jurisdiction) -> None:
    incident, shown = found.incident, [result.camera_id for result in found.results]
    transaction = Transaction()
    seen_today = store.add_seen(transaction, officer.id, shown, found.at)
    if seen_today > jurisdiction.limits.officer_daily_cameras:
        _refused(officer, incident, "daily quota", found.at)
        raise TooManyRequests(QUOTA_SPENT)
    store.put(transaction, found)
    audit.record(
        transaction,
        "search:run",
        chain=f"search#{found.id}",
        actor=officer.actor,
        now=found.at,
        case_number=incident.case_number,
        search_id=found.id,
        purpose=incident.purpose,
        reason=incident.reason,
        place=f"{incident.place.point.latitude:.5f}, {incident.place.point.longitude:.5f}",
        radius_m=incident.radius_m,
        starts_at=stamp(incident.starts_at),
        ends_at=stamp(incident.ends_at),
        camera_ids=shown,
    )
    transaction.commit()


def view(search_id: str, officer: Officer, *, now: datetime) -> Search:
    """Open one's own search again: what was shown then and may still be found now."""
    saved = store.get(search_id, now)
    if saved is None or saved.officer_id != officer.id:
        raise NotFound
    near = cameras.near(saved.incident.circle)
    still = tuple(one for one in near.cameras if one.id in saved.camera_ids)
    found = Search(
        id=saved.id,
        incident=saved.incident,
        officer_id=saved.officer_id,
        at=saved.at,
        results=_results(
            replace(near, cameras=still), saved.incident, jurisdictions.current(), now
        ),
        truncated=saved.truncated,
    )
    _viewed(found, officer, now)
    return found


def incident_of(search_id: str, officer: Officer, *, now: datetime) -> Incident:
    """Return what one's own search was for; no camera is shown, so nothing is recorded."""
    saved = store.get(search_id, now)
    if saved is None or saved.officer_id != officer.id:
        raise NotFound
    return saved.incident


def _viewed(found: Search, officer: Officer, now: datetime) -> None:
    transaction = Transaction()
    audit.record(
        transaction,
        "search:view",
        chain=f"search#{found.id}",
        actor=officer.actor,
        now=now,
        case_number=found.incident.case_number,
        search_id=found.id,
        camera_ids=[result.camera_id for result in found.results],
    )
    transaction.commit()


def _refused(officer: Officer, incident: Incident, reason: str, now: datetime) -> None:
    """Record a refusal without what was typed: a wrong field may hold anything."""
    case_number = incident.case_number if valid_case_number(incident.case_number) else None
    transaction = Transaction()
    audit.record(
        transaction,
        "search:refused",
        chain=f"officer#{officer.id}",
        actor=officer.actor,
        now=now,
        case_number=case_number,
        reason=reason,
    )
    transaction.commit()


def _results(
    near: Found, incident: Incident, jurisdiction: Jurisdiction, now: datetime
) -> tuple[Result, ...]:
    return ranked(
        result_of(
            found,
            label_of(found, jurisdiction),
            incident,
            retention=jurisdiction.retention,
            now=now,
        )
        for found in near.cameras
    )


def label_of(found: FoundCamera, jurisdiction: Jurisdiction) -> str:
    """Name a camera by the nearest public address, else by where it is from the scene."""
    address = addresses.nearest(found.point, jurisdiction, ADDRESS_WITHIN_M)
    if address is not None:
        return address.line
    if found.distance_m < AT_THE_SCENE_M:
        return "at the scene"
    wind = jurisdiction.words["compass_" + WINDS[round(found.bearing / 45) % len(WINDS)]]
    return f"{jurisdiction.distance_words(found.distance_m)} {wind} of the scene"
