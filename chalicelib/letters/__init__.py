"""Every e-mail: posted with its cause, written and sent later, never twice, never lost.

`post` puts an outbox row into the transaction of the cause; the queue wakes the mailer, which
calls `deliver`. Its words are made at that moment from ids, so somebody erased meanwhile gets
nothing. `contexts` tells `deliver` for each letter how to come by its `LetterContext`; the table
of letters and their values stands in `letters/model.py`. `render` alone gives a preview.
"""

from chalicelib.letters.actions import note_event, post, wake_due
from chalicelib.letters.delivery import Context, deliver
from chalicelib.letters.model import (
    AddedValues,
    ConfirmValues,
    LeftValues,
    LetterContext,
    LetterState,
    MailEvent,
    ManageValues,
    OutboxRow,
    ReceiptValues,
    Rendered,
    RequestValues,
)
from chalicelib.letters.rendering import LETTERS, one_line, render

__all__ = [
    "LETTERS",
    "AddedValues",
    "ConfirmValues",
    "Context",
    "LeftValues",
    "LetterContext",
    "LetterState",
    "MailEvent",
    "ManageValues",
    "OutboxRow",
    "ReceiptValues",
    "Rendered",
    "RequestValues",
    "deliver",
    "note_event",
    "one_line",
    "post",
    "render",
    "wake_due",
]
