"""Areas and routes of a given size, drawn at random."""

import math
import random
from collections.abc import Iterator
from itertools import pairwise

from bench.oracle import scale
from bench.scenes import Window, anywhere
from chalicelib.geo import Area, Corridor, Point, Position, bearing, destination, distance_m

CORNERS = (5, 20)
LEG_M = (150.0, 450.0)
TURN = 50.0
"""Degrees a route turns at most from one leg to the next, unless it must stay in its window."""


def stars(place: Window, km2: float, dice: random.Random) -> Iterator[Area]:
    """Give areas of one size: five to twenty corners round a place, near and far by turns."""
    reach_km = 2 * math.sqrt(km2 / math.pi)
    while True:
        middle = anywhere(place.centre, place.across_km / 2 - reach_km - 0.3, dice)
        yield star(middle, km2, dice)


def star(middle: Point, km2: float, dice: random.Random) -> Area:
    """Draw a star of so many square kilometres."""
    count = dice.randint(*CORNERS)
    turns = (2 * math.pi * (corner + dice.uniform(-0.4, 0.4)) / count for corner in range(count))
    corners = [(turn, dice.uniform(0.4, 1.0)) for turn in turns]
    flat = [(away * math.sin(turn), away * math.cos(turn)) for turn, away in corners]
    size = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*flat, flat[0]])) / 2
    metres, grown = scale(middle.latitude), 1000 * math.sqrt(km2 / abs(size))
    ring = [
        (middle.longitude + grown * x / metres.east, middle.latitude + grown * y / metres.north)
        for x, y in flat
    ]
    return Area((*ring, ring[0]))


def routes(
    place: Window, length_m: float, half_width_m: float, dice: random.Random
) -> Iterator[Corridor]:
    """Give routes of one length that wander about a window without leaving it."""
    half_km = place.across_km / 2 - 1.0
    while True:
        start = anywhere(place.centre, min(half_km, place.across_km / 3), dice)
        yield Corridor(tuple(_walk(start, place.centre, half_km, length_m, dice)), half_width_m)


def _walk(
    here: Point, centre: Point, half_km: float, length_m: float, dice: random.Random
) -> Iterator[Position]:
    heading = dice.uniform(0, 360)
    yield here.longitude, here.latitude
    while length_m > 0:
        leg = min(dice.uniform(*LEG_M), length_m)
        heading += dice.uniform(-TURN, TURN)
        if distance_m(here, centre) > 1000 * half_km:
            heading = bearing(here, centre) + dice.uniform(-TURN, TURN)
        here = destination(here, heading % 360, leg)
        length_m -= leg if length_m - leg > 1 else length_m
        yield here.longitude, here.latitude
