"""Everything near a place."""

import math
from dataclasses import dataclass, field

from chalicelib.geo.distance import MEAN_RADIUS_M, Earthfixed, earthfixed, from_fixed_m
from chalicelib.geo.point import Point
from chalicelib.geo.regions import Bounds, bounds_round, checked_length


@dataclass(frozen=True, slots=True)
class Circle:
    """Everything within `radius_m` metres of a place along the surface of WGS84.

    Latitude and longitude in degrees. Distances are exact to a tenth of a millimetre up to 20 km
    (see `distance_m`); the antimeridian and the poles are places like any other. Raises
    InvalidInput, naming `latitude`, `longitude` or `radius_m`, unless the place is on earth and
    the radius finite and above zero.
    """

    lat: float
    lon: float
    radius_m: float
    middle: Point = field(init=False, repr=False, compare=False)
    fixed: Earthfixed = field(init=False, repr=False, compare=False)
    """The middle, earth-fixed."""

    def __post_init__(self) -> None:
        middle = Point(self.lat, self.lon)
        checked_length(self.radius_m, "radius_m", "The radius")
        object.__setattr__(self, "middle", middle)
        object.__setattr__(self, "fixed", earthfixed(middle))

    @property
    def bounds(self) -> Bounds:
        """Return a box that holds the circle, at most 1 % too wide."""
        return bounds_round(self.middle, self.radius_m)

    @property
    def area_m2(self) -> float:
        """Return the area of a cap of that radius on a sphere, 4 pi R^2 sin^2(r / 2R)."""
        half = min(self.radius_m / (2 * MEAN_RADIUS_M), math.pi / 2)
        return math.pi * (2 * MEAN_RADIUS_M * math.sin(half)) ** 2

    def contains(self, lat: float, lon: float) -> bool:
        return self.distance_m(lat, lon) <= self.radius_m

    def distance_m(self, lat: float, lon: float) -> float:
        """Return the metres from the centre."""
        return from_fixed_m(self.fixed, lat, lon)

    def depth_m(self, lat: float, lon: float) -> float:
        return self.radius_m - self.distance_m(lat, lon)
