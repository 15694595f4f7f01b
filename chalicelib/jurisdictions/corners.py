"""Finds where two streets meet, in the streets of the programme's own map."""

import json
import math
import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

from chalicelib.geo import Point
from chalicelib.jurisdictions import reader
from chalicelib.jurisdictions.folding import folded
from chalicelib.jurisdictions.model import Jurisdiction

BETWEEN = re.compile(r"\s+(?:and|at)\s+|\s*[&/@+]\s*", re.IGNORECASE)
MEET_M = 12.0
"""Lines this near meet: a street may end at the other's edge, not at its middle."""
SAME_M = 60.0
"""Meetings this near are one corner, such as where a road has two carriageways."""
DEGREE_M = 111_195.0


class Spot(NamedTuple):
    """A place on the plane of the map, in metres."""

    east: float
    north: float


class Corner(NamedTuple):
    """Where two streets meet, and both names as the map has them."""

    line: str
    point: Point


Line = tuple[Spot, ...]
Street = tuple[str, tuple[Line, ...]]


def corners(text: str, jurisdiction: Jurisdiction) -> tuple[Corner, ...]:
    """Return every corner of the two streets that `text` names: Mill St and Oak Ave."""
    names = BETWEEN.split(text.strip())
    if len(names) != 2 or jurisdiction.map.provider != "geojson":  # noqa: PLR2004 - two streets
        return ()
    known = _streets(jurisdiction.id)
    one, other = (known.get(folded(name)) for name in names)
    if one is None or other is None or one == other:
        return ()
    line, latitude = f"{one[0]} and {other[0]}", jurisdiction.map.centre.latitude
    spots = _meetings(_flat(one, latitude), _flat(other, latitude))
    return tuple(Corner(line, _point(spot, latitude)) for spot in spots)


def _meetings(one: Street, other: Street) -> list[Spot]:
    found: list[Spot] = []
    for spot in _near(one, other):
        if all(math.dist(spot, known) > SAME_M for known in found):
            found.append(spot)
    return found


def _near(one: Street, other: Street) -> Iterator[Spot]:
    """Give a place on the first street wherever the two come together."""
    for a, b in _stretches(one):
        for c, d in _stretches(other):
            if _apart(a, b, c, d):
                continue
            if crossing := _crossing(a, b, c, d):
                yield crossing
            else:
                yield from (end for end in (a, b) if _off(end, c, d) <= MEET_M)
                yield from (end for end in (c, d) if _off(end, a, b) <= MEET_M)


def _stretches(street: Street) -> Iterator[tuple[Spot, Spot]]:
    for line in street[1]:
        yield from pairwise(line)


def _apart(a: Spot, b: Spot, c: Spot, d: Spot) -> bool:
    """Say at once that two stretches cannot meet, by their boxes."""
    return (
        min(a.east, b.east) > max(c.east, d.east) + MEET_M
        or max(a.east, b.east) < min(c.east, d.east) - MEET_M
        or min(a.north, b.north) > max(c.north, d.north) + MEET_M
        or max(a.north, b.north) < min(c.north, d.north) - MEET_M
    )


def _crossing(a: Spot, b: Spot, c: Spot, d: Spot) -> Spot | None:
    """Return where two stretches cross: each is a start and a part of its way."""
    here, there = Spot(b.east - a.east, b.north - a.north), Spot(d.east - c.east, d.north - c.north)
    between = Spot(c.east - a.east, c.north - a.north)
    turn = _cross(here, there)
    if turn == 0:
        return None
    along, beside = _cross(between, there) / turn, _cross(between, here) / turn
    if not (0 <= along <= 1 and 0 <= beside <= 1):
        return None
    return Spot(a.east + along * here.east, a.north + along * here.north)


def _cross(one: Spot, other: Spot) -> float:
    return one.east * other.north - one.north * other.east


def _off(spot: Spot, a: Spot, b: Spot) -> float:
    """Return how far a place is from a stretch."""
    east, north = b.east - a.east, b.north - a.north
    ahead = (spot.east - a.east) * east + (spot.north - a.north) * north
    part = min(max(ahead / ((east * east + north * north) or 1.0), 0.0), 1.0)
    return math.dist(spot, (a.east + part * east, a.north + part * north))


def _flat(street: Street, latitude: float) -> Street:
    narrow = DEGREE_M * math.cos(math.radians(latitude))
    lines = (
        tuple(Spot(east * narrow, north * DEGREE_M) for east, north in line) for line in street[1]
    )
    return street[0], tuple(lines)


def _point(spot: Spot, latitude: float) -> Point:
    narrow = DEGREE_M * math.cos(math.radians(latitude))
    return Point(spot.north / DEGREE_M, spot.east / narrow)


@cache
def _streets(jurisdiction_id: str) -> dict[str, Street]:
    """Return the streets of the map, in degrees, by their folded names."""
    ground = json.loads(reader.path(f"{jurisdiction_id}/base.geojson").read_text("utf-8"))
    return {
        folded(feature["properties"]["name"]): (feature["properties"]["name"], _lines(feature))
        for feature in ground["features"]
        if feature["geometry"]["type"].endswith("LineString") and "name" in feature["properties"]
    }


def _lines(feature: dict[str, Any]) -> tuple[Line, ...]:
    coordinates, kind = feature["geometry"]["coordinates"], feature["geometry"]["type"]
    lines = [coordinates] if kind == "LineString" else coordinates
    return tuple(tuple(Spot(*position) for position in line) for line in lines)
