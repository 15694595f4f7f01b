"""Clips in their table. `queue` says where a clip waits; GONE: its bytes have been deleted."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from chalicelib import clock
from chalicelib.aws import reading
from chalicelib.aws.tables import ClipItem
from chalicelib.aws.transaction import Transaction
from chalicelib.evidence.model import Clip, ClipState, Part, Scan

GONE = "gone"


def put_new(transaction: Transaction, clip: Clip) -> None:
    """Add a slot."""
    item = _item(clip, clip.state, clip.created_at)
    transaction.put(item, ClipItem.id.does_not_exist())


def change(transaction: Transaction, clip: Clip, now: datetime, *, queue: str = "") -> Clip:
    """Write a clip that differs from what was read; StateConflict if it has changed meanwhile."""
    after = replace(clip, version=clip.version + 1)
    item = _item(after, queue or clip.state, now)
    transaction.put(item, ClipItem.version == clip.version)
    return after


def get(clip_id: str) -> Clip | None:
    item = reading.one(ClipItem, clip_id)
    return _clip_of(item) if item else None


def of_request(request_id: str) -> tuple[Clip, ...]:
    """Return a request's clips (through an index that may lag by a moment)."""
    found = reading.every(lambda: ClipItem.of_request.query(request_id))
    return tuple(_clip_of(item) for item in found)


def waiting(queue: str, until: datetime | None = None) -> tuple[Clip, ...]:
    """Return the clips in a queue, oldest first; with `until` only those there since then."""
    since = ClipItem.queued_at <= clock.stamp(until) if until else None
    found = reading.every(lambda: ClipItem.queued.query(queue, since))
    return tuple(_clip_of(item) for item in found)


def _item(clip: Clip, queue: str, now: datetime) -> ClipItem:
    return ClipItem(
        clip.id,
        request_id=clip.request_id,
        registration_id=clip.registration_id,
        version=clip.version,
        state=clip.state,
        queue=queue,
        queued_at=clock.stamp(now),
        created_at=clock.stamp(clip.created_at),
        file_name=clip.file_name,
        declared_type=clip.declared_type,
        declared_size=clip.declared_size,
        part_size=clip.part_size,
        upload_id=clip.upload_id,
        parts={str(number): [part.size, part.sha256] for number, part in clip.parts.items()},
        object_version=clip.object_version,
        size=clip.size,
        sha256=clip.sha256,
        sniffed_type=clip.sniffed_type,
        scan_result=clip.scan,
        arrived_at=_stamp(clip.arrived_at),
        decided_at=_stamp(clip.decided_at),
        decided_by=clip.decided_by,
        reason=clip.reason,
    )


def _clip_of(item: ClipItem) -> Clip:
    return Clip(
        id=item.id,
        request_id=item.request_id,
        registration_id=item.registration_id,
        version=int(item.version),
        state=ClipState(item.state),
        created_at=clock.moment(item.created_at),
        file_name=item.file_name,
        declared_type=item.declared_type or "",
        declared_size=_whole(item.declared_size),
        part_size=_whole(item.part_size),
        upload_id=item.upload_id,
        parts=_parts(item.parts or {}),
        object_version=item.object_version,
        size=_whole(item.size),
        sha256=item.sha256,
        sniffed_type=item.sniffed_type,
        scan=Scan(item.scan_result or Scan.NOT_SCANNED),
        arrived_at=_moment(item.arrived_at),
        decided_at=_moment(item.decided_at),
        decided_by=item.decided_by,
        reason=item.reason,
    )


def _parts(stored: Mapping[str, tuple[int, str]]) -> dict[int, Part]:
    return {int(number): Part(int(size), sha256) for number, (size, sha256) in stored.items()}


def _stamp(moment: datetime | None) -> str | None:
    return clock.stamp(moment) if moment else None


def _moment(text: str | None) -> datetime | None:
    return clock.moment(text) if text else None


def _whole(number: float | None) -> int | None:
    return None if number is None else int(number)
