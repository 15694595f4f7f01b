"""Processor time of planning, and of whole lookups through the register's own search code.

Everything runs but the network. The clock counts the work of all threads.
"""

import gc
from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import Any

from bench.answers import Answers, even
from bench.calibration import NOMINAL_MS, Timed, timed
from bench.scenes import Window, dice_for, places, window
from bench.shapes import routes, stars
from chalicelib import cameras
from chalicelib.cameras import Found
from chalicelib.geo import Circle, Region, best_plan
from chalicelib.telemetry import metrics

SCENE_M = 10
TARGETS_MS = {
    "plan circle 250": 0.5,
    "plan circle 1000": 0.5,
    "plan area 0.45 km2": 0.5,
    "plan route 5 km x 100": 3.0,
    "whole circle suburban 250": 5.0,
    "whole circle dense 500": 35.0,
}
"""What each may take of one core of the nominal machine."""


def processor_times(seed: int, count: int = 12) -> dict[str, dict[str, float]]:
    """Return what each of `TARGETS_MS` takes here, on the nominal machine, and may take."""
    suburban = window("Lancaster", "suburban", 6, seed)
    dense = window("Lancaster", "dense", 3, seed)
    works = [_plans(suburban, shape, seed) for shape in ("250", "1000", "area", "route")]
    works += [_lookups(suburban, 250, seed), _lookups(dense, 500, seed)]
    # The fleets of this benchmark are no part of a lookup; a function holds none of them.
    gc.collect()
    gc.freeze()
    times = [timed(islice(some, count), best_of=7) for some in works]
    return {name: _told(time, name) for name, time in zip(TARGETS_MS, times, strict=True)}


def whole_ms(regions: list[Region]) -> float | None:
    """Return what whole lookups take here, for the fleet whose answers stand in for the network."""
    if not regions:
        return None
    return round(timed(map(_ready, regions), best_of=2).here_ms, 3)


def _ready(region: Region) -> partial[Found]:
    """Return a lookup whose answers have been made: they are the first time they are asked for."""
    scene = region
    if isinstance(region, Circle):
        scene = Circle(region.lat, region.lon, SCENE_M)
    look = partial(_find, region, scene)
    look()
    return look


def broken(times: dict[str, dict[str, float]]) -> list[str]:
    """Return one sentence for each that takes too long."""
    return [
        f"{name}: {time['nominal_ms']} ms of a nominal machine, promised {time['target_ms']}"
        for name, time in times.items()
        if time["nominal_ms"] > time["target_ms"]
    ]


def _told(time: Timed, name: str) -> dict[str, float]:
    return {
        "ms": round(time.here_ms, 3),
        "nominal_ms": round(time.nominal_ms, 3),
        "loops": round(time.nominal_ms / NOMINAL_MS, 3),
        "target_ms": TARGETS_MS[name],
    }


def _plans(place: Window, shape: str, seed: int) -> Iterator[partial[Any]]:
    dice = dice_for(seed, "plans", shape)
    regions: Iterator[Region]
    match shape:
        case "area":
            regions = stars(place, 0.45, dice)
        case "route":
            regions = routes(place, 5000.0, 100.0, dice)
        case radius:
            regions = _circles(place, int(radius), seed)
    return (partial(best_plan, region, place.fleet.cameras_per_km2) for region in regions)


def _circles(place: Window, radius: int, seed: int) -> Iterator[Circle]:
    for scene in places(place, 1.0, dice_for(seed, "whole", radius)):
        yield Circle(scene.latitude, scene.longitude, radius)


def _lookups(place: Window, radius: int, seed: int) -> Iterator[partial[Any]]:
    # Only once they are looked up: the last fleet that stands in is the one that answers.
    Answers(place.fleet, even(place.fleet)).stand_in()
    yield from map(_ready, _circles(place, radius, seed))


def _find(region: Region, scene: Region) -> Found:
    """Search as the register does; what it counts for its own metrics would pile up here."""
    found = cameras.find(region, scene=scene)
    metrics.clear_metrics()
    return found
