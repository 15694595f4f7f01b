"""Clips: sent by owners straight to storage, checked byte by byte, decided about by clerks.

What we vouch for begins in the owner's browser: exactly those bytes were stored, once, and never
changed. Whether they are what the camera recorded is for the owner to state and a court to weigh.
Nothing is called clean before a scanner has said so.
"""

from chalicelib.evidence.deciding import (
    accept,
    clips_of,
    decline,
    download,
    get,
    owner_left,
    queue,
    sweep,
)
from chalicelib.evidence.intake import receive
from chalicelib.evidence.model import Clip, ClipState, FormGrant, Grant, Part, Scan, Slot
from chalicelib.evidence.owned import own_clip, own_clips, remove
from chalicelib.evidence.slots import form_grant, open_slot
from chalicelib.evidence.sniffing import Container, sniff
from chalicelib.evidence.uploading import complete, grant_part, progress

__all__ = [
    "Clip",
    "ClipState",
    "Container",
    "FormGrant",
    "Grant",
    "Part",
    "Scan",
    "Slot",
    "accept",
    "clips_of",
    "complete",
    "decline",
    "download",
    "form_grant",
    "get",
    "grant_part",
    "open_slot",
    "own_clip",
    "own_clips",
    "owner_left",
    "progress",
    "queue",
    "receive",
    "remove",
    "sniff",
    "sweep",
]
