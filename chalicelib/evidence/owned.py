"""What an owner may see and take back of what they sent."""

from dataclasses import replace
from datetime import datetime

from chalicelib import audit, footage_requests
from chalicelib.aws import s3
from chalicelib.aws.transaction import Transaction
from chalicelib.errors import NotFound, StateConflict
from chalicelib.evidence import store
from chalicelib.evidence.model import COUNTED, REMOVABLE, UNNAMED, Clip, ClipState
from chalicelib.footage_requests import Ask
from chalicelib.language import say


def clips_of_ask(ask: Ask) -> tuple[Clip, ...]:
    """Return all slots and clips of one ask (the index they come from may lag by a moment)."""
    found = store.of_request(ask.request_id)
    return tuple(clip for clip in found if clip.registration_id == ask.registration_id)


def own_clip(token: str, clip_id: str, *, now: datetime) -> Clip:
    """Return one of the clips this link may see; anybody else's is not there."""
    _, ask, _ = footage_requests.of_answer_link(token, now=now)
    clip = store.get(clip_id)
    if clip is None or (clip.request_id, clip.registration_id) != (
        ask.request_id,
        ask.registration_id,
    ):
        raise NotFound
    return clip


def own_clips(token: str, *, now: datetime) -> tuple[Clip, ...]:
    """Return what this owner has sent or is sending in answer to this request."""
    _, ask, _ = footage_requests.of_answer_link(token, now=now)
    kept = [clip for clip in clips_of_ask(ask) if clip.state in COUNTED]
    return tuple(sorted(kept, key=lambda clip: clip.created_at))


def remove(token: str, clip_id: str, *, now: datetime) -> Clip:
    """Take a clip back, as long as nobody has decided about it."""
    return take_back(own_clip(token, clip_id, now=now), now=now)


def take_back(clip: Clip, *, now: datetime) -> Clip:
    """Mark a clip as removed and delete its bytes; the sweep deletes what a crash left behind."""
    if clip.state not in REMOVABLE:
        raise StateConflict(say("The police have decided about this clip already."))
    transaction = Transaction()
    removed = replace(clip, state=ClipState.REMOVED, file_name=UNNAMED)
    after = store.change(transaction, removed, now)
    audit.record(
        transaction,
        "clip:remove",
        chain=f"clip#{clip.id}",
        actor=f"owner:{clip.registration_id}",
        now=now,
        clip_id=clip.id,
    )
    transaction.commit()
    return delete_bytes(after, now=now)


def delete_bytes(clip: Clip, *, now: datetime) -> Clip:
    """Delete every version and every part of a clip, then note that they are gone."""
    if clip.upload_id is not None:
        s3.abort(clip.key, clip.upload_id)
    s3.remove_all(clip.key)
    transaction = Transaction()
    after = store.change(transaction, replace(clip, upload_id=None), now, queue=store.GONE)
    transaction.commit()
    return after
