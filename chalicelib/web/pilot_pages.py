"""Pages for testers: two questions that nobody is known by, and staying after the test run."""

import re
import secrets
from datetime import datetime, timedelta

from chalice.app import Response

from chalicelib import clock, jurisdictions, limits, pilots
from chalicelib.errors import InvalidInput, NotFound
from chalicelib.language import say
from chalicelib.pilots import Ease, Feedback, Moment, Recommend
from chalicelib.registrations import Registration, pilot_end
from chalicelib.web import html, languages
from chalicelib.web.double_clicks import answered_alike
from chalicelib.web.requests import Form, current, form, visitor
from chalicelib.web.routes import Routes

ANSWERS_AN_HOUR = 20
HOUR = timedelta(hours=1)
ONCE = re.compile(r"[A-Za-z0-9_-]{16,40}")
THANKS = "thanks"

pages = Routes(__name__)


@pages.get("/feedback/{moment}")
def ask_for_feedback(moment: str) -> Response:
    require_pilot()
    if moment == THANKS:
        return html.page("public/feedback_thanks.html")
    return feedback_page(moment_of(moment), {}, {"once": secrets.token_urlsafe(16)})


@pages.post("/feedback/{moment}")
def take_feedback(moment: str) -> Response:
    """Count two answers; nothing is kept of who gave them, and no cookie is set."""
    require_pilot()
    asked, now, sent = moment_of(moment), clock.now(), form(current())
    try:
        feedback = feedback_of(asked, sent)
    except InvalidInput as error:
        given = {name: sent.text(name)[:40] for name in ("ease", "recommend", "once")}
        return feedback_page(asked, error.fields, given)
    name = f"feedback#{visitor(current(), now)}"
    limits.count(name, most=ANSWERS_AN_HOUR, window=HOUR, now=now)
    pilots.give_feedback(feedback, once=once_of(sent), now=now)
    return html.redirect(f"/feedback/{THANKS}")


@pages.get("/my/{token}/keep")
def ask_to_stay(token: str) -> Response:
    registration = of_keep_link(token, clock.now())
    if pilot_end.stays(registration):
        return html.page("owner/stays.html")
    return keep_page(token, {})


@pages.post("/my/{token}/keep")
def stay(token: str) -> Response:
    return answered_alike(lambda: take_choice(token))


def take_choice(token: str) -> Response:
    registration = of_keep_link(token, clock.now())
    if form(current()).one("agree") != "yes":
        return keep_page(token, {"agree": say("Tick the box if you agree, or close this page")})
    keep(registration)
    return html.page("owner/stays.html")


def of_keep_link(token: str, now: datetime) -> Registration:
    """Return whose link this is, and speak their language: what they agree to is in it."""
    registration = pilot_end.of_keep_link(token, now=now)
    languages.prefer(registration.language)
    return registration


def keep(registration: Registration) -> None:
    """Let somebody stay, on the notice as they have just read it."""
    here, notice = jurisdictions.current(), jurisdictions.notice()
    pilot_end.keep(
        registration,
        notice_version=notice.version,
        notice_hash=notice.sha256,
        language=here.language,
        now=clock.now(),
    )


def keep_page(token: str, errors: dict[str, str]) -> Response:
    return html.page("owner/keep.html", status=400 if errors else 200, token=token, errors=errors)


def feedback_page(moment: Moment, errors: dict[str, str], given: dict[str, str]) -> Response:
    return html.page(
        "public/feedback.html",
        status=400 if errors else 200,
        moment=moment,
        errors=errors,
        given=given,
    )


def feedback_of(moment: Moment, sent: Form) -> Feedback:
    """Read both answers; raise InvalidInput naming each that is missing."""
    ease, recommend = sent.one("ease"), sent.one("recommend")
    wrong: dict[str, str] = {}
    if ease not in set(Ease):
        wrong["ease"] = say("Select how easy it was")
    if recommend not in set(Recommend):
        wrong["recommend"] = say("Select whether you would recommend it")
    if wrong:
        raise InvalidInput(fields=wrong)
    return Feedback(moment, Ease(ease), Recommend(recommend))


def once_of(sent: Form) -> str:
    """Return the page's own random text, or a new one where somebody has changed it."""
    once = sent.one("once")
    return once if ONCE.fullmatch(once) else secrets.token_urlsafe(16)


def moment_of(text: str) -> Moment:
    if text not in set(Moment):
        raise NotFound
    return Moment(text)


def require_pilot() -> None:
    """Only a test run asks for feedback."""
    if not jurisdictions.current().pilot:
        raise NotFound
