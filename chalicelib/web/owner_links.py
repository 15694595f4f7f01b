"""Pages straight from a letter: confirming, saying "still right", leaving. None needs a log-in.

A GET never changes anything, because mail scanners open links.
"""

from chalice.app import Response

from chalicelib import cameras, clock, evidence, registrations
from chalicelib.errors import StateConflict
from chalicelib.registrations.leaving import ENDED
from chalicelib.web import html, languages
from chalicelib.web.double_clicks import answered_alike
from chalicelib.web.requests import FORM, current, form, media_type
from chalicelib.web.routes import Routes

pages = Routes(__name__)
SHOWN_MOST = 20
"""Cameras on a page that only asks whether they are right; all are on the owner's own page."""


def ticked(name: str) -> bool:
    """Say whether a box was ticked, or a named button pressed; a bare button sends no fields."""
    return media_type(current()) == FORM and form(current()).one(name) == "yes"


@pages.get("/confirm/{token}")
def ask_to_confirm(token: str) -> Response:
    registration = registrations.of_confirm_link(token, now=clock.now())
    languages.prefer(registration.language)
    if registration.live and registration.new_contact is None:
        return html.page("owner/confirmed.html", registration=registration)
    owned = cameras.get(registration.camera_ids)
    return html.page(
        "owner/confirm.html",
        token=token,
        registration=registration,
        owned=owned[:SHOWN_MOST],
        unseen=max(len(owned) - SHOWN_MOST, 0),
        doubles=registrations.doubles_of(registration),
    )


@pages.post("/confirm/{token}")
def confirm(token: str) -> Response:
    """Confirm in the language of the page: the notice is agreed to as it was read there."""
    languages.prefer(registrations.of_confirm_link(token, now=clock.now()).language)
    return answered_alike(lambda: confirmed(token))


def confirmed(token: str) -> Response:
    registration = registrations.confirm(token, now=clock.now(), another=ticked("another"))
    languages.prefer(registration.language)
    return html.page("owner/confirmed.html", registration=registration)


@pages.post("/confirm/{token}/not-me")
def not_me(token: str) -> Response:
    registrations.not_me(token, now=clock.now())
    return html.page("owner/not_me.html")


@pages.get("/still-right/{token}")
def ask_whether_right(token: str) -> Response:
    """Show the entry and one button; this page can also lead to leaving."""
    registration = registrations.of_reconfirm_link(token, now=clock.now())
    languages.prefer(registration.language)
    owned = cameras.get(registration.camera_ids)
    return html.page(
        "owner/still_right.html",
        token=token,
        registration=registration,
        owned=owned[:SHOWN_MOST],
        unseen=max(len(owned) - SHOWN_MOST, 0),
    )


@pages.post("/still-right/{token}")
def still_right(token: str) -> Response:
    return answered_alike(lambda: reconfirmed(token))


def reconfirmed(token: str) -> Response:
    registration = registrations.reconfirm(
        token, now=clock.now(), stay_paused=ticked("stay_paused")
    )
    languages.prefer(registration.language)
    return html.page("owner/still_right_done.html", registration=registration)


@pages.get("/my/{token}/leave")
def ask_to_leave(token: str) -> Response:
    registration = registrations.of_leave_link(token, now=clock.now())
    languages.prefer(registration.language)
    return html.page("owner/leave.html", token=token, count=len(registration.camera_ids))


@pages.post("/my/{token}/leave")
def leave(token: str) -> Response:
    now = clock.now()
    registration = registrations.of_leave_link(token, now=now)
    languages.prefer(registration.language)
    by_mail = bool(registration.contact and registration.contact.email)
    try:
        registrations.leave(registration, now=now)
        evidence.owner_left(registration.id, now=now)
    except StateConflict:  # the other press of a double click was quicker; the sweep does the rest
        if registrations.standing(registration.id) not in ENDED:
            raise
    return html.page("owner/left.html", by_mail=by_mail)
