"""Letters to print and calls to make for owners without e-mail.

The list shows ids and kinds only. Opening one is recorded before it is shown.
"""

from dataclasses import dataclass

from chalice.app import Response

from chalicelib import clock, jurisdictions, letters
from chalicelib.errors import InvalidInput, StateConflict
from chalicelib.letters import OutboxRow
from chalicelib.letters.by_hand import ByHand
from chalicelib.officers import Role
from chalicelib.registrations import Registration, references
from chalicelib.web import by_hand, html
from chalicelib.web.coordinator_html import DESK, desk_page
from chalicelib.web.guards import session, signed_in
from chalicelib.web.printing import paper_of
from chalicelib.web.requests import current, form, query
from chalicelib.web.routes import Routes

LIST = f"{DESK}/by-hand"
ASKING = {"request", "reminder"}
SAID = {
    "done": "Noted. It is off the list.",
    "void": "There is nobody to tell any more, so it is off the list: they left, or it is over.",
    "before": "Somebody had done this one already.",
}

pages = Routes(__name__)


@dataclass(frozen=True, slots=True)
class Line:
    """A letter on the list."""

    id: str
    name: str
    asked: str
    due: str
    overdue: bool


@pages.get(LIST)
@signed_in(Role.COORDINATOR)
def by_hand_page() -> Response:
    now, here = clock.now(), jurisdictions.current()
    lines = [
        Line(
            id=row.id,
            name=by_hand.name_of(row.letter),
            asked=here.date_words(row.created_at),
            due=here.date_words(row.due_at),
            overdue=row.due_at < now,
        )
        for row in letters.by_hand.waiting()
    ]
    said = SAID.get(query(current()).one("done"), "")
    return desk_page("register_by_hand.html", desk="by_hand", lines=lines, said=said)


@pages.post(f"{LIST}/{{outbox_id}}")
@signed_in(Role.COORDINATOR)
def open_letter(outbox_id: str) -> Response:
    return letter_page(letters.by_hand.get(outbox_id))


@pages.post(f"{LIST}/{{outbox_id}}/done")
@signed_in(Role.COORDINATOR)
def done(outbox_id: str) -> Response:
    sent, now, officer = form(current()), clock.now(), session().officer
    row = letters.by_hand.get(outbox_id)
    step, answer, note = sent.one("step"), sent.one("answer"), sent.text("note", multiline=True)
    try:
        by_hand.finish(row, step, answer, note, officer=officer, now=now)
    except InvalidInput as error:
        given = {"step": step, "answer": answer, "note": note}
        return letter_page(row, given, error.fields)
    except StateConflict:
        return html.redirect(f"{LIST}?done=before")
    return html.redirect(f"{LIST}?done=done")


def letter_page(
    row: OutboxRow, values: dict[str, str] | None = None, errors: dict[str, str] | None = None
) -> Response:
    """Answer with the letter in a printable form, or with what to say on the phone."""
    written = by_hand.write(row, officer=session().officer, now=clock.now())
    if written is None:
        return html.redirect(f"{LIST}?done=void")
    registration, found = written
    return desk_page(
        "register_letter.html",
        desk="by_hand",
        status=400 if errors else 200,
        row=row,
        values=values or {"step": "", "answer": "", "note": ""},
        errors=errors or {},
        answers=tuple(by_hand.QUESTIONS.get(row.letter, {}).items()),
        **shown(registration, found),
    )


def shown(registration: Registration, found: ByHand) -> dict[str, object]:
    """Return what the page says of the owner and the letter."""
    contact = registration.contact
    call = contact is not None and by_hand.is_call(contact)
    pieces = by_hand.to_say if call else by_hand.pieces
    return {
        "name": by_hand.name_of(found.row.letter),
        "contact": contact,
        "call": call,
        "language": registration.language,
        "subject": found.rendered.subject,
        "pieces": pieces(found.rendered.text),
        "reference": references.written(registration.id),
        "paper": paper_of(),
        "asking": found.context.values if found.row.letter in ASKING else None,
        "today": jurisdictions.current().date_words(clock.now()),
    }
