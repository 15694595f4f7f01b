"""Clips that wait for a clerk: what came, whether it is whole, and the decision."""

from collections.abc import Mapping
from dataclasses import dataclass

from chalice.app import Response

from chalicelib import audit, cameras, clock, evidence, footage_requests, jurisdictions
from chalicelib.audit import AuditEntry
from chalicelib.errors import InvalidInput
from chalicelib.evidence.model import DOWNLOADABLE, Clip, ClipState, Scan
from chalicelib.footage_requests import FootageRequest
from chalicelib.officers import Role
from chalicelib.web import html
from chalicelib.web.guards import session, signed_in
from chalicelib.web.officer_html import Tag, officer_page, size_words
from chalicelib.web.officer_recorders import clocks_words
from chalicelib.web.requests import current, form, query
from chalicelib.web.routes import Routes

TAGS = {
    ClipState.SLOT: Tag("plain", "Announced"),
    ClipState.UPLOADING: Tag("blue", "Being sent"),
    ClipState.ARRIVED: Tag("yellow", "To decide"),
    ClipState.ACCEPTED: Tag("green", "Accepted"),
    ClipState.DECLINED: Tag("grey", "Declined"),
    ClipState.INTEGRITY_FAILED: Tag("red", "Damaged on the way"),
    ClipState.ABANDONED: Tag("grey", "Never finished"),
    ClipState.REMOVED: Tag("grey", "Taken back by the owner"),
}
SCANS = {
    Scan.NOT_SCANNED: "Not scanned. Open it on a machine meant for that.",
    Scan.CLEAN: "No threat found",
    Scan.THREAT: "A threat was found",
    Scan.UNSCANNABLE: "Could not be scanned. Open it on a machine meant for that.",
}
EVENTS = {
    "clip:open_slot": "Announced by the owner",
    "clip:complete": "All parts sent",
    "clip:receive": "Arrived whole and fingerprinted",
    "clip:integrity_failed": "Did not arrive as it was sent",
    "clip:accept": "Accepted",
    "clip:decline": "Declined",
    "clip:download": "Downloaded",
    "clip:remove": "Taken back by the owner",
    "clip:expire": "Deleted: its time was over",
}
WAITING = frozenset({ClipState.ARRIVED, ClipState.INTEGRITY_FAILED})
DONE = {"accept": "Accepted. It is kept with the case.", "decline": "Declined."}
DAMAGED = "What arrived is not what was sent. Ask the owner to send it again before relying on it."
DANGEROUS = "A threat was found in this file. Do not open it; speak to your digital forensics unit."

pages = Routes(__name__)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A clip in the queue."""

    clip: Clip
    place: str
    case_number: str
    arrived: str
    size: str
    type: str
    tag: Tag


@dataclass(frozen=True, slots=True)
class Past:
    """Something that happened to a clip."""

    moment: str
    event: str
    actor: str


@pages.get("/officer/clips")
@signed_in(Role.CLERK)
def queue_page() -> Response:
    rows = [waiting(clip) for clip in evidence.queue()]
    return officer_page("clips.html", here="clips", rows=rows, said=done())


@pages.get("/officer/clips/{clip_id}")
@signed_in(Role.CLERK)
def clip_page(clip_id: str) -> Response:
    return shown(evidence.get(clip_id), {})


@pages.post("/officer/clips/{clip_id}/accept")
@signed_in(Role.CLERK)
def accept(clip_id: str) -> Response:
    evidence.accept(clip_id, session().officer, now=clock.now())
    return html.redirect(f"/officer/clips/{clip_id}?done=accept")


@pages.post("/officer/clips/{clip_id}/decline")
@signed_in(Role.CLERK)
def decline(clip_id: str) -> Response:
    reason = form(current()).text("reason", multiline=True)
    try:
        evidence.decline(clip_id, reason, session().officer, now=clock.now())
    except InvalidInput as error:
        if "reason" not in error.fields:
            raise
        return shown(evidence.get(clip_id), error.fields, reason=reason, status=error.status)
    return html.redirect(f"/officer/clips/{clip_id}?done=decline")


@pages.post("/officer/clips/{clip_id}/download")
@signed_in(Role.CLERK)
def download(clip_id: str) -> Response:
    return html.redirect(evidence.download(clip_id, session().officer, now=clock.now()))


def done() -> str:
    """Return what to say about what was just done."""
    return DONE.get(query(current()).one("done"), "") if current().method == "GET" else ""


def waiting(clip: Clip) -> Waiting:
    incident = footage_requests.get(clip.request_id).incident
    return Waiting(
        clip=clip,
        place=incident.place.label,
        case_number=incident.case_number,
        arrived=moment_words(clip),
        size=size_words(clip.size),
        type=clip.sniffed_type or "Unknown",
        tag=TAGS[clip.state],
    )


def shown(
    clip: Clip, errors: Mapping[str, str], *, reason: str = "", status: int = 200
) -> Response:
    """Answer with one clip and all that may be done with it now."""
    request = footage_requests.get(clip.request_id)
    return officer_page(
        "clip.html",
        here="clips",
        status=status,
        clip=clip,
        request=request,
        recorder=recorder_of(clip, request),
        tag=TAGS[clip.state],
        warning=warning(clip),
        facts=facts_of(clip),
        may_download=clip.state in DOWNLOADABLE and clip.scan is not Scan.THREAT,
        may_accept=clip.state is ClipState.ARRIVED and clip.scan is not Scan.THREAT,
        may_decline=clip.state in WAITING,
        history=[past(entry) for entry in audit.read_chain(f"clip#{clip.id}")],
        values={"reason": reason},
        errors=errors,
        said=done(),
    )


def recorder_of(clip: Clip, request: FootageRequest) -> str:
    """Say by how much the recorders are off that this clip may be from."""
    asks = [ask for ask in request.asks if ask.registration_id == clip.registration_id]
    owned = cameras.get(camera_id for ask in asks for camera_id in ask.camera_ids)
    return clocks_words(owned, jurisdictions.current())


def facts_of(clip: Clip) -> tuple[tuple[str, str], ...]:
    """Return what is known of a clip, in the order a clerk checks it."""
    facts = [
        ("Size", f"{size_words(clip.size)} ({clip.size or 0:,} bytes)"),
        ("Type, from its content", clip.sniffed_type or "Unknown"),
        ("Type, as the sender's device named it", clip.declared_type or "Not named"),
        ("Arrived", moment_words(clip)),
        ("Malware scan", SCANS[clip.scan]),
    ]
    if clip.reason:
        facts.append(("Reason given", clip.reason))
    return tuple(facts)


def moment_words(clip: Clip) -> str:
    if clip.arrived_at is None:
        return "Not yet"
    return jurisdictions.current().moment_words(clip.arrived_at, clock=24)


def warning(clip: Clip) -> str:
    """Say what must be known before anything else."""
    if clip.state is ClipState.INTEGRITY_FAILED:
        return DAMAGED
    return DANGEROUS if clip.scan is Scan.THREAT else ""


def past(entry: AuditEntry) -> Past:
    """Put an audit entry into words; owners stay unnamed."""
    moment = jurisdictions.current().moment_words(entry.at, clock=24)
    actor = "The owner" if entry.actor.startswith("owner:") else entry.actor
    return Past(moment, EVENTS.get(entry.event, entry.event), actor)
