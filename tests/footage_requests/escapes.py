"""Somebody who fled along a straight road, in whatever programme is loaded, and who lives by it."""

from dataclasses import replace
from functools import cache

from chalicelib import incidents, jurisdictions, registrations
from chalicelib.cameras import CameraDetails
from chalicelib.geo import Point, destination
from chalicelib.incidents import Place
from chalicelib.jurisdictions.linter import TRIAL_CODE
from chalicelib.registrations import Contact
from tests.incidents import builders
from tests.incidents.builders import a_route
from tests.officers.people import PAT
from tests.registrations.builders import an_active_registration

LENGTH_M = 2000
LABEL = "from the bank to the bridge"
SLOWEST_MPS, FASTEST_MPS = 1.0, 5.0
PLACES = [(row / 12, column / 12) for row in range(1, 12) for column in range(1, 12)]


def road():
    return road_in(jurisdictions.current().id)


@cache
def road_in(jurisdiction):
    """Where a road of two kilometres begins and its bearing, all of it in the force's area."""
    here = jurisdictions.load(jurisdiction)
    for start in starts(here.outline.bounds):
        for bearing in range(0, 360, 30):
            metres = range(0, LENGTH_M + 100, 100)
            if all(here.covers(destination(start, bearing, along)) for along in metres):
                return start, bearing
    raise AssertionError("no road of this length")


def starts(box):
    for north, east in PLACES:
        latitude = box.south + north * (box.north - box.south)
        yield Point(latitude, box.west + east * (box.east - box.west))


def the_route():
    start, bearing = road()
    half_width_m = jurisdictions.current().limits.half_width_choices_m[1]
    return a_route(LENGTH_M, half_width_m, bearing, start)


def an_escape(now, **changes):
    """An incident three hours ago; the slowest, walking, are on the road for 34 minutes."""
    route, purpose = the_route(), jurisdictions.current().purposes[0].id
    escape = builders.an_escape(now, route, SLOWEST_MPS, FASTEST_MPS)
    return replace(escape, purpose=purpose, place=Place(route.middle, LABEL), **changes)


def a_camera_along(metres, **changes):
    """A camera on the road; nobody knows which way it looks."""
    start, bearing = road()
    return CameraDetails(**({"point": destination(start, bearing, metres)} | changes))


def an_owner_along(now, email, *metres, **changes):
    first, *more = (a_camera_along(one, **changes) for one in metres)
    owner = an_active_registration(
        now,
        contact=Contact(f"Name of {email}", email),
        camera=first,
        invite_code=TRIAL_CODE,
        visitor=email,
    )
    for camera in more:
        owner = registrations.add_camera(owner, camera, now=now)
    return owner


def a_search_along(now, **changes):
    return incidents.search(an_escape(now, **changes), PAT, now=now)
