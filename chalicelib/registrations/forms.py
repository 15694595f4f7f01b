"""What every new registration has to pass: the fields, the area, the room, the letters."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from chalicelib import jurisdictions, limits
from chalicelib.cameras.model import CameraDetails
from chalicelib.errors import LimitExceeded, OutsideJurisdiction
from chalicelib.language import say
from chalicelib.registrations import sites, store
from chalicelib.registrations.model import Contact, check_minimal

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
LETTERS_AN_HOUR = 3
LETTERS_A_DAY = 10
FORMS_AN_HOUR = 20


def count_form(visitor: str, now: datetime) -> None:
    """Let nobody send forms all day; `visitor` is a hash of where they come from."""
    limits.count(f"form#{visitor}", most=FORMS_AN_HOUR, window=HOUR, now=now)


def count_letter(email: str, now: datetime) -> None:
    """Let nobody be flooded with letters they did not ask for."""
    name = f"letter#{store.passing_digest(email, now)}"
    limits.count(name, most=LETTERS_AN_HOUR, window=HOUR, now=now)
    limits.count(name, most=LETTERS_A_DAY, window=DAY, now=now)


def check_contact(contact: Contact) -> Contact:
    """Return the contact tidy; refuse what nobody can use and what the programme does not keep."""
    return sites.checked(contact, minimal=jurisdictions.current().fields == "minimal")


def check_all(camera_details: Iterable[CameraDetails]) -> None:
    """Refuse cameras outside the area, or with more than the programme keeps."""
    for details in camera_details:
        check_details(details)


def check_details(details: CameraDetails) -> None:
    """Refuse a camera outside the area, or with more than the programme keeps."""
    here = jurisdictions.current()
    if here.fields == "minimal":
        check_minimal(details)
    if here.covers(details.point):
        return
    neighbour = here.neighbour_for(details.point)
    raise OutsideJurisdiction(f"{here.texts.outside} {neighbour.words}" if neighbour else "")


def check_room(cameras: Sequence[object]) -> None:
    """Refuse more cameras than one registration may have."""
    most = jurisdictions.current().limits.cameras_per_registration
    if len(cameras) > most:
        raise LimitExceeded(say("One registration can have at most %(most)s cameras.", most=most))
