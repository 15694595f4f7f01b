"""Every e-mail: posted with its cause, written and sent later, never twice, never lost.

`post` puts an outbox row into the transaction of the cause; the queue wakes the mailer, which
calls `deliver`. Its words are made at that moment from ids, so somebody erased meanwhile gets
nothing. `contexts` tells `deliver` for each letter how to come by its `LetterContext`; the table
of letters stands in `letters/model.py`, their values in `letters/values.py`.
`render` alone gives a preview.
"""

from chalicelib.letters import by_hand
from chalicelib.letters.actions import by_state, note_event, post, wake_due
from chalicelib.letters.delivery import Context, deliver
from chalicelib.letters.model import (
    LetterContext,
    LetterState,
    MailEvent,
    OutboxRow,
    Rendered,
)
from chalicelib.letters.rendering import LETTERS, one_line, render
from chalicelib.letters.values import (
    AddedValues,
    ClockLine,
    ConfirmValues,
    InvitationValues,
    LapsedValues,
    LeftValues,
    ManageValues,
    PilotEndingValues,
    ReceiptValues,
    ReconfirmValues,
    RequestValues,
    UnreachableValues,
    WelcomeValues,
)

__all__ = [
    "LETTERS",
    "AddedValues",
    "ClockLine",
    "ConfirmValues",
    "Context",
    "InvitationValues",
    "LapsedValues",
    "LeftValues",
    "LetterContext",
    "LetterState",
    "MailEvent",
    "ManageValues",
    "OutboxRow",
    "PilotEndingValues",
    "ReceiptValues",
    "ReconfirmValues",
    "Rendered",
    "RequestValues",
    "UnreachableValues",
    "WelcomeValues",
    "by_hand",
    "by_state",
    "deliver",
    "note_event",
    "one_line",
    "post",
    "render",
    "wake_due",
]
