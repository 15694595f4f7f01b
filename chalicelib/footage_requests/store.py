"""Requests, their asks and codes in the `requests` table; contact budgets in `limits`.

A request is the item `(id, "request")`, each ask `(id, "ask#<registration id>")`, and what an
owner types to check that a request is real leads to it through `("code#<code>", "code")`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from chalicelib import clock
from chalicelib.aws import reading
from chalicelib.aws.tables import LimitItem, RegistrationItem, RequestItem
from chalicelib.aws.transaction import Transaction
from chalicelib.footage_requests.model import (
    Answer,
    Ask,
    AskState,
    FootageRequest,
    Plan,
    Question,
    RequestState,
)
from chalicelib.incidents.model import Timed, incident_as_json, incident_from_json
from chalicelib.registrations.model import VISIBLE

REQUEST, CODE, ASK = "request", "code", "ask#"
MONTH = timedelta(days=30)
LISTED_MOST = 100


@dataclass(frozen=True, slots=True)
class Budget:
    """When one registration was asked during the last month."""

    registration_id: str
    asked: frozenset[str]
    tally: int


def put_new(transaction: Transaction, request: FootageRequest, plan: Plan) -> None:
    """Add a request whose asks are still to be written, and the code that leads to it."""
    item = _request_item(request)
    item.body = {**_body(request), "plan": _plan_body(plan)}
    transaction.put(item, RequestItem.request_id.does_not_exist())
    stamp = clock.stamp(request.sent_at)
    code = RequestItem(
        _code_key(request.code), CODE, state=CODE, created_at=stamp, changed_at=stamp
    )
    code.body = {"request_id": request.id}
    transaction.put(code, RequestItem.request_id.does_not_exist())


def change(transaction: Transaction, request: FootageRequest, now: datetime) -> None:
    """Write a request that differs from what was read; its plan stays as it is."""
    body = {**_body(request), "plan": _plan_body(plan_of(request.id))}
    actions = [
        RequestItem.state.set(request.state),
        RequestItem.listing.set(request.state),
        RequestItem.version.set(request.version + 1),
        RequestItem.changed_at.set(clock.stamp(now)),
        RequestItem.body.set(body),
    ]
    unchanged = RequestItem.version == request.version
    transaction.update(RequestItem(request.id, REQUEST), actions, unchanged)


def get(request_id: str) -> FootageRequest | None:
    """Return a request with all its asks as of all finished writes."""
    items = reading.every(lambda: RequestItem.query(request_id, consistent_read=True))
    whole = [item for item in items if item.part == REQUEST]
    asks = tuple(_ask_of(item) for item in items if item.part.startswith(ASK))
    return _request_of(whole[0], asks) if whole else None


def plan_of(request_id: str) -> Plan:
    """Return what a request asks whom: what was sent, not what would be sent now."""
    item = reading.one(RequestItem, request_id, REQUEST)
    plan = item.body["plan"] if item else {}
    return {
        owner: Question(tuple(asked["camera_ids"]), **_window_of(asked))
        for owner, asked in plan.items()
    }


def listed(state: RequestState, *, oldest_first: bool = False) -> tuple[str, ...]:
    """Return the ids of up to a hundred requests in `state`, newest first unless asked."""
    found = reading.every(
        lambda: RequestItem.listed.query(state, scan_index_forward=oldest_first, limit=LISTED_MOST)
    )
    return tuple(item.request_id for item in found)


def id_of_code(code: str) -> str | None:
    item = reading.one(RequestItem, _code_key(code), CODE)
    return str(item.body["request_id"]) if item else None


def put_ask(transaction: Transaction, ask: Ask, now: datetime) -> None:
    """Add an ask unless it is there, and only to an owner who can still be found."""
    item = _ask_item(ask, now)
    transaction.put(item, RequestItem.request_id.does_not_exist())
    visible = RegistrationItem.state.is_in(*sorted(VISIBLE))
    transaction.check(RegistrationItem, ask.registration_id, None, visible)


def ask(request_id: str, registration_id: str) -> Ask | None:
    item = reading.one(RequestItem, request_id, ASK + registration_id)
    return _ask_of(item) if item else None


def change_ask(transaction: Transaction, changed: Ask, now: datetime) -> None:
    """Write an ask that differs from what was read."""
    actions = [
        RequestItem.state.set(changed.state),
        RequestItem.version.set(changed.version + 1),
        RequestItem.changed_at.set(clock.stamp(now)),
        RequestItem.body.set(_ask_body(changed)),
    ]
    item = RequestItem(changed.request_id, ASK + changed.registration_id)
    transaction.update(item, actions, RequestItem.version == changed.version)


def asks_of(registration_id: str) -> tuple[Ask, ...]:
    """Return what one owner has been asked (through an index that may lag by a moment)."""
    keys = reading.every(lambda: RequestItem.of_registration.query(registration_id))
    found = [ask(key.request_id, registration_id) for key in keys]
    return tuple(one for one in found if one is not None)


def budget(registration_id: str, now: datetime) -> Budget:
    item = reading.one(LimitItem, _budget_key(registration_id))
    since = clock.stamp(now - MONTH)
    asked = frozenset(moment for moment in (item.members or ()) if moment > since) if item else ()
    return Budget(registration_id, frozenset(asked), int(item.tally) if item else 0)


def spend(transaction: Transaction, before: Budget, request_id: str, now: datetime) -> None:
    """Note one more contact; StateConflict if another request did so at the same moment."""
    item = LimitItem(_budget_key(before.registration_id), tally=before.tally + 1)
    item.members = {*before.asked, f"{clock.stamp(now)}#{request_id}"}
    item.expires = int((now + MONTH).timestamp())
    unchanged = LimitItem.tally == before.tally
    transaction.put(item, unchanged if before.tally else LimitItem.name.does_not_exist())


def _budget_key(registration_id: str) -> str:
    return f"contacts#{registration_id}"


def _code_key(code: str) -> str:
    return f"code#{code}"


def _request_item(request: FootageRequest) -> RequestItem:
    return RequestItem(
        request.id,
        REQUEST,
        state=request.state,
        listing=request.state,
        created_at=clock.stamp(request.sent_at),
        changed_at=clock.stamp(request.sent_at),
        sent_at=clock.stamp(request.sent_at),
    )


def _body(request: FootageRequest) -> dict[str, Any]:
    reminded_at = request.reminded_at
    return {
        "code": request.code,
        "incident": incident_as_json(request.incident),
        **_window_body(request),
        "looking_for": request.looking_for,
        "what_happened": request.what_happened,
        "reply_by": clock.stamp(request.reply_by),
        "officer_id": request.officer_id,
        "officer_name": request.officer_name,
        "closes_at": clock.stamp(request.closes_at),
        "reminded_at": clock.stamp(reminded_at) if reminded_at else None,
    }


def _plan_body(plan: Plan) -> dict[str, Any]:
    return {
        owner: {"camera_ids": list(question.camera_ids), **_window_body(question)}
        for owner, question in plan.items()
    }


def _window_body(window: Timed) -> dict[str, str]:
    return {"starts_at": clock.stamp(window.starts_at), "ends_at": clock.stamp(window.ends_at)}


def _window_of(body: Mapping[str, Any]) -> dict[str, datetime]:
    return {name: clock.moment(body[name]) for name in ("starts_at", "ends_at")}


def _request_of(item: RequestItem, asks: Iterable[Ask]) -> FootageRequest:
    body = item.body
    reminded_at = body["reminded_at"]
    return FootageRequest(
        id=item.request_id,
        code=body["code"],
        incident=incident_from_json(body["incident"]),
        **_window_of(body),
        looking_for=body["looking_for"],
        what_happened=body["what_happened"],
        reply_by=clock.moment(body["reply_by"]),
        officer_id=body["officer_id"],
        officer_name=body["officer_name"],
        sent_at=clock.moment(item.sent_at or item.created_at),
        state=RequestState(item.state),
        closes_at=clock.moment(body["closes_at"]),
        reminded_at=clock.moment(reminded_at) if reminded_at else None,
        version=int(item.version),
        asks=tuple(asks),
    )


def _ask_item(ask: Ask, now: datetime) -> RequestItem:
    return RequestItem(
        ask.request_id,
        ASK + ask.registration_id,
        state=ask.state,
        created_at=clock.stamp(now),
        changed_at=clock.stamp(now),
        registration_id=ask.registration_id,
        body=_ask_body(ask),
    )


def _ask_body(ask: Ask) -> dict[str, Any]:
    return {
        "camera_ids": list(ask.camera_ids),
        **_window_body(ask),
        "answer": ask.answer,
        "answered_at": clock.stamp(ask.answered_at) if ask.answered_at else None,
        "note": ask.note,
        "reminded": ask.reminded,
        "to": ask.to,
        "not_before": clock.stamp(ask.not_before) if ask.not_before else None,
    }


def _ask_of(item: RequestItem) -> Ask:
    body = item.body
    answered_at, not_before = body["answered_at"], body["not_before"]
    return Ask(
        request_id=item.request_id,
        registration_id=item.registration_id or "",
        camera_ids=tuple(body["camera_ids"]),
        **_window_of(body),
        state=AskState(item.state),
        answer=Answer(body["answer"]) if body["answer"] else None,
        answered_at=clock.moment(answered_at) if answered_at else None,
        note=body["note"],
        reminded=body["reminded"],
        version=int(item.version),
        to=body["to"],
        not_before=clock.moment(not_before) if not_before else None,
    )
