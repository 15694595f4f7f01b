"""The pages of the registration form, and which of them comes next."""

from datetime import timedelta

import msgspec
from chalice.app import Response

from chalicelib import jurisdictions
from chalicelib.cameras import CameraDetails, Kind, Premises
from chalicelib.errors import InvalidInput, TooManyRequests
from chalicelib.jurisdictions import Jurisdiction
from chalicelib.language import say
from chalicelib.web import camera_forms, html, languages, registration_forms, site_forms
from chalicelib.web.drafts import Draft
from chalicelib.web.entered import Entered, EnteredCamera

STEPS = frozenset({"details", "camera", "cameras", "contact", "check"})
DISAGREED = say("Tick the box if you agree, or close this page if you do not")
Errors = dict[str, str]


def next_step(entered: Entered, here: Jurisdiction) -> str:
    """Return the first step that still has something to say; the last one if none has."""
    try:
        registration_forms.check_person(entered, here)
    except InvalidInput:
        return "/register/details"
    if not entered.cameras:
        return "/register/camera"
    for camera in entered.cameras:
        if not camera.done or not usable(camera, entered, here):
            return f"/register/camera?camera={camera.key}"
    try:
        registration_forms.check_reach(entered, here)
    except InvalidInput:
        return "/register/contact"
    return "/register/site" if site_forms.missing(entered, here) else "/register/check"


def usable(camera: EnteredCamera, entered: Entered, here: Jurisdiction) -> bool:
    return details_of(camera, entered, here) is not None


def details_of(camera: EnteredCamera, entered: Entered, here: Jurisdiction) -> CameraDetails | None:
    """Return the camera as it would be registered, None while something is missing."""
    try:
        return camera_forms.camera_of(camera, here, entered.premises)
    except InvalidInput:
        return None


def step_page(step: str, draft: Draft, here: Jurisdiction, key: str) -> Response:
    """Return a step of a form that was begun, or lead to the one that comes before it."""
    entered = draft.entered
    if step == "details":
        return person_page(entered, here)
    if step == "camera":
        return one_camera(entered, here, key)
    if step == "cameras":
        return cameras_page(entered, here)
    if step == "contact" and entered.cameras:
        return reach_page(entered, here)
    if next_step(entered, here) != "/register/check":
        return html.redirect(next_step(entered, here))
    return check_page(draft, here)


def begun_page(draft: Draft, here: Jurisdiction) -> Response:
    return html.page("public/register_begun.html", draft=draft, next=next_step(draft.entered, here))


def person_page(entered: Entered, here: Jurisdiction, errors: Errors | None = None) -> Response:
    return html.page(
        "public/register_details.html",
        status=400 if errors else 200,
        entered=entered,
        errors=errors or {},
        asked=registration_forms.person_fields(here),
        premises=tuple(Premises),
    )


def one_camera(entered: Entered, here: Jurisdiction, key: str) -> Response:
    """Return the page of the camera of this key, of one that is not finished, or of a new one."""
    known = entered.camera(key) or next((one for one in entered.cameras if not one.done), None)
    if known is not None:
        return camera_page(entered, known, here)
    if len(entered.cameras) >= here.limits.cameras_per_form:
        return html.redirect("/register/cameras")
    return camera_page(entered, like_the_last(entered), here)


def like_the_last(entered: Entered) -> EnteredCamera:
    """Return a new camera at the place of the last one: most people's hang on one building."""
    if not entered.cameras:
        return EnteredCamera(key=camera_forms.new_key())
    return msgspec.structs.replace(
        entered.cameras[-1],
        key=camera_forms.new_key(),
        done=False,
        label="",
        heading="",
        view_angle="",
    )


def camera_page(
    entered: Entered, camera: EnteredCamera, here: Jurisdiction, errors: Errors | None = None
) -> Response:
    keys = [one.key for one in entered.cameras]
    return html.page(
        "public/register_camera.html",
        status=400 if errors else 200,
        entered=camera,
        errors=errors or {},
        number=keys.index(camera.key) + 1 if camera.key in keys else len(keys) + 1,
        others=len(entered.without_camera(camera.key).cameras),
        known=camera.key in keys,
        business=entered.premises == Premises.BUSINESS,
        choices=camera_forms.choices(camera, here),
        kinds=tuple(Kind),
    )


def cameras_page(entered: Entered, here: Jurisdiction) -> Response:
    if not entered.cameras:
        return html.redirect("/register/camera")
    return html.page(
        "public/register_cameras.html",
        cameras=shown(entered, here),
        business=entered.premises == Premises.BUSINESS,
        room=here.limits.cameras_per_form - len(entered.cameras),
        next=next_step(entered, here),
    )


def shown(
    entered: Entered, here: Jurisdiction
) -> tuple[tuple[EnteredCamera, CameraDetails | None], ...]:
    """Return each camera as it was typed and, once it is whole, as it would be registered."""
    return tuple((one, details_of(one, entered, here)) for one in entered.cameras)


def reach_page(entered: Entered, here: Jurisdiction, errors: Errors | None = None) -> Response:
    return html.page(
        "public/register_contact.html",
        status=400 if errors else 200,
        entered=entered,
        errors=errors or {},
        asked=registration_forms.reach_fields(here),
        names=names(here),
        spoken=entered.language or here.language,
    )


def names(here: Jurisdiction) -> list[tuple[str, str]]:
    """Return the languages letters can be written in, each in its readers' own word."""
    return [(code, languages.NAMES[code]) for code in here.languages]


def seen(draft: Draft) -> str:
    """Name what the last page shows: agreeing counts for these answers and this notice only."""
    return f"{draft.version}-{jurisdictions.notice().sha256}"


def check_page(  # noqa: PLR0913 - what is said above the page, all keyword-only
    draft: Draft,
    here: Jurisdiction,
    errors: Errors | None = None,
    *,
    changed: bool = False,
    wait: str = "",
    headers: html.Headers | None = None,
) -> Response:
    """Return the last step; after a wait the box that was ticked stays ticked."""
    status = TooManyRequests.status if wait else 400 if errors else 200
    return html.page(
        "public/register_check.html",
        status=409 if changed else status,
        headers=headers,
        entered=draft.entered,
        errors=errors or {},
        cameras=shown(draft.entered, here),
        room=here.limits.cameras_per_form - len(draft.entered.cameras),
        names=names(here),
        language=languages.NAMES[draft.entered.language or here.language],
        notice=jurisdictions.notice(),
        seen=seen(draft),
        contact=site_forms.contact_of(draft.entered),
        changed=changed,
        wait=wait,
    )


def wait_page(draft: Draft, here: Jurisdiction, left: timedelta) -> Response:
    """Ask somebody to wait, kindly: nothing they entered is lost."""
    seconds = int(left.total_seconds()) + 1
    return check_page(draft, here, wait=wait_words(seconds), headers={"Retry-After": str(seconds)})


def wait_words(seconds: int) -> str:
    if seconds < 60:  # noqa: PLR2004 - a minute
        return say("That was quick. Please wait a few seconds and press the button again.")
    return say(
        "Many forms have come from your network in the last hour. "
        "Please press the button again in an hour: what you entered is kept for you."
    )
