"""What happens when bytes have arrived: bind one version, read all of it, judge it.

S3 tells of new objects at least once, in any order, and sometimes of ones we do not know. The
first version of an object is the clip for good; later ones were sent with a grant used twice.
"""

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib import audit, footage_requests, letters
from chalicelib.aws import s3
from chalicelib.aws.transaction import Transaction
from chalicelib.errors import StateConflict
from chalicelib.evidence import store
from chalicelib.evidence.model import WAITING_FOR_BYTES, Clip, ClipState
from chalicelib.evidence.sniffing import SNIFFED_BYTES, sniff
from chalicelib.telemetry import logger

KEY = re.compile(r"clips/([a-z2-7]{13})/original")
ACTOR = "system:intake"
TRIES = 5
"""The event often comes before the call that completed the upload has written so."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What reading every byte of an object has shown."""

    size: int
    sha256: str
    part_digests: tuple[str, ...]
    first: bytes


def receive(key: str, version_id: str, *, now: datetime) -> Clip | None:
    """Take in what has arrived under `key`; None if it is nothing of ours or already gone."""
    match = KEY.fullmatch(key)
    clip = store.get(match[1]) if match else None
    if clip is None:
        logger.warning("an object that no slot knows", extra={"key_known": bool(match)})
        return None
    if clip.state in WAITING_FOR_BYTES:
        clip = take_in(clip, now)
    if clip.state in {ClipState.REMOVED, ClipState.ABANDONED}:
        s3.remove_all(clip.key)
    elif clip.object_version and version_id != clip.object_version:
        _drop_later(clip)
    return clip


def take_in(clip: Clip, now: datetime) -> Clip:
    """Read the first version and bind it; a clip whose object is not there stays as it is."""
    versions = s3.versions_of(clip.key)
    if not versions:
        return clip
    measured = measure(s3.stream(clip.key, versions[0]), clip.part_size)
    for _ in range(TRIES):
        try:
            return _bind(clip, versions[0], measured, now)
        except StateConflict:
            current = store.get(clip.id)
            if current is None:
                raise
            if current.state not in WAITING_FOR_BYTES:
                return current  # told twice: another intake has bound it
            clip = current  # its owner's `complete` was still being written
    raise StateConflict


def _drop_later(clip: Clip) -> None:
    """Delete whatever else a grant used twice has put beside the bound version."""
    for version in s3.versions_of(clip.key):
        if version != clip.object_version:
            logger.warning("a later version was dropped", extra={"clip_id": clip.id})
            s3.remove(clip.key, version)


def measure(chunks: Iterator[bytes], part_size: int | None) -> Measured:
    """Read a stream once, holding one chunk: size, SHA-256 of all and of each part."""
    whole, parts, first, size = hashlib.sha256(), [hashlib.sha256()], b"", 0
    for chunk in chunks:
        whole.update(chunk)
        first = (first + chunk)[:SNIFFED_BYTES] if len(first) < SNIFFED_BYTES else first
        for piece in _split(chunk, size, part_size):
            if part_size and size and size % part_size == 0:
                parts.append(hashlib.sha256())
            parts[-1].update(piece)
            size += len(piece)
    digests = tuple(base64.b64encode(part.digest()).decode() for part in parts)
    return Measured(size, whole.hexdigest(), digests, first)


def _split(chunk: bytes, offset: int, part_size: int | None) -> Iterator[bytes]:
    """Cut a chunk where a new part begins."""
    start = 0
    while start < len(chunk):
        room = part_size - (offset + start) % part_size if part_size else len(chunk)
        yield chunk[start : start + room]
        start += room


def problem_with(clip: Clip, measured: Measured) -> str:
    """Say in what the bytes differ from their grant; empty if in nothing."""
    if clip.part_size is None:
        too_large = measured.size > (clip.declared_size or 0)
        return "larger than its grant" if too_large else ""
    if measured.size != clip.declared_size:
        return "size differs from the declared size"
    granted = [clip.parts[number].sha256 for number in sorted(clip.parts)]
    if s3.composite(measured.part_digests) != s3.composite(granted):
        return "bytes differ from the granted parts"
    return ""


def _bind(clip: Clip, object_version: str, measured: Measured, now: datetime) -> Clip:
    problem = problem_with(clip, measured)
    taken = replace(
        clip,
        state=ClipState.INTEGRITY_FAILED if problem else ClipState.ARRIVED,
        upload_id=None,
        object_version=object_version,
        size=measured.size,
        sha256=measured.sha256,
        sniffed_type=sniff(measured.first, clip.file_name).word,
        arrived_at=now,
        reason=problem or None,
    )
    transaction = Transaction()
    after = store.change(transaction, taken, now)
    if problem:
        _record_failure(transaction, taken, now)
    else:
        _record_arrival(transaction, taken, now)
    transaction.commit()
    return after


def _record_failure(transaction: Transaction, clip: Clip, now: datetime) -> None:
    _record(transaction, "clip:integrity_failed", clip, now, reason=clip.reason)


def _record_arrival(transaction: Transaction, clip: Clip, now: datetime) -> None:
    _record(
        transaction,
        "clip:receive",
        clip,
        now,
        size=clip.size,
        sha256=clip.sha256,
        sniffed_type=clip.sniffed_type,
    )
    letters.post(
        transaction,
        "receipt",
        recipient=clip.registration_id,
        subject_ids={"request_id": clip.request_id, "clip_id": clip.id},
        now=now,
    )


def _record(
    transaction: Transaction, event: str, clip: Clip, now: datetime, **detail: object
) -> None:
    audit.record(
        transaction,
        event,
        chain=f"clip#{clip.id}",
        actor=ACTOR,
        now=now,
        case_number=footage_requests.get(clip.request_id).incident.case_number,
        clip_id=clip.id,
        object_version=clip.object_version,
        **detail,
    )
