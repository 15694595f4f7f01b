"""What all officers' pages share: the bar with the places a role may go to, tags, file sizes."""

from dataclasses import dataclass
from typing import Any

from chalice.app import Response

from chalicelib.officers import Officer, Role
from chalicelib.web import html
from chalicelib.web.guards import session

SEARCHERS = (Role.OFFICER, Role.SUPERVISOR)
KILO = 1000


@dataclass(frozen=True, slots=True)
class Place:
    """One of the officers' pages as the bar names it."""

    id: str
    words: str
    path: str
    roles: tuple[Role, ...]


PLACES = (
    Place("search", "Search", "/officer/search", SEARCHERS),
    Place("requests", "Requests", "/officer/requests", SEARCHERS),
    Place("clips", "Clips", "/officer/clips", (Role.CLERK,)),
    Place("audit", "Audit", "/officer/audit", (Role.AUDITOR,)),
    Place("people", "People", "/officer/people", (Role.SUPERVISOR,)),
    Place("register", "Register", "/officer/register", (Role.COORDINATOR,)),
)


@dataclass(frozen=True, slots=True)
class Tag:
    """A word in a coloured box; the word alone says it all."""

    colour: str
    words: str


def officer_page(
    template: str,
    *,
    here: str,
    status: int = 200,
    **values: Any,  # noqa: ANN401 - whatever the template names
) -> Response:
    """Answer with an officers' page."""
    current = session()
    return html.page(
        f"officer/{template}",
        status=status,
        session=current,
        places=places_of(current.officer),
        here=here,
        **values,
    )


def places_of(officer: Officer) -> tuple[Place, ...]:
    """Return the pages an officer's roles open."""
    return tuple(place for place in PLACES if officer.roles & set(place.roles))


def counted(number: int, thing: str) -> str:
    """Say 1 home or 1,200 homes."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def size_words(size: int | None) -> str:
    """Say a file's size: 640 MB."""
    number, units = float(size or 0), ["bytes", "kB", "MB", "GB"]
    while number >= KILO and len(units) > 1:
        number, units = number / KILO, units[1:]
    digits = 1 if number < 10 and units[0] != "bytes" else 0  # noqa: PLR2004 - one digit and a decimal
    return f"{number:.{digits}f} {units[0]}"
