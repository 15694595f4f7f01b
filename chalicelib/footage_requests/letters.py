"""What the `request` and `reminder` letters say, found from ids at the moment of sending."""

from datetime import datetime

from chalicelib import cameras, jurisdictions, links, registrations
from chalicelib.aws.transaction import Transaction
from chalicelib.cameras.model import Camera
from chalicelib.errors import NotFound
from chalicelib.footage_requests import store
from chalicelib.footage_requests.model import (
    Ask,
    AskState,
    FootageRequest,
    first_overwritten,
)
from chalicelib.jurisdictions.model import Jurisdiction
from chalicelib.letters import LetterContext, OutboxRow, RequestValues
from chalicelib.links import url
from chalicelib.registrations import Registration


def context(row: OutboxRow, transaction: Transaction, now: datetime) -> LetterContext | None:
    """Write to an owner who is still asked; None once the request or the owner has gone."""
    request = store.get(row.subject_ids["request_id"])
    ask = store.ask(row.subject_ids["request_id"], row.subject_ids["registration_id"])
    if request is None or ask is None or request.closed(now) or _over(row, ask):
        return None
    registration = _registration(ask.registration_id)
    if registration is None or registration.contact is None:
        return None
    contact = registration.contact
    return LetterContext(contact.email, contact.name, _values(request, ask, transaction, now))


def _over(row: OutboxRow, ask: Ask) -> bool:
    answered = ask.answer is not None and row.letter == "reminder"
    return answered or ask.state in {AskState.ENDED, AskState.BOUNCED}


def _registration(registration_id: str) -> Registration | None:
    try:
        registration = registrations.get(registration_id)
    except NotFound:
        return None
    return registration if registration.visible else None


def _values(
    request: FootageRequest, ask: Ask, transaction: Transaction, now: datetime
) -> RequestValues:
    jurisdiction = jurisdictions.current()
    owned = cameras.get(ask.camera_ids)
    return RequestValues(
        officer=request.officer_name,
        code=request.code,
        check_url=url("/request-check"),
        case_number=request.incident.case_number,
        what_happened=request.what_happened,
        looking_for=request.looking_for,
        window=jurisdiction.window_words(ask.starts_at, ask.ends_at),
        cameras=tuple(_words_of(camera, jurisdiction) for camera in owned),
        overwritten=_overwritten(owned, ask, jurisdiction),
        reply_by=jurisdiction.day_words(request.reply_by),
        answer_url=url("/answer/{token}", token=answer_token(request, ask, transaction, now)),
    )


def answer_token(request: FootageRequest, ask: Ask, transaction: Transaction, now: datetime) -> str:
    """Issue a link that answers this ask until the request closes."""
    return links.issue(
        transaction,
        purpose=links.Purpose.ANSWER,
        subject=ask.subject,
        lives=request.closes_at - now,
        now=now,
    )


def _words_of(camera: Camera, jurisdiction: Jurisdiction) -> str:
    kind = jurisdiction.kind_words(camera.kind)
    return camera.label or kind or jurisdiction.words["camera_unnamed"]


def _overwritten(owned: tuple[Camera, ...], ask: Ask, jurisdiction: Jurisdiction) -> str:
    first = first_overwritten(owned, ask)
    return jurisdiction.day_words(first[1]) if first else ""
