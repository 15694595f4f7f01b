"""A place on earth."""

import math
from dataclasses import dataclass

from chalicelib.errors import InvalidInput

LATITUDE_MAX = 90.0
LONGITUDE_MAX = 180.0


@dataclass(frozen=True, slots=True, order=True)
class Point:
    """A place in WGS84 (EPSG:4326), decimal degrees, north and east positive.

    The poles and both names of the antimeridian (-180 and 180) are legal.
    Raises InvalidInput for anything that is not finite or out of range.
    """

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        wrong = {}
        if not _within(self.latitude, LATITUDE_MAX):
            wrong["latitude"] = "Latitude is a number from -90 to 90."
        if not _within(self.longitude, LONGITUDE_MAX):
            wrong["longitude"] = "Longitude is a number from -180 to 180."
        if wrong:
            raise InvalidInput("That is not a place on earth.", wrong)


def _within(value: float, most: float) -> bool:
    return math.isfinite(value) and abs(value) <= most
