"""Who may do what, and how long a sign-in lasts."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)
"""`seen_at` is written at most this often: a page with ten pictures is one visit."""
SIGN_IN_LIVES = timedelta(minutes=10)


class Role(StrEnum):
    """What a person may do; the force's directory says it with group names."""

    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    CLERK = "clerk"
    COORDINATOR = "coordinator"
    AUDITOR = "auditor"


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody of the force, as their directory describes them."""

    id: str
    name: str
    number: str
    roles: frozenset[Role]

    @property
    def actor(self) -> str:
        """Return how the audit log names them."""
        return f"officer:{self.id}"


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in browser; only the digest of its cookie is stored."""

    digest: str
    officer: Officer
    csrf: str
    created_at: datetime
    seen_at: datetime

    def lives(self, now: datetime) -> bool:
        """Return whether neither the idle nor the absolute time is over."""
        return now < self.seen_at + IDLE and now < self.created_at + ABSOLUTE


@dataclass(frozen=True, slots=True)
class SignIn:
    """A sign-in under way: where the browser goes next and the cookie that ties it to us."""

    authorize_url: str
    cookie: str


@dataclass(frozen=True, slots=True)
class NewSession:
    """A finished sign-in: the cookie to set and the page that was asked for first."""

    cookie: str
    session: Session
    return_to: str


@dataclass(frozen=True, slots=True)
class Revoked:
    """An officer who is locked out of this register at once, whatever the directory says."""

    officer_id: str
    name: str
    by: str
    at: datetime


def roles_of(groups: object) -> frozenset[Role]:
    """Read Cognito's groups, a list or (through API Gateway) comma or space separated text."""
    if isinstance(groups, str):
        names = groups.strip("[]").replace(",", " ").split()
    elif isinstance(groups, (list, tuple)):
        names = [name for name in groups if isinstance(name, str)]
    else:
        names = []
    return frozenset(Role(name) for name in names if name in set(Role))


def local_path(return_to: str) -> str:
    """Return the officer page asked for; anything that could leave this site becomes the start."""
    inside = return_to == "/officer" or return_to.startswith(("/officer/", "/officer?"))
    plain = return_to.isascii() and return_to.isprintable() and "\\" not in return_to
    return return_to if inside and plain and "//" not in return_to else "/officer"
