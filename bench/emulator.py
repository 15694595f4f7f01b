"""The register's own search against a local DynamoDB, camera by camera.

Cameras with all that an owner says of them are stored in real tables, counted by the register's
own recount, and searched for over HTTP with `cameras.find`. Only what is found is compared: this
emulator does not charge by size.
"""

import os
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from bench.answers import details, forget_clients
from bench.environment import REGION
from bench.oracle import expected
from bench.scenes import Window, dice_for, places, window
from bench.shapes import routes, stars
from chalicelib import cameras
from chalicelib.aws.tables import CameraItem, LimitItem
from chalicelib.aws.transaction import Transaction
from chalicelib.cameras import density, store
from chalicelib.geo import Circle, Corridor, Point, Region
from chalicelib.telemetry import metrics
from infra.local.ministack import MiniStack, free_port

TOWN = "Lancaster"
"""On a seam of both three and four characters."""
PER_KM2 = 200
SCENE_M = 10
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def compared(count: int, lookups: int, seed: int) -> dict[str, Any]:
    """Return how many cameras were missed or wrongly found, and what the search said it took."""
    place = window(TOWN, "suburban", (count / PER_KM2) ** 0.5, seed)
    with tempfile.TemporaryDirectory() as folder:
        cloud = MiniStack(Path(folder), REGION, free_port(), keeps_state=False)
        cloud.start()
        os.environ["AWS_ENDPOINT_URL"] = cloud.url
        try:
            forget_clients()
            ids = _stored(place)
            return _searched(place, ids, lookups, seed)
        finally:
            del os.environ["AWS_ENDPOINT_URL"]
            forget_clients()
            cloud.stop()


def _stored(place: Window) -> dict[str, int]:
    """Register every camera of the fleet, and return their numbers by id."""
    for table in (CameraItem, LimitItem):
        table.create_table(billing_mode="PAY_PER_REQUEST", wait=True)
    numbers = {}
    with CameraItem.batch_write() as batch:
        for number in range(len(place.fleet)):
            point = Point(place.fleet.latitudes[number], place.fleet.longitudes[number])
            camera = cameras.add(
                Transaction(), "r" * 13, details(number, point, accuracy_m=0), visible=True, now=NOW
            )
            numbers[camera.id] = number
            batch.save(store.item_of(camera))
    density.recount(now=NOW)
    return numbers


def _searched(place: Window, ids: dict[str, int], lookups: int, seed: int) -> dict[str, Any]:
    """Search, compare with the oracle, and return totals of what is wrong, means of the rest."""
    sums: Counter[str] = Counter(missed=0, extra=0)
    started = time.perf_counter()
    for region in islice(_regions(place, seed), lookups):
        found = cameras.find(region, scene=_scene(region))
        metrics.clear_metrics()
        numbers = frozenset(ids[camera.id] for camera in found.cameras)
        wanted = expected(place.fleet, region)
        sums["missed"] += wanted.missed_by(numbers)
        sums["extra"] += wanted.extra_in(numbers)
        sums["requests"] += found.requests
        sums["hits"] += found.total
    ms = 1000 * (time.perf_counter() - started)
    means = {name: round(sums[name] / lookups, 2) for name in ("requests", "hits")}
    wrong = {name: sums[name] for name in ("missed", "extra")}
    return {"cameras": len(ids), "lookups": lookups, **means, **wrong, "ms": round(ms / lookups)}


def _scene(region: Region) -> Region:
    if isinstance(region, Corridor):
        return region
    return Circle(region.middle.latitude, region.middle.longitude, SCENE_M)


def _regions(place: Window, seed: int) -> Iterator[Region]:
    dice = dice_for(seed, "emulator")
    scenes = places(place, 0.6, dice)
    shapes = zip(stars(place, 0.3, dice), routes(place, 1000.0, 60.0, dice), strict=False)
    for radius in cycle((50, 100, 250, 500)):
        scene = next(scenes)
        yield Circle(scene.latitude, scene.longitude, radius)
        if radius == 250:  # noqa: PLR2004 - metres; as many areas and routes as circles of one size
            yield from next(shapes)
