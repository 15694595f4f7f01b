"""A circle on a sphere that holds a circle on the ellipsoid, and the cells it touches."""

import math
from typing import NamedTuple

from chalicelib.geo.distance import ECCENTRICITY_SQUARED, SEMI_MAJOR_M
from chalicelib.geo.grid import SLACK_DEGREES, Grid, Run, cell

SLACK_RADIANS = 1e-12
"""Six micrometres on the ground: more than all rounding below adds up to."""
METRES_A_DEGREE = 110_574.0
"""The shortest degree of latitude on WGS84, at the equator."""
HALF_RADIANS = math.pi / 360
"""Half the radians of a degree, as the haversine formula takes them."""
ALL_ROUND = 1 - 1e-6
"""Beyond this the width of a cap is taken as all longitudes; arcsine has no digits there."""


class Cap(NamedTuple):
    """The part of a sphere within `angle` radians of a place; latitude, longitude in degrees."""

    latitude: float
    longitude: float
    angle: float

    @property
    def widest(self) -> float:
        """Return the latitude where a meridian touches the cap, or the pole in it."""
        sine = math.sin(math.radians(self.latitude)) / math.cos(self.angle)
        return math.degrees(math.asin(min(max(sine, -1.0), 1.0)))

    def half_width(self, latitude: float) -> float:
        """Return the largest difference of longitude from the middle at a latitude, in degrees.

        sin^2(dlambda / 2) = (sin^2(angle / 2) - sin^2(dphi / 2)) / (cos phi cos phi0), the
        haversine formula solved for longitude.
        """
        off = math.sin((latitude - self.latitude) * HALF_RADIANS)
        left = math.sin(self.angle / 2) ** 2 - off * off
        across = cosine(latitude) * cosine(self.latitude)
        if left >= across * ALL_ROUND:
            return 180.0
        return math.asin(math.sqrt(left / across)) / HALF_RADIANS if left > 0 else 0.0

    def runs(self, grid: Grid) -> dict[int, list[Run]]:
        """Return the cells of a grid that touch the cap: one run in each of its rows.

        The width grows up to the widest latitude and falls after it, so that in each row the
        latitude nearest to that one decides.
        """
        origin, high, wide = grid.south, grid.high, grid.wide
        reach, widest = math.degrees(self.angle) + SLACK_DEGREES, self.widest
        bottom, top = max(self.latitude - reach, -90.0), min(self.latitude + reach, 90.0)
        middle = self.longitude - grid.west
        runs = {}
        for row in grid.rows(bottom, top):
            south = row * high + origin
            nearest = south if south > widest else min(widest, south + high)
            half = self.half_width(min(max(nearest, bottom), top)) + SLACK_DEGREES
            first, last = cell(middle - half, wide), cell(middle + half, wide)
            runs[row] = [(first, min(last, first + grid.columns - 1))]
        return runs


def cap_round(latitude: float, longitude: float, radius_m: float) -> Cap:
    """Return a cap that holds everything within `radius_m` of a place on WGS84.

    The cap lies on the sphere of `inner_radius_m`: what is within r metres is within r / R.
    """
    radius = inner_radius_m(abs(latitude) - radius_m / METRES_A_DEGREE)
    angle = min(radius_m / radius * (1 + 1e-12) + SLACK_RADIANS, math.pi / 2 - 1e-6)
    return Cap(latitude, longitude, angle)


def inner_radius_m(lowest: float) -> float:
    """Return the radius of a sphere on which no way is longer than on WGS84.

    That holds for ways that stay at latitudes of `lowest` degrees or more, north or south. On
    the ellipsoid a small step measures M dphi north and N cos(phi) dlambda east, both growing
    with latitude and M <= N, so with R = M at the lowest latitude every such step is at least
    as long as on a sphere of radius R.
    """
    sine = math.sin(math.radians(max(lowest, 0.0)))
    curvature = 1 - ECCENTRICITY_SQUARED * sine * sine
    return SEMI_MAJOR_M * (1 - ECCENTRICITY_SQUARED) / math.pow(curvature, 1.5)


def cosine(latitude: float) -> float:
    """Return a cosine that keeps its digits at the poles, where the usual one has none left."""
    return math.sin(math.radians(90.0 - abs(latitude)))
