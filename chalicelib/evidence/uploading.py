"""Uploads in parts: granting one part, telling which have arrived, joining them all.

Every grant fixes exact bytes inside its signature; S3 takes those bytes and no others.
"""

import base64
import binascii
from dataclasses import replace
from datetime import datetime

from chalicelib import audit
from chalicelib.aws import s3
from chalicelib.aws.transaction import Transaction
from chalicelib.errors import InvalidInput, NotFound, StateConflict
from chalicelib.evidence import store
from chalicelib.evidence.model import (
    COUNTED,
    GRANT_LIVES,
    WAITING_FOR_BYTES,
    Clip,
    ClipState,
    Grant,
    Part,
)
from chalicelib.evidence.owned import own_clip
from chalicelib.language import say

SHA256_BYTES = 32
TRIES = 8
"""Three lanes ask for grants at once and all of them write the clip's list of parts."""


def grant_part(  # noqa: PLR0913 - what identifies one part, all keyword-only but two
    token: str, clip_id: str, *, number: int, sha256_base64: str, size: int, now: datetime
) -> Grant:
    """Sign the upload of one part: these bytes, this length, this place, for 15 minutes."""
    _check_digest(sha256_base64)
    part = Part(size, sha256_base64)
    for _ in range(TRIES):
        clip = own_clip(token, clip_id, now=now)
        _check_part(clip, number, size)
        try:
            _note_part(clip, number, part, now)
        except StateConflict:
            continue
        url, headers = s3.presign_part(
            clip.key,
            clip.upload_id or "",
            number=number,
            size=size,
            sha256=sha256_base64,
            lives=GRANT_LIVES,
        )
        return Grant(url, headers)
    raise StateConflict


def _check_digest(sha256_base64: str) -> None:
    try:
        whole = len(base64.b64decode(sha256_base64, validate=True)) == SHA256_BYTES
    except (binascii.Error, ValueError):
        whole = False
    if not whole:
        raise InvalidInput(fields={"sha256": say("This is not a SHA-256 in base64.")})


def _check_part(clip: Clip, number: int, size: int) -> None:
    if clip.state not in WAITING_FOR_BYTES or clip.upload_id is None:
        raise StateConflict(say("This upload is finished already."))
    if not 1 <= number <= clip.part_count:
        raise InvalidInput(fields={"number": say("There is no such part.")})
    if size != clip.part_bytes(number):
        raise InvalidInput(fields={"size": say("This part has another size.")})


def _note_part(clip: Clip, number: int, part: Part, now: datetime) -> None:
    parts = {**clip.parts, number: part}
    if clip.parts.get(number) == part and clip.state is ClipState.UPLOADING:
        return
    transaction = Transaction()
    store.change(transaction, replace(clip, parts=parts, state=ClipState.UPLOADING), now)
    transaction.commit()


def progress(token: str, clip_id: str, *, now: datetime) -> frozenset[int]:
    """Return the parts that have arrived whole, so that an interrupted upload can go on."""
    clip = own_clip(token, clip_id, now=now)
    every = frozenset(range(1, clip.part_count + 1))
    if clip.upload_id is None:
        return every if clip.state in COUNTED else frozenset()
    try:
        stored = s3.parts_of(clip.key, clip.upload_id)
    except NotFound:
        return every
    return frozenset(one.number for one in stored if _fits(clip, one)) & every


def _fits(clip: Clip, stored: s3.StoredPart) -> bool:
    return stored.number in clip.parts and stored.size == clip.part_bytes(stored.number)


def complete(token: str, clip_id: str, *, now: datetime) -> Clip:
    """Join the parts once all are there; done twice it is done once."""
    clip = own_clip(token, clip_id, now=now)
    if clip.upload_id is None or clip.state not in WAITING_FOR_BYTES:
        return clip
    _join(clip, clip.upload_id)
    transaction = Transaction()
    after = store.change(transaction, replace(clip, upload_id=None), now)
    audit.record(
        transaction,
        "clip:complete",
        chain=f"clip#{clip.id}",
        actor=f"owner:{clip.registration_id}",
        now=now,
        clip_id=clip.id,
    )
    try:
        transaction.commit()
    except StateConflict:  # the intake was quicker
        return own_clip(token, clip_id, now=now)
    return after


def _join(clip: Clip, upload_id: str) -> None:
    """Complete the upload after comparing what S3 holds with what was granted.

    Whether the bytes are those of the grants is decided by the intake, which reads them all.
    """
    try:
        stored = s3.parts_of(clip.key, upload_id)
    except NotFound:
        if s3.versions_of(clip.key):  # an earlier call joined them and then crashed
            return
        raise
    if [one.number for one in stored if _fits(clip, one)] != [*range(1, clip.part_count + 1)]:
        raise StateConflict(say("Some parts have not arrived yet."))
    digests = {number: part.sha256 for number, part in clip.parts.items()}
    s3.complete(clip.key, upload_id, stored, digests)
