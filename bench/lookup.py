"""What a radius search costs: our plan against the nine-neighbour recipe, on the same cameras.

Counts are exact and the same on every machine; only the milliseconds vary. Exits with 1 if a
single camera is missed or wrongly found. `python -m bench lookup --lookups 600` is the full run.
"""

import argparse
import csv
import gzip
import math
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from bench.store import Bill, Index, nine_neighbours, planned  # noqa: E402 - needs ROOT on the path
from chalicelib.geo import Circle, Point, distance_m, plan  # noqa: E402 - as above
from chalicelib.geo.plan import DENSITY  # noqa: E402 - as above

DATA = ROOT.parent / "shared" / "data"
TOWNS = (
    Point(39.2461, -94.4191),
    Point(39.0911, -94.4155),
    Point(54.0470, -2.8010),
    Point(53.7632, -2.7031),
    Point(41.6672, -87.8367),
    Point(52.8052, -2.1163),
)
RADII = (50, 100, 250, 500, 1000)
AREAS = (("rural", 5.0, 30), ("suburban", 200.0, 12), ("dense", 3000.0, 5))
"""Name, cameras per square kilometre, kilometres across each town's window."""
MARGIN_KM = 1.1
HEADINGS = (
    *("cameras", "radius", "lookups", "requests", "p95", "units", "entries", "found"),
    *("missed", "extra", "ms", "| 9 cells:", "units", "entries", "x requests", "x units"),
)
WIDTHS = (15, 6, 7, 8, 4, 7, 8, 8, 6, 5, 5, 10, 7, 8, 10, 7)


@dataclass(frozen=True, slots=True)
class Lookup:
    """One search, paid for twice, and how far it was off."""

    ours: Bill
    theirs: Bill
    missed: int
    extra: int
    plan_ms: float


def main() -> int:
    """Print the table; return 1 if anything was missed or wrongly found."""
    parser = argparse.ArgumentParser(prog="bench lookup", description=__doc__)
    parser.add_argument("--lookups", type=int, default=120, help="searches per row (default 120)")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    print(_line(HEADINGS))
    wrong = 0
    dice = random.Random(arguments.seed)  # noqa: S311 - repeatable, not secret
    for row, lookups in _rows(arguments.lookups, dice):
        print(_line((*row, *_summary(lookups))))
        wrong += sum(lookup.missed + lookup.extra for lookup in lookups)
    print("\nunits: read request units, 35 bytes an entry, 4 KB a page, half a unit at least")
    print(f"missed or extra in all: {wrong}")
    return 1 if wrong else 0


Row = tuple[tuple[object, ...], list[Lookup]]


def _rows(count: int, dice: random.Random) -> Iterator[Row]:
    for name, density, across in AREAS:
        towns = [(town, _scattered(town, density, across, dice)) for town in TOWNS]
        for radius in RADII:
            scenes = [_scenes(index, town, across, dice) for town, index in towns]
            lookups = [
                _look(towns[number % 6][1], Circle(next(scenes[number % 6]), radius), density)
                for number in range(count)
            ]
            yield (name, radius, count), lookups
    yield from _real_rows(count, dice)


def _real_rows(count: int, dice: random.Random) -> Iterator[Row]:
    """Real places and real incidents, with the density nobody told the planner."""
    places = DATA / "places" / "uk_postcodes_lancashire.csv.gz"
    incidents = DATA / "incidents" / "lancashire_asb_2022.csv.gz"
    if not places.exists():
        print(f"(no real places: {DATA} is absent)")
        return
    index = Index(_points(places, "lat", "lon"))
    scenes = dice.sample(_points(incidents, "latitude", "longitude"), count)
    for radius in RADII:
        circles = [Circle(scene, radius) for scene in scenes]
        yield ("Lancashire real", radius, count), [_look(index, one, DENSITY) for one in circles]


def _points(path: Path, latitude: str, longitude: str) -> list[Point]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [Point(float(row[latitude]), float(row[longitude])) for row in csv.DictReader(lines)]


def _scattered(town: Point, density: float, across: float, dice: random.Random) -> Index:
    count = round(density * across * across)
    return Index(_somewhere(town, across / 2, dice) for _ in range(count))


def _scenes(index: Index, town: Point, across: float, dice: random.Random) -> Iterator[Point]:
    """Half anywhere, half within 50 m of a camera; all clear of the window's edge."""
    half = across / 2 - MARGIN_KM
    while True:
        yield _somewhere(town, half, dice)
        camera = dice.choice(index.points)
        if distance_m(camera, town) < 1000 * half:
            yield _somewhere(camera, 0.05, dice)


def _somewhere(centre: Point, half_km: float, dice: random.Random) -> Point:
    north, east = dice.uniform(-half_km, half_km), dice.uniform(-half_km, half_km)
    narrowing = math.cos(math.radians(centre.latitude))
    return Point(centre.latitude + north / 111.2, centre.longitude + east / 111.3 / narrowing)


def _look(index: Index, circle: Circle, density: float) -> Lookup:
    started = time.perf_counter()
    ranges = plan(circle, density)
    plan_ms = 1000 * (time.perf_counter() - started)
    ours = index.read(planned(ranges), circle)
    wanted = index.looked_at_one_by_one(circle)
    return Lookup(
        ours=ours,
        theirs=index.read(nine_neighbours(circle), circle),
        missed=len(wanted - ours.found),
        extra=len(ours.found - wanted),
        plan_ms=plan_ms,
    )


def _summary(lookups: Sequence[Lookup]) -> tuple[object, ...]:
    requests, p95 = _mean(lookups, lambda one: one.ours.requests), _p95(lookups)
    units, their_units = (_mean(lookups, _units(whose)) for whose in ("ours", "theirs"))
    their_requests = _mean(lookups, lambda one: one.theirs.requests)
    return (
        *(f"{requests:.2f}", p95, f"{units:.2f}"),
        f"{_mean(lookups, lambda one: one.ours.entries):.1f}",
        f"{_mean(lookups, lambda one: len(one.ours.found)):.1f}",
        *(sum(one.missed for one in lookups), sum(one.extra for one in lookups)),
        f"{statistics.median(one.plan_ms for one in lookups):.2f}",
        *(f"{their_requests:.2f}", f"{their_units:.2f}"),
        f"{_mean(lookups, lambda one: one.theirs.entries):.1f}",
        *(f"{their_requests / requests:.1f}", f"{their_units / units:.1f}"),
    )


def _units(whose: str) -> Callable[[Lookup], float]:
    return lambda one: getattr(one, whose).units


def _mean(lookups: Sequence[Lookup], value: Callable[[Lookup], float]) -> float:
    return statistics.fmean(value(one) for one in lookups)


def _p95(lookups: Sequence[Lookup]) -> int:
    return sorted(one.ours.requests for one in lookups)[math.ceil(0.95 * len(lookups)) - 1]


def _line(cells: Sequence[object]) -> str:
    first, *rest = (str(cell) for cell in cells)
    aligned = (cell.rjust(width) for cell, width in zip(rest, WIDTHS[1:], strict=True))
    return " ".join((first.ljust(WIDTHS[0]), *aligned))


if __name__ == "__main__":
    sys.exit(main())
