"""An owner's own pages: confirming, managing, leaving. The link in the letter is the key.

A GET never changes anything, because mail scanners open links.
"""

from collections.abc import Callable
from datetime import datetime

import msgspec
from chalice.app import Response

from chalicelib import cameras, clock, evidence, jurisdictions, registrations
from chalicelib.cameras import Camera, Kind
from chalicelib.errors import InvalidInput, NotFound, OutsideJurisdiction
from chalicelib.jurisdictions import Jurisdiction
from chalicelib.registrations import Contact, Registration, State
from chalicelib.web import html, owner_data, registration_forms
from chalicelib.web.drafts import Entered
from chalicelib.web.registration_forms import CONTACT, camera_of
from chalicelib.web.requests import current, form, query
from chalicelib.web.routes import Routes, json_response

pages = Routes(__name__)


@pages.get("/confirm/{token}")
def ask_to_confirm(token: str) -> Response:
    registration = registrations.of_confirm_link(token, now=clock.now())
    if registration.live and registration.new_contact is None:
        return html.page("owner/confirmed.html", registration=registration)
    return html.page(
        "owner/confirm.html",
        token=token,
        registration=registration,
        owned=cameras.get(registration.camera_ids),
    )


@pages.post("/confirm/{token}")
def confirm(token: str) -> Response:
    registration = registrations.confirm(token, now=clock.now())
    return html.page("owner/confirmed.html", registration=registration)


@pages.post("/confirm/{token}/not-me")
def not_me(token: str) -> Response:
    registrations.not_me(token, now=clock.now())
    return html.page("owner/not_me.html")


@pages.get("/my/{token}")
def manage(token: str) -> Response:
    registration = registrations.of_manage_link(token, now=clock.now())
    said = query(current()).text("done")
    return html.page(
        "owner/manage.html",
        token=token,
        registration=registration,
        owned=cameras.get(registration.camera_ids),
        paused=registration.state is State.PAUSED,
        said=SAID.get(said, ""),
    )


SAID = {
    "contact": "Your details are changed.",
    "email": "Open the letter we have just sent to your new address to confirm it.",
    "camera": "The camera is changed.",
    "add-camera": "The camera is added.",
    "remove-camera": "The camera is removed.",
    "pause": "Your registration is paused.",
    "resume": "Your registration is active again.",
}


@pages.get("/my/{token}/data.json")
def data(token: str) -> Response:
    """Give owners everything we hold on them."""
    now = clock.now()
    registration = registrations.of_manage_link(token, now=now)
    response = json_response(owner_data.everything(registration, now=now))
    response.headers["Content-Disposition"] = 'attachment; filename="my-registration.json"'
    return response


@pages.get("/my/{token}/leave")
def ask_to_leave(token: str) -> Response:
    registration = registrations.of_leave_link(token, now=clock.now())
    return html.page("owner/leave.html", token=token, count=len(registration.camera_ids))


@pages.post("/my/{token}/leave")
def leave(token: str) -> Response:
    now = clock.now()
    registration = registrations.of_leave_link(token, now=now)
    registrations.leave(registration, now=now)
    evidence.owner_left(registration.id, now=now)
    return html.page("owner/left.html")


@pages.get("/my/{token}/{action}")
def edit(token: str, action: str) -> Response:
    registration = registrations.of_manage_link(token, now=clock.now())
    if action == "contact":
        return contact_page(token, entered_contact(registration))
    if action == "add-camera":
        return camera_page(token, entered_kind(registration))
    if action == "camera":
        camera = own_camera(registration, query(current()).text("id"))
        return camera_page(token, entered_camera(camera), camera.id)
    raise NotFound


@pages.post("/my/{token}/{action}")
def change(token: str, action: str) -> Response:
    now = clock.now()
    if action not in ACTIONS:
        raise NotFound
    registration = registrations.of_manage_link(token, now=now)
    return ACTIONS[action](token, registration, now)


def change_contact(token: str, registration: Registration, now: datetime) -> Response:
    sent = form(current())
    registration_forms.refuse_others(sent, CONTACT)
    fields = registration_forms.texts(sent, CONTACT)
    try:
        after = registrations.change_contact(
            registration, Contact(fields["name"], fields["email"], fields["phone"]), now=now
        )
    except InvalidInput as error:
        return contact_page(token, Entered(**fields), error.fields)
    moved = after.new_contact != registration.new_contact
    return back(token, "email" if moved else "contact")


