"""Joining in three steps: how to reach you, where the camera is, check and send."""

import re
from datetime import datetime, timedelta

import msgspec
from chalice.app import Response

from chalicelib import clock, jurisdictions, limits, registrations
from chalicelib.cameras import Kind, Premises
from chalicelib.errors import InvalidInput, NotFound
from chalicelib.jurisdictions import Jurisdiction
from chalicelib.registrations import Contact
from chalicelib.web import drafts, html, registration_forms
from chalicelib.web.drafts import Draft, Entered
from chalicelib.web.registration_forms import camera_of, point_of
from chalicelib.web.requests import current, form, query, visitor
from chalicelib.web.routes import Routes

FORMS_AN_HOUR = 120
SOURCE = re.compile(r"[a-z0-9-]{1,40}")
WEB = "web"

pages = Routes(__name__)


@pages.get("/r")
def from_code() -> Response:
    """Begin where a printed code was scanned; its source tag tells the force which one works."""
    return html.redirect(f"/register?s={source_of(query(current()).text('s'))}")


@pages.get("/register")
def begin() -> Response:
    here = jurisdictions.current()
    found = drafts.of(current(), now=clock.now())
    entered = found.entered if found else Entered()
    if not entered.source:
        tag = source_of(query(current()).text("s"))
        entered = msgspec.structs.replace(entered, source=tag)
    return details_page(entered, here)


@pages.get("/register/{step}")
def step(step: str) -> Response:
    if step == "done":
        return html.page("public/done.html")
    if step == "details":
        return begin()
    found = drafts.of(current(), now=clock.now())
    if step not in {"camera", "check"}:
        raise NotFound
    if found is None:
        return html.redirect("/register")
    here = jurisdictions.current()
    if step == "camera" or not complete(found.entered, here):
        return camera_page(found.entered, here)
    return check_page(found.entered, here)


@pages.post("/register")
def begin_again() -> Response:
    return take_details(clock.now())


@pages.post("/register/{step}")
def take(step: str) -> Response:
    now = clock.now()
    taking = {"details": take_details, "camera": take_camera, "check": take_check}
    if step not in taking:
        raise NotFound
    return taking[step](now)


def take_details(now: datetime) -> Response:
    here = jurisdictions.current()
    sent = form(current())
    fields = registration_forms.read_details(sent, here)
    draft = drafts.of(current(), now=now) or drafts.begun()
    tag = draft.entered.source or source_of(sent.text("source"))
    entered = msgspec.structs.replace(draft.entered, source=tag, **fields)
    try:
        registration_forms.check_details(entered, here)
    except InvalidInput as error:
        return details_page(entered, here, error.fields)
    keep(Draft(draft.token, entered), now)
    after = "/register/check" if complete(entered, here) else "/register/camera"
    return html.redirect(after, headers={"Set-Cookie": draft.cookie})


def take_camera(now: datetime) -> Response:
    here = jurisdictions.current()
    draft = drafts.of(current(), now=now)
    if draft is None:
        return html.redirect("/register")
    sent = form(current())
    fields = registration_forms.read_camera(sent, here, draft.entered)
    entered = msgspec.structs.replace(draft.entered, **fields)
    try:
        found = registration_forms.located(fields, here)
        entered = msgspec.structs.replace(entered, **found)
        if not here.covers(point_of(entered.latitude, entered.longitude)):
            return outside_page(draft, entered, here)
        if sent.one("action") != "find":
            camera_of(entered, here)
    except InvalidInput as error:
        return camera_page(entered, here, error.fields)
    keep(Draft(draft.token, entered), now)
    if sent.one("action") == "find":
        return html.redirect("/register/camera#put-the-pin")
    return html.redirect("/register/check")


def take_check(now: datetime) -> Response:
    here = jurisdictions.current()
    draft = drafts.of(current(), now=now)
    if draft is None or not complete(draft.entered, here):
        return html.redirect("/register")
    if form(current()).one("agree") != "yes":
        sentence = "Tick the box if you agree, or close this page if you do not"
        return check_page(draft.entered, here, {"agree": sentence})
    submit(draft.entered, here, now)
    return html.redirect("/register/done", headers={"Set-Cookie": drafts.forget(draft)})


def submit(entered: Entered, here: Jurisdiction, now: datetime) -> None:
    """Hand the finished draft over."""
    registrations.submit(
        contact=Contact(entered.name, entered.email, entered.phone),
        kind=Premises(entered.premises) if entered.premises else Premises.HOME,
        camera_details=(camera_of(entered, here),),
        notice_version=here.texts.notice_version,
        notice_hash="",
        language=here.language,
        invite_code=entered.invite_code,
        source=entered.source or WEB,
        visitor=visitor(current(), now),
        now=now,
    )


def keep(draft: Draft, now: datetime) -> None:
    """Store the draft, unless one visitor stores more than people do."""
    name = f"draft#{visitor(current(), now)}"
    limits.count(name, most=FORMS_AN_HOUR, window=timedelta(hours=1), now=now)
    drafts.save(draft, now=now)


def source_of(text: str) -> str:
    """Return the tag of a poster or letter, or "web" for what is none of ours."""
    return text if SOURCE.fullmatch(text) else WEB


def complete(entered: Entered, here: Jurisdiction) -> bool:
    """Return whether both steps hold what registering needs."""
    try:
        registration_forms.check_details(entered, here)
        camera_of(entered, here)
    except InvalidInput:
        return False
    return True


def details_page(
    entered: Entered, here: Jurisdiction, errors: dict[str, str] | None = None
) -> Response:
    return html.page(
        "public/register_details.html",
        status=400 if errors else 200,
        entered=entered,
        errors=errors or {},
        asked=registration_forms.contact_fields(here),
        premises=tuple(Premises),
    )


def camera_page(
    entered: Entered, here: Jurisdiction, errors: dict[str, str] | None = None
) -> Response:
    several = jurisdictions.find(entered.place, here) if "place" in (errors or {}) else ()
    return html.page(
        "public/register_camera.html",
        status=400 if errors else 200,
        entered=entered,
        errors=errors or {},
        choices=several if len(several) > 1 else (),
        kinds=tuple(Kind),
    )


def check_page(
    entered: Entered, here: Jurisdiction, errors: dict[str, str] | None = None
) -> Response:
    return html.page(
        "public/register_check.html",
        status=400 if errors else 200,
        entered=entered,
        errors=errors or {},
        camera=camera_of(entered, here),
        notice=here.texts.notice,
    )


def outside_page(draft: Draft, entered: Entered, here: Jurisdiction) -> Response:
    """Refuse kindly, say where to go, and forget everything that was entered."""
    point = point_of(entered.latitude, entered.longitude)
    cookie = drafts.forget(draft)
    return html.page(
        "public/outside.html",
        status=422,
        headers={"Set-Cookie": cookie},
        neighbour=here.neighbour_for(point),
        again="/register",
    )
