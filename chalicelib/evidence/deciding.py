"""Clerks deciding about clips, and the sweep that clears away what is over."""

from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime, timedelta

from chalicelib import audit, footage_requests, jurisdictions
from chalicelib.aws import s3
from chalicelib.aws.transaction import Transaction
from chalicelib.errors import Forbidden, InvalidInput, NotFound, StateConflict
from chalicelib.evidence import store
from chalicelib.evidence.intake import receive
from chalicelib.evidence.model import (
    DOWNLOAD_LIVES,
    DOWNLOADABLE,
    REMOVABLE,
    SLOT_LIVES,
    UNNAMED,
    Clip,
    ClipState,
    Scan,
)
from chalicelib.evidence.owned import delete_bytes, take_back
from chalicelib.evidence.sniffing import extension_of
from chalicelib.officers.model import Officer, Role

REASON_LEAST = 3
REASON_MOST = 300
SWEEP = "system:sweep"
EVENT_OVERDUE = timedelta(minutes=10)
"""A finished upload whose event has not come by then is taken in without it."""
SHOWN = frozenset(set(ClipState) - {ClipState.SLOT, ClipState.ABANDONED, ClipState.REMOVED})


def get(clip_id: str) -> Clip:
    """Return a clip; raise NotFound."""
    clip = store.get(clip_id)
    if clip is None:
        raise NotFound
    return clip


def queue() -> tuple[Clip, ...]:
    """Return the clips that wait for a decision, the one waiting longest first."""
    found = [*store.waiting(ClipState.ARRIVED), *store.waiting(ClipState.INTEGRITY_FAILED)]
    return tuple(sorted(found, key=lambda clip: clip.arrived_at or clip.created_at))


def clips_of(request_id: str) -> tuple[Clip, ...]:
    """Return what has come, or is coming, in answer to a request, oldest first."""
    found = [clip for clip in store.of_request(request_id) if clip.state in SHOWN]
    return tuple(sorted(found, key=lambda clip: clip.created_at))


def accept(clip_id: str, officer: Officer, *, now: datetime) -> Clip:
    """Take a clip as evidence: its owner can no longer take it back."""
    clip = _deciding(clip_id, officer, {ClipState.ARRIVED})
    if clip.scan is Scan.THREAT:
        raise Forbidden("A scan found a threat in this clip; it can only be declined.")
    decided = replace(
        clip, state=ClipState.ACCEPTED, decided_at=now, decided_by=officer.id, reason=None
    )
    transaction = Transaction()
    after = store.change(transaction, decided, now)
    _record(transaction, "clip:accept", clip, officer, now, sha256=clip.sha256)
    transaction.commit()
    return after


def decline(clip_id: str, reason: str, officer: Officer, *, now: datetime) -> Clip:
    """Turn a clip down with a reason; its bytes are deleted after the programme's time."""
    clip = _deciding(clip_id, officer, {ClipState.ARRIVED, ClipState.INTEGRITY_FAILED})
    reason = " ".join(reason.split())
    if not REASON_LEAST <= len(reason) <= REASON_MOST or not reason.isprintable():
        raise InvalidInput(fields={"reason": f"Give a reason of at most {REASON_MOST} signs."})
    decided = replace(
        clip, state=ClipState.DECLINED, decided_at=now, decided_by=officer.id, reason=reason
    )
    transaction = Transaction()
    after = store.change(transaction, decided, now)
    _record(transaction, "clip:decline", clip, officer, now, reason=reason)
    transaction.commit()
    return after


def download(clip_id: str, officer: Officer, *, now: datetime) -> str:
    """Record the download, then return an address that works for five minutes."""
    clip = _deciding(clip_id, officer, DOWNLOADABLE)
    if clip.scan is Scan.THREAT or clip.object_version is None:
        raise Forbidden("This clip cannot be downloaded.")
    transaction = Transaction()
    _record(
        transaction,
        "clip:download",
        clip,
        officer,
        now,
        object_version=clip.object_version,
        sha256=clip.sha256,
    )
    transaction.commit()
    return s3.presign_download(
        clip.key, clip.object_version, file_name=file_name_for(clip), lives=DOWNLOAD_LIVES
    )


