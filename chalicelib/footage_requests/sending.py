"""Sending a request and its one reminder, so that a crash loses nothing and repeats nothing.

First one transaction writes the request with its plan (who is asked about which cameras and which
window) and the disclosure into the audit log. Then each owner's ask, letter and contact budget are
one transaction of their own under a key made from request and owner: done twice it fails, left out
it is made up for by the next sweep, and an owner who leaves at that moment stops only their own
ask. Ids of requests come from what is sent, so pressing the button twice sends once.
"""

import base64
import hashlib
import secrets
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from chalicelib import audit, jurisdictions, registrations
from chalicelib.aws.transaction import Transaction
from chalicelib.errors import Forbidden, InvalidInput, NotFound, StateConflict
from chalicelib.footage_requests import addressing, store
from chalicelib.footage_requests.drafting import Wording, checked, drafted, name_of
from chalicelib.footage_requests.model import (
    Ask,
    AskState,
    Draft,
    FootageRequest,
    Question,
    RequestState,
    hull,
)
from chalicelib.incidents import store as searches
from chalicelib.incidents.checks import check
from chalicelib.officers.model import Officer
from chalicelib.registrations.model import VISIBLE

CODE_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""No I, O, 0 or 1: people read the code out on the telephone."""
ID_BYTES = 10
ID_LENGTH = 13
NOBODY = "None of these cameras can be asked about any more."


def send(  # noqa: PLR0913 - everything a request consists of, all keyword-only but two
    search_id: str,
    camera_ids: Iterable[str],
    *,
    what_happened: str,
    looking_for: str,
    reply_by: datetime,
    officer: Officer,
    now: datetime,
) -> FootageRequest:
    """Ask the owners of these cameras; the same again returns the request already sent."""
    saved = _saved(search_id, officer, now)
    chosen = tuple(sorted(set(camera_ids)))
    wording = Wording(what_happened, looking_for, reply_by)
    request_id = _id_from(saved.id, officer.id, *chosen, what_happened, looking_for)
    if (sent := store.get(request_id)) is not None:
        return complete(sent, now=now)
    wording = checked(wording, now=now)
    check(saved.incident, jurisdictions.current(), officer.roles, now)
    draft = drafted(saved.incident, chosen, saved.camera_ids, now=now)
    if not draft.cameras:
        raise InvalidInput(NOBODY, {"camera_ids": NOBODY})
    request = new_request(request_id, draft, wording, officer, now)
    return complete(begin(request, draft, saved.id, officer), now=now)


def _saved(search_id: str, officer: Officer, now: datetime) -> searches.SavedSearch:
    saved = searches.get(search_id, now)
    if saved is None or saved.officer_id != officer.id:
        raise NotFound
    return saved


def new_request(
    request_id: str,
    draft: Draft,
    wording: Wording,
    officer: Officer,
    now: datetime,
) -> FootageRequest:
    """Return a request of which nothing has been written yet."""
    starts_at, ends_at = hull(draft.plan.values())
    return FootageRequest(
        id=request_id,
        code=_new_code(),
        incident=draft.incident,
        starts_at=starts_at,
        ends_at=ends_at,
        looking_for=wording.looking_for,
        what_happened=wording.what_happened,
        reply_by=wording.reply_by,
        officer_id=officer.id,
        officer_name=name_of(officer),
        sent_at=now,
        state=RequestState.SENDING,
        closes_at=now + timedelta(days=jurisdictions.current().limits.request_open_days),
        reminded_at=None,
        version=1,
        asks=(),
    )


def begin(
    request: FootageRequest, draft: Draft, search_id: str, officer: Officer
) -> FootageRequest:
    """Write the request down with its plan: from here on it will be sent, whatever happens."""
    transaction = Transaction()
    store.put_new(transaction, request, draft.plan)
    audit.record(
        transaction,
        "request:send",
        chain=f"request#{request.id}",
        actor=officer.actor,
        now=request.sent_at,
        case_number=request.incident.case_number,
        request_id=request.id,
        search_id=search_id,
        purpose=request.incident.purpose,
        camera_ids=[camera.id for camera in draft.cameras],
        registration_ids=list(draft.plan),
    )
    try:
        transaction.commit()
    except StateConflict:
        return _there(request.id)  # the same button, pressed twice at once
    return request


def complete(request: FootageRequest, *, now: datetime) -> FootageRequest:
    """Write the asks that are still missing, then open the request."""
    if request.state is not RequestState.SENDING or request.closed(now):
        return request
    plan = store.plan_of(request.id)
    done = [ask_owner(request, owner, question, now) for owner, question in plan.items()]
    if not all(done):
        return _there(request.id)
    transaction = Transaction()
    store.change(transaction, replace(request, state=RequestState.OPEN), now)
    with suppress(StateConflict):  # a sweep beside us has done the same
        transaction.commit()
    return _there(request.id)


def ask_owner(
    request: FootageRequest, registration_id: str, question: Question, now: datetime
) -> bool:
    """Ask one owner, unless they have left or were asked too often; False: try again later."""
    budget = store.budget(registration_id, now)
    if len(budget.asked) >= jurisdictions.current().limits.contacts_per_30_days:
        return True
    ask = _new_ask(request.id, registration_id, question)
    ask = addressing.addressed(request, ask, addressing.REQUEST, now)
    transaction = Transaction()
    store.put_ask(transaction, ask, now)
    store.spend(transaction, budget, request.id, now)
    addressing.post(transaction, addressing.REQUEST, ask, now)
    try:
        transaction.commit()
    except StateConflict:
        there = store.ask(request.id, registration_id) is not None
        return there or registrations.standing(registration_id) not in VISIBLE
    return True


def _new_ask(request_id: str, registration_id: str, question: Question) -> Ask:
    return Ask(
        request_id=request_id,
        registration_id=registration_id,
        camera_ids=question.camera_ids,
        starts_at=question.starts_at,
        ends_at=question.ends_at,
        state=AskState.QUEUED,
        answer=None,
        answered_at=None,
        note="",
        reminded=False,
        version=1,
    )


def remind(request_id: str, officer: Officer, *, now: datetime) -> FootageRequest:
    """Write once more, and only once, to those who have not answered."""
    request = _open(request_id, now)
    if request.officer_id != officer.id:
        raise Forbidden("Only the officer who sent a request can send its reminder.")
    if request.reminded_at is not None:
        raise StateConflict("One reminder has been sent already; there is no second one.")
    silent = [ask for ask in request.asks if _may_remind(ask)]
    transaction = Transaction()
    store.change(transaction, replace(request, reminded_at=now), now)
    audit.record(
        transaction,
        "request:remind",
        chain=f"request#{request.id}",
        actor=officer.actor,
        now=now,
        case_number=request.incident.case_number,
        request_id=request.id,
        registration_ids=[ask.registration_id for ask in silent],
    )
    transaction.commit()
    return complete_reminder(_there(request.id), now=now)


def complete_reminder(request: FootageRequest, *, now: datetime) -> FootageRequest:
    """Post the reminders that are still missing."""
    if request.reminded_at is None or request.closed(now):
        return request
    for ask in request.asks:
        if _may_remind(ask):
            _remind(request, ask, now)
    return _there(request.id)


def _may_remind(ask: Ask) -> bool:
    reachable = ask.state in {AskState.QUEUED, AskState.MAILED}
    return reachable and ask.answer is None and not ask.reminded


def _remind(request: FootageRequest, ask: Ask, now: datetime) -> None:
    reminded = addressing.addressed(request, ask, addressing.REMINDER, now)
    transaction = Transaction()
    store.change_ask(transaction, replace(reminded, reminded=True), now)
    addressing.post(transaction, addressing.REMINDER, reminded, now)
    with suppress(StateConflict):  # answered or left at this moment
        transaction.commit()


def _open(request_id: str, now: datetime) -> FootageRequest:
    request = _there(request_id)
    if request.closed(now):
        raise StateConflict("This request is closed.")
    return request


def _there(request_id: str) -> FootageRequest:
    request = store.get(request_id)
    if request is None:
        raise NotFound
    return request


def _id_from(*parts: str) -> str:
    digest = hashlib.sha256("\0".join(parts).encode()).digest()[:ID_BYTES]
    return base64.b32encode(digest).decode().lower()[:ID_LENGTH]


def _new_code() -> str:
    signs = [secrets.choice(CODE_SIGNS) for _ in range(8)]
    return "".join(signs[:4]) + "-" + "".join(signs[4:])
