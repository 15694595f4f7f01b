"""A place on earth."""

from dataclasses import dataclass
from typing import TypeGuard

from chalicelib.errors import InvalidInput

LATITUDE_MAX = 90.0
LONGITUDE_MAX = 180.0
NUMBERS = (int, float)


@dataclass(frozen=True, slots=True, order=True)
class Point:
    """A place in WGS84 (EPSG:4326), decimal degrees, north and east positive.

    The poles and both names of the antimeridian (-180 and 180) are legal. Raises InvalidInput,
    naming `latitude` or `longitude`, for anything that is not a number, not finite or out of range.
    """

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        wrong = {}
        if not _within(self.latitude, LATITUDE_MAX):
            wrong["latitude"] = "Latitude is a number from -90 to 90."
            if _within(self.latitude, LONGITUDE_MAX) and _within(self.longitude, LATITUDE_MAX):
                wrong["latitude"] += " It may be swapped with the longitude."
        if not _within(self.longitude, LONGITUDE_MAX):
            wrong["longitude"] = "Longitude is a number from -180 to 180."
        if wrong:
            raise InvalidInput("That is not a place on earth.", wrong)


def _within(value: object, most: float) -> bool:
    return is_number(value) and -most <= value <= most


def is_number(value: object) -> TypeGuard[float]:
    """Say whether a value is a number at all: a text of digits is not, and true is not one."""
    return isinstance(value, NUMBERS) and value is not True and value is not False
