"""What the `request` and `reminder` letters say, found from ids at the moment of sending."""

from datetime import datetime

from chalicelib import cameras, jurisdictions, links, registrations
from chalicelib.aws.transaction import Transaction
from chalicelib.errors import NotFound
from chalicelib.footage_requests import recorders, store
from chalicelib.footage_requests.model import (
    Ask,
    AskState,
    FootageRequest,
    first_overwritten,
)
from chalicelib.letters import LetterContext, OutboxRow, RequestValues
from chalicelib.links import url
from chalicelib.registrations import Registration, recipients


def context(row: OutboxRow, transaction: Transaction, now: datetime) -> LetterContext | None:
    """Write to an owner who is still asked; None once the request or the owner has gone."""
    request = store.get(row.subject_ids["request_id"])
    ask = store.ask(row.subject_ids["request_id"], row.subject_ids["registration_id"])
    if request is None or ask is None or request.closed(now) or _over(row, ask):
        return None
    to = row.subject_ids["to"]
    registration = _registration(ask.registration_id, to)
    if registration is None or registration.contact is None:
        return None
    address, name = recipients.addressed(registration.contact, to)
    return LetterContext(address, name, _values(request, ask, transaction, now))


def _over(row: OutboxRow, ask: Ask) -> bool:
    answered = ask.answer is not None and row.letter == "reminder"
    return answered or ask.state in {AskState.ENDED, AskState.BOUNCED}


def _registration(registration_id: str, to: str) -> Registration | None:
    """Return who may be written to: also who cannot be reached, if somebody else stands in."""
    try:
        registration = registrations.get(registration_id)
    except NotFound:
        return None
    stands_in = to == recipients.SECOND and registration.unreachable_since is not None
    return registration if registration.visible or (registration.live and stands_in) else None


def _values(
    request: FootageRequest, ask: Ask, transaction: Transaction, now: datetime
) -> RequestValues:
    jurisdiction = jurisdictions.current()
    owned = cameras.get(ask.camera_ids)
    first = first_overwritten(owned, ask)
    return RequestValues(
        officer=request.officer_name,
        code=request.code,
        check_url=url("/request-check"),
        case_number=request.incident.case_number,
        what_happened=request.what_happened,
        looking_for=request.looking_for,
        window=jurisdiction.window_words(ask.starts_at, ask.ends_at),
        cameras=tuple(recorders.camera_words(camera, jurisdiction) for camera in owned),
        overwritten=jurisdiction.day_words(first.starts_at) if first else "",
        overwritten_by=jurisdiction.day_words(first.surely_at) if first and first.surely_at else "",
        clocks=recorders.clock_lines(owned, ask, jurisdiction),
        clock_unknown=recorders.clock_unknown(owned, jurisdiction),
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
