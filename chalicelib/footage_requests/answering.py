"""What owners do with an ask, and what their leaving or a bounced letter does to it."""

from dataclasses import replace
from datetime import datetime

from chalicelib import audit, links, registrations
from chalicelib.aws.transaction import Transaction
from chalicelib.errors import InvalidInput, LinkGone, NotFound
from chalicelib.footage_requests import store
from chalicelib.footage_requests.model import Answer, Ask, AskState, FootageRequest
from chalicelib.registrations import Registration

NOTE_MOST = 500


def of_answer_link(token: str, *, now: datetime) -> tuple[FootageRequest, Ask, Registration]:
    """Return what an owner is asked, with nobody else's ask in it; LinkGone once that is over."""
    link = links.open_link(token, links.Purpose.ANSWER, now=now)
    request_id, _, registration_id = link.subject.partition("/")
    request = store.get(request_id)
    if request is None or request.closed(now):
        raise LinkGone
    own = _only(registration_id, request)
    registration = _live(registration_id)
    if not own.asks or own.asks[0].state is AskState.ENDED:
        raise LinkGone
    return own, own.asks[0], registration


def asked_of(registration_id: str) -> tuple[tuple[FootageRequest, Ask], ...]:
    """Return all an owner was asked, oldest first, with nobody else's ask in it."""
    found = [store.get(ask.request_id) for ask in store.asks_of(registration_id)]
    own = [_only(registration_id, request) for request in found if request is not None]
    return tuple((one, one.asks[0]) for one in sorted(own, key=lambda one: one.sent_at))


def _only(registration_id: str, request: FootageRequest) -> FootageRequest:
    own = tuple(ask for ask in request.asks if ask.registration_id == registration_id)
    return replace(request, asks=own)


def _live(registration_id: str) -> Registration:
    try:
        registration = registrations.get(registration_id)
    except NotFound as error:
        raise LinkGone from error
    if not registration.live:
        raise LinkGone
    return registration


def answer(token: str, answer: Answer, note: str, *, now: datetime) -> Ask:
    """Take an answer; until the request closes it may be changed as often as its owner likes.

    "Do not ask me again" pauses the registration first, so that it holds even if we crash.
    """
    request, ask, registration = of_answer_link(token, now=now)
    note = _checked_note(note)
    if answer is Answer.DO_NOT_ASK_AGAIN:
        actor = f"owner:{registration.id}"
        registrations.suppress(registration.id, now=now, actor=actor)
    changed = replace(ask, answer=Answer(answer), answered_at=now, note=note)
    transaction = Transaction()
    store.change_ask(transaction, changed, now)
    audit.record(
        transaction,
        "ask:answer",
        chain=f"ask#{ask.subject}",
        actor=f"owner:{registration.id}",
        now=now,
        case_number=request.incident.case_number,
        request_id=request.id,
        registration_id=registration.id,
        answer=answer,
    )
    transaction.commit()
    return replace(changed, version=ask.version + 1)


def _checked_note(note: str) -> str:
    lines = [" ".join(line.split()) for line in note.strip().splitlines()]
    if len(note) > NOTE_MOST or not all(line.isprintable() for line in lines):
        raise InvalidInput(fields={"note": f"Write at most {NOTE_MOST} signs."})
    return "\n".join(lines)


def owner_left(registration_id: str, *, now: datetime) -> tuple[str, ...]:
    """End every ask of an owner who has left, forget what they wrote; return all request ids."""
    asks = store.asks_of(registration_id)
    for ask in asks:
        if ask.state is not AskState.ENDED:
            transaction = Transaction()
            store.change_ask(transaction, replace(ask, state=AskState.ENDED, note=""), now)
            transaction.commit()
    return tuple(ask.request_id for ask in asks)


def note_mailed(request_id: str, registration_id: str, *, now: datetime) -> None:
    """Note that a letter left for this owner."""
    _note(request_id, registration_id, AskState.MAILED, now)


def note_bounced(request_id: str, registration_id: str, *, now: datetime) -> None:
    """Note that this owner cannot be reached: the one mailbox event officers see."""
    _note(request_id, registration_id, AskState.BOUNCED, now)


MAIL_BEFORE = {
    AskState.MAILED: {AskState.QUEUED},
    AskState.BOUNCED: {AskState.QUEUED, AskState.MAILED},
}
EVENTS = {AskState.MAILED: "ask:mailed", AskState.BOUNCED: "ask:bounce"}


def _note(request_id: str, registration_id: str, state: AskState, now: datetime) -> None:
    ask = store.ask(request_id, registration_id)
    if ask is None or ask.state not in MAIL_BEFORE[state]:
        return
    transaction = Transaction()
    store.change_ask(transaction, replace(ask, state=state), now)
    audit.record(
        transaction,
        EVENTS[state],
        chain=f"ask#{ask.subject}",
        actor="system:mail_events",
        now=now,
        request_id=request_id,
        registration_id=registration_id,
    )
    transaction.commit()
