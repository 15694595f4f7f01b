"""Distances, directions and destinations on the WGS84 ellipsoid, exact to millimetres.

A distance is the straight line through the earth between the two places, lengthened to the arc
above it. That needs no special case at the poles or the antimeridian, and no trigonometry of
differences that would lose digits at close range.
"""

import math
from typing import NamedTuple

from chalicelib.geo.point import LATITUDE_MAX, LONGITUDE_MAX, Point

SEMI_MAJOR_M = 6378137.0
"""Equatorial radius of WGS84 (NIMA TR8350.2, 2000)."""
FLATTENING = 1 / 298.257223563
"""Flattening of WGS84 (same source)."""
ECCENTRICITY_SQUARED = FLATTENING * (2 - FLATTENING)
SEMI_MINOR_M = SEMI_MAJOR_M * (1 - FLATTENING)
AXES_SQUARED = (SEMI_MAJOR_M / SEMI_MINOR_M) ** 2
MEAN_RADIUS_M = 6371008.8
"""Mean radius of the ellipsoid (2a + b) / 3 (Moritz, Geodetic Reference System 1980)."""
DEGREE = math.pi / 180


class Earthfixed(NamedTuple):
    """A place in metres from the earth's centre: x to (0, 0), y to (0, 90 E), z to the pole."""

    x: float
    y: float
    z: float


class Horizon(NamedTuple):
    """A place, and two level directions there, as earth-fixed lines a metre long."""

    place: Earthfixed
    right: Earthfixed
    ahead: Earthfixed

    def seen(self, other: Earthfixed) -> tuple[float, float]:
        """Return how many metres to the right and ahead another place is.

        In an azimuthal equidistant map round this place: directions from here (EPSG Guidance Note
        7-2, method 9837) and distances from here are right. Straight lines within some kilometres
        are off by micrometres.
        """
        (a, b, c), (right_x, right_y, right_z), (ahead_x, ahead_y, ahead_z) = self
        x, y, z = other[0] - a, other[1] - b, other[2] - c
        right = right_x * x + right_y * y + right_z * z
        ahead = ahead_x * x + ahead_y * y + ahead_z * z
        flat, away = math.hypot(right, ahead), arc_of(math.sqrt(x * x + y * y + z * z))
        if flat == 0.0:
            return 0.0, away
        return right * away / flat, ahead * away / flat

    def bearing(self, other: Earthfixed) -> float:
        """Return the compass direction of another place, if `ahead` is north; see `bearing`."""
        east, north = self.seen(other)
        # A tiny negative angle plus 360 rounds to 360.0 itself.
        return math.degrees(math.atan2(east, north)) % 360 % 360


def earthfixed(point: Point) -> Earthfixed:
    """Return the place on the ellipsoid's surface (EPSG Guidance Note 7-2, method 9602)."""
    return earthfixed_at(point.latitude, point.longitude)


def earthfixed_at(lat: float, lon: float) -> Earthfixed:
    """Return the same for degrees, without a Point; raises what Point raises."""
    if not (-LATITUDE_MAX <= lat <= LATITUDE_MAX and -LONGITUDE_MAX <= lon <= LONGITUDE_MAX):
        Point(lat, lon)
    latitude, longitude = lat * DEGREE, lon * DEGREE
    sine, cosine = math.sin(latitude), math.cos(latitude)
    normal = SEMI_MAJOR_M / math.sqrt(1 - ECCENTRICITY_SQUARED * sine * sine)
    flat = normal * cosine
    x, y = flat * math.cos(longitude), flat * math.sin(longitude)
    # What Earthfixed(x, y, z) does, in half the time: this is what a lookup does most.
    return tuple.__new__(Earthfixed, (x, y, normal * (1 - ECCENTRICITY_SQUARED) * sine))


def horizon_at(lat: float, lon: float, heading: float = 0.0) -> Horizon:
    """Return a place with the compass direction as `ahead`: north, then `right` is east.

    Raises what Point raises.
    """
    place = earthfixed_at(lat, lon)
    latitude, longitude, azimuth = lat * DEGREE, lon * DEGREE, heading * DEGREE
    sine, cosine = math.sin(longitude), math.cos(longitude)
    tilt = math.sin(latitude)
    north_x, north_y, north_z = -tilt * cosine, -tilt * sine, math.cos(latitude)
    e, n = math.sin(azimuth), math.cos(azimuth)
    return Horizon(
        place,
        Earthfixed(-n * sine - e * north_x, n * cosine - e * north_y, -e * north_z),
        Earthfixed(-e * sine + n * north_x, e * cosine + n * north_y, n * north_z),
    )


def point_of(place: Earthfixed) -> Point:
    """Return the latitude and longitude of a place on the surface (EPSG method 9602 undone)."""
    flat = math.hypot(place.x, place.y)
    return Point(
        math.degrees(math.atan2(AXES_SQUARED * place.z, flat)),
        math.degrees(math.atan2(place.y, place.x)),
    )


def arc_of(chord_m: float) -> float:
    """Return the metres along the surface above a straight line through the earth."""
    return 2 * MEAN_RADIUS_M * math.asin(min(1.0, chord_m / (2 * MEAN_RADIUS_M)))


def arc_m(a: Earthfixed, b: Earthfixed) -> float:
    """Return the metres along the surface between two earth-fixed places; see `distance_m`."""
    return arc_of(math.dist(a, b))


def from_fixed_m(here: Earthfixed, lat: float, lon: float) -> float:
    """Return the metres from an earth-fixed place to one in degrees: `earthfixed_at`, `arc_m`.

    In one go, without the tuple between them: a lookup asks this for every entry it reads.
    """
    if not (-LATITUDE_MAX <= lat <= LATITUDE_MAX and -LONGITUDE_MAX <= lon <= LONGITUDE_MAX):
        Point(lat, lon)
    latitude, longitude = lat * DEGREE, lon * DEGREE
    sine = math.sin(latitude)
    normal = SEMI_MAJOR_M / math.sqrt(1 - ECCENTRICITY_SQUARED * sine * sine)
    flat = normal * math.cos(latitude)
    x, y, z = here
    x -= flat * math.cos(longitude)
    y -= flat * math.sin(longitude)
    z -= normal * (1 - ECCENTRICITY_SQUARED) * sine
    return arc_of(math.sqrt(x * x + y * y + z * z))


def distance_m(a: Point, b: Point) -> float:
    """Return the metres along the surface from `a` to `b`, zero or more.

    Chord c of the ellipsoid, arc 2R asin(c / 2R) over the mean radius R. The arc exceeds the
    chord by 0.13 mm at 5 km, so that R being off by 0.6 % at worst is below 0.1 mm up to 20 km;
    at 1,000 km it is metres, from pole to pole 4 %. Radius searches end long before.
    """
    return arc_m(earthfixed(a), earthfixed(b))


def bearing(a: Point, b: Point) -> float:
    """Return the compass direction from `a` to `b` in degrees, 0 (north) up to below 360.

    The direction in the horizon of `a`, that is the normal section: within 0.001 degree of the
    geodesic up to 20 km away from the poles. From a place to itself it is 0.
    """
    return horizon_at(a.latitude, a.longitude).bearing(earthfixed(b))


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
