"""What the pages of one opened entry show."""

from dataclasses import dataclass

from chalice.app import Response

from chalicelib import cameras, clock, footage_requests, jurisdictions
from chalicelib.cameras import Kind
from chalicelib.footage_requests import Ask, FootageRequest
from chalicelib.registrations import Registration, State, opening, references
from chalicelib.web import by_hand, camera_forms, paper_forms
from chalicelib.web.coordinator_html import desk_page
from chalicelib.web.entered import EnteredCamera
from chalicelib.web.mailroom_paper import day_words, named

STATES = {
    State.PENDING: "Has not confirmed yet",
    State.ACTIVE: "Takes part",
    State.PAUSED: "Paused",
    State.RECONFIRM_DUE: "Takes part, asked whether it is still right",
    State.LAPSED: "Hidden until they answer",
}
LEAVING = {
    "phone": "They said so on the phone",
    "letter": "They wrote",
    "in_person": "They said so in person",
    "moved": "They have moved away",
    "not_the_owner": "They are not the owner",
    "died": "They have died",
}


@dataclass(frozen=True, slots=True)
class Question:
    """Something the owner is asked at the moment."""

    request_id: str
    words: str
    answer: str


def find_page(
    values: dict[str, str], *, said: str = "", errors: dict[str, str] | None = None
) -> Response:
    return desk_page(
        "register_find.html",
        desk="entry",
        status=400 if errors else 200,
        values=values,
        errors=errors or {},
        said=said,
        reasons=tuple(opening.REASONS.items()),
    )


def shown(
    registration: Registration,
    errors: dict[str, str] | None = None,
    values: dict[str, str] | None = None,
) -> Response:
    """Answer with the entry; whoever gets here has been recorded as having opened it."""
    contact = registration.contact
    given = {name: getattr(contact, name) for name in ("name", "phone", "reach", "postal_address")}
    return desk_page(
        "register_entry.html",
        desk="entry",
        status=400 if errors else 200,
        registration=registration,
        reference=references.written(registration.id),
        state=STATES.get(registration.state, registration.state),
        contact=contact,
        values=values or given,
        errors=errors or {},
        owned=[(camera.id, named(camera)) for camera in cameras.get(registration.camera_ids)],
        dated=day_words(registration.paper.dated) if registration.paper else "",
        questions=questions(registration),
        answers=tuple(by_hand.ASKED.items()),
        reach=tuple((kind, said) for kind, said in paper_forms.REACH.items() if kind != "email"),
    )


def questions(registration: Registration) -> tuple[Question, ...]:
    """Return what the owner may still answer."""
    now = clock.now()
    asked = footage_requests.asked_of(registration.id)
    return tuple(question(request, ask) for request, ask in asked if not request.closed(now))


def question(request: FootageRequest, ask: Ask) -> Question:
    here = jurisdictions.current()
    window = here.window_words(ask.starts_at, ask.ends_at)
    return Question(
        request.id,
        f"{window}. {request.what_happened} {request.looking_for}".strip(),
        by_hand.ASKED[ask.answer] if ask.answer else "",
    )


def leave_page(registration: Registration, errors: dict[str, str]) -> Response:
    return desk_page(
        "register_leave.html",
        desk="entry",
        status=400 if errors else 200,
        reference=references.written(registration.id),
        count=len(registration.camera_ids),
        errors=errors,
        leaving=tuple(LEAVING.items()),
    )


def camera_page(
    registration: Registration, entered: EnteredCamera, errors: dict[str, str] | None = None
) -> Response:
    here = jurisdictions.current()
    return desk_page(
        "register_camera.html",
        desk="entry",
        status=400 if errors else 200,
        reference=references.written(registration.id),
        entered=entered,
        errors=errors or {},
        choices=camera_forms.choices(entered, here),
        kinds=tuple(Kind),
    )
