"""DynamoDB's answers about a fleet, handed to the register's own search code without a network.

Where botocore would open a connection, a ready answer is given to it, byte for byte as the service
writes them: entries of both indexes, and the counters that say how dense the cameras stand.
"""

import json
import math
from base64 import b64encode
from collections.abc import Callable, Iterator
from typing import Any

from botocore.awsrequest import AWSResponse

from bench.fleet import Fleet
from bench.meter import ENTRY_BYTES, charge
from chalicelib.aws import clients, index
from chalicelib.cameras import CameraDetails, density, packed
from chalicelib.geo import Curve, Point, Region, geohash, index_key

CELL_KM = 4.887
"""Height of a five-character cell; its width is that times the cosine of the latitude."""
CURVES = {index.GEO: Curve.PLAIN, index.SHIFTED: Curve.SHIFTED}
Count = Callable[[str], int]


class Answers:
    """Answers, each made once: making them is not what is measured."""

    def __init__(self, fleet: Fleet, count: Count) -> None:
        """Answer about this fleet; `count` says how many cameras a five-character cell has."""
        self.fleet, self.count = fleet, count
        self.ready: dict[bytes, bytes] = {}

    def stand_in(self) -> None:
        """Answer instead of the network, for new clients."""
        forget_clients()
        for name in ("dynamodb", clients.INDEX):
            clients.client(name).meta.events.register("before-send.dynamodb", self._answer)

    def _answer(self, request: Any, **_: object) -> AWSResponse:  # noqa: ANN401 - botocore's own
        body = self.ready.get(request.body)
        if body is None:
            wanted = json.loads(request.body)
            told = self._query(wanted) if "IndexName" in wanted else self._counters(wanted)
            body = self.ready[request.body] = json.dumps(told).encode()
        headers = {"Content-Type": "application/x-amz-json-1.0", "x-amzn-RequestId": "A"}
        return AWSResponse(request.url, 200, headers, Body(body))

    def _query(self, wanted: dict[str, Any]) -> dict[str, Any]:
        values = {name: value["S"] for name, value in wanted["ExpressionAttributeValues"].items()}
        low, high = (
            geohash.number(values[":partition"] + values[end]) for end in (":low", ":high")
        )
        numbers = self.fleet.numbers((low, high), CURVES[wanted["IndexName"]])
        bill = charge([len(numbers)], ENTRY_BYTES)
        return {
            "Items": [self._entry(number, wanted["IndexName"]) for number in numbers],
            "Count": len(numbers),
            "ConsumedCapacity": {"TableName": "cameras", "CapacityUnits": bill.units},
        }

    def _entry(self, number: int, name: str) -> dict[str, dict[str, str]]:
        place = self.fleet.latitudes[number], self.fleet.longitudes[number]
        partition, sort = index_key(*place, CURVES[name])
        hash_key, range_key = index.KEYS[name]
        return {
            "i": {"S": f"{number:013d}"},
            hash_key: {"S": partition},
            range_key: {"S": sort},
            "v": {"B": b64encode(packed(details(number, Point(*place)))).decode()},
        }

    def _counters(self, wanted: dict[str, Any]) -> dict[str, Any]:
        ((table, keys),) = wanted["RequestItems"].items()
        items = [key | self._counts(key["name"]["S"][-4:]) for key in keys["Keys"]]
        return {"Responses": {table: items}, "UnprocessedKeys": {}}

    def _counts(self, cell: str) -> dict[str, dict[str, str]]:
        return {letter: {"N": str(self.count(cell + letter))} for letter in geohash.ALPHABET}


class Body:
    """The body of an answer as botocore reads it from a connection."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def stream(self, **_: object) -> Iterator[bytes]:
        yield self.content


def forget_clients() -> None:
    """Let the register open new clients, and forget what it read with the old ones."""
    for cached in (clients.session, clients.client, clients.connection):
        cached.cache_clear()
    density.forget()


def counted(fleet: Fleet) -> Count:
    """Count what stands in a cell, as registering each camera would have."""

    def count(cell: str) -> int:
        below = 5 * (geohash.LENGTH - len(cell))
        low = geohash.number(cell) << below
        return fleet.count((low, low + (1 << below) - 1))

    return count


def even(fleet: Fleet) -> Count:
    """Tell what a cell would hold if the fleet went on for ever; a window ends somewhere."""

    def count(cell: str) -> int:
        middle = geohash.place(geohash.number(cell) << 5 * (geohash.LENGTH - len(cell)))
        km2 = CELL_KM**2 * math.cos(math.radians(middle.latitude))
        return round(fleet.cameras_per_km2 * km2)

    return count


def told(fleet: Fleet) -> Callable[[Region], float]:
    """Return how the register itself would estimate the density round a region of this fleet."""
    Answers(fleet, counted(fleet)).stand_in()
    return lambda region: density.near(region, margin_m=0.0, at=0.0).cameras_per_km2


def details(number: int, place: Point, accuracy_m: int | None = None) -> CameraDetails:
    """Invent what an owner says, different from camera to camera."""
    return CameraDetails(
        place,
        address=f"{number} Meadowside Close, Lancaster",
        heading=number * 37 % 360,
        view_angle=60 + number % 60,
        reach_m=15 + number % 30,
        accuracy_m=5 + number % 20 if accuracy_m is None else accuracy_m,
        days_kept=number % 31,
    )
