"""Searching for cameras around an incident; nothing is shown that is not recorded first."""

from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any

from chalicelib import audit, cameras, jurisdictions, limits
from chalicelib.aws.transaction import Transaction
from chalicelib.cameras.model import Found, FoundCamera
from chalicelib.clock import stamp
from chalicelib.errors import InvalidInput, NotFound, StateConflict, TooManyRequests
from chalicelib.geo import Circle, Corridor, Region
from chalicelib.incidents import store, thinning
from chalicelib.incidents.checks import check, valid_case_number
from chalicelib.incidents.geojson import region_as_json
from chalicelib.incidents.model import DAY, Fewest, Incident, Result, Search, ranked
from chalicelib.incidents.results import named, unnamed
from chalicelib.jurisdictions.model import Jurisdiction
from chalicelib.links import new_id
from chalicelib.officers.model import Officer

TRIES = 4
ABOUT_A_METRE = 5
"""Digits after the point of a degree."""
OVER_QUOTA_MOST = 5
"""Each such refusal tells that somebody is there: enough of them would tell where everybody is."""
QUOTA_SPENT = "You have been shown as many different cameras today as this programme allows."


def search(incident: Incident, officer: Officer, *, now: datetime) -> Search:
    """Find the cameras around `incident` and record who looked, why, and what was shown."""
    jurisdiction = jurisdictions.current()
    _require_leave(incident, officer, jurisdiction, now)
    found = _found(new_id(), incident, officer, now=now)
    for _ in range(TRIES - 1):
        try:
            _save(found, officer, jurisdiction)
        except StateConflict:  # the same officer searches in another window: count again
            continue
        return found
    _save(found, officer, jurisdiction)
    return found


def view(search_id: str, officer: Officer, *, now: datetime) -> Search:
    """Open one's own search again: what was shown then and may still be found now."""
    found = _again(_own(search_id, officer, now), now)
    shown = [result.camera_id for result in found.shown]
    _record("search:view", found, officer, now, camera_ids=shown)
    return found


def incident_of(search_id: str, officer: Officer, *, now: datetime) -> Incident:
    """Return what one's own search was for; no camera is shown, so nothing is recorded."""
    return _own(search_id, officer, now).incident


def fewest(search_id: str, officer: Officer, *, now: datetime) -> Fewest:
    """Choose cameras of one's own search along a route that see all of it any of them sees.

    Of the fewest homes: only ids of registrations are read, and none of them is given away.
    Raises InvalidInput naming `route` for a search of any other shape.
    """
    saved = _own(search_id, officer, now)
    route = saved.incident.region
    if not isinstance(route, Corridor):
        raise InvalidInput(fields={"route": "Only along a route can homes be left out."})
    still = [result for result in _again(saved, now).results if not result.gone]
    homes = cameras.registrations_of(result.camera_id for result in still)
    chosen = thinning.fewest_along(route, still, homes)
    _record(
        "search:fewest",
        saved,
        officer,
        now,
        camera_ids=list(chosen.camera_ids),
        homes=chosen.homes,
        camera_minutes=chosen.camera_minutes,
    )
    return chosen


def _record(
    event: str,
    search: Search | store.SavedSearch,
    officer: Officer,
    now: datetime,
    **detail: object,
) -> None:
    """Record what is done with a search before its answer is given."""
    transaction = Transaction()
    audit.record(
        transaction,
        event,
        chain=f"search#{search.id}",
        actor=officer.actor,
        now=now,
        case_number=search.incident.case_number,
        search_id=search.id,
        **detail,
    )
    transaction.commit()


def _require_leave(
    incident: Incident, officer: Officer, jurisdiction: Jurisdiction, now: datetime
) -> None:
    """Refuse, and record that, before anything is looked up."""
    try:
        check(incident, jurisdiction, officer.roles, now)
    except InvalidInput as error:
        _refused(officer, incident, f"invalid: {', '.join(sorted(error.fields))}", now)
        raise
    if limits.peek(_quota(officer), window=DAY, now=now) >= OVER_QUOTA_MOST:
        _refused(officer, incident, "daily quota", now)
        raise TooManyRequests(QUOTA_SPENT)


