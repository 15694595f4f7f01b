"""What the JSON API takes and gives: the OpenAPI document is made from these.

Bodies refuse fields they do not know. Answers hold no name, address or number of an owner.
"""

from datetime import datetime
from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from chalicelib.cameras.model import Certainty, Kind, Premises
from chalicelib.evidence.model import ClipState, Scan
from chalicelib.footage_requests.model import Answer, AskState, RequestState
from chalicelib.geo import Detail

Id = Annotated[str, Meta(pattern="^[a-z2-7]{13}$")]
Line = Annotated[str, Meta(min_length=1, max_length=200, pattern="^[^\\t\\r\\n]+$")]
Text = Annotated[str, Meta(min_length=1, max_length=4000)]
Moment = Annotated[datetime, Meta(tz=True, description="With its offset from UTC.")]
Degrees = Annotated[float, Meta(ge=-180, le=180)]
LonLat = Annotated[
    tuple[Degrees, Degrees], Meta(description="Longitude first, then latitude (RFC 7946).")
]
# Zero and less are refused in words of their own.
Length = Annotated[float, Meta(le=100_000, description="Metres, above zero.")]
Speed = Annotated[float, Meta(le=1000, description="Kilometres an hour, above zero.")]
# Some more than any programme takes, so that too many are refused in words of their own.
Places = Annotated[list[LonLat], Meta(min_length=2, max_length=1001)]
Rings = Annotated[list[Places], Meta(min_length=1, max_length=20)]


class Body(Struct, kw_only=True, forbid_unknown_fields=True):
    """Something sent to us."""


class Given(Struct, kw_only=True):
    """Something we answer."""


class CircleRegion(Body, tag_field="type", tag="Point"):
    """Everything within `radius_m` metres of a place."""

    coordinates: LonLat
    radius_m: Length


class AreaRegion(Body, tag_field="type", tag="Polygon"):
    """Everything inside a closed ring of corners and outside its holes."""

    coordinates: Rings


class RouteRegion(Body, tag_field="type", tag="LineString"):
    """Everything within `half_width_m` metres of a route, in the order it was taken."""

    coordinates: Places
    half_width_m: Length


class NewTravel(Body):
    """How fast somebody can have gone along a route; they set off at `starts_at`."""

    slowest_kmh: Speed
    fastest_kmh: Speed


class NewSearch(Body):
    """An incident: why, where and when somebody looks for cameras.

    With `travel`, each camera gets a window of its own and `ends_at` follows from the route.
    """

    case_number: Line
    purpose: Line
    reason: Text
    label: Annotated[Line, Meta(description="What officers read for the place.")]
    region: CircleRegion | AreaRegion | RouteRegion
    starts_at: Moment
    ends_at: Moment | UnsetType = UNSET
    only_seeing: Annotated[
        bool, Meta(description="Cameras that see the scene, or might, wherever they stand.")
    ] = False
    travel: NewTravel | UnsetType = UNSET


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
    distance_m: Annotated[
        float, Meta(description="To a circle's centre, a route, or an area: then 0 inside.")
    ]
    along_m: Annotated[float | None, Meta(description="Along a route; else null.")]
    bearing: float
    accuracy_m: Annotated[int, Meta(description="How far off its position may be.")]
    certainty: Annotated[
        Certainty,
        Meta(
            description="Whether it surely is where was searched, given its accuracy. Uncertain: "
            "nobody knows its place to better than 100 m."
        ),
    ]
    faces: Annotated[bool, Meta(description="It looks at the scene and reaches it.")]
    detail: Annotated[
        Detail | None,
        Meta(description="What it would show of the scene if it faces it (IEC EN 62676-4)."),
    ]
    starts_at: Annotated[datetime, Meta(description="The window to ask this camera for.")]
    ends_at: datetime
    overwritten_at: Annotated[
        datetime, Meta(description="When the recording of the window's end is overwritten.")
    ]
    overwritten_is_guess: bool
    gone: Annotated[bool, Meta(description="It has been overwritten by now.")]
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
    """The answer to a search, best first, as a GeoJSON feature collection.

    Those whose place is hardly known come last, their certainty `uncertain`.
    """

    search_id: str
    at: datetime
    truncated: bool
    camera_minutes: int
    features: list[CameraFeature]
    type: Literal["FeatureCollection"] = "FeatureCollection"


class FewestHomes(Given):
    """The fewest homes whose cameras see, or might, all of a route that any of the search's do."""

    camera_ids: list[str]
    homes: int
    camera_minutes: int
    covered_m: float
    coverable_m: float
    length_m: float


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
    starts_at: datetime
    ends_at: datetime
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
