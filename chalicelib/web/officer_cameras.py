"""Cameras as officers read them: a number, a place in words, a few facts, at most two tags."""

import math
from dataclasses import dataclass
from datetime import datetime

from chalicelib.cameras import Camera, FoundCamera, packed, unpacked
from chalicelib.geo.distance import bearing, distance_m
from chalicelib.incidents import Incident, Result, Search
from chalicelib.incidents.actions import label_of
from chalicelib.incidents.model import result_of
from chalicelib.jurisdictions import Jurisdiction
from chalicelib.web import html
from chalicelib.web.officer_html import Tag

WINDS = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")
URGENT_DAYS = 5
"""A recording with fewer days left than this is marked: owners need some of them."""
MAP_VIEW_ANGLE = 90
SCENE_ZOOM = 16
GROUND = {
    "geojson": ("/map/base.geojson", "/map/buildings.geojson"),
    "outline": ("/map/outline.geojson",),
}
"""What is drawn for each kind of map; the others bring their own ground."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list."""

    number: int
    camera_id: str
    label: str
    facts: tuple[str, ...]
    tags: tuple[Tag, ...]
    gone: bool


def row_of(result: Result, jurisdiction: Jurisdiction) -> Row:
    return Row(
        number=result.number,
        camera_id=result.camera_id,
        label=result.label,
        facts=facts_of(result, jurisdiction),
        tags=tags_of(result),
        gone=result.gone,
    )


def facts_of(result: Result, jurisdiction: Jurisdiction) -> tuple[str, ...]:
    """Say kind, kind of premises, distance, and how long the recorder keeps."""
    view, words = result.view, jurisdiction.words
    distance = jurisdiction.distance_words(result.distance_m)
    kind = jurisdiction.kind_words(view.kind, short=True)
    facts = [kind] if kind else []
    if view.premises == "business":
        facts.append(words["premises_short_business"])
    if distance not in result.label:
        facts.append(f"{distance} {WINDS[round(result.bearing / 45) % len(WINDS)]}")
    if view.days_kept is not None:
        facts.append(f"keeps {view.days_kept} {'day' if view.days_kept == 1 else 'days'}")
    return tuple(facts)


def tags_of(result: Result) -> tuple[Tag, ...]:
    """Return what decides whom to ask first."""
    faces = (Tag("green", "Faces scene"),) if result.faces_scene else ()
    return (*faces, *recording_tag(result))


def recording_tag(result: Result) -> tuple[Tag, ...]:
    """Say in what way the recording is in doubt, if it is."""
    if result.gone:
        return (Tag("grey", "Likely gone"),)
    if result.kept_is_guess:
        return (Tag("yellow", "Retention unknown"),)
    if result.days_left < URGENT_DAYS:
        return (Tag("red", days_left_words(result.days_left)),)
    return ()


def days_left_words(days: float) -> str:
    """Say how long is left, rounded down: nobody should count on hours that may be gone."""
    whole = math.floor(days)
    if whole < 1:
        return "Last day"
    return f"{whole} {'day' if whole == 1 else 'days'} left"


def result_for(
    camera: Camera, incident: Incident, *, jurisdiction: Jurisdiction, now: datetime
) -> Result:
    """Look at a camera that was asked about as the search showed it."""
    scene, view = incident.place.point, unpacked(packed(camera))
    found = FoundCamera(
        id=camera.id,
        point=camera.point,
        distance_m=distance_m(scene, camera.point),
        bearing=bearing(scene, camera.point),
        view=view,
        certainty="definite",
        faces_scene=view.faces(camera.point, scene),
    )
    label = label_of(found, jurisdiction)
    return result_of(found, label, incident, retention=jurisdiction.retention, now=now)


def map_data(search: Search, jurisdiction: Jurisdiction) -> dict[str, object]:
    """Return what the map draws: exactly the list, nothing around it."""
    point = search.incident.place.point
    return {
        **ground(jurisdiction),
        "centre": [point.latitude, point.longitude],
        "zoom": SCENE_ZOOM,
        "radius": search.incident.radius_m,
        "cameras": [pin(result) for result in search.results],
    }


def ground(jurisdiction: Jurisdiction) -> dict[str, object]:
    """Return where the map's ground comes from: always our own origin."""
    chosen = jurisdiction.map
    return {
        "centre": [chosen.centre.latitude, chosen.centre.longitude],
        "zoom": chosen.zoom,
        "point": None,
        "units": jurisdiction.units,
        "attribution": chosen.attribution,
        "ground": [html.url(address) for address in GROUND.get(chosen.provider, ())],
        "tiles": chosen.base_url if chosen.provider == "xyz" else "",
    }


def pin(result: Result) -> dict[str, object]:
    """Return one camera for the map."""
    view = result.view
    sees = MAP_VIEW_ANGLE if view.view_angle is None else view.view_angle
    return {
        "number": result.number,
        "at": [round(result.point.latitude, 6), round(result.point.longitude, 6)],
        "label": result.label,
        "heading": view.heading,
        "angle": sees,
        "reach": view.reach_m,
        "gone": result.gone,
    }