def _found(search_id: str, incident: Incident, officer: Officer, *, now: datetime) -> Search:
    found = _look(incident)
    empty = Search(search_id, incident, officer.id, now, (), (), found.truncated)
    return _filled(empty, found, now)


def _look(incident: Incident) -> Found:
    return cameras.find(incident.region, scene=incident.scene, only_seeing=incident.only_seeing)


def _again(saved: store.SavedSearch, now: datetime) -> Search:
    """Look with the saved region again, and keep of it what was shown the first time."""
    found = _look(saved.incident)
    kept = replace(
        found,
        cameras=tuple(one for one in found.cameras if one.id in saved.camera_ids),
        uncertain=tuple(one for one in found.uncertain if one.id in saved.camera_ids),
    )
    empty = Search(saved.id, saved.incident, saved.officer_id, saved.at, (), (), saved.truncated)
    return _filled(empty, kept, now)


def _filled(search: Search, found: Found, now: datetime) -> Search:
    """Rank what was found, keep as many as may be shown, and name those."""
    jurisdiction = jurisdictions.current()
    most = jurisdiction.limits.cameras_per_search

    def rows(cameras: Iterable[FoundCamera], after: int) -> tuple[Result, ...]:
        unnumbered = (unnamed(one, search.incident, jurisdiction, now) for one in cameras)
        kept = ranked(unnumbered, after=after)[: most - after]
        return tuple(named(one, search.incident, jurisdiction) for one in kept)

    results = rows(found.cameras, 0)
    uncertain = rows(found.uncertain, len(results))
    left_out = len(found.cameras) + len(found.uncertain) > len(results) + len(uncertain)
    truncated = search.truncated or left_out
    return replace(search, results=results, uncertain=uncertain, truncated=truncated)


def _own(search_id: str, officer: Officer, now: datetime) -> store.SavedSearch:
    saved = store.get(search_id, now)
    if saved is None or saved.officer_id != officer.id:
        raise NotFound
    return saved


def _save(found: Search, officer: Officer, jurisdiction: Jurisdiction) -> None:
    shown = [result.camera_id for result in found.shown]
    transaction = Transaction()
    seen_today = store.add_seen(transaction, officer.id, shown, found.at)
    if seen_today > jurisdiction.limits.officer_daily_cameras:
        with suppress(TooManyRequests):  # as many at the same moment in other windows
            limits.count(_quota(officer), most=OVER_QUOTA_MOST, window=DAY, now=found.at)
        _refused(officer, found.incident, "daily quota", found.at)
        raise TooManyRequests(QUOTA_SPENT)
    store.put(transaction, found)
    _record_run(transaction, found, officer, shown)
    transaction.commit()


def _quota(officer: Officer) -> str:
    return f"over-quota#{officer.id}"


def _record_run(
    transaction: Transaction, found: Search, officer: Officer, shown: Collection[str]
) -> None:
    incident, travel = found.incident, found.incident.travel
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
        region=region_as_json(incident.region, ABOUT_A_METRE),
        **_shape(incident.region),
        only_seeing=incident.only_seeing,
        speeds=[travel.slowest_mps, travel.fastest_mps] if travel else None,
        starts_at=stamp(incident.starts_at),
        ends_at=stamp(incident.ends_at),
        camera_ids=list(shown),
    )


def _shape(region: Region) -> dict[str, Any]:
    match region:
        case Circle():
            return {"shape": "circle", "size": {"radius_m": region.radius_m}}
        case Corridor():
            size = {"half_width_m": region.half_width_m, "length_m": round(region.length_m)}
            return {"shape": "route", "size": size}
    return {"shape": "area", "size": {"area_m2": round(region.area_m2)}}


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
