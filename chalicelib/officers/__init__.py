"""The people of the force: signing in, sessions, roles, and locking somebody out at once.

Passwords, second factors and groups live in the user pool (or the force's own directory behind
it); here is only a session row, read on every request. Officers see the answers of owners, never
the other way round: an owner learns an officer's name and force, nothing else.
"""

from chalicelib.officers.actions import (
    active_sessions,
    begin_sign_in,
    finish_sign_in,
    from_claims,
    reinstate,
    revoke,
    revoked_officers,
    session_of,
    sign_out,
)
from chalicelib.officers.model import NewSession, Officer, Revoked, Role, Session, SignIn

__all__ = [
    "NewSession",
    "Officer",
    "Revoked",
    "Role",
    "Session",
    "SignIn",
    "active_sessions",
    "begin_sign_in",
    "finish_sign_in",
    "from_claims",
    "reinstate",
    "revoke",
    "revoked_officers",
    "session_of",
    "sign_out",
]
