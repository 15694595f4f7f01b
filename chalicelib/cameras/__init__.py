"""Registered cameras: what owners say of them, the index over their places, and lookups in it.

A lookup reads the index alone: id, place and six packed bytes. Addresses and owners are read one
by one, later and audited. Changing a camera is one write that the caller's transaction holds.
"""

from chalicelib.cameras.actions import (
    add,
    change,
    get,
    hide,
    move_to,
    registrations_of,
    remove,
    show,
)
from chalicelib.cameras.cells import squares
from chalicelib.cameras.density import recount
from chalicelib.cameras.lookup import CAMERAS_MOST, UNCERTAIN_MOST, find
from chalicelib.cameras.model import (
    ACCURACY_MAX_M,
    DAYS_KEPT_MAX,
    POINT_ACCURACY_MAX_M,
    REACH_MAX_M,
    Camera,
    CameraDetails,
    Certainty,
    Found,
    FoundCamera,
    IndexedView,
    Kind,
    Premises,
)
from chalicelib.cameras.packing import packed, unpacked
from chalicelib.cameras.sightings import as_found

__all__ = [
    "ACCURACY_MAX_M",
    "CAMERAS_MOST",
    "DAYS_KEPT_MAX",
    "POINT_ACCURACY_MAX_M",
    "REACH_MAX_M",
    "UNCERTAIN_MOST",
    "Camera",
    "CameraDetails",
    "Certainty",
    "Found",
    "FoundCamera",
    "IndexedView",
    "Kind",
    "Premises",
    "add",
    "as_found",
    "change",
    "find",
    "get",
    "hide",
    "move_to",
    "packed",
    "recount",
    "registrations_of",
    "remove",
    "show",
    "squares",
    "unpacked",
]
