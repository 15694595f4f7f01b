"""Invented cameras round six real towns, and the lookups made among them; all from fixed seeds."""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass

from bench.fleet import Cell, Fleet
from bench.oracle import scale
from chalicelib.geo import Point

TOWNS = {
    "Liberty": Point(39.2461, -94.4191),
    "Independence": Point(39.0911, -94.4155),
    "Lancaster": Point(54.0470, -2.8010),
    "Preston": Point(53.7632, -2.7031),
    "Palos Park": Point(41.6672, -87.8367),
    "Stafford": Point(52.8052, -2.1163),
}
DENSITIES = {"rural": 5.0, "suburban": 200.0, "dense": 3000.0}
JITTER_M = 50.0
SEAM_STEPS = (180 / (1 << 10), 360 / (1 << 10))
"""Degrees of latitude and longitude from one edge of a four-character geohash to the next."""


@dataclass(frozen=True, slots=True)
class Window:
    """Cameras strewn evenly over a square round a town."""

    town: str
    density: str
    across_km: float
    fleet: Fleet

    @property
    def centre(self) -> Point:
        return TOWNS[self.town]


def dice_for(*words: object) -> random.Random:
    """Return dice that fall the same way for the same words on every machine."""
    return random.Random("/".join(map(str, words)))  # noqa: S311 - repeatable, not secret


def window(town: str, density: str, across_km: float, seed: int) -> Window:
    """Strew cameras: a Poisson field, so their number varies a little too."""
    dice = dice_for(seed, town, density, across_km)
    expected = DENSITIES[density] * across_km * across_km
    count = round(dice.gauss(expected, math.sqrt(expected)))
    high, wide = _half_degrees(TOWNS[town], across_km / 2)
    middle, chance = TOWNS[town], dice.random
    cells = (
        Cell.of(
            middle.latitude + (2 * chance() - 1) * high,
            middle.longitude + (2 * chance() - 1) * wide,
        )
        for _ in range(count)
    )
    return Window(town, density, across_km, Fleet(cells, DENSITIES[density]))


def _half_degrees(middle: Point, half_km: float) -> tuple[float, float]:
    metres = scale(middle.latitude)
    return 1000 * half_km / metres.north, 1000 * half_km / metres.east


def places(place: Window, margin_km: float, dice: random.Random) -> Iterator[Point]:
    """Give scenes half anywhere, half within 50 m of a camera; all clear of the window's edge."""
    half = place.across_km / 2 - margin_km
    while True:
        yield anywhere(place.centre, half, dice)
        yield near_a_camera(place, half, dice)


def anywhere(middle: Point, half_km: float, dice: random.Random) -> Point:
    high, wide = _half_degrees(middle, half_km)
    return Point(
        middle.latitude + dice.uniform(-high, high), middle.longitude + dice.uniform(-wide, wide)
    )


def near_a_camera(place: Window, half_km: float, dice: random.Random) -> Point:
    high, wide = _half_degrees(place.centre, half_km)
    while True:
        number = dice.randrange(len(place.fleet))
        camera = Point(place.fleet.latitudes[number], place.fleet.longitudes[number])
        north = abs(camera.latitude - place.centre.latitude)
        if north < high and abs(camera.longitude - place.centre.longitude) < wide:
            return anywhere(camera, JITTER_M / 1000, dice)


def on_seams(place: Window, margin_km: float, dice: random.Random) -> Iterator[Point]:
    """Give scenes exactly on an edge between partitions, where the window has one."""
    half = _half_degrees(place.centre, place.across_km / 2 - margin_km)
    middle = place.centre.latitude, place.centre.longitude
    edges = []
    for axis in (0, 1):
        edge = round(middle[axis] / SEAM_STEPS[axis]) * SEAM_STEPS[axis]
        if abs(edge - middle[axis]) < half[axis]:
            edges.append((axis, edge))
    while edges:
        axis, edge = dice.choice(edges)
        where = [at + dice.uniform(-most, most) for at, most in zip(middle, half, strict=True)]
        where[axis] = edge
        yield Point(*where)
