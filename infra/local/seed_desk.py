"""Invented people without e-mail, an old list and a campaign, for the coordinator's desk."""

from datetime import datetime, timedelta

from chalicelib import jurisdictions, registrations
from chalicelib.cameras.model import CameraDetails, Kind, Premises
from chalicelib.errors import InvalidInput, NotFound
from chalicelib.geo import Point, destination
from chalicelib.jurisdictions import Jurisdiction, addresses
from chalicelib.officers import Officer, Role
from chalicelib.registrations import Contact, campaigns, importing
from chalicelib.registrations.importing import Origin
from chalicelib.registrations.listed_people import Listed
from chalicelib.registrations.model import Paper, Reach

COORDINATOR = Officer("demo-coordinator", "Kim Sayer", "3350", frozenset({Role.COORDINATOR}))
ON_PAPER = (
    ("papera2papera", Contact("Agnes Thorne", "", "", Reach.LETTER, "14 Weir Street\nApartment 2")),
    ("papera3papera", Contact("Walter Finch", "", "785-555-0147", Reach.PHONE)),
    ("papera4papera", Contact("The Hollands", "", "", Reach.LETTER, "3 Millrace Street")),
)
OLD_LIST = (
    Contact("Edith Marsh", "edith.marsh@residents.example"),
    Contact("Oscar Reed", "oscar.reed@residents.example", "785-555-0163"),
    Contact("Ruth Calder", "", "", Reach.LETTER, "27 Orchard Lane"),
)
CAMPAIGNS = (("library-2026", "Library notice board"), ("block-watch", "Block Watch meetings"))


def fill(here: Jurisdiction, now: datetime) -> int:
    """Add what is missing; return how many people that were."""
    for tag, words in CAMPAIGNS:
        try:
            campaigns.get(tag)
        except NotFound:
            campaigns.add(tag, words, actor=COORDINATOR.actor, now=now)
    return _enter_papers(here, now) + _run_list(here, now)


def _enter_papers(here: Jurisdiction, now: datetime) -> int:
    if not here.paper_entry:
        return 0
    missing = [one for one in enumerate(ON_PAPER) if not _is_there(one[1][0])]
    given = jurisdictions.notice(here)
    for place, (entry, contact) in missing:
        registrations.enter_paper(
            contact=contact,
            kind=Premises.HOME,
            camera_details=(_camera(here, 40.0 + 50 * place, 300),),
            paper=Paper(
                (now - timedelta(days=3)).date().isoformat(),
                "records room, folder 1",
                COORDINATOR.id,
                "letter",
            ),
            language=here.language,
            notice_version=given.version,
            notice_hash=given.sha256,
            source="paper",
            registration_id=entry,
            now=now,
        )
    return len(missing)


def _is_there(registration_id: str) -> bool:
    try:
        registrations.get(registration_id)
    except NotFound:
        return False
    return True


def _run_list(here: Jurisdiction, now: datetime) -> int:
    """Run the old list once; the second time it is finished already."""
    listed = [
        Listed(line, contact, Premises.HOME, _camera(here, 100.0 * line, 450))
        for line, contact in enumerate(OLD_LIST, 2)
    ]
    day = (now - timedelta(days=900)).date().isoformat()
    origin = Origin("Watch scheme list", "They were told that it may move here", day)
    before = len(importing.every())
    try:
        importing.run(
            "invented list",
            listed,
            origin,
            officer=COORDINATOR,
            language=here.language,
            now=now,
        )
    except InvalidInput:
        return 0
    return len(listed) if not before else 0


def _camera(here: Jurisdiction, bearing: float, metres: float) -> CameraDetails:
    point = _inside(here, bearing, metres)
    line = addresses.nearest(point, here, 80)
    address = line.line if line else None
    if here.fields == "minimal":
        return CameraDetails(point, address=address)
    return CameraDetails(point, address=address, kind=Kind.DOORBELL, label="Front door")


def _inside(here: Jurisdiction, bearing: float, metres: float) -> Point:
    """Return a place that far off the middle, or nearer if that is another force's."""
    point = destination(here.map.centre, bearing, metres)
    return point if here.covers(point) else here.map.centre
