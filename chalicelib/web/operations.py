"""The JSON API in one table; `officer_api` implements it, `openapi` describes it."""

from dataclasses import dataclass

from msgspec import Struct

from chalicelib.officers.model import Role
from chalicelib.web import bodies

EVERY_DAY = (401, 403, 500, 503)
"""What any guarded operation may answer."""
WITH_BODY = (400, 413, 415, 422)
SEARCHERS = (Role.OFFICER, Role.SUPERVISOR)


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one address."""

    method: str
    path: str
    summary: str
    roles: tuple[Role, ...]
    gives: type[Struct]
    takes: type[Struct] | None = None
    status: int = 200
    media_type: str = "application/json"
    errors: tuple[int, ...] = EVERY_DAY
    filters: tuple[str, ...] = ()


OPERATIONS = (
    Operation(
        "POST",
        "/api/v1/searches",
        "Look for cameras in a circle, an area or along a route. What it showed is recorded.",
        SEARCHERS,
        bodies.FoundCameras,
        takes=bodies.NewSearch,
        status=201,
        media_type="application/geo+json",
        errors=(*EVERY_DAY, *WITH_BODY, 409, 429),
    ),
    Operation(
        "POST",
        "/api/v1/searches/{search_id}/fewest",
        "Choose the cameras of the fewest homes that still see all of one's own search's route.",
        SEARCHERS,
        bodies.FewestHomes,
        errors=(*EVERY_DAY, 400, 404, 409),
    ),
    Operation(
        "GET",
        "/api/v1/requests",
        "List the open footage requests, or with state=closed the closed ones.",
        SEARCHERS,
        bodies.RequestList,
        errors=(*EVERY_DAY, 400),
        filters=("state",),
    ),
    Operation(
        "POST",
        "/api/v1/requests",
        "Ask the owners of some of a search's cameras: one letter to each owner.",
        SEARCHERS,
        bodies.RequestGiven,
        takes=bodies.NewRequest,
        status=201,
        errors=(*EVERY_DAY, *WITH_BODY, 404, 409, 429),
    ),
    Operation(
        "GET",
        "/api/v1/requests/{request_id}",
        "Read a footage request and what its owners answered.",
        SEARCHERS,
        bodies.RequestGiven,
        errors=(*EVERY_DAY, 404, 409),
    ),
    Operation(
        "POST",
        "/api/v1/requests/{request_id}/close",
        "Close a footage request: its links stop taking answers and clips.",
        SEARCHERS,
        bodies.RequestGiven,
        errors=(*EVERY_DAY, 404, 409),
    ),
    Operation(
        "GET",
        "/api/v1/clips",
        "List the clips that wait for a decision, oldest first.",
        (Role.CLERK,),
        bodies.ClipList,
    ),
    Operation(
        "POST",
        "/api/v1/clips/{clip_id}/accept",
        "Accept a clip as evidence.",
        (Role.CLERK,),
        bodies.ClipGiven,
        errors=(*EVERY_DAY, 404, 409, 422),
    ),
    Operation(
        "POST",
        "/api/v1/clips/{clip_id}/decline",
        "Decline a clip, with the reason.",
        (Role.CLERK,),
        bodies.ClipGiven,
        takes=bodies.Decline,
        errors=(*EVERY_DAY, *WITH_BODY, 404, 409),
    ),
    Operation(
        "POST",
        "/api/v1/clips/{clip_id}/download",
        "Get an address from which the original can be fetched. Each one is recorded.",
        (Role.CLERK,),
        bodies.Download,
        errors=(*EVERY_DAY, 404, 409, 422),
    ),
    Operation(
        "GET",
        "/api/v1/audit",
        "Read one UTC day of the audit log. Reading it is recorded too.",
        (Role.AUDITOR,),
        bodies.AuditDay,
        errors=(*EVERY_DAY, 400, 409),
        filters=("day", "event", "actor", "case_number"),
    ),
)
