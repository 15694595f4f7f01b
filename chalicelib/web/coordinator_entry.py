"""One entry, opened by the reference its owner gives: changed, paused or ended for them.

There is no list of entries and no search by name, address, phone or e-mail. An opened entry is
answered to a POST and has no address of its own. What is done with it carries the reference in its
address: our logs name routes, not paths, and a reference opens nothing without this role's session.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import msgspec
from chalice.app import Response

from chalicelib import clock, footage_requests, jurisdictions, registrations
from chalicelib.errors import InvalidInput, NotFound, StateConflict
from chalicelib.footage_requests import Answer
from chalicelib.officers import Officer, Role
from chalicelib.registrations import Registration, State, opening, references
from chalicelib.web import by_hand, camera_forms, html, owner_data, paper_forms
from chalicelib.web.coordinator_entry_pages import (
    LEAVING,
    camera_page,
    find_page,
    leave_page,
    shown,
)
from chalicelib.web.coordinator_html import DESK, desk_page
from chalicelib.web.entered import EnteredCamera
from chalicelib.web.guards import session, signed_in
from chalicelib.web.registration_forms import texts
from chalicelib.web.requests import Form, current, form, query
from chalicelib.web.routes import Routes

ENTRY = f"{DESK}/entry"
SAID = {
    "pause": "Paused. Their cameras cannot be found until they resume.",
    "resume": "Their cameras can be found again.",
    "still-right": "Noted: everything is still right.",
    "contact": "The contact is changed.",
    "leave": "They have left. Their cameras are hidden, the rest is erased within a day.",
    "unreachable": "Paused: nobody writes or calls until they are heard of.",
    "camera": "The camera is added.",
    "removed": "The camera is removed.",
    "answer": "The answer is with the officer.",
}
pages = Routes(__name__)


@pages.get(ENTRY)
@signed_in(Role.COORDINATOR)
def entry_page() -> Response:
    said = SAID.get(query(current()).one("done"), "")
    return find_page({"reference": "", "reason": ""}, said=said)


@pages.post(ENTRY)
@signed_in(Role.COORDINATOR)
def open_entry() -> Response:
    sent = form(current())
    values = {"reference": sent.text("reference"), "reason": sent.one("reason")}
    try:
        registration = opening.opened(
            values["reference"], values["reason"], officer_id=session().officer.id, now=clock.now()
        )
    except InvalidInput as error:
        return find_page(values, errors=error.fields)
    return shown(registration)


@pages.post(f"{ENTRY}/{{reference}}/{{action}}")
@signed_in(Role.COORDINATOR)
def change(reference: str, action: str) -> Response:
    officer, now = session().officer, clock.now()
    if action not in ACTIONS:
        raise NotFound
    try:
        registration = opening.opened(reference, opening.ACTING, officer_id=officer.id, now=now)
        return ACTIONS[action](registration, form(current()), officer, now)
    except InvalidInput as error:
        return find_page({"reference": reference, "reason": ""}, errors=error.fields)
    except StateConflict:
        sentence = "Their entry has changed meanwhile. Open it again"
        return find_page({"reference": reference, "reason": ""}, errors={"reference": sentence})


def pause(registration: Registration, _sent: Form, officer: Officer, now: datetime) -> Response:
    registrations.pause(registration, now=now, actor=officer.actor)
    return done("pause")


def resume(registration: Registration, _sent: Form, officer: Officer, now: datetime) -> Response:
    registrations.resume(registration, now=now, actor=officer.actor)
    return done("resume")


def still_right(
    registration: Registration, _sent: Form, officer: Officer, now: datetime
) -> Response:
    """Note a yes to the yearly question, or to an invitation from an old list."""
    if registration.state is State.PENDING:
        registrations.confirm_by_phone(registration, actor=officer.actor, now=now)
    else:
        registrations.reconfirm_by_phone(registration, actor=officer.actor, now=now)
    return done("still-right")


def unreachable(
    registration: Registration, _sent: Form, officer: Officer, now: datetime
) -> Response:
    registrations.mark_unreachable(registration.id, now=now, actor=officer.actor)
    return done("unreachable")


def contact(registration: Registration, sent: Form, officer: Officer, now: datetime) -> Response:
    """Correct what somebody without e-mail says of themselves."""
    if registration.contact is None or registration.contact.email:
        raise StateConflict
    values = texts(sent, ("name", "phone", "reach"))
    values |= {"email": "", "postal_address": sent.text("postal_address", multiline=True)}
    typed = paper_forms.contact_of(values)
    wrong = paper_forms.wrong_contact(typed)
    if not typed.reach or typed.reach == "email":
        wrong = {"reach": "Select letter or phone call"}
    if wrong:
        return shown(registration, wrong, values)
    corrected = replace(
        registration.contact,
        name=typed.name,
        phone=typed.phone,
        reach=typed.reach,
        postal_address=typed.postal_address,
    )
    registrations.change_contact(registration, corrected, now=now, actor=officer.actor)
    return done("contact")


def ask_to_leave(
    registration: Registration, _sent: Form, _officer: Officer, _now: datetime
) -> Response:
    return leave_page(registration, {})


def leave(registration: Registration, sent: Form, officer: Officer, now: datetime) -> Response:
    if sent.one("reason") not in LEAVING:
        return leave_page(registration, {"reason": "Select how you know that they leave"})
    by_hand.leave(registration, officer=officer, reason=sent.one("reason"), now=now)
    return done("leave")


def answer(registration: Registration, sent: Form, officer: Officer, now: datetime) -> Response:
    """Take down what the owner answers to a request for footage."""
    if sent.one("answer") not in set(Answer):
        sentence = "Select what they answered"
        return shown(registration, {f"answer_{sent.one('request_id')}": sentence})
    footage_requests.answer_by_phone(
        sent.one("request_id"),
        registration.id,
        Answer(sent.one("answer")),
        sent.text("note", multiline=True),
        actor=officer.actor,
        now=now,
    )
    return done("answer")


def add_camera(registration: Registration, sent: Form, officer: Officer, now: datetime) -> Response:
    """Ask for one more camera, or add the one that was typed."""
    here = jurisdictions.current()
    if "place" not in sent:
        return camera_page(registration, EnteredCamera())
    typed = paper_forms.read_camera(sent, here, now=now)
    try:
        found = camera_forms.located(typed, here)
        if sent.one("action") == "find":
            return camera_page(registration, found)
        details = paper_forms.camera_of(found, here, registration.kind or "")
        registrations.add_camera(registration, details, now=now, actor=officer.actor)
    except InvalidInput as error:
        return camera_page(registration, typed, error.fields or {"place": error.sentence})
    return done("camera")


def remove_camera(
    registration: Registration, sent: Form, officer: Officer, now: datetime
) -> Response:
    camera_id = sent.one("camera_id")
    if camera_id not in registration.camera_ids:
        return shown(registration, {"camera_id": "Select the camera to remove"})
    registrations.remove_camera(registration, camera_id, now=now, actor=officer.actor)
    return done("removed")


def copy(registration: Registration, _sent: Form, officer: Officer, now: datetime) -> Response:
    """Print everything we hold on somebody who asks for a copy and has no e-mail."""
    held = owner_data.everything(registration, now=now, actor=officer.actor)
    return desk_page(
        "register_copy.html",
        desk="entry",
        reference=references.written(registration.id),
        held=msgspec.json.format(msgspec.json.encode(held), indent=2).decode(),
        today=jurisdictions.current().date_words(now),
    )


Deed = Callable[[Registration, Form, Officer, datetime], Response]
ACTIONS: dict[str, Deed] = {
    "pause": pause,
    "resume": resume,
    "still-right": still_right,
    "unreachable": unreachable,
    "contact": contact,
    "leaving": ask_to_leave,
    "leave": leave,
    "answer": answer,
    "add-camera": add_camera,
    "remove-camera": remove_camera,
    "copy": copy,
}


def done(what: str) -> Response:
    return html.redirect(f"{ENTRY}?done={what}")
