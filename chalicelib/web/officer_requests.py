"""Writing a request with the letter beside it, sending it, and following what comes back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from chalice.app import Response

from chalicelib import clock, evidence, footage_requests, incidents, jurisdictions
from chalicelib.errors import InvalidInput
from chalicelib.footage_requests import Counts, Draft, FootageRequest, Wording
from chalicelib.incidents import Search
from chalicelib.officers import Role
from chalicelib.web import html
from chalicelib.web.guards import session, signed_in
from chalicelib.web.officer_cameras import row_of
from chalicelib.web.officer_freshness import fresh_words
from chalicelib.web.officer_html import SEARCHERS, officer_page
from chalicelib.web.officer_results import purpose_words, results, window_words
from chalicelib.web.officer_tracking import Tracking
from chalicelib.web.requests import Form, current, form, query
from chalicelib.web.routes import Routes, json_response

REPLY_DAYS = 3
END_OF_DAY = "23:59"
MULTILINE = ("what_happened", "looking_for")
DONE = {
    "sent": "Sent. Each owner gets one letter; answers appear here.",
    "reminded": "Reminders are on their way.",
    "closed": "The request is closed.",
}

pages = Routes(__name__)


@dataclass(frozen=True, slots=True)
class Listed:
    """A request in the list."""

    request: FootageRequest
    counts: Counts
    purpose: str

    @property
    def answered(self) -> int:
        """Return how many owners have said something."""
        return self.counts.will_share + self.counts.nothing_seen + self.counts.cannot_help


@pages.post("/officer/searches/{search_id}/request")
@signed_in(*SEARCHERS)
def write_page(search_id: str) -> Response:
    found = incidents.view(search_id, session().officer, now=clock.now())
    fields = form(current())
    try:
        return writing(found, drafted(found, fields), typed(fields), {})
    except InvalidInput as error:
        if "camera_ids" not in error.fields:
            raise
        return results(found, error.fields, status=error.status)


@pages.post("/officer/searches/{search_id}/preview")
@signed_in(*SEARCHERS)
def preview(search_id: str) -> Response:
    officer, now = session().officer, clock.now()
    incident = incidents.incident_of(search_id, officer, now=now)
    values = typed(form(current()))
    letter = footage_requests.preview(incident, as_far_as_written(values, now), officer=officer)
    return json_response({"subject": letter.subject, "body": letter.text})


@pages.post("/officer/requests")
@signed_in(*SEARCHERS)
def send() -> Response:
    fields, now = form(current()), clock.now()
    values = typed(fields)
    try:
        sent = footage_requests.send(
            fields.one("search_id"),
            fields.many("camera"),
            what_happened=values["what_happened"],
            looking_for=values["looking_for"],
            reply_by=reply_by_of(values["reply_by"]),
            officer=session().officer,
            now=now,
        )
    except InvalidInput as error:
        return not_sent(fields, error)
    return html.redirect(f"/officer/requests/{sent.id}?done=sent")


@pages.get("/officer/requests")
@signed_in(*SEARCHERS)
def list_page() -> Response:
    return officer_page(
        "requests.html",
        here="requests",
        open_rows=[listed(request) for request in footage_requests.list_open()],
        closed_rows=[listed(request) for request in footage_requests.list_closed()],
    )


@pages.get("/officer/requests/{request_id}")
@signed_in(*SEARCHERS)
def tracking_page(request_id: str) -> Response:
    officer, now = session().officer, clock.now()
    request = footage_requests.view(request_id, officer, now=now)
    tracking = Tracking(
        request=request,
        cameras=footage_requests.cameras_of(request),
        clips=tuple(evidence.clips_of(request.id)),
        jurisdiction=jurisdictions.current(),
        now=now,
        fresh=fresh_words((ask.registration_id for ask in request.asks), now),
    )
    return officer_page("request.html", here="requests", **tracked(tracking))


@pages.post("/officer/requests/{request_id}/remind")
@signed_in(*SEARCHERS)
def remind(request_id: str) -> Response:
    footage_requests.remind(request_id, session().officer, now=clock.now())
    return html.redirect(f"/officer/requests/{request_id}?done=reminded")


@pages.post("/officer/requests/{request_id}/close")
@signed_in(*SEARCHERS)
def close(request_id: str) -> Response:
    footage_requests.close(request_id, session().officer, now=clock.now())
    return html.redirect(f"/officer/requests/{request_id}?done=closed")


def tracked(tracking: Tracking) -> dict[str, Any]:
    """Return what the page of one request shows."""
    request, officer = tracking.request, session().officer
    remindable = tracking.remindable() if request.officer_id == officer.id else 0
    return {
        "request": request,
        "purpose": purpose_words(request.incident, tracking.jurisdiction),
        "rows": tracking.rows(),
        "boxes": tracking.boxes(),
        "remindable": remindable,
        "closed": request.closed(tracking.now),
        "may_open_clips": Role.CLERK in officer.roles,
        "said": DONE.get(query(current()).one("done"), ""),
    }


def listed(request: FootageRequest) -> Listed:
    counts = footage_requests.counts(request)
    return Listed(request, counts, purpose_words(request.incident, jurisdictions.current()))


def typed(fields: Form) -> dict[str, str]:
    """Return the letter's fields as typed; a new letter has a day for the reply."""
    values = {name: fields.text(name, multiline=True) for name in MULTILINE}
    return values | {"reply_by": fields.text("reply_by") or usual_reply(clock.now())}


