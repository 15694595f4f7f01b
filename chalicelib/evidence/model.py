"""A clip and the states it goes through.

slot -> uploading -> arrived -> accepted | declined; arrived -> integrity_failed | removed;
slot, uploading -> abandoned. A clip counts as what it is only once the intake has read every byte.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

MIB = 1024 * 1024
PART_MIN = 16 * MIB
PART_MAX = 64 * MIB
PARTS_AIM = 1000
FORM_MAX = 5 * 1024 * MIB
"""S3 takes at most 5 GiB from a form."""
SLOT_LIVES = timedelta(hours=24)
GRANT_LIVES = timedelta(minutes=15)
DOWNLOAD_LIVES = timedelta(minutes=5)
FILE_NAME_MOST = 120
UNNAMED = "clip"
"""What a clip is called that has no name, or must not keep it."""


class ClipState(StrEnum):
    """Where a clip is."""

    SLOT = "slot"
    UPLOADING = "uploading"
    ARRIVED = "arrived"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    INTEGRITY_FAILED = "integrity_failed"
    ABANDONED = "abandoned"
    REMOVED = "removed"


WAITING_FOR_BYTES = frozenset({ClipState.SLOT, ClipState.UPLOADING})
REMOVABLE = frozenset({ClipState.SLOT, ClipState.UPLOADING, ClipState.ARRIVED})
"""States in which an owner may still take a clip back."""
COUNTED = frozenset(set(ClipState) - {ClipState.ABANDONED, ClipState.REMOVED})
"""States that use up an owner's allowance."""
DOWNLOADABLE = frozenset({ClipState.ARRIVED, ClipState.ACCEPTED, ClipState.INTEGRITY_FAILED})


class Scan(StrEnum):
    """What a malware scan said; nothing is clean until a scanner said so."""

    NOT_SCANNED = "not_scanned"
    CLEAN = "clean"
    THREAT = "threat"
    UNSCANNABLE = "unscannable"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an upload as it was granted."""

    size: int
    sha256: str
    """Base64, as S3 writes it."""


@dataclass(frozen=True, slots=True)
class Clip:
    """A slot for an upload and, once bytes arrived, the clip in it."""

    id: str
    request_id: str
    registration_id: str
    version: int
    state: ClipState
    created_at: datetime
    file_name: str
    declared_type: str
    declared_size: int | None
    part_size: int | None
    upload_id: str | None
    parts: Mapping[int, Part]
    object_version: str | None
    size: int | None
    sha256: str | None
    sniffed_type: str | None
    scan: Scan
    arrived_at: datetime | None
    decided_at: datetime | None
    decided_by: str | None
    reason: str | None

    @property
    def key(self) -> str:
        """Return the object's name: ids only, because names of objects are logged everywhere."""
        return key_of(self.id)

    @property
    def part_count(self) -> int:
        """Return how many parts the upload has; 0 for an upload from a plain form."""
        if self.declared_size is None or self.part_size is None:
            return 0
        return max(1, math.ceil(self.declared_size / self.part_size))

    def part_bytes(self, number: int) -> int:
        """Return the exact size part `number` (from 1) must have."""
        size, part = self.declared_size or 0, self.part_size or PART_MIN
        return part if number < self.part_count else size - part * (self.part_count - 1)


@dataclass(frozen=True, slots=True)
class Slot:
    """Permission to upload one file in parts."""

    clip: Clip
    part_size: int
    part_count: int


@dataclass(frozen=True, slots=True)
class Grant:
    """Where to PUT one part, and the headers the signature fixes."""

    url: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FormGrant:
    """Where a plain form posts its file, and the hidden fields that belong to it."""

    clip: Clip
    url: str
    fields: Mapping[str, str]


def key_of(clip_id: str) -> str:
    """Return the name of the object that holds a clip."""
    return f"clips/{clip_id}/original"


def part_size_for(size: int) -> int:
    """Return a part size of whole MiB that makes about a thousand parts of a large file."""
    aimed = math.ceil(size / PARTS_AIM / MIB) * MIB
    return min(PART_MAX, max(PART_MIN, aimed))
