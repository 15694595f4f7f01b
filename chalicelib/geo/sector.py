"""A slice of a disc in a plane, and how near to it things are."""

import math
from typing import NamedTuple

Spot = tuple[float, float]
"""Metres to the right of the slice's middle line, and ahead of the apex."""

APEX: Spot = (0.0, 0.0)


class Sector(NamedTuple):
    """All places within `reach_m` of the apex and `half` radians of straight ahead.

    Half a turn, pi, makes it the whole disc.
    """

    half: float
    reach_m: float

    def near_spot(self, spot: Spot, within_m: float) -> bool:
        """Say whether a place is within so many metres of the sector."""
        away = math.hypot(*spot)
        if away > self.reach_m + within_m:
            return False
        # Both sides are mirror images: the place's own is the nearer one.
        return self._faces(spot) or off_leg((abs(spot[0]), spot[1]), APEX, self._end) <= within_m

    def near_leg(self, a: Spot, b: Spot, within_m: float) -> bool:
        """Say whether a straight line comes within so many metres of the sector.

        If the line is nearest to the apex between the two sides, what lacks there to the rim is
        its distance. Otherwise a side is nearer than the rim: from the rim on towards where it is
        nearest to the apex, the line gets closer to the apex until it crosses a side.
        """
        nearest = spot_of_leg(APEX, a, b)
        away = math.hypot(*nearest)
        if away > self.reach_m + within_m:
            return False
        if away <= within_m or self._faces(nearest):
            return True
        right, ahead = self._end
        return _near(a, b, (right, ahead), within_m) or _near(a, b, (-right, ahead), within_m)

    def _faces(self, spot: Spot) -> bool:
        return spot[1] >= math.hypot(*spot) * math.cos(self.half)

    @property
    def _end(self) -> Spot:
        """Return where the right side meets the rim."""
        return self.reach_m * math.sin(self.half), self.reach_m * math.cos(self.half)


def spot_of_leg(spot: Spot, a: Spot, b: Spot) -> Spot:
    """Return the place of a straight line nearest to another place."""
    ahead, right = b[0] - a[0], b[1] - a[1]
    squared = ahead * ahead + right * right or 1.0
    part = ((spot[0] - a[0]) * ahead + (spot[1] - a[1]) * right) / squared
    part = 0.0 if part < 0.0 else min(part, 1.0)
    return a[0] + part * ahead, a[1] + part * right


def off_leg(spot: Spot, a: Spot, b: Spot) -> float:
    """Return the metres from a place to a straight line."""
    return math.dist(spot, spot_of_leg(spot, a, b))


def _near(a: Spot, b: Spot, end: Spot, within_m: float) -> bool:
    """Say whether two straight lines, one from the apex, cross or come so near to each other."""
    return (
        off_leg(end, a, b) <= within_m
        or off_leg(a, APEX, end) <= within_m
        or off_leg(b, APEX, end) <= within_m
        or (
            _side(a, b, APEX) * _side(a, b, end) < 0
            and _side(APEX, end, a) * _side(APEX, end, b) < 0
        )
    )


def _side(a: Spot, b: Spot, spot: Spot) -> float:
    return (b[0] - a[0]) * (spot[1] - a[1]) - (b[1] - a[1]) * (spot[0] - a[0])
