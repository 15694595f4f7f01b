"""dynamodbgeo 0.0.3 itself, looking for the same cameras behind a client that counts.

The library is given a client object that answers `query` from memory, in its own table layout:
its hash key, its 64-bit S2 number as the sort key, its text of the place. An answer comes in one
piece, and the pages DynamoDB would have cut it into are worked out for each size of item: the
library keeps a start key for its next range, which DynamoDB refuses, so that it fails where one
range but the last needs two pages. It is billed here as if it did not.
"""

import importlib
import sys
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import Any

from bench.fleet import Box, Fleet
from bench.meter import ANSWER_BYTES
from bench.oracle import bounds
from chalicelib.geo import Circle, Region

HASH_KEY_LENGTH = 2
ITEM_BYTES = {"minimal": 99, "today": 344, "real": 699}
"""Its own four attributes; with what a camera of this register holds today (its index projects
all); with a whole registration of 600 bytes, for it knows only one table."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What it found, how many items each request went through, and how often it asked."""

    found: frozenset[int]
    counts: list[int]

    def fails_at(self, item_bytes: int) -> bool:
        """Say whether DynamoDB would refuse one of its requests."""
        most = ANSWER_BYTES // item_bytes
        return any(count > most for count in self.counts[:-1])


def load() -> Any:  # noqa: ANN401 - a module without types
    """Import the library, which adds its own folders to the path and leaves them there."""
    path = list(sys.path)
    try:
        return importlib.import_module("dynamodbgeo")
    finally:
        sys.path[:] = path


@dataclass(slots=True)
class CountingClient:
    """Stands where a boto3 client would, for one fleet. Items are made when they are read."""

    fleet: Fleet
    library: Any
    counts: list[int] = field(default_factory=list)
    _numbers: dict[int, int] = field(default_factory=dict)
    _sorted: list[tuple[int, int]] = field(default_factory=list)

    def query(self, **request: Any) -> dict[str, Any]:  # noqa: ANN401 - as boto3 takes them
        """Answer a Query on the local secondary index."""
        values = {
            name: int(value["N"]) for name, value in request["ExpressionAttributeValues"].items()
        }
        first = bisect_left(self._sorted, (values[":geohashMin"], -1))
        end = bisect_right(self._sorted, (values[":geohashMax"], len(self.fleet)))
        items = [
            self._item(number)
            for geohash, number in self._sorted[first:end]
            if self._hash_key(geohash) == values[":hashKey"]
        ]
        self.counts.append(len(items))
        return {"Items": items}

    def hold(self, boxes: list[Box]) -> None:
        """Make ready every camera in the boxes: all that the coming queries can reach."""
        numbers = {
            number for box in boxes for _, some in self.fleet.buckets(box) for number in some
        }
        self._sorted = sorted((self._geohash(number), number) for number in numbers)

    def _geohash(self, number: int) -> int:
        if number not in self._numbers:
            place = self.library.GeoPoint(
                self.fleet.latitudes[number], self.fleet.longitudes[number]
            )
            self._numbers[number] = self.library.S2Manager().generateGeohash(place)
        return self._numbers[number]

    def _hash_key(self, geohash: int) -> int:
        return self.library.S2Manager().generateHashKey(geohash, HASH_KEY_LENGTH)

    def _item(self, number: int) -> dict[str, Any]:
        place = f"{self.fleet.latitudes[number]},{self.fleet.longitudes[number]}"
        return {"rangeKey": {"S": str(number)}, "geoJson": {"S": place}}


class Register:
    """A fleet registered with dynamodbgeo."""

    def __init__(self, fleet: Fleet) -> None:
        """Set the library up as its own documentation does."""
        library = load()
        self.client = CountingClient(fleet, library)
        self.library = library
        configuration = library.GeoDataManagerConfiguration(self.client, "cameras")
        configuration.hashKeyLength = HASH_KEY_LENGTH
        configuration.S2RegionCoverer = self._coverer(configuration.S2RegionCoverer)
        self.manager = library.GeoDataManager(configuration)

    def look(self, region: Region) -> Answer:
        """Ask for everything within a radius; for another shape, for the box round it."""
        self.client.counts = []
        if isinstance(region, Circle):
            centre = self.library.GeoPoint(region.lat, region.lon)
            items = self.manager.queryRadius(
                self.library.QueryRadiusRequest(centre, region.radius_m, {})
            )
        else:
            box = bounds(region)
            low = self.library.GeoPoint(box.south, box.west)
            high = self.library.GeoPoint(box.north, box.east)
            items = self.manager.queryRectangle(self.library.QueryRectangleRequest(low, high, {}))
        return Answer(frozenset(int(item["rangeKey"]["S"]) for item in items), self.client.counts)

    def _coverer(self, usual: type) -> type:
        """Return its own coverer, which tells the client first what is about to be read."""
        client = self.client
        sphere = importlib.import_module("s2sphere")

        class Telling(usual):  # type: ignore[misc]
            def get_covering(self, region: Any) -> Any:  # noqa: ANN401 - s2sphere has no types
                cells = super().get_covering(region)
                bounds = (sphere.Cell(cell).get_rect_bound() for cell in cells)
                client.hold([_box(bound) for bound in bounds])
                return cells

        return Telling


def _box(bound: Any) -> Box:  # noqa: ANN401 - as above
    low, high = bound.lo(), bound.hi()
    return Box(*(side.degrees for side in (low.lat(), low.lng(), high.lat(), high.lng())))
