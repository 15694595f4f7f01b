"""Clips as owners send them: through grants, parts and events."""

import base64
import hashlib
from dataclasses import dataclass

from chalicelib import evidence
from chalicelib.aws import clients
from chalicelib.evidence import store
from chalicelib.evidence.model import MIB, key_of
from tests.footage_requests.builders import a_request, an_answer_link
from tests.incidents.builders import an_owner

MP4 = b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 500
TWO_PARTS = MP4 + b"\x01" * (17 * MIB)


@dataclass(frozen=True, slots=True)
class Asked:
    """An owner, what they were asked, and their link."""

    owner: object
    request: object
    token: str


def an_asked_owner(now, email="a@example.com"):
    owner = an_owner(now, email)
    request = a_request(now, owner)
    return Asked(owner, request, an_answer_link(request, owner, now))


def digest(content):
    return base64.b64encode(hashlib.sha256(content).digest()).decode()


def parts_of(content, part_size):
    pieces = [content[at : at + part_size] for at in range(0, len(content), part_size)]
    return list(enumerate(pieces, 1))


def opened(asked, content, now, name="clip.mp4"):
    return evidence.open_slot(
        asked.token, name=name, size=len(content), declared_type="video/mp4", now=now
    )


def uploaded(asked, content, now, *, stored=None):
    """Upload `content` in parts; `stored` replaces what really reaches the bucket."""
    slot = opened(asked, content, now)
    for number, piece in parts_of(content, slot.part_size):
        grant(asked, slot.clip.id, number, piece, now)
    for number, piece in parts_of(content if stored is None else stored, slot.part_size):
        put_part(slot.clip, number, piece)
    return evidence.complete(asked.token, slot.clip.id, now=now)


def grant(asked, clip_id, number, piece, now):
    return evidence.grant_part(
        asked.token,
        clip_id,
        number=number,
        sha256_base64=digest(piece),
        size=len(piece),
        now=now,
    )


def put_part(clip, number, piece):
    clients.client("s3").upload_part(
        Bucket="clips", Key=clip.key, UploadId=clip.upload_id, PartNumber=number, Body=piece
    )


def posted(asked, content, now):
    """Send `content` as a plain form would and return its clip and version."""
    clip = evidence.form_grant(asked.token, now=now).clip
    return clip, put(clip.id, content)


def put(clip_id, content):
    answer = clients.client("s3").put_object(Bucket="clips", Key=key_of(clip_id), Body=content)
    return answer["VersionId"]


def arrived(asked, now, content=MP4):
    clip, version = posted(asked, content, now)
    return evidence.receive(clip.key, version, now=now)


def versions(clip):
    found = clients.client("s3").list_object_versions(Bucket="clips", Prefix=clip.key)
    return [item["VersionId"] for item in found.get("Versions", [])]


def now_stored(clip):
    return store.get(clip.id)
