"""From what the packages return to what the JSON API gives: field by field, so nothing slips in."""

from datetime import datetime

import msgspec

from chalicelib import jurisdictions
from chalicelib.audit import AuditEntry
from chalicelib.evidence.model import Clip
from chalicelib.footage_requests.model import Ask, FootageRequest, counts_of
from chalicelib.incidents import Fewest, Result, Search, camera_minutes
from chalicelib.web import bodies

DESCRIBED = ("kind", "premises", "heading", "view_angle", "reach_m")


def found_cameras(search: Search) -> bodies.FoundCameras:
    return bodies.FoundCameras(
        search_id=search.id,
        at=search.at,
        truncated=search.truncated,
        camera_minutes=camera_minutes(search.results),
        features=[feature(result) for result in search.shown],
    )


def feature(result: Result) -> bodies.CameraFeature:
    position = (result.point.longitude, result.point.latitude)
    return bodies.CameraFeature(
        id=result.camera_id,
        geometry=bodies.Position(coordinates=position),
        properties=properties(result),
    )


def properties(result: Result) -> bodies.CameraProperties:
    view = result.view
    known = bodies.CameraProperties(
        number=result.number,
        label=result.label,
        distance_m=round(result.distance_m, 1),
        along_m=None if result.along_m is None else round(result.along_m, 1),
        bearing=round(result.bearing, 1),
        accuracy_m=view.accuracy_m,
        certainty=result.certainty,
        faces=result.faces,
        detail=result.detail,
        starts_at=result.starts_at,
        ends_at=result.ends_at,
        overwritten_at=result.overwritten_at,
        overwritten_is_guess=result.overwritten_is_guess,
        gone=result.gone,
    )
    if jurisdictions.current().fields == "minimal":
        return known
    seen = {name: getattr(view, name) for name in DESCRIBED}
    return msgspec.structs.replace(known, **seen)


def fewest_homes(fewest: Fewest) -> bodies.FewestHomes:
    return bodies.FewestHomes(
        camera_ids=list(fewest.camera_ids),
        homes=fewest.homes,
        camera_minutes=fewest.camera_minutes,
        covered_m=round(fewest.covered_m, 1),
        coverable_m=round(fewest.coverable_m, 1),
        length_m=round(fewest.length_m, 1),
    )


def summary(request: FootageRequest) -> bodies.RequestSummary:
    return bodies.RequestSummary(
        id=request.id,
        code=request.code,
        case_number=request.incident.case_number,
        purpose=request.incident.purpose,
        state=request.state,
        officer_name=request.officer_name,
        starts_at=request.starts_at,
        ends_at=request.ends_at,
        sent_at=request.sent_at,
        reply_by=request.reply_by,
        closes_at=request.closes_at,
        counts=msgspec.convert(counts_of(request.asks), bodies.AnswerCounts, from_attributes=True),
    )


def request_given(request: FootageRequest) -> bodies.RequestGiven:
    return bodies.RequestGiven(
        **msgspec.structs.asdict(summary(request)),
        what_happened=request.what_happened,
        looking_for=request.looking_for,
        asks=[ask_given(ask) for ask in request.asks],
    )


def ask_given(ask: Ask) -> bodies.AskGiven:
    return bodies.AskGiven(
        camera_ids=list(ask.camera_ids),
        starts_at=ask.starts_at,
        ends_at=ask.ends_at,
        state=ask.state,
        answer=ask.answer,
        answered_at=ask.answered_at,
        note=ask.note,
    )


def clip_given(clip: Clip) -> bodies.ClipGiven:
    return bodies.ClipGiven(
        id=clip.id,
        request_id=clip.request_id,
        state=clip.state,
        file_name=clip.file_name,
        size=clip.size,
        sha256=clip.sha256,
        sniffed_type=clip.sniffed_type,
        scan=clip.scan,
        arrived_at=clip.arrived_at,
        decided_at=clip.decided_at,
    )


def download(url: str, expires_at: datetime) -> bodies.Download:
    return bodies.Download(url=url, expires_at=expires_at)


def entry_given(entry: AuditEntry) -> bodies.AuditEntryGiven:
    return bodies.AuditEntryGiven(
        chain=entry.chain,
        seq=entry.seq,
        at=entry.at,
        event=entry.event,
        actor=entry.actor,
        case_number=entry.case_number,
        detail=dict(entry.detail),
        hash=entry.hash,
        previous=entry.previous,
    )
