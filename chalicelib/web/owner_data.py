"""The copy of everything we hold on an owner, with what they were asked, answered and sent."""

from collections.abc import Iterable
from datetime import datetime

from chalicelib import clock, evidence, footage_requests, registrations
from chalicelib.evidence import Clip
from chalicelib.footage_requests import Ask, FootageRequest
from chalicelib.registrations import Registration


def everything(registration: Registration, *, now: datetime, actor: str = "") -> dict[str, object]:
    asked = footage_requests.asked_of(registration.id)
    asks = [_asked(request, ask) for request, ask in asked]
    return registrations.export(registration, now=now, asks=asks, actor=actor)


def _asked(request: FootageRequest, ask: Ask) -> dict[str, object]:
    """Say what the letter said and what came back; nothing of any other owner."""
    clips = [
        clip
        for clip in evidence.clips_of(request.id)
        if clip.registration_id == ask.registration_id
    ]
    return {
        "code": request.code,
        "case_number": request.incident.case_number,
        "officer": request.officer_name,
        "sent_at": clock.stamp(request.sent_at),
        "starts_at": clock.stamp(ask.starts_at),
        "ends_at": clock.stamp(ask.ends_at),
        "what_happened": request.what_happened,
        "looking_for": request.looking_for,
        "reply_by": clock.stamp(request.reply_by),
        "cameras": list(ask.camera_ids),
        "letter": ask.state,
        "answer": ask.answer,
        "answered_at": _stamp(ask.answered_at),
        "note": ask.note,
        "clips": list(_sent(clips)),
    }


def _sent(clips: Iterable[Clip]) -> Iterable[dict[str, object]]:
    for clip in clips:
        yield {
            "id": clip.id,
            "file_name": clip.file_name,
            "size": clip.size,
            "sha256": clip.sha256,
            "state": clip.state,
            "arrived_at": _stamp(clip.arrived_at),
        }


def _stamp(moment: datetime | None) -> str | None:
    return clock.stamp(moment) if moment else None
