"""The rows of the benchmark: which cameras, which lookups, how many."""

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from bench.answers import Answers, even
from bench.look import Looks, best_precision
from bench.rows import Row
from bench.scenes import TOWNS, Window, dice_for, on_seams, places, window
from bench.shapes import routes, stars
from bench.whole import whole_ms
from chalicelib.geo import Circle, Region

MARGIN = 1.3
"""Times a circle's radius that scenes stay clear of their window's edge, and 300 m more."""
SEAM_RADIUS_M = 250
TIMED = 2
"""The town whose lookups are also done whole, through the register's own search: Lancaster."""
TIMED_LOOKUPS = 5
TIMED_ENTRIES_MOST = 30_000
"""Making DynamoDB's answers ready takes longer than what is timed."""


@dataclass(frozen=True, slots=True)
class Field:
    """The windows of one density, and how many lookups of each kind are made there."""

    density: str
    across_km: float
    circles: tuple[tuple[int, int], ...] = ()
    """Radius in metres, lookups."""
    areas: tuple[tuple[float, int], ...] = ()
    """Square kilometres, lookups."""
    routes: tuple[tuple[int, int, int], ...] = ()
    """Kilometres, metres to each side, lookups."""
    seams: int = 0
    theirs: int = 600
    """Lookups of each row that dynamodbgeo is asked for too: it is slow."""


AREAS = ((0.04, 60), (0.45, 60), (3.8, 60))
ROUTES = ((1, 50, 60), (1, 100, 60), (5, 100, 60), (20, 100, 60))
RADII = (50, 100, 250, 500, 1000)
EVERY = tuple((radius, 600) for radius in RADII)
FULL = (
    Field("rural", 30, (*EVERY, (5000, 600)), AREAS, ROUTES, seams=100),
    Field("suburban", 30, (*EVERY, (5000, 120)), AREAS, ROUTES, seams=100),
    Field("dense", 12, EVERY, AREAS, ROUTES, seams=100, theirs=120),
    Field("dense", 14, ((5000, 30),), theirs=6),
)
QUICK = (
    Field("rural", 30, EVERY[:4], ((0.45, 20),), ((5, 100, 8),), seams=20, theirs=20),
    Field(
        "suburban",
        12,
        ((50, 600), (100, 600), (250, 600), (500, 120)),
        ((0.45, 30),),
        ((1, 50, 20), (5, 100, 8)),
        seams=40,
        theirs=100,
    ),
    Field("dense", 4, ((50, 600), (250, 60), (500, 20)), ((0.45, 10),), seams=20, theirs=6),
)


def rows(fields: Iterable[Field], seed: int) -> Iterator[Row]:
    """Make the cameras of one field after another and look among them."""
    for field in fields:
        windows = [window(town, field.density, field.across_km, seed) for town in TOWNS]
        Answers(windows[TIMED].fleet, even(windows[TIMED].fleet)).stand_in()
        for kind, size, count, scenes in _lookups(field):
            dice = dice_for(seed, kind, field.density, size)
            theirs = 0 if kind == "seam" else field.theirs
            yield _row(windows, (kind, size), count, scenes(dice, windows), theirs)


Scenes = Callable[[random.Random, list[Window]], list[Iterator[Region]]]


def _lookups(field: Field) -> Iterator[tuple[str, str, int, Scenes]]:
    for radius, count in field.circles:
        yield "circle", f"{radius}", count, _each(_circles, radius)
    for km2, count in field.areas:
        yield "area", f"{km2} km2", count, _each(stars, km2)
    for km, half_width, count in field.routes:
        size = f"{km} km x {half_width}"
        yield "route", size, count, _each(routes, 1000.0 * km, float(half_width))
    if field.seams:
        yield "seam", f"{SEAM_RADIUS_M}", field.seams, _each(_seams, SEAM_RADIUS_M)


def _each(make: Callable[..., Iterator[Region]], *size: float) -> Scenes:
    return lambda dice, windows: [make(one, *size, dice) for one in windows]


def _row(
    windows: list[Window],
    what: tuple[str, str],
    count: int,
    scenes: list[Iterator[Region]],
    theirs: int,
) -> Row:
    """Look as often in each town; a town that has no scene of this kind is left out."""
    looks = Looks([one.fleet for one in windows], theirs=theirs, rivals=what[0] != "seam")
    lookups = []
    towns, watched = list(enumerate(scenes)), []
    while len(lookups) < count and towns:
        town, scene = towns.pop(0)
        region = next(scene, None)
        if region is not None:
            lookups.append(looks.look(town, region))
            towns.append((town, scene))
            if town == TIMED and lookups[-1].two.bill.entries < TIMED_ENTRIES_MOST:
                watched.append(region)
    took = whole_ms(watched[:TIMED_LOOKUPS])
    return Row(what[0], windows[0].density, what[1], best_precision(lookups), took)


def _circles(place: Window, radius: int, dice: random.Random) -> Iterator[Circle]:
    margin = min(MARGIN * radius / 1000 + 0.3, place.across_km / 2 - 1)
    for scene in places(place, margin, dice):
        yield Circle(scene.latitude, scene.longitude, radius)


def _seams(place: Window, radius: int, dice: random.Random) -> Iterator[Circle]:
    """Give circles where four-character cells meet: up to four requests are right there."""
    for scene in on_seams(place, MARGIN * radius / 1000 + 0.3, dice):
        yield Circle(scene.latitude, scene.longitude, radius)
