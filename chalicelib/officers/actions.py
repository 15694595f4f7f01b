"""Signing in and out, and locking somebody out."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from datetime import datetime

from chalicelib import audit, settings
from chalicelib.aws import cognito
from chalicelib.aws.transaction import Transaction
from chalicelib.errors import Forbidden, NotSignedIn, StateConflict
from chalicelib.officers import claims as tokens
from chalicelib.officers import store
from chalicelib.officers.model import (
    SEEN_EVERY,
    NewSession,
    Officer,
    Revoked,
    Session,
    SignIn,
    local_path,
)

NO_ROLE = "Your account has no role in this programme. Ask your supervisor to add one."
NO_SECOND_FACTOR = (
    "Your account has no second factor yet. Set up an authenticator app, then sign in again."
)
LOCKED_OUT = "Your access to this register has been withdrawn. Speak to your supervisor."
TOO_LATE = "That sign-in was not finished in time. Please sign in again."


def begin_sign_in(*, return_to: str, now: datetime) -> SignIn:
    """Prepare a sign-in: only the browser that holds the cookie can finish it, once."""
    cookie = secrets.token_urlsafe(32)
    started = store.StartedSignIn(
        digest=store.digest_of(cookie),
        state=secrets.token_urlsafe(32),
        nonce=secrets.token_urlsafe(32),
        verifier=secrets.token_urlsafe(48),
        return_to=local_path(return_to),
        created_at=now,
    )
    transaction = Transaction()
    store.put_sign_in(transaction, started)
    transaction.commit()
    url = cognito.authorize_url(
        state=started.state, nonce=started.nonce, challenge=_challenge(started.verifier)
    )
    return SignIn(url, cookie)


def finish_sign_in(cookie: str, code: str, state: str, *, now: datetime) -> NewSession:
    """Turn the pool's code into a session; refusals of known officers are recorded."""
    started = _started(cookie, state, now)
    claims = tokens.payload(cognito.id_token(code, started.verifier))
    tokens.check(claims, now=now)
    tokens.check_nonce(claims, started.nonce)
    officer = tokens.officer_of(claims)
    if sentence := _refusal(officer, claims):
        _record_refused(officer, sentence, now)
        raise Forbidden(sentence)
    new_cookie, session = _new_session(officer, now)
    return NewSession(new_cookie, session, started.return_to)


def _started(cookie: str, state: str, now: datetime) -> store.StartedSignIn:
    started = store.sign_in(store.digest_of(cookie))
    if started is None or not started.lives(now):
        raise NotSignedIn(TOO_LATE)
    if not hmac.compare_digest(started.state.encode(), state.encode()):
        raise NotSignedIn(TOO_LATE)
    _use_up(started)
    return started


def _use_up(started: store.StartedSignIn) -> None:
    transaction = Transaction()
    store.end(transaction, started.digest, must_exist=True)
    try:
        transaction.commit()
    except StateConflict as error:
        raise NotSignedIn(TOO_LATE) from error


def _refusal(officer: Officer, claims: Mapping[str, object]) -> str:
    if store.is_revoked(officer.id):
        return LOCKED_OUT
    if not officer.roles:
        return NO_ROLE
    username = str(claims.get("cognito:username") or officer.id)
    # The pool asks for a second factor too, but lets accounts in that never set one up.
    if settings.current().officer_mfa and not cognito.second_factors(username):
        return NO_SECOND_FACTOR
    return ""


def _record_refused(officer: Officer, sentence: str, now: datetime) -> None:
    transaction = Transaction()
    reasons = {LOCKED_OUT: "revoked", NO_ROLE: "no_role", NO_SECOND_FACTOR: "no_second_factor"}
    audit.record(
        transaction,
        "officer:refused",
        chain=_chain(officer.id),
        actor=officer.actor,
        now=now,
        reason=reasons[sentence],
    )
    transaction.commit()


def _new_session(officer: Officer, now: datetime) -> tuple[str, Session]:
    cookie = secrets.token_urlsafe(32)
    session = Session(store.digest_of(cookie), officer, secrets.token_urlsafe(32), now, now)
    transaction = Transaction()
    store.put_session(transaction, session)
    audit.record(
        transaction,
        "officer:sign_in",
        chain=_chain(officer.id),
        actor=officer.actor,
        now=now,
        roles=sorted(officer.roles),
    )
    transaction.commit()
    return cookie, session


def session_of(cookie: str, *, now: datetime) -> Session | None:
    """Return the live session of this cookie, or None; a revoked officer has none."""
    session = store.session(store.digest_of(cookie)) if cookie else None
    if session is None or not session.lives(now) or store.is_revoked(session.officer.id):
        return None
    if now >= session.seen_at + SEEN_EVERY:
        return _seen(session, now)
    return session


def _seen(session: Session, now: datetime) -> Session | None:
    transaction = Transaction()
    store.see(transaction, session.digest, now)
    try:
        transaction.commit()
    except StateConflict:  # signed out, or seen by another page, at this very moment
        return store.session(session.digest)
    return session


def sign_out(session: Session, *, now: datetime) -> str:
    """End the session here and return the address that ends it at the pool too."""
    transaction = Transaction()
    store.end(transaction, session.digest)
    audit.record(
        transaction,
        "officer:sign_out",
        chain=_chain(session.officer.id),
        actor=session.officer.actor,
        now=now,
    )
    transaction.commit()
    return cognito.logout_url()


def from_claims(claims: Mapping[str, object], *, now: datetime) -> Officer:
    """Return the officer behind claims that API Gateway's authorizer has verified."""
    tokens.check(claims, now=now)
    officer = tokens.officer_of(claims)
    if sentence := _refusal(officer, claims):
        raise Forbidden(sentence)
    return officer


def revoke(officer_id: str, *, by: Officer, now: datetime) -> None:
    """Lock an officer out: their next request is refused, whatever the directory says."""
    if officer_id == by.id:
        raise Forbidden("You cannot withdraw your own access.")
    name = next((one.officer.name for one in store.sessions() if one.officer.id == officer_id), "")
    transaction = Transaction()
    store.mark_revoked(transaction, Revoked(officer_id, name, by.id, now))
    store.end_all(transaction, officer_id)
    _record_by(transaction, "officer:revoke", officer_id, by=by, now=now)
    transaction.commit()


def reinstate(officer_id: str, *, by: Officer, now: datetime) -> None:
    """Let an officer sign in again; sessions from before stay ended."""
    if not store.is_revoked(officer_id):
        raise StateConflict
    transaction = Transaction()
    store.unmark_revoked(transaction, officer_id)
    store.end_all(transaction, officer_id)
    _record_by(transaction, "officer:reinstate", officer_id, by=by, now=now)
    transaction.commit()


def active_sessions(*, now: datetime) -> tuple[Session, ...]:
    """Return the sessions that live, the one seen last first."""
    alive = [session for session in store.sessions() if session.lives(now)]
    return tuple(sorted(alive, key=lambda session: session.seen_at, reverse=True))


def revoked_officers() -> tuple[Revoked, ...]:
    """Return who is locked out, the latest first."""
    return tuple(sorted(store.revoked(), key=lambda one: one.at, reverse=True))


def _record_by(
    transaction: Transaction, event: str, officer_id: str, *, by: Officer, now: datetime
) -> None:
    audit.record(
        transaction,
        event,
        chain=_chain(officer_id),
        actor=by.actor,
        now=now,
        officer_id=officer_id,
    )


def _chain(officer_id: str) -> str:
    return f"officer#{officer_id}"


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
