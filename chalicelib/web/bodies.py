"""What the JSON API takes and gives: the OpenAPI document is made from these.

Bodies refuse fields they do not know. Answers hold no name, address or number of an owner.
"""

from datetime import datetime
from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from chalicelib.cameras.model import Kind, Premises
from chalicelib.evidence.model import ClipState, Scan
from chalicelib.footage_requests.model import Answer, AskState, RequestState

Id = Annotated[str, Meta(pattern="^[a-z2-7]{13}$")]
Line = Annotated[str, Meta(min_length=1, max_length=200, pattern="^[^\\t\\r\\n]+$")]
Text = Annotated[str, Meta(min_length=1, max_length=4000)]
Moment = Annotated[datetime, Meta(tz=True, description="With its offset from UTC.")]
Latitude = Annotated[float, Meta(ge=-90, le=90)]
Longitude = Annotated[float, Meta(ge=-180, le=180)]


class Body(Struct, kw_only=True, forbid_unknown_fields=True):
    """Something sent to us."""


class Given(Struct, kw_only=True):
    """Something we answer."""


class NewPlace(Body):
    """Where something happened; the label is the officer's own words for it."""

    latitude: Latitude
    longitude: Longitude
    label: Line


class NewSearch(Body):
    """An incident: why, where and when somebody looks for cameras."""

    case_number: Line
    purpose: Line
    reason: Text
    place: NewPlace
    radius_m: Annotated[int, Meta(ge=1, le=100_000)]
    starts_at: Moment
    ends_at: Moment


class NewRequest(Body):
    """Which of a search's cameras to ask, and what their owners are told."""

    search_id: Id
    camera_ids: Annotated[list[Id], Meta(min_length=1, max_length=1000)]
    what_happened: Text
    looking_for: Text
    reply_by: Moment


class Decline(Body):
    """Why a clip is not kept."""

    reason: Text


class Position(Given):
    """A GeoJSON point: longitude first."""

    coordinates: tuple[float, float]
    type: Literal["Point"] = "Point"


class CameraProperties(Given):
    """What an officer may know of a camera before asking anybody.

    A programme that keeps only places and contacts gives nothing of what it does not keep.
    """

    number: int
    label: str
    distance_m: float
    bearing: float
    accuracy_m: int
    faces_scene: bool
    kept_until: datetime
    kept_is_guess: bool
    gone: bool
    kind: Kind | UnsetType = UNSET
    premises: Premises | UnsetType = UNSET
    heading: int | UnsetType | None = UNSET
    view_angle: int | UnsetType | None = UNSET
    reach_m: int | UnsetType | None = UNSET


class CameraFeature(Given):
    """A camera as a GeoJSON feature; `id` is what a request names it by."""

    id: str
    geometry: Position
    properties: CameraProperties
    type: Literal["Feature"] = "Feature"


class FoundCameras(Given):
    """The answer to a search, best first, as a GeoJSON feature collection."""

    search_id: str
    at: datetime
    truncated: bool
    features: list[CameraFeature]
    type: Literal["FeatureCollection"] = "FeatureCollection"


class AnswerCounts(Given):
    """A request at a glance."""

    asked: int
    sent: int
    will_share: int
    nothing_seen: int
    no_answer: int
    could_not_reach: int
    cannot_help: int


class AskGiven(Given):
    """What became of one owner's letter."""

    camera_ids: list[str]
    state: AskState
    answer: Answer | None
    answered_at: datetime | None
    note: str


class RequestSummary(Given):
    """A footage request without its letters' words."""

    id: str
    code: str
    case_number: str
    purpose: str
    state: RequestState
    officer_name: str
    starts_at: datetime
    ends_at: datetime
    sent_at: datetime
    reply_by: datetime
    closes_at: datetime
    counts: AnswerCounts


class RequestGiven(RequestSummary):
    """A footage request with each of its asks."""

    what_happened: str
    looking_for: str
    asks: list[AskGiven]


class RequestList(Given):
    """Requests, newest first."""

    requests: list[RequestSummary]


class ClipGiven(Given):
    """A clip as the evidence clerk sees it."""

    id: str
    request_id: str
    state: ClipState
    file_name: str
    size: int | None
    sha256: str | None
    sniffed_type: str | None
    scan: Scan
    arrived_at: datetime | None
    decided_at: datetime | None


class ClipList(Given):
    """Clips that wait for a decision, oldest first."""

    clips: list[ClipGiven]


class Download(Given):
    """Where the original can be fetched, for a few minutes."""

    url: str
    expires_at: datetime


class AuditEntryGiven(Given):
    """One audit entry with the hash that ties it to the one before."""

    chain: str
    seq: int
    at: datetime
    event: str
    actor: str
    case_number: str | None
    detail: dict[str, Any]
    hash: str
    previous: str


class AuditDay(Given):
    """The entries of one UTC day that fit what was asked for, oldest first."""

    day: str
    entries: list[AuditEntryGiven]
