"""To whom the letters of an ask go and when, and what follows from news of them."""

from dataclasses import replace
from datetime import datetime

from chalicelib import audit, cameras, jurisdictions, letters, registrations
from chalicelib.aws.transaction import Transaction
from chalicelib.errors import NotFound
from chalicelib.footage_requests import store
from chalicelib.footage_requests.model import Ask, AskState, FootageRequest, first_overwritten
from chalicelib.registrations import Contact, recipients

REQUEST, REMINDER = "request", "reminder"
EVENTS = {AskState.MAILED: "ask:mailed", AskState.BOUNCED: "ask:bounce"}
MAIL_BEFORE = {
    AskState.MAILED: {AskState.QUEUED},
    AskState.BOUNCED: {AskState.QUEUED, AskState.MAILED},
}


def addressed(request: FootageRequest, ask: Ask, letter: str, now: datetime) -> Ask:
    """Return the ask with whom its next letter goes to, and until when that has to wait."""
    contact = _contact(ask.registration_id)
    if contact is None:
        return ask
    here = jurisdictions.current()
    purpose = here.purpose(request.incident.purpose)
    chosen = recipients.of(
        contact,
        now,
        here.zone,
        again=letter == REMINDER,
        lost_at=_lost_at(ask) if contact.quiet_from else None,
        at_once=purpose is not None and purpose.at_once,
    )
    return replace(
        ask, to=chosen.to, not_before=chosen.not_before if chosen.not_before > now else None
    )


def post(transaction: Transaction, letter: str, ask: Ask, now: datetime) -> None:
    """Put the ask's letter in the outbox; who reads it is written with it."""
    letters.post(
        transaction,
        letter,
        recipient=ask.registration_id,
        subject_ids={
            "request_id": ask.request_id,
            "registration_id": ask.registration_id,
            "to": ask.to,
        },
        now=now,
        not_before=ask.not_before,
    )


def note_mailed(
    request_id: str, registration_id: str, to: str = recipients.OWNER, *, now: datetime
) -> None:
    """Note that a letter left for this owner, or for who reads letters for them."""
    ask = store.ask(request_id, registration_id)
    if ask is not None and ask.to == to:
        _note(ask, AskState.MAILED, now)


def note_bounced(
    request_id: str,
    registration_id: str,
    to: str = recipients.OWNER,
    *,
    letter: str = REQUEST,
    now: datetime,
) -> None:
    """Write to whoever is next, or note that nobody can be reached: all officers see of it.

    News of somebody we no longer wait for changes nothing, so it may be told as often as it likes.
    """
    ask = store.ask(request_id, registration_id)
    if ask is None or ask.to != to or ask.state not in MAIL_BEFORE[AskState.BOUNCED]:
        return
    following = _following(ask, letter, now) if ask.answer is None else None
    if following is None:
        _note(ask, AskState.BOUNCED, now)
        return
    transaction = Transaction()
    waits = _until(ask, letter, now)
    changed = replace(ask, state=AskState.QUEUED, to=following, not_before=waits)
    _record(transaction, changed, AskState.BOUNCED, now)
    post(transaction, letter, changed, now)
    transaction.commit()


def _until(ask: Ask, letter: str, now: datetime) -> datetime | None:
    """Return when quiet hours end in which the news of a letter came."""
    request = store.get(ask.request_id)
    return addressed(request, ask, letter, now).not_before if request else None


def _following(ask: Ask, letter: str, now: datetime) -> str | None:
    contact = _contact(ask.registration_id)
    if contact is None:
        return None
    zone = jurisdictions.current().zone
    return recipients.after(contact, ask.to, now, zone, again=letter == REMINDER)


def _note(ask: Ask, state: AskState, now: datetime) -> None:
    if ask.state not in MAIL_BEFORE[state]:
        return
    transaction = Transaction()
    _record(transaction, replace(ask, state=state), state, now)
    transaction.commit()


def _record(transaction: Transaction, changed: Ask, news: AskState, now: datetime) -> None:
    store.change_ask(transaction, changed, now)
    audit.record(
        transaction,
        EVENTS[news],
        chain=f"ask#{changed.subject}",
        actor="system:mail_events",
        now=now,
        request_id=changed.request_id,
        registration_id=changed.registration_id,
    )


def _lost_at(ask: Ask) -> datetime | None:
    first = first_overwritten(cameras.get(ask.camera_ids), ask)
    return first[1] if first else None


def _contact(registration_id: str) -> Contact | None:
    try:
        return registrations.get(registration_id).contact
    except NotFound:
        return None
