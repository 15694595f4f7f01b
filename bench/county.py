"""An invented county: towns of all sizes, each with streets of its own, cameras along them.

The cameras stand in clusters, as real ones do, and the planner knows only what the register's own
counters say of each five-character cell.
"""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass

from bench.answers import told
from bench.fleet import Cell, Fleet
from bench.look import Looks, best_precision
from bench.oracle import scale
from bench.rows import Row
from bench.scenes import anywhere, dice_for
from chalicelib.geo import Circle, Point

MIDDLE = Point(53.95, -2.60)
ACROSS_KM = 100.0
TOWNS = 150
BLOCK_KM = 0.09
"""From one street of a town to the next."""
FRONTAGE_KM = 0.012
"""How far from the middle of its street a camera hangs."""
LONE = 0.15
"""The share of cameras that stand on their own in the country."""
RADII = (50, 100, 250, 500, 1000)
SCENE_M = 50


@dataclass(frozen=True, slots=True)
class Town:
    """A grid of streets, denser towards its middle; kilometres from the county's middle."""

    east_km: float
    north_km: float
    spread_km: float
    turned: float


def rows(cameras: int, lookups: int, theirs: int, seed: int) -> Iterator[Row]:
    """Look round cameras drawn by lot."""
    fleet = Fleet(_cells(cameras, seed), cameras / ACROSS_KM**2)
    density = told(fleet)
    for radius in RADII:
        looks = Looks([fleet], theirs=theirs, density=density)
        dice = dice_for(seed, "county", cameras, radius)
        found = [looks.look(0, _scene(fleet, radius, dice)) for _ in range(lookups)]
        yield Row("county", f"{cameras // 1000}k", str(radius), best_precision(found))


def _scene(fleet: Fleet, radius: int, dice: random.Random) -> Circle:
    number = dice.randrange(len(fleet))
    camera = Point(fleet.latitudes[number], fleet.longitudes[number])
    scene = anywhere(camera, SCENE_M / 1000, dice)
    return Circle(scene.latitude, scene.longitude, radius)


def _cells(cameras: int, seed: int) -> Iterator[Cell]:
    dice = dice_for(seed, "county", cameras)
    towns = [_town(rank, dice) for rank in range(1, TOWNS + 1)]
    shares = [1 / rank for rank in range(1, TOWNS + 1)]
    metres, half = scale(MIDDLE.latitude), ACROSS_KM / 2
    for town in dice.choices(towns, shares, k=cameras):
        if dice.random() < LONE:
            east, north = dice.uniform(-half, half), dice.uniform(-half, half)
        else:
            east, north = _on_a_street(town, dice)
        latitude = MIDDLE.latitude + 1000 * north / metres.north
        yield Cell.of(latitude, MIDDLE.longitude + 1000 * east / metres.east)


def _town(rank: int, dice: random.Random) -> Town:
    """The second town is half as large as the first, the third a third (Zipf's rule)."""
    half = 0.9 * ACROSS_KM / 2
    spread = 4.5 / math.sqrt(rank)
    middle = dice.uniform(-half, half), dice.uniform(-half, half)
    return Town(*middle, spread, dice.uniform(0, math.pi / 2))


def _on_a_street(town: Town, dice: random.Random) -> tuple[float, float]:
    along, across = dice.gauss(0, town.spread_km), dice.gauss(0, town.spread_km)
    across = round(across / BLOCK_KM) * BLOCK_KM + dice.choice((-1, 1)) * FRONTAGE_KM
    if dice.random() < 1 / 2:
        along, across = across, along
    sine, cosine = math.sin(town.turned), math.cos(town.turned)
    return (
        town.east_km + along * cosine - across * sine,
        town.north_km + along * sine + across * cosine,
    )
