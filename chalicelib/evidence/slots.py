"""Slots: permission to send one clip, in parts or with a plain form.

Every grant fixes a size and an object name of our own inside its signature.
"""

import unicodedata
from dataclasses import replace
from datetime import datetime, timedelta

from chalicelib import audit, footage_requests, jurisdictions, limits, links
from chalicelib.aws import s3
from chalicelib.aws.transaction import Transaction
from chalicelib.errors import InvalidInput, LimitExceeded
from chalicelib.evidence import store
from chalicelib.evidence.model import (
    COUNTED,
    FILE_NAME_MOST,
    FORM_MAX,
    GRANT_LIVES,
    UNNAMED,
    Clip,
    ClipState,
    FormGrant,
    Scan,
    Slot,
    key_of,
    part_size_for,
)
from chalicelib.evidence.owned import clips_of_ask
from chalicelib.footage_requests import Ask, FootageRequest
from chalicelib.language import say

SLOTS_PER_CLIP = 4
DAY = timedelta(days=1)


def open_slot(token: str, *, name: str, size: int, declared_type: str, now: datetime) -> Slot:
    """Begin an upload of exactly `size` bytes in parts."""
    request, ask, _ = footage_requests.of_answer_link(token, now=now)
    if size <= 0:
        sentence = say("That file is empty.")
        raise InvalidInput(sentence, {"size": sentence})
    if size > _room(ask):
        raise LimitExceeded(say("That is larger than we can take."), _too_large())
    clip_id = links.new_id()
    _count_slot(ask, now)
    clip = replace(
        _new_clip(clip_id, ask, now),
        file_name=safe_name(name),
        declared_type=_plain(declared_type),
        declared_size=size,
        part_size=part_size_for(size),
        upload_id=s3.begin_upload(key_of(clip_id)),
    )
    _open(clip, request, now)
    return Slot(clip, clip.part_size or 0, clip.part_count)


def form_grant(token: str, *, now: datetime) -> FormGrant:
    """Let a plain form send one file of any size that still fits."""
    request, ask, _ = footage_requests.of_answer_link(token, now=now)
    most = min(FORM_MAX, _room(ask))
    if most <= 0:
        raise LimitExceeded(say("No further clip fits into this answer."), _too_large())
    _count_slot(ask, now)
    clip = replace(_new_clip(links.new_id(), ask, now), declared_size=most)
    _open(clip, request, now)
    back = links.url("/answer/{token}/sent/{clip_id}", token=token, clip_id=clip.id)
    form = s3.presign_form(clip.key, most=most, redirect=back, lives=GRANT_LIVES)
    return FormGrant(clip, form.url, form.fields)


def _too_large() -> dict[str, str]:
    most = jurisdictions.current().limits.clip_max_bytes // 10**9
    return {"size": say("A clip may have %(most)s GB.", most=most)}


def _room(ask: Ask) -> int:
    """Return how many bytes one more clip may have; no further clip at all is an error."""
    chosen = jurisdictions.current().limits
    kept = [clip for clip in clips_of_ask(ask) if clip.state in COUNTED]
    if len(kept) >= chosen.clips_per_answer:
        most = chosen.clips_per_answer
        raise LimitExceeded(say("You can send at most %(most)s clips.", most=most))
    used = sum((clip.declared_size if clip.size is None else clip.size) or 0 for clip in kept)
    return min(chosen.clip_max_bytes, chosen.answer_max_bytes - used)


def _count_slot(ask: Ask, now: datetime) -> None:
    most = jurisdictions.current().limits.clips_per_answer * SLOTS_PER_CLIP
    limits.count(f"slots#{ask.subject}", most=most, window=DAY, now=now)


def _new_clip(clip_id: str, ask: Ask, now: datetime) -> Clip:
    return Clip(
        id=clip_id,
        request_id=ask.request_id,
        registration_id=ask.registration_id,
        version=1,
        state=ClipState.SLOT,
        created_at=now,
        file_name=UNNAMED,
        declared_type="",
        declared_size=None,
        part_size=None,
        upload_id=None,
        parts={},
        object_version=None,
        size=None,
        sha256=None,
        sniffed_type=None,
        scan=Scan.NOT_SCANNED,
        arrived_at=None,
        decided_at=None,
        decided_by=None,
        reason=None,
    )


def _open(clip: Clip, request: FootageRequest, now: datetime) -> None:
    transaction = Transaction()
    store.put_new(transaction, clip)
    audit.record(
        transaction,
        "clip:open_slot",
        chain=f"clip#{clip.id}",
        actor=f"owner:{clip.registration_id}",
        now=now,
        case_number=request.incident.case_number,
        clip_id=clip.id,
        request_id=clip.request_id,
        declared_size=clip.declared_size,
    )
    transaction.commit()


def safe_name(name: str) -> str:
    """Return a name fit to be shown: no folders, no control or direction signs, not too long."""
    return _plain(name.replace("\\", "/").rsplit("/", 1)[-1]) or UNNAMED


def _plain(text: str) -> str:
    signs = "".join(sign for sign in text if unicodedata.category(sign)[0] != "C")
    return " ".join(signs.split())[:FILE_NAME_MOST]
