"""Asking owners for footage: drafting, sending, answering, closing.

One ask for each owner, however many cameras; at most one letter and one reminder; never more
contacts in thirty days than the programme allows. Officers see answers and cameras, not who
somebody is; owners see an officer's name, the case number and their own window: with an escape
route, the minutes when somebody can have passed them, and never the route.
"""

from chalicelib.footage_requests.actions import (
    cameras_of,
    check_code,
    close,
    counts,
    get,
    list_closed,
    list_open,
    sweep,
    view,
)
from chalicelib.footage_requests.addressing import note_bounced, note_mailed
from chalicelib.footage_requests.answering import (
    answer,
    answer_by_phone,
    asked_of,
    of_answer_link,
    owner_left,
)
from chalicelib.footage_requests.drafting import Wording, draft, preview
from chalicelib.footage_requests.model import (
    Answer,
    Ask,
    AskState,
    Counts,
    Draft,
    FootageRequest,
    Question,
    RequestCheck,
    RequestState,
    first_overwritten,
)
from chalicelib.footage_requests.recorders import clock_lines, clock_unknown
from chalicelib.footage_requests.sending import remind, send

__all__ = [
    "Answer",
    "Ask",
    "AskState",
    "Counts",
    "Draft",
    "FootageRequest",
    "Question",
    "RequestCheck",
    "RequestState",
    "Wording",
    "answer",
    "answer_by_phone",
    "asked_of",
    "cameras_of",
    "check_code",
    "clock_lines",
    "clock_unknown",
    "close",
    "counts",
    "draft",
    "first_overwritten",
    "get",
    "list_closed",
    "list_open",
    "note_bounced",
    "note_mailed",
    "of_answer_link",
    "owner_left",
    "preview",
    "remind",
    "send",
    "sweep",
    "view",
]
