"""Lookups among real cameras: South Korea's public CCTV sites and plate readers of the US.

Nobody registered these. Two thousand lookups: at cameras drawn by lot, give or take 50 m, and at
real incidents. Incidents and cameras of the same country are there for the US alone, as the
assaults of Chicago; for Korea the step from one collision of Greater Manchester to another of the
same district is laid on at a site, so that scenes keep the spread of real ones.
"""

import csv
import gzip
import math
import random
import resource
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count, islice
from pathlib import Path
from typing import Any

from bench.answers import told
from bench.directions import ROUND, Facing, facings, korean_facings
from bench.fleet import Cell, Fleet
from bench.look import Looks, best_precision
from bench.oracle import scale
from bench.rows import Row
from bench.scenes import anywhere, dice_for
from chalicelib.cameras import CameraDetails, packed
from chalicelib.errors import InvalidInput
from chalicelib.geo import Circle, Curve, Point, geohash, index_key

KOREA = "cameras/korea_public_cctv_sites.csv.gz"
UNITED_STATES = "cameras/us_alpr_osm.csv.gz"
CHICAGO = "incidents/chicago_aggravated_assaults_2018_2019.csv.gz"
MANCHESTER = "incidents/greater_manchester_collisions_2019_2024.csv.gz"
RADII = (50, 100, 250, 500, 1000)
LOOKUPS = 100
"""For each set of cameras, kind of scene and radius: two thousand in all."""
THEIRS = 10
USUAL_DENSITY = {"korea": 5.0, "us": 0.05}
"""Cameras per square kilometre, roughly: only sizes the buckets they are counted out of."""
ENTRY_VIEW_BYTES = 6


@dataclass(slots=True)
class Taken:
    """What became of the rows of a list."""

    cells: list[Cell] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def told(self) -> dict[str, int]:
        return dict(sorted(self.counts.items()))


def rows(data: Path, seed: int, about: dict[str, Any]) -> Iterator[Row]:
    """Index both lists and look among them; what was met on the way is added to `about`."""
    for name, path, parse, text in (
        ("korea", KOREA, korean_facings, "direction_text"),
        ("us", UNITED_STATES, facings, "direction"),
    ):
        started = time.perf_counter()
        taken = take(_lines(data / path), parse, text)
        fleet = Fleet(taken.cells, USUAL_DENSITY[name])
        about[name] = taken.told() | {"indexed_s": round(time.perf_counter() - started, 1)}
        print(f"{name}: {about[name]}", flush=True)
        density = told(fleet)
        for kind, scenes in _scenes(name, fleet, data, seed).items():
            for radius in RADII:
                looks = Looks([fleet], theirs=THEIRS, density=density)
                circles = (Circle(one.latitude, one.longitude, radius) for one in scenes)
                lookups = [looks.look(0, circle) for circle in islice(circles, LOOKUPS)]
                yield Row(f"{name}-{kind}", "real", str(radius), best_precision(lookups))


def take(
    lines: Iterable[dict[str, str]], parse: Callable[[str], tuple[Facing, ...] | None], text: str
) -> Taken:
    """Index every row that is on earth; count what is not, and directions nobody understands."""
    taken = Taken()
    for line in lines:
        taken.counts["rows"] += 1
        try:
            point = Point(float(line["lat"]), float(line["lon"]))
        except (InvalidInput, ValueError):
            taken.counts["outside the valid range"] += 1
            continue
        taken.cells.append(_indexed(point))
        _count_directions(taken.counts, line[text], parse, point)
    return taken


def _indexed(point: Point) -> Cell:
    """Return where the register's own keys put a place; both curves must agree."""
    plain = geohash.number("".join(index_key(point.latitude, point.longitude)))
    shifted = geohash.number("".join(index_key(point.latitude, point.longitude, Curve.SHIFTED)))
    cell = Cell(geohash.gathered(plain), geohash.gathered(plain >> 1))
    if (cell.key(Curve.PLAIN), cell.key(Curve.SHIFTED)) != (plain, shifted):
        raise AssertionError("the two curves put a camera in two places")
    return cell


def _count_directions(
    counts: Counter[str],
    text: str,
    parse: Callable[[str], tuple[Facing, ...] | None],
    point: Point,
) -> None:
    """Note what the text says; a camera without a known direction is indexed all the same."""
    read = parse(text) if text.strip() else ()
    if read is None:
        counts["direction not understood"] += 1
    elif not read:
        counts["direction not given"] += 1
    else:
        counts["direction understood"] += 1
        counts["several directions"] += len(read) > 1
        counts["all round"] += read[0].angle == ROUND
    first = read[0] if read else Facing(0)
    view = CameraDetails(
        point, heading=first.heading if read else None, view_angle=first.angle if read else None
    )
    if len(packed(view)) != ENTRY_VIEW_BYTES:
        raise AssertionError("an entry is not as long as it is billed")


def _scenes(name: str, fleet: Fleet, data: Path, seed: int) -> dict[str, Iterator[Point]]:
    dice = dice_for(seed, name)
    sites = (anywhere(_camera(fleet, dice), 0.05, dice) for _ in count())
    if name == "us":
        return {"sites": sites, "incidents": _drawn(_lines(data / CHICAGO), dice)}
    return {"sites": sites, "incidents": _laid_on(fleet, _lines(data / MANCHESTER), dice)}


def _drawn(lines: Iterable[dict[str, str]], dice: random.Random) -> Iterator[Point]:
    places = [Point(float(line["latitude"]), float(line["longitude"])) for line in lines]
    while True:
        yield dice.choice(places)


def _laid_on(fleet: Fleet, lines: Iterable[dict[str, str]], dice: random.Random) -> Iterator[Point]:
    by_district: dict[str, list[Point]] = {}
    for line in lines:
        place = Point(float(line["lat"]), float(line["lon"]))
        by_district.setdefault(line["district"], []).append(place)
    districts = list(by_district.values())
    while True:
        one, other = dice.sample(dice.choice(districts), 2)
        site = _camera(fleet, dice)
        narrower = scale(one.latitude).east / scale(site.latitude).east
        latitude = site.latitude + other.latitude - one.latitude
        yield Point(latitude, site.longitude + (other.longitude - one.longitude) * narrower)


def _camera(fleet: Fleet, dice: random.Random) -> Point:
    """Return a camera that is not among those mapped somewhere by mistake, near a pole."""
    while True:
        number = dice.randrange(len(fleet))
        if abs(fleet.latitudes[number]) < 60:  # noqa: PLR2004 - the oracle's formula ends there
            return Point(fleet.latitudes[number], fleet.longitudes[number])


def _lines(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as text:
        yield from csv.DictReader(text)


def memory_mb() -> int:
    """Return the most memory this process has had."""
    return math.ceil(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
