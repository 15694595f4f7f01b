"""Incidents and the searches around them.

A search needs a case number, a purpose and a reason, by place and time only: there is no search
for a name. It reads the index and nothing else, so it shows where cameras are and what they may
have seen, never whose they are; choosing the fewest homes along a route reads which cameras
belong together, and keeps that to itself. Refused searches are recorded too.
"""

from chalicelib.incidents.actions import fewest, incident_of, search, view
from chalicelib.incidents.checks import check
from chalicelib.incidents.model import (
    Fewest,
    Incident,
    Result,
    Search,
    Travel,
    Window,
    camera_minutes,
)
from chalicelib.incidents.region_checks import SWAPPED, too_many
from chalicelib.incidents.windows import end_of_travel, window_of
from chalicelib.jurisdictions.addresses import Place

__all__ = [
    "SWAPPED",
    "Fewest",
    "Incident",
    "Place",
    "Result",
    "Search",
    "Travel",
    "Window",
    "camera_minutes",
    "check",
    "end_of_travel",
    "fewest",
    "incident_of",
    "search",
    "too_many",
    "view",
    "window_of",
]
