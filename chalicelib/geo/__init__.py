"""Pure arithmetic on places: distances, shapes, geohash keys and the plan of a lookup.

Nothing here does I/O or knows what a camera is. Latitudes and longitudes are WGS84 degrees,
lengths are metres, directions are compass degrees.
"""

from chalicelib.geo.area import Bounds, Circle, Polygon
from chalicelib.geo.distance import bearing, destination, distance_m
from chalicelib.geo.outline import Outline
from chalicelib.geo.plan import KeyRange, plan
from chalicelib.geo.point import Point
from chalicelib.geo.sector import Sector

__all__ = [
    "Bounds",
    "Circle",
    "KeyRange",
    "Outline",
    "Point",
    "Polygon",
    "Sector",
    "bearing",
    "destination",
    "distance_m",
    "plan",
]
