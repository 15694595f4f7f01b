"""How many cameras there are about a place: what a plan needs in order to be cheap.

One item of counters for each four-character geohash cell, one counter for each five-character
cell in it (about 5 by 3 km in Europe) and one for the cameras whose place is hardly known. They
are internal: no page shows them. A count of points that is off only ever costs money. The count
of uncertain ones decides whether those are read at all, so it errs upwards: it is raised before
the camera can be found and lowered by the recount alone.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import cache, partial
from typing import NamedTuple

from chalicelib import limits
from chalicelib.aws import counters, index
from chalicelib.aws.transaction import Transaction
from chalicelib.cameras.model import Camera
from chalicelib.cameras.store import UNCERTAIN, keys_of
from chalicelib.errors import TooManyRequests, Unavailable
from chalicelib.geo import Bounds, Point, Region, geohash
from chalicelib.geo.keys import PARTITION_LENGTH
from chalicelib.geo.plan import DENSITY
from chalicelib.telemetry import logger

CELL_LENGTH = PARTITION_LENGTH + 1
CELL_DEGREES = 360 / 2**13
"""Both sides of a five-character cell, by chance the same in longitude and latitude."""
PARTITION_DEGREES = (180 / 2**10, 360 / 2**10)
METRES_A_DEGREE = 110_574.0
"""The shortest degree of latitude on WGS84, at the equator."""
AGE_MAX_S = 180
"""What other containers have counted is seen this much later."""
DAY = timedelta(days=1)
SETTLED = timedelta(minutes=5)
"""An index shows a change this long after at the latest; usually it takes less than a second."""


class Cell(NamedTuple):
    """Where a camera counts: an item and one of its counters."""

    partition: str
    counter: str


class Near(NamedTuple):
    """What is known about the surroundings of a region."""

    cameras_per_km2: float
    uncertain: frozenset[str]
    """The partitions round it that may hold cameras whose place is hardly known."""


Counts = Mapping[str, int]
Memory = dict[str, tuple[float, Counts | None]]


def near(region: Region, *, margin_m: float, at: float) -> Near:
    """Return the mean density of the cells `region` touches, 50 where nothing is known.

    `margin_m` says how far round it uncertain cameras matter; `at` is the monotonic clock's
    reading, by which counters older than three minutes are read again. Raises Unavailable.
    """
    box = _grown(region.bounds, margin_m)
    known = _known(set(_cells(box, PARTITION_LENGTH, *PARTITION_DEGREES)), at)
    uncertain = {partition for partition, counts in known.items() if _uncertain(counts)}
    cells = set(_cells(region.bounds, CELL_LENGTH, CELL_DEGREES, CELL_DEGREES))
    return Near(_mean(cells, known, region.middle.latitude), frozenset(uncertain))


def forget() -> None:
    """Read all counters anew at the next lookup."""
    _remembered.cache_clear()


def note(
    transaction: Transaction, before: Camera | None, after: Camera | None, now: datetime | None
) -> None:
    """Count a camera where it will be found, and no longer where it was."""
    gone, come = (_cell(camera) if camera else None for camera in (before, after))
    if come and come.counter == UNCERTAIN:
        # Even if it counts there already: a recount may see it at neither end of a move.
        transaction.beforehand(partial(_add, come, int(gone != come), now))
    if gone == come:
        return
    if come and come.counter != UNCERTAIN:
        transaction.afterwards(partial(_try_to_add, come, 1, now))
    if gone and gone.counter != UNCERTAIN:
        transaction.afterwards(partial(_try_to_add, gone, -1, now))


def recount(*, now: datetime) -> None:
    """Count all cameras anew once a day, because a crash may lose a count.

    What was counted in the last five minutes is left alone: the index may not show it yet. So
    neither a registration meanwhile nor a second recount does any harm.
    """
    if limits.peek("recount", window=DAY, now=now):
        return
    counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for partition, sort in index.every_key():
        cell = _cell_of_key(partition, sort)
        counted[cell.partition][cell.counter] += 1
    for partition in sorted({*counted, *counters.cells()}):
        counters.rewrite(partition, counted[partition], now=now, unless_since=now - SETTLED)
    forget()
    try:
        limits.count("recount", most=1, window=DAY, now=now)
    except TooManyRequests:
        logger.info("the cameras were counted twice")


def _add(cell: Cell, amount: int, now: datetime | None) -> None:
    _remembered().pop(cell.partition, None)
    counters.add(cell.partition, cell.counter, amount, now=now)


def _try_to_add(cell: Cell, amount: int, now: datetime | None) -> None:
    try:
        _add(cell, amount, now)
    except Unavailable:
        # The camera itself is safely written; the recount will find it.
        logger.warning("a camera was not counted")


def _cell(camera: Camera) -> Cell | None:
    return _cell_of_key(*keys_of(camera)) if camera.visible else None


def _cell_of_key(partition: str, sort: str) -> Cell:
    if partition.startswith(UNCERTAIN):
        return Cell(partition.removeprefix(UNCERTAIN), UNCERTAIN)
    return Cell(partition, sort[0])


@cache
def _remembered() -> Memory:
    return {}


def _known(partitions: Iterable[str], at: float) -> dict[str, Counts | None]:
    """Return the counters of these partitions, None for those that have none."""
    wanted, memory = list(partitions), _remembered()
    stale = [one for one in wanted if one not in memory or at - memory[one][0] > AGE_MAX_S]
    if stale:
        fresh = counters.read(stale)
        memory.update({one: (at, fresh.get(one)) for one in stale})
    return {one: memory[one][1] for one in wanted}


def _uncertain(counts: Counts | None) -> bool:
    return counts is not None and counts.get(UNCERTAIN, 0) > 0


def _mean(cells: set[str], known: Mapping[str, Counts | None], latitude: float) -> float:
    side = CELL_DEGREES * METRES_A_DEGREE / 1000
    km2 = side * side * max(math.cos(math.radians(latitude)), 1e-6)
    total = 0.0
    for cell in cells:
        counts = known.get(cell[:PARTITION_LENGTH])
        total += DENSITY * km2 if counts is None else max(counts.get(cell[-1], 0), 0)
    return total / (len(cells) * km2)


def _grown(box: Bounds, metres: float) -> Bounds:
    """Return a box that holds all within `metres` of one, and a little more."""
    high = (metres * 1.01 + 10) / METRES_A_DEGREE
    south, north = max(box.south - high, -90.0), min(box.north + high, 90.0)
    narrowest = max(math.cos(math.radians(max(-south, north))), 1e-6)
    wide = min(high / narrowest, 180.0)
    return Bounds(south, box.west - wide, north, box.east + wide)


def _cells(box: Bounds, length: int, high: float, wide: float) -> Iterator[str]:
    """Give the cells of `length` characters, each `high` by `wide` degrees, that a box touches."""
    shift = geohash.BITS - 5 * length
    for latitude in _steps(max(box.south, -90.0), min(box.north, 90.0), high):
        for longitude in _steps(box.west, min(box.east, box.west + 360), wide):
            here = Point(latitude, (longitude + 180) % 360 - 180)
            yield geohash.text_of(geohash.key(here) >> shift, length)


def _steps(low: float, high: float, step: float) -> Iterator[float]:
    """Give places from `low` to `high`, both included, none further apart than `step`."""
    for number in range(math.ceil((high - low) / step)):
        yield low + number * step
    yield high
