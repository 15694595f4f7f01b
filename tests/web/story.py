"""One story in the tables: an owner, a search, a request; and the addresses that lead to it."""

from datetime import timedelta

from chalicelib import clock, evidence, footage_requests, incidents, jurisdictions
from chalicelib.footage_requests import Answer
from chalicelib.geo import Circle, Point
from chalicelib.incidents import Incident, Place
from chalicelib.jurisdictions.linter import TRIAL_CODE
from chalicelib.officers import Role
from tests.registrations.builders import (
    a_camera,
    a_link,
    a_pending_registration,
    an_active_registration,
)
from tests.web.people import a_session, an_officer, claims_of

HOUR = timedelta(hours=1)


class Story:
    """Everything is done by `o-17`, whose browser and token have every role."""

    def __init__(self):
        now = clock.now()
        self.session = a_session(*Role, now=now)
        self.claims = claims_of(*Role, now=now)
        self.registration = an_active_registration(now, **least())
        self.pending = a_pending_registration(now, **least(), visitor="another")
        self.officer = an_officer(*Role)
        self.search = incidents.search(an_incident(now), self.officer, now=now)
        self.request = footage_requests.send(
            self.search.id,
            [result.camera_id for result in self.search.results],
            what_happened="A house was broken into.",
            looking_for="A person on foot.",
            reply_by=now + timedelta(days=3),
            officer=self.officer,
            now=now,
        )
        self.links = self._links(now)
        footage_requests.answer(self.links["answer"], Answer.HAVE_FOOTAGE, "", now=now)
        self.clip = evidence.open_slot(
            self.links["answer"],
            name="door.mp4",
            size=1000,
            declared_type="video/mp4",
            now=now,
        ).clip

    def _links(self, now):
        owner = self.registration.id
        return {
            "my": a_link(owner, "manage", now),
            "still-right": a_link(owner, "reconfirm", now),
            "answer": a_link(f"{self.request.id}/{owner}", "answer", now),
            "confirm": a_link(self.pending.id, "confirm", now),
        }

    def address(self, pattern):
        """Fill in a route's parameters with what this story has."""
        known = {
            "token": self.links.get(pattern.split("/")[1], "A" * 43),
            "clip_id": self.clip.id,
            "search_id": self.search.id,
            "request_id": self.request.id,
            "officer_id": self.officer.id,
            "name": "base.geojson",
            "step": "camera",
            "action": "contact",
        }
        for name in pattern.replace("}", "{").split("{")[1::2]:
            pattern = pattern.replace(f"{{{name}}}", known.get(name, "a" * 13))
        return pattern


def least():
    """What every programme takes: a place and a contact, and a tester's code where one is asked."""
    return {"camera": a_camera(point=inside(), label=None, heading=None), "invite_code": TRIAL_CODE}


def inside():
    """A place in the force's area: the middle, or the first of a grid if that is a neighbour's."""
    here = jurisdictions.current()
    box, steps = here.outline.bounds, [step / 20 for step in range(1, 20)]
    grid = (
        Point(box.south + north * (box.north - box.south), box.west + east * (box.east - box.west))
        for north in steps
        for east in steps
    )
    return next(point for point in (here.map.centre, *grid) if here.covers(point))


def an_incident(now):
    middle, limits = inside(), jurisdictions.current().limits
    return Incident(
        case_number="2026-1187",
        purpose=jurisdictions.current().purposes[0].id,
        reason="Burglary of a dwelling, entry from the street",
        place=Place(middle, "the middle"),
        region=Circle(middle.latitude, middle.longitude, limits.radius_choices_m[0]),
        starts_at=now - 3 * HOUR,
        ends_at=now - 2 * HOUR,
    )
