"""Incidents around the middle of the demo town, and cameras near it."""

from datetime import timedelta

from chalicelib import incidents, jurisdictions, registrations
from chalicelib.cameras import CameraDetails
from chalicelib.geo import Area, Circle, Corridor, destination
from chalicelib.incidents import Incident, Place, Travel, end_of_travel
from chalicelib.registrations import Contact
from tests.registrations.builders import an_active_registration


def off(metres, bearing=0, start=None):
    """A place that far from the middle of the town."""
    return destination(start or jurisdictions.current().map.centre, bearing, metres)


def a_circle(radius_m=152, centre=None):
    centre = centre or jurisdictions.current().map.centre
    return Circle(centre.latitude, centre.longitude, radius_m)


def positions(*points):
    return tuple((point.longitude, point.latitude) for point in points)


def a_square(side_m=200, centre=None):
    """A square round the middle of the town, north up."""
    corners = [off(side_m * 0.5**0.5, bearing, centre) for bearing in (45, 315, 225, 135, 45)]
    return Area(positions(*corners))


def a_route(length_m=1000, half_width_m=60, bearing=90, start=None):
    """A straight route that begins in the middle of the town."""
    ends = (off(0, 0, start), off(length_m, bearing, start))
    return Corridor(positions(*ends), half_width_m)


def an_incident(now, **changes):
    region = changes.get("region") or a_circle()
    given = {
        "case_number": "26-104417",
        "purpose": "burglary",
        "reason": "Burglary reported by the householder",
        "place": Place(region.middle, "the scene"),
        "region": region,
        "starts_at": now - timedelta(hours=3),
        "ends_at": now - timedelta(hours=2),
    }
    return Incident(**(given | changes))


def an_escape(now, route=None, slowest_mps=1.5, fastest_mps=5.0, **changes):
    """Somebody walked or ran off along a route three hours ago."""
    route, travel = route or a_route(), Travel(slowest_mps, fastest_mps)
    starts_at = changes.pop("starts_at", now - timedelta(hours=3))
    return an_incident(
        now,
        region=route,
        travel=travel,
        starts_at=starts_at,
        ends_at=changes.pop("ends_at", end_of_travel(route, travel, starts_at)),
        **changes,
    )


def a_camera_at(metres, bearing=45, **changes):
    return CameraDetails(
        **({"point": off(metres, bearing), "address": f"{metres} Canary Street"} | changes)
    )


def an_owner(now, email, *cameras):
    """An owner whose cameras can be found; more than one is added one by one."""
    first, *more = cameras or (a_camera_at(40),)
    contact = Contact(f"Name of {email}", email)
    registration = an_active_registration(now, contact=contact, camera=first, visitor=email)
    for camera in more:
        registration = registrations.add_camera(registration, camera, now=now)
    return registration


def a_search(officer, now, incident=None, **changes):
    return incidents.search(incident or an_incident(now, **changes), officer, now=now)
