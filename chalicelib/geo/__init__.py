"""Pure arithmetic on places: distances, shapes, geohash keys and the plan of a lookup.

Nothing here does I/O or knows what a register is. Latitudes and longitudes are WGS84 degrees,
lengths are metres, directions are compass degrees. Functions take latitude, then longitude;
sequences of positions are as GeoJSON writes them, longitude first.
"""

from chalicelib.geo.area import Area
from chalicelib.geo.circle import Circle
from chalicelib.geo.corridor import Corridor
from chalicelib.geo.distance import bearing, destination, distance_m
from chalicelib.geo.keys import Curve, index_key, position
from chalicelib.geo.outline import Outline
from chalicelib.geo.plan import KeyRange, Plan, best_plan, plan
from chalicelib.geo.point import Point
from chalicelib.geo.regions import Bounds, Position, Region
from chalicelib.geo.view import Detail, View

__all__ = [
    "Area",
    "Bounds",
    "Circle",
    "Corridor",
    "Curve",
    "Detail",
    "KeyRange",
    "Outline",
    "Plan",
    "Point",
    "Position",
    "Region",
    "View",
    "bearing",
    "best_plan",
    "destination",
    "distance_m",
    "index_key",
    "plan",
    "position",
]
