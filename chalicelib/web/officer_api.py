"""The JSON API for a force's own systems: the officers' actions, without the pages.

The same packages do the work, so what a page may not do, a program may not either. Searches
answer with GeoJSON (RFC 7946), errors are problem details (RFC 9457).
"""

from datetime import UTC, date, datetime

from chalice.app import CognitoUserPoolAuthorizer, Response
from msgspec import UNSET, UnsetType

from chalicelib import clock, evidence, footage_requests, incidents
from chalicelib.errors import InvalidInput
from chalicelib.evidence.model import DOWNLOAD_LIVES
from chalicelib.geo import Corridor, Region
from chalicelib.incidents import Incident, Travel
from chalicelib.jurisdictions import Place
from chalicelib.officers import Role
from chalicelib.web import api_answers, api_regions, audit_reading, bodies
from chalicelib.web.guards import bearer, officer
from chalicelib.web.openapi import document
from chalicelib.web.operations import SEARCHERS
from chalicelib.web.requests import current, json_body, query
from chalicelib.web.routes import Routes, json_response

# The template in infra/ puts the stack's own user pool in place of this address.
OFFICERS = CognitoUserPoolAuthorizer(
    "officers", provider_arns=["arn:aws:cognito-idp:us-east-1:000000000000:userpool/placeholder"]
)
GEOJSON = "application/geo+json"
YEARS = range(2000, 2100)

api = Routes(__name__, json=True, authorizer=OFFICERS)
open_api = Routes(__name__, json=True)


@open_api.get("/api/v1/openapi.json")
def read_document() -> Response:
    return json_response(document())


@api.post("/api/v1/searches")
@bearer(*SEARCHERS)
def search() -> Response:
    wanted = json_body(current(), bodies.NewSearch)
    with api_regions.named_as_sent():
        found = incidents.search(incident_of(wanted), officer(), now=clock.now())
    answer = api_answers.found_cameras(found)
    return json_response(answer, status=201, content_type=GEOJSON)


@api.post("/api/v1/searches/{search_id}/fewest")
@bearer(*SEARCHERS)
def fewest(search_id: str) -> Response:
    chosen = incidents.fewest(search_id, officer(), now=clock.now())
    return json_response(api_answers.fewest_homes(chosen))


@api.get("/api/v1/requests")
@bearer(*SEARCHERS)
def list_requests() -> Response:
    state = query(current()).one("state") or "open"
    if state not in {"open", "closed"}:
        raise InvalidInput(fields={"state": "Choose open or closed."})
    closed = state == "closed"
    listed = footage_requests.list_closed() if closed else footage_requests.list_open()
    return json_response(bodies.RequestList(requests=[*map(api_answers.summary, listed)]))


@api.post("/api/v1/requests")
@bearer(*SEARCHERS)
def send_request() -> Response:
    wanted = json_body(current(), bodies.NewRequest)
    sent = footage_requests.send(
        wanted.search_id,
        tuple(wanted.camera_ids),
        what_happened=wanted.what_happened.strip(),
        looking_for=wanted.looking_for.strip(),
        reply_by=moment("reply_by", wanted.reply_by),
        officer=officer(),
        now=clock.now(),
    )
    return json_response(api_answers.request_given(sent), status=201)


@api.get("/api/v1/requests/{request_id}")
@bearer(*SEARCHERS)
def read_request(request_id: str) -> Response:
    found = footage_requests.view(request_id, officer(), now=clock.now())
    return json_response(api_answers.request_given(found))


@api.post("/api/v1/requests/{request_id}/close")
@bearer(*SEARCHERS)
def close_request(request_id: str) -> Response:
    closed = footage_requests.close(request_id, officer(), now=clock.now())
    return json_response(api_answers.request_given(closed))


@api.get("/api/v1/clips")
@bearer(Role.CLERK)
def list_clips() -> Response:
    return json_response(bodies.ClipList(clips=[*map(api_answers.clip_given, evidence.queue())]))


@api.post("/api/v1/clips/{clip_id}/accept")
@bearer(Role.CLERK)
def accept_clip(clip_id: str) -> Response:
    return json_response(
        api_answers.clip_given(evidence.accept(clip_id, officer(), now=clock.now()))
    )


@api.post("/api/v1/clips/{clip_id}/decline")
@bearer(Role.CLERK)
def decline_clip(clip_id: str) -> Response:
    reason = json_body(current(), bodies.Decline).reason.strip()
    clip = evidence.decline(clip_id, reason, officer(), now=clock.now())
    return json_response(api_answers.clip_given(clip))


@api.post("/api/v1/clips/{clip_id}/download")
@bearer(Role.CLERK)
def download_clip(clip_id: str) -> Response:
    now = clock.now()
    url = evidence.download(clip_id, officer(), now=now)
    return json_response(api_answers.download(url, now + DOWNLOAD_LIVES))


@api.get("/api/v1/audit")
@bearer(Role.AUDITOR)
def read_audit() -> Response:
    fields = query(current())
    day = day_of(fields.one("day"))
    names = ("event", "actor", "case_number")
    wanted = {name: fields.one(name) for name in names if fields.one(name)}
    entries = audit_reading.day_viewed(day, wanted, officer=officer(), now=clock.now())
    given = [api_answers.entry_given(entry) for entry in entries]
    return json_response(bodies.AuditDay(day=day.isoformat(), entries=given))


def incident_of(wanted: bodies.NewSearch) -> Incident:
    """Turn the body into an incident; whether it is allowed is the package's business."""
    region, travel = api_regions.region_of(wanted.region), api_regions.travel_of(wanted.travel)
    starts_at = moment("starts_at", wanted.starts_at)
    return Incident(
        case_number=wanted.case_number.strip(),
        purpose=wanted.purpose.strip(),
        reason=wanted.reason.strip(),
        place=Place(region.middle, wanted.label.strip()),
        region=region,
        starts_at=starts_at,
        ends_at=end_of(wanted.ends_at, starts_at, region, travel),
        only_seeing=wanted.only_seeing,
        travel=travel,
    )


def end_of(
    sent: datetime | UnsetType, starts_at: datetime, region: Region, travel: Travel | None
) -> datetime:
    """Return the end as it was sent, else when the slowest have come to the end of the route."""
    if sent is not UNSET:
        return moment("ends_at", sent)
    if travel and isinstance(region, Corridor):
        return incidents.end_of_travel(region, travel, starts_at)
    raise InvalidInput(fields={"ends_at": "This is required unless somebody travels a route."})


def moment(field: str, sent: datetime) -> datetime:
    """Return the moment in UTC; years at the edge of the calendar overflow in later sums."""
    if sent.year not in YEARS:
        raise InvalidInput(fields={field: "Enter a date of this century."})
    return sent.astimezone(UTC)


def day_of(text: str) -> date:
    """Read a day as ISO 8601 writes it."""
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC).date()
    except ValueError as error:
        raise InvalidInput(fields={"day": "Enter a day as 2026-11-18."}) from error
