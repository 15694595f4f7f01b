"""Joining, confirming, changing and leaving: the only package that knows who an owner is.

Contact details are sealed with KMS and opened for the owner's own page and for a letter at the
moment it is sent. An e-mail address is found by a keyed digest, never by itself.
"""

from chalicelib.registrations.actions import (
    export,
    get,
    of_address,
    of_confirm_link,
    of_leave_link,
    of_manage_link,
    one_time_contact,
    standing,
)
from chalicelib.registrations.changing import (
    add_camera,
    change_camera,
    change_contact,
    pause,
    remove_camera,
    resume,
    suppress,
)
from chalicelib.registrations.joining import ask_for_manage_link, confirm, not_me, submit
from chalicelib.registrations.leaving import erase_due, leave, left
from chalicelib.registrations.model import Contact, Registration, State

__all__ = [
    "Contact",
    "Registration",
    "State",
    "add_camera",
    "ask_for_manage_link",
    "change_camera",
    "change_contact",
    "confirm",
    "erase_due",
    "export",
    "get",
    "leave",
    "left",
    "not_me",
    "of_address",
    "of_confirm_link",
    "of_leave_link",
    "of_manage_link",
    "one_time_contact",
    "pause",
    "remove_camera",
    "resume",
    "standing",
    "submit",
    "suppress",
]
