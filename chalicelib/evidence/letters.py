"""What the `receipt` letter says: the owner's own, independent copy of what arrived and when."""

from datetime import datetime

from chalicelib import footage_requests, jurisdictions, registrations
from chalicelib.aws.transaction import Transaction
from chalicelib.errors import NotFound
from chalicelib.evidence import store
from chalicelib.evidence.model import REMOVABLE, Clip, ClipState
from chalicelib.footage_requests import FootageRequest
from chalicelib.footage_requests.letters import answer_token
from chalicelib.letters import LetterContext, OutboxRow, ReceiptValues
from chalicelib.links import url

KILO = 1000
UNITS = ("bytes", "kB", "MB", "GB")


def context(row: OutboxRow, transaction: Transaction, now: datetime) -> LetterContext | None:
    """Write to the owner of a clip that has arrived; None if clip or owner has gone."""
    clip = store.get(row.subject_ids["clip_id"])
    if clip is None or clip.sha256 is None or clip.state is ClipState.REMOVED:
        return None
    try:
        registration = registrations.get(clip.registration_id)
    except NotFound:
        return None
    if not registration.live or registration.contact is None:
        return None
    request = footage_requests.get(clip.request_id)
    values = _values(request, clip, transaction, now)
    return LetterContext(registration.contact.email, registration.contact.name, values)


def _values(
    request: FootageRequest, clip: Clip, transaction: Transaction, now: datetime
) -> ReceiptValues:
    arrived_at = clip.arrived_at or now
    return ReceiptValues(
        code=request.code,
        case_number=request.incident.case_number,
        file_name=clip.file_name,
        size=size_words(clip.size or 0),
        sha256=clip.sha256 or "",
        arrived=jurisdictions.current().moment_words(arrived_at),
        answer_url=_answer_url(request, clip, transaction, now),
    )


def _answer_url(
    request: FootageRequest, clip: Clip, transaction: Transaction, now: datetime
) -> str:
    asks = [ask for ask in request.asks if ask.registration_id == clip.registration_id]
    if request.closed(now) or clip.state not in REMOVABLE or not asks:
        return ""
    token = answer_token(request, asks[0], transaction, now)
    return url("/answer/{token}", token=token)


def size_words(size: int) -> str:
    """Say a size as people do: 43 MB, 1.2 GB."""
    step = 0
    while size >= KILO ** (step + 1) and step < len(UNITS) - 1:
        step += 1
    digits = 1 if UNITS[step] == "GB" else 0
    return f"{size / KILO**step:.{digits}f} {UNITS[step]}"
