"""The three shapes of a search: from what was typed to a region, back again, and in words."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from chalicelib import jurisdictions
from chalicelib.errors import InvalidInput
from chalicelib.geo import Area, Circle, Corridor, Position, Region
from chalicelib.incidents import Incident, Place, Travel
from chalicelib.jurisdictions import Jurisdiction

NAME_MOST = 80
CORNERS_LEAST = 3
TOLD_MOST = 3
"""So many lines that cannot be read are named; the rest may well go wrong for the same reason."""
SPEED = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?")
SPEED_WRONG = "Enter a number, such as 8"

Values = Mapping[str, str]
Wrong = dict[str, str]


class Shape(StrEnum):
    """What a search may look at."""

    CIRCLE = "circle"
    AREA = "area"
    ROUTE = "route"


NAMES = {
    Shape.CIRCLE: "Near a place",
    Shape.AREA: "Inside an area",
    Shape.ROUTE: "Along a route",
}
FIELDS = {
    Shape.CIRCLE: ("place", "radius_m"),
    Shape.AREA: ("area", "area_name"),
    Shape.ROUTE: ("route", "route_name", "half_width_m", "slowest", "fastest"),
}
SHAPE_FIELDS = ("shape", *(name for fields in FIELDS.values() for name in fields))


class Where(NamedTuple):
    """A region with the name of its middle, and how somebody got away along it."""

    place: Place
    region: Region
    travel: Travel | None = None


def shape_of(region: Region) -> Shape:
    match region:
        case Area():
            return Shape.AREA
        case Corridor():
            return Shape.ROUTE
    return Shape.CIRCLE


def where_of(values: Values, jurisdiction: Jurisdiction, wrong: Wrong) -> Where | None:
    """Read the fields of the chosen shape; None, and in `wrong` why, if they make no region."""
    before = len(wrong)
    match values["shape"]:
        case Shape.CIRCLE:
            found = _circle(values, jurisdiction, wrong)
        case Shape.AREA:
            found = _area(values, jurisdiction, wrong)
        case Shape.ROUTE:
            found = _route(values, jurisdiction, wrong)
        case _:
            found, wrong["shape"] = None, "Choose where to look"
    return found if len(wrong) == before else None


def _circle(values: Values, jurisdiction: Jurisdiction, wrong: Wrong) -> Where | None:
    radius_m = _chosen("radius_m", values, jurisdiction.limits.radius_choices_m, wrong)
    try:
        place = _place(values["place"], jurisdiction)
    except InvalidInput as error:
        wrong["place"] = error.fields.get("place", error.sentence)
        return None
    return Where(place, Circle(place.point.latitude, place.point.longitude, radius_m))


def _area(values: Values, jurisdiction: Jurisdiction, wrong: Wrong) -> Where | None:
    name = _name("area_name", values, wrong)
    corners = _positions("area", values, jurisdiction, wrong)
    if corners and corners[0] == corners[-1]:
        corners.pop()
    if "area" not in wrong and len(set(corners)) < CORNERS_LEAST:
        wrong["area"] = "Give at least three corners, one a line"
    if "area" in wrong:
        return None
    try:
        area = Area((*corners, corners[0]))
    except InvalidInput as error:
        wrong["area"] = next(iter(error.fields.values()), error.sentence)
        return None
    return Where(Place(area.middle, name), area)


def _route(values: Values, jurisdiction: Jurisdiction, wrong: Wrong) -> Where | None:
    name = _name("route_name", values, wrong)
    choices = jurisdiction.limits.half_width_choices_m
    half_width_m = _chosen("half_width_m", values, choices, wrong)
    travel = _travel(values, jurisdiction, wrong)
    places = _positions("route", values, jurisdiction, wrong)
    if "route" not in wrong and len(set(places)) < 2:  # noqa: PLR2004 - a start and an end
        wrong["route"] = "Give at least two places, one a line"
    if "route" in wrong:
        return None
    try:
        route = Corridor(tuple(places), half_width_m)
    except InvalidInput as error:
        wrong["route"] = next(iter(error.fields.values()), error.sentence)
        return None
    return Where(Place(route.middle, name), route, travel)


def _chosen(name: str, values: Values, choices: tuple[int, ...], wrong: Wrong) -> int:
    if values[name] not in {str(metres) for metres in choices}:
        wrong[name] = "Choose a distance"
        return choices[0]
    return int(values[name])


def _name(field: str, values: Values, wrong: Wrong) -> str:
    name = " ".join(values[field].split())
    if not name:
        wrong[field] = f"Enter a name for the {field.removesuffix('_name')}"
    elif len(name) > NAME_MOST:
        wrong[field] = f"Use at most {NAME_MOST} characters"
    return name


def _positions(
    field: str, values: Values, jurisdiction: Jurisdiction, wrong: Wrong
) -> list[Position]:
    """Read a place a line; lines are counted as they stand in the field, empty ones too."""
    lines = [(n, line) for n, line in enumerate(values[field].split("\n"), 1) if line.strip()]
    most = jurisdiction.limits.corners_max
    if len(lines) > most + 1:
        wrong[field] = f"Give at most {most} places"
        return []
    found, refused = [], []
    for number, line in lines:
        try:
            point = _place(line, jurisdiction).point
        except InvalidInput as error:
            refused.append(f"Line {number}: {error.fields.get('place', error.sentence)}")
        else:
            found.append((point.longitude, point.latitude))
    if refused:
        wrong[field] = ". ".join(refused[:TOLD_MOST])
    return found


def _place(text: str, jurisdiction: Jurisdiction) -> Place:
    """Read a place; long runs of spaces would take the patterns behind it minutes."""
    return jurisdictions.place_from_text(" ".join(text.split()), jurisdiction)


def _travel(values: Values, jurisdiction: Jurisdiction, wrong: Wrong) -> Travel | None:
    given = {name: values[name] for name in ("slowest", "fastest")}
    if not any(given.values()):
        return None
    unread = {name: SPEED_WRONG for name, text in given.items() if not SPEED.fullmatch(text)}
    if unread:
        wrong.update(unread)
        return None
    speeds = (float(text.replace(",", ".")) for text in given.values())
    try:
        return Travel(*map(jurisdiction.speed_mps, speeds))
    except InvalidInput as error:
        wrong.update(error.fields)
        return None


def typed_again(incident: Incident, jurisdiction: Jurisdiction) -> dict[str, str]:
    """Return the shape's fields as they would have to be filled in for this incident."""
    region, label = incident.region, incident.place.label
    match region:
        case Area():
            return {"area": _lines(region.ring[:-1]), "area_name": label}
        case Corridor():
            return {
                "route": _lines(region.points),
                "route_name": label,
                "half_width_m": f"{region.half_width_m:g}",
                **_speeds(incident.travel, jurisdiction),
            }
        case Circle():
            place = _place_text(incident.place, jurisdiction)
            return {"place": place, "radius_m": f"{region.radius_m:g}"}
    raise TypeError(region)


def _lines(positions: tuple[Position, ...]) -> str:
    return "\n".join(f"{latitude:.6f}, {longitude:.6f}" for longitude, latitude in positions)


def _speeds(travel: Travel | None, jurisdiction: Jurisdiction) -> dict[str, str]:
    if travel is None:
        return {}
    one = jurisdiction.speed_mps(1)
    return {
        "slowest": f"{round(travel.slowest_mps / one, 2):g}",
        "fastest": f"{round(travel.fastest_mps / one, 2):g}",
    }


def _place_text(place: Place, jurisdiction: Jurisdiction) -> str:
    """Return what finds this very place again: its address if one stands there, or a point."""
    known = jurisdictions.find(place.label, jurisdiction)
    if any(address.point == place.point for address in known):
        return place.label
    return f"{place.point.latitude:.6f}, {place.point.longitude:.6f}"
