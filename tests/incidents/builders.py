"""Incidents around the middle of the demo town, and cameras near it."""

from datetime import timedelta

from chalicelib import incidents, jurisdictions, registrations
from chalicelib.cameras import CameraDetails
from chalicelib.geo import destination
from chalicelib.incidents import Incident, Place
from chalicelib.registrations import Contact
from tests.registrations.builders import an_active_registration


def an_incident(now, **changes):
    given = {
        "case_number": "26-104417",
        "purpose": "burglary",
        "reason": "Burglary reported by the householder",
        "place": Place(jurisdictions.current().map.centre, "the scene"),
        "radius_m": 152,
        "starts_at": now - timedelta(hours=3),
        "ends_at": now - timedelta(hours=2),
    }
    return Incident(**(given | changes))


def a_camera_at(metres, bearing=45, **changes):
    point = destination(jurisdictions.current().map.centre, bearing, metres)
    return CameraDetails(**({"point": point, "address": f"{metres} Canary Street"} | changes))


def an_owner(now, email, *cameras):
    """An owner whose cameras can be found; more than one is added one by one."""
    first, *more = cameras or (a_camera_at(40),)
    contact = Contact(f"Name of {email}", email)
    registration = an_active_registration(now, contact=contact, camera=first, visitor=email)
    for camera in more:
        registration = registrations.add_camera(registration, camera, now=now)
    return registration


def a_search(officer, now, **changes):
    return incidents.search(an_incident(now, **changes), officer, now=now)