def usual_reply(now: datetime) -> str:
    """Suggest a few days: most people answer within two, and recorders overwrite."""
    jurisdiction = jurisdictions.current()
    days = min(REPLY_DAYS, jurisdiction.limits.request_open_days)
    return jurisdiction.date_text(now + timedelta(days=days))


def reply_by_of(text: str) -> datetime:
    """Read the last day for a reply as its end."""
    try:
        return jurisdictions.current().parse_moment(text, END_OF_DAY)
    except InvalidInput as error:
        raise InvalidInput(fields={"reply_by": error.fields.get("date", "")}) from error


def as_far_as_written(values: Mapping[str, str], now: datetime) -> Wording:
    """Fill what is still missing, so that a letter can be shown from the first word on."""
    try:
        reply_by = reply_by_of(values["reply_by"])
    except InvalidInput:
        reply_by = reply_by_of(usual_reply(now))
    what_happened = " ".join(values["what_happened"].split()) or "…"
    return Wording(what_happened, " ".join(values["looking_for"].split()), reply_by)


def drafted(found: Search, fields: Form) -> Draft:
    officer, now = session().officer, clock.now()
    return footage_requests.draft(found, fields.many("camera"), officer=officer, now=now)


def not_sent(fields: Form, error: InvalidInput) -> Response:
    """Show the form again with everything that was written."""
    found = incidents.view(fields.one("search_id"), session().officer, now=clock.now())
    errors = error.fields or {"camera_ids": error.sentence}
    draft = drafted(found, fields)
    return writing(found, draft, typed(fields), errors, status=error.status)


def freshness(draft: Draft, now: datetime) -> Mapping[str, str]:
    """Say of each camera how fresh its owner's entry is."""
    words = fresh_words(draft.plan, now)
    return {one.id: words.get(one.registration_id, "") for one in draft.cameras}


def writing(
    found: Search,
    draft: Draft,
    values: Mapping[str, str],
    errors: Mapping[str, str],
    *,
    status: int = 200,
) -> Response:
    """Answer with the form and, beside it, the letter."""
    jurisdiction, officer, now = jurisdictions.current(), session().officer, clock.now()
    able = {camera.id for camera in draft.cameras}
    chosen = [result for result in found.shown if result.camera_id in able]
    wording = as_far_as_written(values, now)
    return officer_page(
        "write.html",
        here="search",
        status=status,
        search=found,
        purpose=purpose_words(found.incident, jurisdiction),
        window=window_words(found.incident, jurisdiction),
        draft=draft,
        fresh=freshness(draft, now),
        rows=[row_of(result, found.incident, jurisdiction) for result in chosen],
        first_lost=min((one.overwritten_at for one in chosen if not one.gone), default=None),
        letter=footage_requests.preview(found.incident, wording, officer=officer),
        values=values,
        errors=errors,
    )
