"""How much ground lies within a width of a bent line, counted once where it comes back."""

import math
from collections.abc import Sequence
from itertools import pairwise

Spot = tuple[float, float]
"""Metres east and north."""
Leg = tuple[Spot, Spot]

STRIPS = 500
"""The whole height is cut into about so many at least, if they are not wider than the swath."""
GAUSS = ((-math.sqrt(0.6), 5 / 18), (0.0, 8 / 18), (math.sqrt(0.6), 5 / 18))
"""Places in a strip from -1 to 1, and what each counts for (Gauss and Legendre, three points)."""
MIDDLE = ((0.0, 1.0),)
NARROW = 16
"""For a strip that is this much narrower than the swath is wide, one line will do."""


def swath_m2(legs: Sequence[Leg], half_width_m: float) -> float:
    """Return the square metres of a plane within `half_width_m` of any of the legs, to 1 %.

    On each of many lines from west to east every leg's surroundings are one interval; the length
    of all together is integrated from south to north, in strips that begin and end where a leg's
    surroundings do.
    """
    norths = [north for leg in legs for _, north in leg]
    ends = sorted({north + by for north in norths for by in (-half_width_m, half_width_m)})
    most = max(half_width_m, (ends[-1] - ends[0]) / STRIPS)
    total = 0.0
    for south, north in pairwise(ends):
        crossed = [leg for leg in legs if _reaches(leg, (south + north) / 2, half_width_m)]
        count = math.ceil((north - south) / most)
        half = (north - south) / count / 2
        rule = GAUSS if half * NARROW > half_width_m else MIDDLE
        for strip in range(count):
            centre = south + (2 * strip + 1) * half
            for at, weight in rule:
                total += 2 * half * weight * _length(crossed, centre + at * half, half_width_m)
    return total


def _reaches(leg: Leg, north: float, half_width_m: float) -> bool:
    (_, one), (_, other) = leg
    return min(one, other) - half_width_m <= north <= max(one, other) + half_width_m


def _length(legs: Sequence[Leg], north: float, half_width_m: float) -> float:
    """Return the metres of a line from west to east that are near any of the legs."""
    total, covered = 0.0, -math.inf
    for west, east in sorted(_interval(leg, north, half_width_m) for leg in legs):
        total += max(0.0, east - max(west, covered))
        covered = max(covered, east)
    return total


def _interval(leg: Leg, north: float, half_width_m: float) -> Spot:
    """Return from where to where a line is near a leg: the discs round its ends, and its sides."""
    (ax, ay), (bx, by) = leg
    easts = []
    for x, y in leg:
        if abs(north - y) <= half_width_m:
            half = math.sqrt(half_width_m**2 - (north - y) ** 2)
            easts += [x - half, x + half]
    if ay != by:
        scale = half_width_m / math.hypot(bx - ax, by - ay)
        for side in (scale, -scale):
            part = (north - ay + side * (bx - ax)) / (by - ay)
            if 0 <= part <= 1:
                easts.append(ax + side * (by - ay) + part * (bx - ax))
    return min(easts), max(easts)
