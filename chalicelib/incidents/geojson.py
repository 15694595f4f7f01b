"""Searched regions as GeoJSON geometries (RFC 7946), with the one length a geometry lacks."""

from collections.abc import Mapping
from typing import Any

from chalicelib.geo import Area, Circle, Corridor, Position, Region

DIGITS = 15
"""Enough to give back the very same number."""


def region_as_json(region: Region, digits: int = DIGITS) -> dict[str, Any]:
    """Write a region; `digits` after the point of each degree, five being about a metre."""

    def rounded(position: Position) -> list[float]:
        return [round(degrees, digits) for degrees in position]

    match region:
        case Circle():
            centre = rounded((region.lon, region.lat))
            return {"type": "Point", "coordinates": centre, "radius_m": region.radius_m}
        case Corridor():
            route = [rounded(position) for position in region.points]
            return {
                "type": "LineString",
                "coordinates": route,
                "half_width_m": region.half_width_m,
            }
        case Area():
            rings = [[rounded(position) for position in ring] for ring in region.rings]
            return {"type": "Polygon", "coordinates": rings}
    raise TypeError(region)


def region_from_json(stored: Mapping[str, Any]) -> Circle | Area | Corridor:
    """Read back what `region_as_json` wrote."""
    coordinates = stored["coordinates"]
    match stored["type"]:
        case "Point":
            return Circle(coordinates[1], coordinates[0], stored["radius_m"])
        case "LineString":
            return Corridor(_positions(coordinates), stored["half_width_m"])
        case "Polygon":
            ring, *holes = map(_positions, coordinates)
            return Area(ring, tuple(holes))
    raise TypeError(stored["type"])


def _positions(coordinates: list[list[float]]) -> tuple[Position, ...]:
    return tuple((longitude, latitude) for longitude, latitude in coordinates)
