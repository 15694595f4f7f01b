"""An owner's own pages: seeing and changing everything. The link in the letter is the key.

A GET never changes anything, because mail scanners open links.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from chalice.app import Response

from chalicelib import cameras, clock, jurisdictions, registrations
from chalicelib.cameras import Camera, CameraDetails, Kind
from chalicelib.errors import InvalidInput, NotFound, OutsideJurisdiction
from chalicelib.jurisdictions import Jurisdiction
from chalicelib.language import say
from chalicelib.registrations import Contact, Registration, waits
from chalicelib.web import (
    camera_forms,
    html,
    languages,
    owner_data,
    recorder_forms,
    registration_forms,
)
from chalicelib.web.camera_forms import camera_of
from chalicelib.web.entered import Entered, EnteredCamera
from chalicelib.web.owner_links import ticked
from chalicelib.web.registration_forms import CONTACT
from chalicelib.web.requests import current, form, query
from chalicelib.web.routes import Routes, json_response

pages = Routes(__name__)


def opened(token: str, now: datetime) -> Registration:
    """Return whose manage link this is, and speak their language."""
    registration = registrations.of_manage_link(token, now=now)
    languages.prefer(registration.language)
    return registration


@pages.get("/my/{token}")
def manage(token: str) -> Response:
    registration = opened(token, clock.now())
    said = query(current()).text("done")
    return html.page(
        "owner/manage.html",
        token=token,
        registration=registration,
        owned=cameras.get(registration.camera_ids),
        next=waits.of(registration, clock.now()),
        said=SAID.get(said, ""),
    )


SAID = {
    "contact": say("Your details are changed."),
    "email": say("Open the letter we have just sent to your new address to confirm it."),
    "camera": say("The camera is changed."),
    "add-camera": say("The camera is added."),
    "add-list": say("The cameras of your list are added."),
    "remove-camera": say("The camera is removed."),
    "pause": say("Your registration is paused."),
    "resume": say("Your registration is active again."),
    "reconfirm": say("Thank you. Your entry is right, and nothing else has to be done."),
}


@pages.get("/my/{token}/data.json")
def data(token: str) -> Response:
    """Give owners everything we hold on them."""
    now = clock.now()
    registration = opened(token, now)
    response = json_response(owner_data.everything(registration, now=now))
    response.headers["Content-Disposition"] = 'attachment; filename="my-registration.json"'
    return response


@pages.get("/my/{token}/{action}")
def edit(token: str, action: str) -> Response:
    registration = opened(token, clock.now())
    if action == "contact":
        return contact_page(token, entered_contact(registration))
    if action == "moving":
        owned = cameras.get(registration.camera_ids)
        return html.page("owner/moving.html", token=token, owned=owned)
    if action == "add-camera":
        return camera_page(token, EnteredCamera())
    if action == "camera":
        camera = own_camera(registration, query(current()).text("id"))
        return camera_page(token, entered_camera(camera), camera.id)
    raise NotFound


@pages.post("/my/{token}/{action}")
def change(token: str, action: str) -> Response:
    now = clock.now()
    if action not in ACTIONS:
        raise NotFound
    return ACTIONS[action](token, opened(token, now), now)


def change_contact(token: str, registration: Registration, now: datetime) -> Response:
    sent = form(current())
    registration_forms.refuse_others(sent, CONTACT)
    fields = registration_forms.texts(sent, CONTACT)
    name, email, phone = (fields[one] for one in CONTACT)
    changed = replace(contact_of(registration), name=name, email=email, phone=phone)
    try:
        after = registrations.change_contact(registration, changed, now=now)
    except InvalidInput as error:
        return contact_page(token, Entered(name=name, email=email, phone=phone), error.fields)
    moved = after.new_contact != registration.new_contact
    return back(token, "email" if moved else "contact")


def change_camera(token: str, registration: Registration, now: datetime) -> Response:
    camera = own_camera(registration, form(current()).text("camera_id"))
    return take_camera(
        token,
        entered_camera(camera),
        camera.id,
        lambda entered: registrations.change_camera(
            registration, camera.id, described(entered, registration), now=now
        ),
    )


def add_camera(token: str, registration: Registration, now: datetime) -> Response:
    return take_camera(
        token,
        EnteredCamera(),
        "",
        lambda entered: registrations.add_camera(
            registration, described(entered, registration), now=now
        ),
    )


def described(entered: EnteredCamera, registration: Registration) -> CameraDetails:
    """Return what the form says, at the kind of place the owner registered."""
    return camera_of(entered, jurisdictions.current(), registration.kind or "")


def take_camera(
    token: str, before: EnteredCamera, camera_id: str, act: Callable[[EnteredCamera], object]
) -> Response:
    """Read the camera form and `act` on it, or show it again with what is wrong or found."""
    here = jurisdictions.current()
    sent = form(current())
    entered = camera_forms.read_camera(sent, here, before, now=clock.now())
    try:
        entered = camera_forms.placed(entered, sent, here)
        if not entered.done:
            return camera_page(token, entered, camera_id)
        act(entered)
    except OutsideJurisdiction:
        entered = camera_forms.located(entered, here)
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


def reconfirm(token: str, registration: Registration, now: datetime) -> Response:
    registrations.reconfirm(registration, now=now, stay_paused=ticked("stay_paused"))
    return back(token, "reconfirm")


ACTIONS: dict[str, Callable[[str, Registration, datetime], Response]] = {
    "contact": change_contact,
    "camera": change_camera,
    "add-camera": add_camera,
    "remove-camera": remove_camera,
    "pause": pause,
    "resume": resume,
    "reconfirm": reconfirm,
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


def contact_of(registration: Registration) -> Contact:
    if registration.contact is None:
        raise NotFound
    return registration.contact


def entered_contact(registration: Registration) -> Entered:
    contact = contact_of(registration)
    return Entered(name=contact.name, email=contact.email, phone=contact.phone)


def entered_camera(camera: Camera) -> EnteredCamera:
    """Write a camera as the form shows it."""
    return EnteredCamera(
        place=camera.address or "",
        kind=camera.kind,
        label=camera.label or "",
        heading="" if camera.heading is None else str(camera.heading),
        view_angle="" if camera.view_angle is None else str(camera.view_angle),
        recorder=recorder_forms.entered_of(camera),
        latitude=f"{camera.point.latitude:.6f}",
        longitude=f"{camera.point.longitude:.6f}",
    )


def contact_page(token: str, entered: Entered, errors: dict[str, str] | None = None) -> Response:
    return html.page(
        "owner/contact.html",
        status=400 if errors else 200,
        token=token,
        entered=entered,
        errors=errors or {},
    )


def outside_page(token: str, entered: EnteredCamera, here: Jurisdiction, action: str) -> Response:
    """Say who is asked about that place instead; the registration stays as it was."""
    point = camera_forms.point_of(entered.latitude, entered.longitude)
    return html.page(
        "public/outside.html",
        status=OutsideJurisdiction.status,
        neighbour=here.neighbour_for(point),
        again=f"/my/{token}" if action == "camera" else f"/my/{token}/{action}",
    )


def camera_page(
    token: str, entered: EnteredCamera, camera_id: str = "", errors: dict[str, str] | None = None
) -> Response:
    here = jurisdictions.current()
    return html.page(
        "owner/camera.html",
        status=400 if errors else 200,
        token=token,
        camera_id=camera_id,
        entered=entered,
        errors=errors or {},
        choices=camera_forms.choices(entered, here),
        kinds=tuple(Kind),
    )
