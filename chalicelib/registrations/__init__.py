"""Joining, confirming, changing and leaving: the only package that knows who an owner is.

Contact details are sealed with KMS and opened for the owner's own page and for a letter at the
moment it is sent. An e-mail address is found by a keyed digest, never by itself.
"""

from chalicelib.registrations.actions import (
    doubles_of,
    export,
    get,
    glances,
    of_address,
    of_confirm_link,
    of_leave_link,
    of_manage_link,
    one_time_contact,
    standing,
    standing_of,
)
from chalicelib.registrations.changing import (
    add_camera,
    add_cameras,
    change_camera,
    change_contact,
    pause,
    remove_camera,
    resume,
    suppress,
)
from chalicelib.registrations.clock_checks import record_clock_check
from chalicelib.registrations.confirming import confirm, not_me
from chalicelib.registrations.freshness import (
    confirm_by_phone,
    freshness_of,
    mark_unreachable,
    of_reconfirm_link,
    reconfirm,
    reconfirm_by_phone,
)
from chalicelib.registrations.joining import ask_for_manage_link, enter_paper, invite, submit
from chalicelib.registrations.leaving import REASONS, leave, withdraw_for
from chalicelib.registrations.model import Contact, Registration, State
from chalicelib.registrations.restoring import replay_tombstones
from chalicelib.registrations.sweeping import erase_due, sweep

__all__ = [
    "REASONS",
    "Contact",
    "Registration",
    "State",
    "add_camera",
    "add_cameras",
    "ask_for_manage_link",
    "change_camera",
    "change_contact",
    "confirm",
    "confirm_by_phone",
    "doubles_of",
    "enter_paper",
    "erase_due",
    "export",
    "freshness_of",
    "get",
    "glances",
    "invite",
    "leave",
    "mark_unreachable",
    "not_me",
    "of_address",
    "of_confirm_link",
    "of_leave_link",
    "of_manage_link",
    "of_reconfirm_link",
    "one_time_contact",
    "pause",
    "reconfirm",
    "reconfirm_by_phone",
    "record_clock_check",
    "remove_camera",
    "replay_tombstones",
    "resume",
    "standing",
    "standing_of",
    "submit",
    "suppress",
    "sweep",
    "withdraw_for",
]
