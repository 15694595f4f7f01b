"""Registered cameras: what owners say of them, the index over their places, and lookups in it.

A lookup reads the index alone: id, place and six packed bytes. Addresses and owners are read one
by one, later and audited. Changing a camera is one write that the caller's transaction holds.
"""

from chalicelib.cameras.actions import add, change, get, hide, move_to, remove, show
from chalicelib.cameras.lookup import CAMERAS_MOST, near
from chalicelib.cameras.model import (
    ACCURACY_MAX_M,
    DAYS_KEPT_MAX,
    REACH_MAX_M,
    Camera,
    CameraDetails,
    Found,
    FoundCamera,
    Kind,
    Premises,
    View,
)
from chalicelib.cameras.packing import packed, unpacked

__all__ = [
    "ACCURACY_MAX_M",
    "CAMERAS_MOST",
    "DAYS_KEPT_MAX",
    "REACH_MAX_M",
    "Camera",
    "CameraDetails",
    "Found",
    "FoundCamera",
    "Kind",
    "Premises",
    "View",
    "add",
    "change",
    "get",
    "hide",
    "move_to",
    "near",
    "packed",
    "remove",
    "show",
    "unpacked",
]
