"""Joining in four steps: you, your camera, how we may reach you, check and send."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec
from chalice.app import Response

from chalicelib import clock, jurisdictions, limits, pilots, registrations
from chalicelib.cameras import Premises
from chalicelib.errors import (
    InvalidInput,
    NotFound,
    OutsideJurisdiction,
    StateConflict,
    TooManyRequests,
)
from chalicelib.jurisdictions import Jurisdiction
from chalicelib.registrations import campaigns
from chalicelib.web import (
    camera_forms,
    drafts,
    html,
    register_pages,
    registration_forms,
    site_forms,
)
from chalicelib.web.camera_forms import camera_of, point_of
from chalicelib.web.double_clicks import answered_alike
from chalicelib.web.drafts import Draft
from chalicelib.web.entered import Entered, EnteredCamera
from chalicelib.web.register_pages import check_page, next_step
from chalicelib.web.requests import Form, current, form, query, visitor
from chalicelib.web.routes import Routes

HOUR = timedelta(hours=1)
DRAFTS_AN_HOUR = 60
SAVES_AN_HOUR = 1000
"""Of one draft: a hundred cameras typed by hand, each found on the map and corrected."""
QUICKEST = timedelta(seconds=3)
"""Nobody goes through four pages faster, but programs do."""
GUESSES_AN_HOUR = 20
"""Of an invite code, from one network."""
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
    draft = drafts.of(current(), now=clock.now())
    if draft is not None:
        return register_pages.begun_page(draft, here)
    return register_pages.person_page(Entered(source=source_of(query(current()).text("s"))), here)


@pages.get("/register/{step}")
def step(step: str) -> Response:
    here, now = jurisdictions.current(), clock.now()
    if step == "done":
        return html.page("public/done.html")
    if step not in register_pages.STEPS:
        raise NotFound
    draft = drafts.of(current(), now=now)
    if draft is not None:
        return register_pages.step_page(step, draft, here, query(current()).text("camera"))
    if step == "details":
        return register_pages.person_page(Entered(source=WEB), here)
    return without_draft(now)


@pages.post("/register")
def begin_again() -> Response:
    return take("details")


@pages.post("/register/{step}")
def take(step: str) -> Response:
    """Take one step; what another tab has done at the same moment is read again first."""
    if step not in TAKING:
        raise NotFound
    return answered_alike(
        lambda: TAKING[step](form(current()), jurisdictions.current(), clock.now())
    )


def take_person(sent: Form, here: Jurisdiction, now: datetime) -> Response:
    fields = registration_forms.read(sent, registration_forms.person_fields(here))
    draft = drafts.of(current(), now=now) or drafts.begun(now=now)
    tag = draft.entered.source or campaign_of(sent.text("source"))
    entered = msgspec.structs.replace(draft.entered, source=tag, **fields)
    try:
        registration_forms.check_person(entered, here)
        pilots.check_places(entered.invite_code, now=now)
    except InvalidInput as error:
        count_guess(error, now)
        return register_pages.person_page(entered, here, error.fields)
    kept = keep(draft.holding(entered), sent, now)
    path = "/register/camera" if not entered.cameras else next_step(entered, here)
    return html.redirect(path, headers={"Set-Cookie": kept.cookie})


def count_guess(error: InvalidInput, now: datetime) -> None:
    """Let nobody try out invite codes: people mistype one a few times."""
    if "invite_code" in error.fields:
        name = f"invite#{visitor(current(), now)}"
        limits.count(name, most=GUESSES_AN_HOUR, window=HOUR, now=now)


def take_camera(sent: Form, here: Jurisdiction, now: datetime) -> Response:
    draft = drafts.of(current(), now=now)
    if draft is None:
        return without_draft(now)
    before = draft.entered.camera(sent.text("camera_id")) or camera_to_add(sent)
    if before not in draft.entered.cameras and full(draft.entered, here):
        return html.redirect("/register/cameras")
    entered = camera_forms.read_camera(sent, here, before, now=now)
    try:
        found = camera_forms.placed(entered, sent, here)
        if found.done:
            camera_of(found, here, draft.entered.premises)
        return keep_camera(draft, found, sent, now)
    except OutsideJurisdiction:
        return outside(draft, camera_forms.located(entered, here), here)
    except InvalidInput as error:
        return register_pages.camera_page(draft.entered, entered, here, error.fields)


def keep_camera(draft: Draft, camera: EnteredCamera, sent: Form, now: datetime) -> Response:
    """Store the camera and go on: to the map, to one more camera, or to the next step."""
    entered = draft.entered.with_camera(camera)
    keep(draft.holding(entered), sent, now)
    if not camera.done:
        anchor = "put-the-pin" if camera.latitude else "chosen"
        return html.redirect(f"/register/camera?camera={camera.key}#{anchor}")
    if sent.one("action") == "another":
        return html.redirect("/register/camera")
    here = jurisdictions.current()
    several = len(entered.cameras) > 1 and next_step(entered, here) != "/register/check"
    return html.redirect("/register/cameras" if several else next_step(entered, here))


def camera_to_add(sent: Form) -> EnteredCamera:
    """Return an empty camera under the key its page was given, so that sending it twice is once."""
    key = sent.text("camera_id")
    known = camera_forms.KEY.fullmatch(key) is not None
    return EnteredCamera(key=key if known else camera_forms.new_key())


def full(entered: Entered, here: Jurisdiction) -> bool:
    return len(entered.cameras) >= here.limits.cameras_per_form


def remove_camera(sent: Form, here: Jurisdiction, now: datetime) -> Response:
    draft = drafts.of(current(), now=now)
    if draft is None:
        return without_draft(now)
    entered = draft.entered.without_camera(sent.text("camera_id"))
    keep(draft.holding(entered), sent, now)
    if not entered.cameras:
        return html.redirect("/register/camera")
    whole = next_step(entered, here) == "/register/check"
    return html.redirect("/register/check" if whole else "/register/cameras")


def take_reach(sent: Form, here: Jurisdiction, now: datetime) -> Response:
    draft = drafts.of(current(), now=now)
    if draft is None:
        return without_draft(now)
    fields = registration_forms.read(sent, registration_forms.reach_fields(here))
    entered = msgspec.structs.replace(draft.entered, **fields)
    try:
        registration_forms.check_reach(entered, here)
    except InvalidInput as error:
        return register_pages.reach_page(entered, here, error.fields)
    keep(draft.holding(entered), sent, now)
    return html.redirect(next_step(entered, here))


def take_check(sent: Form, here: Jurisdiction, now: datetime) -> Response:
    draft = drafts.of(current(), now=now)
    if draft is None:
        return without_draft(now)
    if next_step(draft.entered, here) != "/register/check":
        return html.redirect(next_step(draft.entered, here))
    if sent.one("agree") != "yes":
        return check_page(draft, here, {"agree": register_pages.DISAGREED})
    if sent.one("seen") != register_pages.seen(draft):
        return check_page(draft, here, changed=True)
    left = draft.begun_at + QUICKEST - now
    if left > timedelta(0):
        return register_pages.wait_page(draft, here, left)
    return send(draft, sent, here, now)


def send(draft: Draft, sent: Form, here: Jurisdiction, now: datetime) -> Response:
    """Hand the finished draft over, once: another tab or a second press finds it gone."""
    if registration_forms.trapped(sent):
        return html.redirect("/register/done")
    try:
        submit(draft, here, now)
    except TooManyRequests:
        return register_pages.wait_page(draft, here, HOUR)
    except InvalidInput as error:
        if "invite_code" not in error.fields:
            raise
        return register_pages.person_page(draft.entered, here, error.fields)
    except StateConflict:
        fresh = drafts.of(current(), now=now)
        return without_draft(now) if fresh is None else check_page(fresh, here, changed=True)
    pilots.count_time(draft.begun_at, now)
    return html.redirect("/register/done")


def submit(draft: Draft, here: Jurisdiction, now: datetime) -> None:
    entered, notice = draft.entered, jurisdictions.notice()
    registrations.submit(
        contact=site_forms.contact_of(entered),
        kind=Premises(entered.premises) if entered.premises else Premises.HOME,
        camera_details=[camera_of(one, here, entered.premises) for one in entered.cameras],
        notice_version=notice.version,
        notice_hash=notice.sha256,
        language=entered.language or here.language,
        invite_code=entered.invite_code,
        source=entered.source or WEB,
        visitor=visitor(current(), now),
        now=now,
        also=drafts.sending(draft, now=now),
    )


def start_again(sent: Form, here: Jurisdiction, now: datetime) -> Response:  # noqa: ARG001 - every step is called alike
    """Forget what was entered."""
    draft = drafts.of(current(), now=now)
    headers = {"Set-Cookie": drafts.forget(draft)} if draft else {}
    return html.redirect("/register", headers=headers)


def keep(draft: Draft, sent: Form, now: datetime) -> Draft:
    """Store the draft, unless a program filled it in or one network stores more than people do."""
    if registration_forms.trapped(sent):
        return draft
    if draft.version:
        name, most = f"draft#{drafts.digest_of(draft.token)}", SAVES_AN_HOUR
    else:
        name, most = f"drafts#{visitor(current(), now)}", DRAFTS_AN_HOUR
    limits.count(name, most=most, window=HOUR, now=now)
    return drafts.save(draft, now=now)


def without_draft(now: datetime) -> Response:
    """Lead back to the start, or to the end if this very form has just been sent."""
    return html.redirect("/register/done" if drafts.sent(current(), now=now) else "/register")


def outside(draft: Draft, camera: EnteredCamera, here: Jurisdiction) -> Response:
    """Refuse kindly and say where to go; forget the form, unless it has other cameras."""
    others = draft.entered.without_camera(camera.key).cameras
    headers = {} if others else {"Set-Cookie": drafts.forget(draft)}
    return html.page(
        "public/outside.html",
        status=422,
        headers=headers,
        neighbour=here.neighbour_for(point_of(camera.latitude, camera.longitude)),
        again="/register/cameras" if others else "/register",
    )


def source_of(text: str) -> str:
    """Return the tag of a poster or letter, or "web" for what is none of ours."""
    return text if SOURCE.fullmatch(text) else WEB


def campaign_of(text: str) -> str:
    """Return the tag of a campaign; anybody may print a code, but nobody is marked with another."""
    return text if campaigns.is_known(text) else WEB


TAKING: dict[str, Callable[[Form, Jurisdiction, datetime], Response]] = {
    "details": take_person,
    "camera": take_camera,
    "remove": remove_camera,
    "contact": take_reach,
    "check": take_check,
    "again": start_again,
}
