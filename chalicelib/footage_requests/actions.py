"""Reading requests, closing them, and the sweep that finishes what was interrupted."""

from dataclasses import replace
from datetime import datetime

from chalicelib import audit, cameras, jurisdictions
from chalicelib.aws.transaction import Transaction
from chalicelib.cameras.model import Camera
from chalicelib.errors import NotFound, StateConflict
from chalicelib.footage_requests import store
from chalicelib.footage_requests.model import (
    Counts,
    FootageRequest,
    RequestCheck,
    RequestState,
    counts_of,
)
from chalicelib.footage_requests.sending import CODE_SIGNS, complete, complete_reminder
from chalicelib.officers.model import Officer

SWEEP = "system:sweep"


def get(request_id: str) -> FootageRequest:
    """Return a request with its asks; raise NotFound."""
    request = store.get(request_id)
    if request is None:
        raise NotFound
    return request


def view(request_id: str, officer: Officer, *, now: datetime) -> FootageRequest:
    """Return a request for an officer to look at, and record that they did."""
    request = get(request_id)
    transaction = Transaction()
    audit.record(
        transaction,
        "request:view",
        chain=f"request#{request.id}",
        actor=officer.actor,
        now=now,
        case_number=request.incident.case_number,
        request_id=request.id,
    )
    transaction.commit()
    return request


def cameras_of(request: FootageRequest) -> dict[str, tuple[Camera, ...]]:
    """Return each asked owner's cameras, by registration; cameras hidden since are left out."""
    asked = [camera_id for ask in request.asks for camera_id in ask.camera_ids]
    found = [camera for camera in cameras.get(asked) if camera.visible] if asked else []
    return {
        ask.registration_id: tuple(one for one in found if one.id in ask.camera_ids)
        for ask in request.asks
    }


def list_open() -> tuple[FootageRequest, ...]:
    """Return what is open or still being sent, newest first."""
    waiting = store.listed(RequestState.SENDING) + store.listed(RequestState.OPEN)
    return _newest_first(waiting)


def list_closed() -> tuple[FootageRequest, ...]:
    """Return the latest closed requests, newest first."""
    return _newest_first(store.listed(RequestState.CLOSED))


def _newest_first(request_ids: tuple[str, ...]) -> tuple[FootageRequest, ...]:
    found = [store.get(request_id) for request_id in request_ids]
    there = [request for request in found if request is not None]
    return tuple(sorted(there, key=lambda request: request.sent_at, reverse=True))


def counts(request: FootageRequest) -> Counts:
    """Count a request's asks and answers."""
    return counts_of(request.asks)


def close(request_id: str, officer: Officer, *, now: datetime) -> FootageRequest:
    """End a request: its links open nothing any more."""
    request = get(request_id)
    if request.state is RequestState.CLOSED:
        raise StateConflict("This request is closed already.")
    return _close(request, officer.actor, "officer", now)


def _close(request: FootageRequest, actor: str, reason: str, now: datetime) -> FootageRequest:
    transaction = Transaction()
    store.change(transaction, replace(request, state=RequestState.CLOSED), now)
    audit.record(
        transaction,
        "request:close",
        chain=f"request#{request.id}",
        actor=actor,
        now=now,
        case_number=request.incident.case_number,
        request_id=request.id,
        reason=reason,
    )
    transaction.commit()
    return get(request.id)


def check_code(code: str, *, now: datetime) -> RequestCheck:
    """Tell anybody who holds a code that it is real: force and hours, no place, no case."""
    plain = "".join(sign for sign in code.upper() if sign in CODE_SIGNS)
    request_id = store.id_of_code(f"{plain[:4]}-{plain[4:]}")
    request = store.get(request_id) if request_id else None
    if request is None:
        raise NotFound("No request of this force has that code.")
    return RequestCheck(
        code=request.code,
        force=jurisdictions.current().force,
        starts_at=request.starts_at,
        ends_at=request.ends_at,
        own_times=request.own_times,
        sent_at=request.sent_at,
        open=not request.closed(now),
    )


def sweep(*, now: datetime) -> int:
    """Close what has run out, finish what was interrupted; return how many were touched."""
    waiting = (RequestState.SENDING, RequestState.OPEN)
    ids = [one for state in waiting for one in store.listed(state, oldest_first=True)]
    return sum(_sweep(request, now) for request in _newest_first(tuple(ids)))


def _sweep(request: FootageRequest, now: datetime) -> bool:
    try:
        if request.closed(now):
            _close(request, SWEEP, "expired", now)
            return True
        finished = complete_reminder(complete(request, now=now), now=now)
    except StateConflict:  # somebody works on it this moment: the next sweep looks again
        return False
    return finished.version != request.version
