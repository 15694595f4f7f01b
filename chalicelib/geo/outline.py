"""The area of a force, read from GeoJSON."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from chalicelib.errors import InvalidInput
from chalicelib.geo.area import Bounds, Polygon
from chalicelib.geo.point import Point


@dataclass(frozen=True, slots=True)
class Outline:
    """One or several polygons, holes included, and the box that holds them all."""

    polygons: tuple[Polygon, ...]
    boxes: tuple[Bounds, ...]

    @classmethod
    def from_geojson(cls, geojson: Mapping[str, Any]) -> Self:
        """Read a Polygon or MultiPolygon (RFC 7946), bare or inside features.

        Positions are [longitude, latitude] in degrees; a third number is ignored. Raises
        InvalidInput for any other geometry, an open ring or a place that is not on earth.
        """
        polygons = tuple(_polygons(geojson))
        if not polygons:
            raise InvalidInput("An outline needs at least one polygon.")
        return cls(polygons, tuple(polygon.bounds for polygon in polygons))

    @property
    def bounds(self) -> Bounds:
        south, west, north, east = zip(*self.boxes, strict=True)
        return Bounds(min(south), min(west), max(north), max(east))

    def covers(self, point: Point) -> bool:
        """Say whether any of the polygons covers `point`, its edges included."""
        return any(
            box.covers(point) and polygon.covers(point)
            for box, polygon in zip(self.boxes, self.polygons, strict=True)
        )


def _polygons(geojson: Mapping[str, Any]) -> list[Polygon]:
    match geojson:
        case {"type": "Polygon", "coordinates": rings}:
            return [_polygon(rings)]
        case {"type": "MultiPolygon", "coordinates": polygons}:
            return [_polygon(rings) for rings in polygons]
        case {"type": "Feature", "geometry": geometry}:
            return _polygons(geometry)
        case {"type": "FeatureCollection", "features": features}:
            return [polygon for feature in features for polygon in _polygons(feature)]
    raise InvalidInput("An outline is a Polygon or a MultiPolygon.")


def _polygon(rings: Sequence[Sequence[Sequence[float]]]) -> Polygon:
    return Polygon(
        tuple(tuple(Point(position[1], position[0]) for position in ring) for ring in rings)
    )
