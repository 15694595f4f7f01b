"""What a coordinator does instead of the mailer: print a letter, or say it on the phone.

An answer given on the phone does what the owner's own tap would have done, under the name of the
coordinator who took it down. The answer and what follows from it come first and the letter is
ticked off last, so a crash in between leaves the letter on the list and nothing is lost.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from chalicelib import evidence, footage_requests, language, letters, registrations
from chalicelib.errors import InvalidInput, NotFound
from chalicelib.footage_requests import Answer
from chalicelib.letters import OutboxRow
from chalicelib.letters.by_hand import NOT_REACHED, PHONED, POSTED, VOID, ByHand
from chalicelib.officers import Officer
from chalicelib.registrations import Contact, Registration, State
from chalicelib.registrations.model import Reach
from chalicelib.web import mailroom
from chalicelib.web.mailroom_paper import for_paper
from chalicelib.web.printing import code_for

ASKED = {
    Answer.HAVE_FOOTAGE: "There is footage, and they will share it",
    Answer.NOTHING_THERE: "They looked: nothing there",
    Answer.CANNOT_HELP: "They cannot help: not recording, or already overwritten",
    Answer.DO_NOT_ASK_AGAIN: "They do not want to be asked again",
}
STILL_RIGHT, LEAVES, TAKES_PART, REFUSES = "still_right", "leaves", "takes_part", "refuses"
QUESTIONS: Mapping[str, Mapping[str, str]] = {
    "request": {str(answer): words for answer, words in ASKED.items()},
    "reminder": {str(answer): words for answer, words in ASKED.items()},
    "reconfirm": {STILL_RIGHT: "Everything is still right", LEAVES: "They leave"},
    "reconfirm_reminder": {STILL_RIGHT: "Everything is still right", LEAVES: "They leave"},
    "lapsed": {STILL_RIGHT: "Everything is still right", LEAVES: "They leave"},
    "invitation": {TAKES_PART: "They take part", REFUSES: "They do not want to take part"},
}
NAMES = {
    "paper_welcome": "Welcome letter",
    "request": "Request for footage",
    "reminder": "Reminder of a request",
    "reconfirm": "Is it still right?",
    "reconfirm_reminder": "Is it still right? Second time",
    "lapsed": "Hidden until they answer",
    "invitation": "Invitation from an old list",
    "camera_added": "A camera was added",
    "receipt": "Receipt for a clip",
}
STEPS = (POSTED, PHONED, NOT_REACHED)
LINK = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph of a printed letter, with a QR code if it holds somebody's own link."""

    lines: tuple[str, ...]
    code: Markup | None
    address: str


def name_of(letter: str) -> str:
    return NAMES.get(letter, letter.replace("_", " ").capitalize())


def write(row: OutboxRow, *, officer: Officer, now: datetime) -> tuple[Registration, ByHand] | None:
    """Write a letter for printing or saying, and record who saw it; None: nobody is to be told."""
    registration = owner_of(row)
    contexts = {name: for_paper(context) for name, context in mailroom.CONTEXTS.items()}
    with language.speaking(registration.language if registration else ""):
        written = letters.by_hand.write(row, actor=officer.actor, now=now, contexts=contexts)
    if registration is None or registration.contact is None or written is None:
        letters.by_hand.done(row, VOID, actor=officer.actor, now=now)
        return None
    return registration, written


def owner_of(row: OutboxRow) -> Registration | None:
    try:
        registration = registrations.get(row.recipient)
    except NotFound:
        return None
    return registration if registration.live or registration.state is State.PENDING else None


def is_call(contact: Contact) -> bool:
    """Say whether this owner wants to be called; a letter needs somewhere to go to."""
    return contact.reach is Reach.PHONE or not contact.postal_address


def pieces(text: str) -> tuple[Piece, ...]:
    """Cut a letter into paragraphs, with a code beside each link that is somebody's own."""
    paragraphs = re.split(r"\n\s*\n", text.strip())
    return tuple(_piece(paragraph) for paragraph in paragraphs if paragraph.strip())


def _piece(paragraph: str) -> Piece:
    found = LINK.search(paragraph)
    own = found.group() if found and found.group().count("/") > 3 else ""  # noqa: PLR2004 - scheme, host, one name: a page for everybody
    return Piece(tuple(paragraph.splitlines()), code_for(own) if own else None, own)


def to_say(text: str) -> tuple[Piece, ...]:
    """Return a letter's paragraphs without those that are only good for clicking."""
    return tuple(piece for piece in pieces(text) if not LINK.search("\n".join(piece.lines)))


def finish(  # noqa: PLR0913 - what was done with which letter, what was said, by whom and when
    row: OutboxRow, step: str, answer: str, note: str, *, officer: Officer, now: datetime
) -> None:
    """Take down an owner's answer and tick the letter off; wrong input changes nothing."""
    questions = QUESTIONS.get(row.letter, {})
    wrong = {}
    if step not in STEPS:
        wrong["step"] = "Select what you did"
    if answer and (answer not in questions or step == NOT_REACHED):
        wrong["answer"] = "Select an answer only if they gave one"
    if step == PHONED and questions and not answer:
        wrong["answer"] = (
            "Select what they answered; if nobody answered, leave the call on the list"
        )
    if wrong:
        raise InvalidInput(fields=wrong)
    if answer:
        answered(row, answer, note, officer=officer, now=now)
    mailroom.done_by_hand(row, reached=step != NOT_REACHED, now=now)
    if step == NOT_REACHED:
        registrations.mark_unreachable(row.recipient, now=now, actor=officer.actor)
    letters.by_hand.done(row, step, actor=officer.actor, now=now)


def answered(row: OutboxRow, answer: str, note: str, *, officer: Officer, now: datetime) -> None:
    """Do what the owner's own tap would have done."""
    if answer in set(Answer):
        footage_requests.answer_by_phone(
            row.subject_ids["request_id"],
            row.recipient,
            Answer(answer),
            note,
            actor=officer.actor,
            now=now,
        )
        return
    registration = registrations.get(row.recipient)
    if answer == STILL_RIGHT:
        registrations.reconfirm_by_phone(registration, actor=officer.actor, now=now)
    elif answer == TAKES_PART:
        registrations.confirm_by_phone(registration, actor=officer.actor, now=now)
    else:
        leave(registration, officer=officer, reason="phone", now=now)


def leave(registration: Registration, *, officer: Officer, reason: str, now: datetime) -> None:
    """Let somebody leave who said so on the phone or in a letter, with all that follows."""
    registrations.withdraw_for(registration, officer=officer, reason=reason, now=now)
    evidence.owner_left(registration.id, now=now)
