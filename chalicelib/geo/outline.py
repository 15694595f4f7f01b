"""The area of a force, read from GeoJSON."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from chalicelib.errors import InvalidInput
from chalicelib.geo.area import Area
from chalicelib.geo.point import Point
from chalicelib.geo.regions import Bounds


@dataclass(frozen=True, slots=True)
class Outline:
    """One or several polygons, holes included."""

    areas: tuple[Area, ...]

    @classmethod
    def from_geojson(cls, geojson: Mapping[str, Any]) -> Self:
        """Read a Polygon or MultiPolygon (RFC 7946), bare or inside features.

        Positions are [longitude, latitude] in degrees; a third number is ignored. Raises
        InvalidInput for any other geometry, and for what `Area` refuses.
        """
        areas = tuple(_areas(geojson))
        if not areas:
            raise InvalidInput("An outline needs at least one polygon.")
        return cls(areas)

    @property
    def bounds(self) -> Bounds:
        """Return the box that holds them all."""
        south, west, north, east = zip(*(area.bounds for area in self.areas), strict=True)
        return Bounds(min(south), min(west), max(north), max(east))

    def covers(self, point: Point) -> bool:
        """Say whether any of the areas holds `point`, its edges included."""
        return any(area.contains(point.latitude, point.longitude) for area in self.areas)


def _areas(geojson: object) -> list[Area]:
    match geojson:
        case {"type": "Polygon", "coordinates": [ring, *holes]}:
            return [Area(ring, tuple(holes))]
        case {"type": "MultiPolygon", "coordinates": [*polygons]}:
            parts = ({"type": "Polygon", "coordinates": rings} for rings in polygons)
            return [area for part in parts for area in _areas(part)]
        case {"type": "Feature", "geometry": geometry}:
            return _areas(geometry)
        case {"type": "FeatureCollection", "features": [*features]}:
            return [area for feature in features for area in _areas(feature)]
    raise InvalidInput("An outline is a Polygon or a MultiPolygon.")
