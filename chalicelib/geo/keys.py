"""Where a place stands in the geo index: a partition and a sort key, together one geohash.

The second curve is the same one laid over a map moved north-east, so that its seams run elsewhere:
what lies across a seam of one lies together in the other.
"""

from enum import Enum

from chalicelib.geo import geohash
from chalicelib.geo.point import Point

PARTITION_LENGTH = 4
"""Characters of the partition key: shorter gains nothing, longer cuts ranges apart."""
SORT_LENGTH = 8
SHIFT = (1 << geohash.AXIS_BITS) // 384
"""Cells of the full key by which the second curve is moved on both axes: 0.46875 degrees of
latitude and 0.9375 of longitude, a third and two thirds of a three-character cell."""
LAST = (1 << geohash.AXIS_BITS) - 1


class Curve(Enum):
    """The value is by how many cells of the full key the map is moved."""

    PLAIN = 0
    SHIFTED = SHIFT


def index_key(lat: float, lon: float, curve: Curve = Curve.PLAIN) -> tuple[str, str]:
    """Return the partition and the sort key of a place.

    Raises InvalidInput for what is not a place on earth.
    """
    point = Point(lat, lon)
    if curve is Curve.PLAIN:
        text = geohash.encode(point)
    else:
        text = geohash.text_of(_moved(geohash.key(point), curve.value), geohash.LENGTH)
    return text[:PARTITION_LENGTH], text[PARTITION_LENGTH:]


def position(partition: str, sort: str, curve: Curve = Curve.PLAIN) -> tuple[float, float]:
    """Return the latitude and longitude of the middle of a key's cell, at most 1.9 cm off."""
    column, row = geohash.cell_of(partition, sort)
    if curve is not Curve.PLAIN:
        column, row = column - SHIFT & LAST, row - SHIFT & LAST
    return geohash.middle(column, row)


def _moved(key: int, cells: int) -> int:
    last = (1 << geohash.AXIS_BITS) - 1
    column = geohash.gathered(key >> 1) + cells & last
    row = geohash.gathered(key) + cells & last
    return geohash.spread(column) << 1 | geohash.spread(row)
