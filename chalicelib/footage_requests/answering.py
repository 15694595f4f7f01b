"""What owners do with an ask, and what their leaving does to it."""

from dataclasses import replace
from datetime import datetime

from chalicelib import audit, links, registrations
from chalicelib.aws.transaction import Transaction
from chalicelib.errors import InvalidInput, LinkGone, NotFound
from chalicelib.footage_requests import store
from chalicelib.footage_requests.model import Answer, Ask, AskState, FootageRequest
from chalicelib.language import say
from chalicelib.registrations import Registration
from chalicelib.registrations.model import has_control

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
    return _take(request, ask, answer, note, actor=f"owner:{registration.id}", now=now)


def answer_by_phone(  # noqa: PLR0913 - whose answer to what, who took it down, when
    request_id: str,
    registration_id: str,
    answer: Answer,
    note: str,
    *,
    actor: str,
    now: datetime,
) -> Ask:
    """Take an answer that an owner gave to a coordinator, under the coordinator's name."""
    request, ask = store.get(request_id), store.ask(request_id, registration_id)
    if request is None or request.closed(now) or ask is None or ask.state is AskState.ENDED:
        raise LinkGone(say("This request is closed, or the owner has left."))
    return _take(request, ask, answer, note, actor=actor, now=now)


def _take(  # noqa: PLR0913 - which ask, its answer, whose and when
    request: FootageRequest, ask: Ask, answer: Answer, note: str, *, actor: str, now: datetime
) -> Ask:
    note = _checked_note(note)
    if answer is Answer.DO_NOT_ASK_AGAIN:
        registrations.suppress(ask.registration_id, now=now, actor=actor)
    changed = replace(ask, answer=Answer(answer), answered_at=now, note=note)
    transaction = Transaction()
    store.change_ask(transaction, changed, now)
    audit.record(
        transaction,
        "ask:answer",
        chain=f"ask#{ask.subject}",
        actor=actor,
        now=now,
        case_number=request.incident.case_number,
        request_id=request.id,
        registration_id=ask.registration_id,
        answer=answer,
    )
    transaction.commit()
    return replace(changed, version=ask.version + 1)


def _checked_note(note: str) -> str:
    lines = [" ".join(line.split()) for line in note.strip().splitlines()]
    if len(note) > NOTE_MOST or any(has_control(line) for line in lines):
        sentence = say("Write at most %(most)s characters", most=NOTE_MOST)
        raise InvalidInput(fields={"note": sentence})
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