def file_name_for(clip: Clip) -> str:
    """Return a name of our own making: an owner's file name could hold anything."""
    code = footage_requests.get(clip.request_id).code.lower()
    return f"{code}-{clip.id}.{extension_of(clip.sniffed_type)}"


def _deciding(clip_id: str, officer: Officer, states: AbstractSet[ClipState]) -> Clip:
    if Role.CLERK not in officer.roles:
        raise Forbidden
    clip = get(clip_id)
    if clip.state not in states:
        raise StateConflict("This clip is not waiting for that.")
    return clip


def _record(
    transaction: Transaction,
    event: str,
    clip: Clip,
    officer: Officer,
    now: datetime,
    **detail: object,
) -> None:
    audit.record(
        transaction,
        event,
        chain=f"clip#{clip.id}",
        actor=officer.actor,
        now=now,
        case_number=footage_requests.get(clip.request_id).incident.case_number,
        clip_id=clip.id,
        **detail,
    )


def owner_left(registration_id: str, *, now: datetime) -> None:
    """End an owner's asks and delete every clip nobody has decided about."""
    for request_id in footage_requests.owner_left(registration_id, now=now):
        for clip in store.of_request(request_id):
            if clip.registration_id == registration_id and clip.state in REMOVABLE:
                take_back(clip, now=now)


def sweep(*, now: datetime) -> int:
    """Take in what was missed, give up what never came, delete what is over; return how many."""
    return sum((_missed(now), _abandoned(now), _undecided(now), _declined(now), _left_behind(now)))


def _missed(now: datetime) -> int:
    late = store.waiting(ClipState.UPLOADING, now - EVENT_OVERDUE)
    finished = [clip for clip in late if clip.upload_id is None]
    return sum(receive(clip.key, "", now=now) is not None for clip in finished)


def _abandoned(now: datetime) -> int:
    old = [
        clip
        for state in (ClipState.SLOT, ClipState.UPLOADING)
        for clip in store.waiting(state, now - SLOT_LIVES)
    ]
    return sum(_abandon(clip, now) for clip in old)


def _abandon(clip: Clip, now: datetime) -> bool:
    if s3.versions_of(clip.key):  # it came, and nobody told us
        return receive(clip.key, "", now=now) is not None
    return _expire(replace(clip, state=ClipState.ABANDONED), "nothing arrived", now)


def _undecided(now: datetime) -> int:
    until = now - timedelta(days=jurisdictions.current().retention.undecided_clip_days)
    old = [
        clip
        for state in (ClipState.ARRIVED, ClipState.INTEGRITY_FAILED)
        for clip in store.waiting(state, until)
    ]
    return sum(_expire(replace(clip, state=ClipState.REMOVED), "undecided", now) for clip in old)


def _declined(now: datetime) -> int:
    until = now - timedelta(days=jurisdictions.current().retention.declined_clip_days)
    return sum(_expire(clip, "declined", now) for clip in store.waiting(ClipState.DECLINED, until))


def _left_behind(now: datetime) -> int:
    """Delete bytes whose deletion a crash interrupted."""
    states = (ClipState.REMOVED, ClipState.ABANDONED)
    left = [clip for state in states for clip in store.waiting(state, now - EVENT_OVERDUE)]
    return len([delete_bytes(clip, now=now) for clip in left])


def _expire(clip: Clip, reason: str, now: datetime) -> bool:
    """Record that a clip is over, then delete its bytes; a sweep beside us may be quicker."""
    transaction = Transaction()
    after = store.change(transaction, replace(clip, file_name=UNNAMED), now)
    audit.record(
        transaction,
        "clip:expire",
        chain=f"clip#{clip.id}",
        actor=SWEEP,
        now=now,
        clip_id=clip.id,
        reason=reason,
    )
    try:
        transaction.commit()
        delete_bytes(after, now=now)
    except StateConflict:
        return False
    return True
