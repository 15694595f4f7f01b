"""The regions and speeds of a program's search, and their problems in the names it sent."""

from collections.abc import Iterator
from contextlib import contextmanager

from msgspec import UnsetType

from chalicelib import jurisdictions
from chalicelib.errors import InvalidInput, LimitExceeded
from chalicelib.geo import Area, Circle, Corridor
from chalicelib.incidents import SWAPPED, Travel, too_many
from chalicelib.web import bodies

KMH_PER_MPS = 3.6
SENT_AS = {
    **dict.fromkeys(("place", "area", "route", "latitude", "longitude"), "region.coordinates"),
    "radius_m": "region.radius_m",
    "half_width_m": "region.half_width_m",
    "slowest": "travel.slowest_kmh",
    "fastest": "travel.fastest_kmh",
}
LONGITUDE_FIRST = "GeoJSON gives longitude first, then latitude."


def region_of(
    sent: bodies.CircleRegion | bodies.AreaRegion | bodies.RouteRegion,
) -> Circle | Area | Corridor:
    """Return what was drawn; raise InvalidInput if it cannot be."""
    match sent:
        case bodies.CircleRegion(coordinates=(longitude, latitude)):
            return Circle(latitude, longitude, sent.radius_m)
        case bodies.RouteRegion():
            return Corridor(tuple(sent.coordinates), sent.half_width_m)
    _count(sent)
    ring, *holes = map(tuple, sent.coordinates)
    return Area(ring, tuple(holes))


def _count(sent: bodies.AreaRegion) -> None:
    """Refuse too many corners at once: to see whether thousands of edges cross takes seconds."""
    most = jurisdictions.current().limits.corners_max
    corners = sum(len(ring) - 1 for ring in sent.coordinates)
    if corners > most:
        raise LimitExceeded(fields={"area": too_many("corners", corners, most)})


def travel_of(sent: bodies.NewTravel | UnsetType) -> Travel | None:
    if isinstance(sent, UnsetType):
        return None
    return Travel(sent.slowest_kmh / KMH_PER_MPS, sent.fastest_kmh / KMH_PER_MPS)


@contextmanager
def named_as_sent() -> Iterator[None]:
    """Give the fields of a problem the names that they have in the body."""
    try:
        yield
    except InvalidInput as error:
        fields: dict[str, str] = {}
        for field, sentence in error.fields.items():
            fields.setdefault(SENT_AS.get(field, field), _in_geojson(sentence))
        raise type(error)(_in_geojson(error.sentence), fields) from error


def _in_geojson(sentence: str) -> str:
    told = sentence.replace(SWAPPED, LONGITUDE_FIRST)
    return f"{told} {LONGITUDE_FIRST}" if "swapped" in told else told