def change_camera(token: str, registration: Registration, now: datetime) -> Response:
    camera = own_camera(registration, form(current()).text("camera_id"))
    return take_camera(
        token,
        entered_camera(camera),
        camera.id,
        lambda entered: registrations.change_camera(
            registration, camera.id, camera_of(entered, jurisdictions.current()), now=now
        ),
    )


def add_camera(token: str, registration: Registration, now: datetime) -> Response:
    return take_camera(
        token,
        entered_kind(registration),
        "",
        lambda entered: registrations.add_camera(
            registration, camera_of(entered, jurisdictions.current()), now=now
        ),
    )


def take_camera(
    token: str, before: Entered, camera_id: str, act: Callable[[Entered], object]
) -> Response:
    """Read the camera form and `act` on it, or show it again with what is wrong or found."""
    here = jurisdictions.current()
    sent = form(current())
    fields = registration_forms.read_camera(sent, here, before)
    entered = msgspec.structs.replace(before, **fields)
    try:
        found = registration_forms.located(fields, here)
        entered = msgspec.structs.replace(entered, **found)
        if sent.one("action") == "find":
            return camera_page(token, entered, camera_id)
        act(entered)
    except OutsideJurisdiction:
        return outside_page(token, entered, here, "camera" if camera_id else "add-camera")
    except InvalidInput as error:
        return camera_page(token, entered, camera_id, error.fields or {"place": error.sentence})
    return back(token, "camera" if camera_id else "add-camera")


def remove_camera(token: str, registration: Registration, now: datetime) -> Response:
    camera = own_camera(registration, form(current()).text("camera_id"))
    registrations.remove_camera(registration, camera.id, now=now)
    return back(token, "remove-camera")


def pause(token: str, registration: Registration, now: datetime) -> Response:
    registrations.pause(registration, now=now)
    return back(token, "pause")


def resume(token: str, registration: Registration, now: datetime) -> Response:
    registrations.resume(registration, now=now)
    return back(token, "resume")


ACTIONS: dict[str, Callable[[str, Registration, datetime], Response]] = {
    "contact": change_contact,
    "camera": change_camera,
    "add-camera": add_camera,
    "remove-camera": remove_camera,
    "pause": pause,
    "resume": resume,
}


def back(token: str, done: str) -> Response:
    return html.redirect(f"/my/{token}?done={done}")


def own_camera(registration: Registration, camera_id: str) -> Camera:
    """Return one of the owner's cameras; anybody else's is not there."""
    if camera_id not in registration.camera_ids:
        raise NotFound
    for camera in cameras.get([camera_id]):
        return camera
    raise NotFound


def entered_contact(registration: Registration) -> Entered:
    contact = registration.contact
    if contact is None:
        raise NotFound
    return Entered(name=contact.name, email=contact.email, phone=contact.phone)


def entered_kind(registration: Registration) -> Entered:
    return Entered(premises=registration.kind or "")


def entered_camera(camera: Camera) -> Entered:
    """Write a camera as the form shows it."""
    numbers = {
        name: "" if getattr(camera, name) is None else str(getattr(camera, name))
        for name in ("heading", "view_angle", "days_kept")
    }
    return Entered(
        premises=camera.premises,
        place=camera.address or "",
        kind=camera.kind,
        label=camera.label or "",
        **registration_forms.coordinates(camera.point),
        **numbers,
    )


def contact_page(token: str, entered: Entered, errors: dict[str, str] | None = None) -> Response:
    return html.page(
        "owner/contact.html",
        status=400 if errors else 200,
        token=token,
        entered=entered,
        errors=errors or {},
    )


def outside_page(token: str, entered: Entered, here: Jurisdiction, action: str) -> Response:
    """Say who is asked about that place instead; the registration stays as it was."""
    point = registration_forms.point_of(entered.latitude, entered.longitude)
    return html.page(
        "public/outside.html",
        status=OutsideJurisdiction.status,
        neighbour=here.neighbour_for(point),
        again=f"/my/{token}" if action == "camera" else f"/my/{token}/{action}",
    )


def camera_page(
    token: str, entered: Entered, camera_id: str = "", errors: dict[str, str] | None = None
) -> Response:
    here = jurisdictions.current()
    several = jurisdictions.find(entered.place, here) if "place" in (errors or {}) else ()
    return html.page(
        "owner/camera.html",
        status=400 if errors else 200,
        token=token,
        camera_id=camera_id,
        entered=entered,
        errors=errors or {},
        choices=several if len(several) > 1 else (),
        kinds=tuple(Kind),
    )
