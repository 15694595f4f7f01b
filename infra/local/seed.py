"""Invented owners, cameras and one request, so that every page has something to show.

Runs with a deployed function's environment and goes through the same actions as the pages do.
The seed is fixed and everything already there is passed over: running it again adds nothing.
"""

import os
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import boto3

from chalicelib import clock, footage_requests, incidents, jurisdictions, links, registrations
from chalicelib import settings as deployment
from chalicelib.aws.transaction import Transaction
from chalicelib.cameras.model import CameraDetails, Kind, Premises
from chalicelib.errors import SightlineError
from chalicelib.footage_requests import Answer, FootageRequest
from chalicelib.footage_requests.letters import answer_token
from chalicelib.geo import Circle, Point, bearing, destination
from chalicelib.incidents import Incident
from chalicelib.jurisdictions import Jurisdiction, Place, addresses
from chalicelib.officers import Officer, Role
from chalicelib.registrations import Contact
from chalicelib.registrations.store import digest_of
from infra.local import seed_desk

OWNERS = 120
HARDLY_PLACED = 4
"""More owners, who came by paper form without a map: their place is that of a postcode."""
POSTCODE_M = 900
MOST_CAMERAS = 3
SPREAD_M = 1200
FIRST = [
    "Ada",
    "Ben",
    "Cleo",
    "Dev",
    "Elin",
    "Finn",
    "Gwen",
    "Hugo",
    "Iris",
    "Jonas",
    "Kira",
    "Levi",
    "Mona",
    "Nils",
    "Orla",
    "Pavel",
]
LAST = [
    "Ash",
    "Birch",
    "Cedar",
    "Dale",
    "Elm",
    "Fern",
    "Glade",
    "Heath",
    "Ivory",
    "Jasper",
    "Kestrel",
    "Lark",
    "Moss",
    "North",
]
# What a pilot in its local trial asks for; a programme that asks for none takes any text.
TRIAL_CODE = "STAFFS-PILOT-2026"
DEMO_OFFICER = ("officer", "Robin Vale", "4471")
ANSWERS = (
    (Answer.HAVE_FOOTAGE, "The street side, from about 22:20."),
    (Answer.NOTHING_THERE, ""),
    (Answer.CANNOT_HELP, "It was switched off that evening."),
)


@dataclass(frozen=True, slots=True)
class Owner:
    """Somebody invented."""

    contact: Contact
    premises: Premises
    cameras: tuple[CameraDetails, ...]


def invented(here: Jurisdiction) -> Iterator[Owner]:
    """Yield the same owners for the same jurisdiction each time."""
    chance = random.Random(here.id)  # noqa: S311 - repeatable on purpose, protects nothing
    for number in range(OWNERS + HARDLY_PLACED):
        name = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
        address = f"{name.lower().replace(' ', '.')}.{number}@residents.example"
        premises = Premises.BUSINESS if chance.random() < 0.2 else Premises.HOME  # noqa: PLR2004 - one in five
        home = _somewhere(here, chance)
        many = chance.choices(range(1, MOST_CAMERAS + 1), (8, 2, 1))[0]
        cameras = tuple(_camera(here, chance, home, premises) for _ in range(many))
        if number >= OWNERS:
            cameras = (replace(cameras[0], accuracy_m=POSTCODE_M),)
        yield Owner(Contact(name, address, ""), premises, cameras)


def _somewhere(here: Jurisdiction, chance: random.Random) -> Point:
    while True:
        metres = SPREAD_M * chance.random()  # a town is densest in its middle
        point = destination(here.map.centre, chance.uniform(0, 360), metres)
        if here.gazetteer == "file":
            house = addresses.nearest(point, here, 80)
            point = house.point if house else point
        if here.covers(point):
            return point


def _camera(
    here: Jurisdiction, chance: random.Random, home: Point, premises: Premises
) -> CameraDetails:
    if here.fields == "minimal":
        return CameraDetails(home, address=_line(here, home))
    kind = chance.choice((Kind.DOORBELL, Kind.FIXED, Kind.FLOODLIGHT, Kind.DOME))
    return CameraDetails(
        home,
        address=_line(here, home),
        label=chance.choice(("Front door", "Drive", "Back yard", "Shop window", None)),
        kind=kind,
        premises=premises,
        heading=_heading(here, chance, home),
        view_angle=chance.choice((70, 90, 110, 140)),
        reach_m=chance.choice((15, 25, 40, 60, 90)),
        accuracy_m=10,
        days_kept=chance.choice((None, 3, 7, 14, 30, 30, 60)),
    )


