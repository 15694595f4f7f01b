"""Officers for tests of pages and the API: a browser's session, a program's claims."""

from datetime import timedelta
from types import SimpleNamespace

from chalicelib import clock
from chalicelib.aws import cognito
from chalicelib.aws.transaction import Transaction
from chalicelib.officers import Officer, Role, Session, store

CSRF = "the-csrf-token-of-the-session"


def an_officer(*roles, officer_id="o-17"):
    return Officer(officer_id, "Pat Reed", "4417", frozenset(roles or {Role.OFFICER}))


def a_session(*roles, cookie="cookie-of-pat", now=None, officer_id="o-17"):
    """Sign somebody in behind the scenes and return what their browser would send."""
    at = now or clock.now()
    officer = an_officer(*roles, officer_id=officer_id)
    transaction = Transaction()
    store.put_session(transaction, Session(store.digest_of(cookie), officer, CSRF, at, at))
    transaction.commit()
    header = {"Cookie": f"__Host-officer={cookie}"}
    return SimpleNamespace(cookie=cookie, headers=header, csrf=CSRF, officer=officer)


def claims_of(*roles, now=None, **changed):
    """Return claims as API Gateway hands them on: everything is text."""
    expires = (now or clock.now()) + timedelta(minutes=30)
    return {
        "sub": "o-17",
        "cognito:username": "preed",
        "cognito:groups": ",".join(roles or (Role.OFFICER,)),
        "name": "Pat Reed",
        "iss": cognito.issuer(),
        "aud": "client",
        "token_use": "id",
        "exp": str(int(expires.timestamp())),
        **changed,
    }
