"""Distances, directions and destinations on the WGS84 ellipsoid, exact to millimetres.

A distance is the straight line through the earth between the two places, lengthened to the arc
above it. That needs no special case at the poles or the antimeridian, and no trigonometry of
differences that would lose digits at close range.
"""

import math
from typing import NamedTuple

from chalicelib.geo.point import Point

SEMI_MAJOR_M = 6378137.0
"""Equatorial radius of WGS84 (NIMA TR8350.2, 2000)."""
FLATTENING = 1 / 298.257223563
"""Flattening of WGS84 (same source)."""
ECCENTRICITY_SQUARED = FLATTENING * (2 - FLATTENING)
SEMI_MINOR_M = SEMI_MAJOR_M * (1 - FLATTENING)
MEAN_RADIUS_M = 6371008.8
"""Mean radius of the ellipsoid (2a + b) / 3 (Moritz, Geodetic Reference System 1980)."""


class Earthfixed(NamedTuple):
    """A place in metres from the earth's centre: x to (0, 0), y to (0, 90 E), z to the pole."""

    x: float
    y: float
    z: float


def earthfixed(point: Point) -> Earthfixed:
    """Return the place on the ellipsoid's surface (EPSG Guidance Note 7-2, method 9602)."""
    latitude, longitude = math.radians(point.latitude), math.radians(point.longitude)
    sine, cosine = math.sin(latitude), math.cos(latitude)
    normal = SEMI_MAJOR_M / math.sqrt(1 - ECCENTRICITY_SQUARED * sine * sine)
    return Earthfixed(
        normal * cosine * math.cos(longitude),
        normal * cosine * math.sin(longitude),
        normal * (1 - ECCENTRICITY_SQUARED) * sine,
    )


def arc_m(a: Earthfixed, b: Earthfixed) -> float:
    """Return the metres along the surface between two earth-fixed places; see `distance_m`."""
    chord = math.dist(a, b)
    return 2 * MEAN_RADIUS_M * math.asin(min(1.0, chord / (2 * MEAN_RADIUS_M)))


def distance_m(a: Point, b: Point) -> float:
    """Return the metres along the surface from `a` to `b`, zero or more.

    Chord c of the ellipsoid, arc 2R asin(c / 2R) over the mean radius R. The arc exceeds the
    chord by 0.13 mm at 5 km, so that R being off by 0.6 % at worst is below 0.1 mm up to 20 km;
    at 1,000 km it is metres, at the far side of the earth 2 %. Radius searches end long before.
    """
    return arc_m(earthfixed(a), earthfixed(b))


def bearing(a: Point, b: Point) -> float:
    """Return the compass direction from `a` to `b` in degrees, 0 (north) up to below 360.

    East and north parts of the chord in the horizon of `a` (EPSG Guidance Note 7-2, method
    9837): the normal section, within 0.001 degree of the geodesic up to 20 km away from the
    poles. From a place to itself it is 0.
    """
    start, end = earthfixed(a), earthfixed(b)
    x, y, z = (there - here for here, there in zip(start, end, strict=True))
    latitude, longitude = math.radians(a.latitude), math.radians(a.longitude)
    outward = math.cos(longitude) * x + math.sin(longitude) * y
    east = math.cos(longitude) * y - math.sin(longitude) * x
    north = math.cos(latitude) * z - math.sin(latitude) * outward
    # A tiny negative angle plus 360 rounds to 360.0 itself.
    return math.degrees(math.atan2(east, north)) % 360 % 360


def destination(point: Point, degrees: float, metres: float) -> Point:
    """Return the place reached from `point` by going `metres` in compass direction `degrees`.

    Vincenty's direct solution (Survey Review 23/176, 1975), good to below a millimetre at any
    distance used here; the inverse of `distance_m` and `bearing` to their own errors.
    """
    azimuth, reduced = math.radians(degrees), _reduced(point.latitude)
    equator_sine = math.cos(reduced) * math.sin(azimuth)
    series = _series(1 - equator_sine * equator_sine)
    first = math.atan2(math.tan(reduced), math.cos(azimuth))
    arc, middle = _arc(metres, first, series)
    return _place(point.longitude, azimuth, reduced, (equator_sine, arc, middle))


def _reduced(latitude: float) -> float:
    radians = math.radians(latitude)
    return math.atan2((1 - FLATTENING) * math.sin(radians), math.cos(radians))


def _series(cosine_squared: float) -> tuple[float, float]:
    u = cosine_squared * (SEMI_MAJOR_M**2 - SEMI_MINOR_M**2) / SEMI_MINOR_M**2
    scale = 1 + u / 16384 * (4096 + u * (-768 + u * (320 - 175 * u)))
    return scale, u / 1024 * (256 + u * (-128 + u * (74 - 47 * u)))


def _arc(metres: float, first: float, series: tuple[float, float]) -> tuple[float, float]:
    scale, swing = series
    start = arc = metres / (SEMI_MINOR_M * scale)
    for _ in range(5):  # each round gains more than five digits
        middle = math.cos(2 * first + arc)
        twice = 2 * middle * middle - 1
        cubic = swing / 6 * middle * (4 * math.sin(arc) ** 2 - 3) * (4 * middle * middle - 3)
        arc = start + swing * math.sin(arc) * (middle + swing / 4 * (math.cos(arc) * twice - cubic))
    return arc, math.cos(2 * first + arc)


def _place(
    longitude: float, azimuth: float, reduced: float, path: tuple[float, float, float]
) -> Point:
    equator_sine, arc, middle = path
    sine, cosine = math.sin(arc), math.cos(arc)
    north = math.sin(reduced) * cosine + math.cos(reduced) * sine * math.cos(azimuth)
    across = math.sin(reduced) * sine - math.cos(reduced) * cosine * math.cos(azimuth)
    latitude = math.atan2(north, (1 - FLATTENING) * math.hypot(equator_sine, across))
    ahead = math.cos(reduced) * cosine - math.sin(reduced) * sine * math.cos(azimuth)
    turn = math.atan2(sine * math.sin(azimuth), ahead)
    squared = 1 - equator_sine * equator_sine
    c = FLATTENING / 16 * squared * (4 + FLATTENING * (4 - 3 * squared))
    bend = middle + c * cosine * (2 * middle * middle - 1)
    turn -= (1 - c) * FLATTENING * equator_sine * (arc + c * sine * bend)
    return Point(math.degrees(latitude), _wrapped(longitude + math.degrees(turn)))


def _wrapped(longitude: float) -> float:
    if -180 <= longitude <= 180:  # noqa: PLR2004 - half a turn
        return longitude
    return (longitude + 180) % 360 - 180