def _heading(here: Jurisdiction, chance: random.Random, home: Point) -> int | None:
    """Look at the middle of the town, somewhere else, or say nothing about it."""
    inwards = round(bearing(home, here.map.centre)) % 360
    return chance.choice((None, inwards, *chance.sample(range(0, 360, 15), 2)))


def _line(here: Jurisdiction, point: Point) -> str | None:
    found = addresses.nearest(point, here, 30)
    return found.line if found else None


def register(owner: Owner, here: Jurisdiction, now: datetime) -> None:
    """Do what the form and the link in the letter do."""
    pending = registrations.submit(
        contact=owner.contact,
        kind=owner.premises if here.fields == "full" else Premises.HOME,
        camera_details=owner.cameras[:1],
        notice_version=here.texts.notice_version,
        notice_hash="",
        language=here.language,
        invite_code=TRIAL_CODE,
        source="demo",
        visitor=owner.contact.email,
        now=now,
    )
    transaction = Transaction()
    week = timedelta(days=7)
    token = links.issue(
        transaction, purpose=links.Purpose.CONFIRM, subject=pending.id, lives=week, now=now
    )
    transaction.commit()
    confirmed = registrations.confirm(token, now=now)
    for camera in owner.cameras[1:]:
        confirmed = registrations.add_camera(confirmed, camera, now=now)


def register_all(here: Jurisdiction, now: datetime) -> int:
    """Register who is missing; return how many that were."""
    missing = [
        owner
        for owner in invented(here)
        if registrations.of_address(digest_of(owner.contact.email)) is None
    ]
    for owner in missing:
        register(owner, here, now)
    return len(missing)


def _incident(here: Jurisdiction, now: datetime) -> Incident:
    ended = (now - timedelta(days=1)).replace(minute=0, second=0, microsecond=0)
    centre = here.map.centre
    return Incident(
        case_number="DEMO-0001",
        purpose=here.purposes[0].id,
        reason="A parked car was damaged",
        place=Place(centre, "Town centre"),
        region=Circle(centre.latitude, centre.longitude, max(here.limits.radius_choices_m)),
        starts_at=ended - timedelta(minutes=60),
        ends_at=ended,
    )


def ask(here: Jurisdiction, now: datetime) -> FootageRequest | None:
    """Send one request as the demo officer, and let some owners answer it."""
    if footage_requests.list_open() or footage_requests.list_closed():
        return None
    officer = Officer(_sub(), *DEMO_OFFICER[1:], frozenset({Role.OFFICER}))
    found = incidents.search(_incident(here, now), officer, now=now)
    chosen = [result.camera_id for result in found.results if not result.gone][:6]
    if not chosen:
        return None
    sent = footage_requests.send(
        found.id,
        chosen,
        what_happened="A parked car was damaged.",
        looking_for="Anybody walking between the parked cars.",
        reply_by=now + timedelta(days=5),
        officer=officer,
        now=now,
    )
    for one, (answer, note) in zip(sent.asks, ANSWERS, strict=False):
        transaction = Transaction()
        token = answer_token(sent, one, transaction, now)
        transaction.commit()
        footage_requests.answer(token, answer, note, now=now)
    return sent


def _sub() -> str:
    """Return the id by which the pool knows the demo officer."""
    found = boto3.client("cognito-idp").admin_get_user(
        UserPoolId=deployment.current().user_pool, Username=DEMO_OFFICER[0]
    )
    return next(item["Value"] for item in found["UserAttributes"] if item["Name"] == "sub")


def _silently(here: Jurisdiction, now: datetime) -> int:
    """Register everybody without waking the mailer for letters that are out of date at once."""
    real = os.environ["OUTBOX_QUEUE_URL"]
    queues = boto3.client("sqs")
    os.environ["OUTBOX_QUEUE_URL"] = queues.create_queue(QueueName="demo-unsent")["QueueUrl"]
    try:
        deployment.current.cache_clear()
        return register_all(here, now)
    finally:
        queues.delete_queue(QueueUrl=os.environ["OUTBOX_QUEUE_URL"])
        os.environ["OUTBOX_QUEUE_URL"] = real
        deployment.current.cache_clear()


def main() -> None:
    """Add what is missing and say what was added."""
    here = jurisdictions.current()
    now = clock.now()
    try:
        added = _silently(here, now)
        sent = ask(here, now)
        desk = seed_desk.fill(here, now)
    except SightlineError as error:
        fields = getattr(error, "fields", "")
        raise SystemExit(f"Demo data could not be added: {error.sentence} {fields}") from error
    asked = f", one request to {len(sent.asks)} of them" if sent else ""
    print(f"Demo data: {added} new owners{asked}, {desk} on paper or from an old list.")


if __name__ == "__main__":
    main()
