"""What a camera looks at: a slice of a disc."""

import math
from dataclasses import dataclass

from chalicelib.geo.area import Circle
from chalicelib.geo.distance import bearing, distance_m
from chalicelib.geo.point import Point


@dataclass(frozen=True, slots=True)
class Sector:
    """Everything up to `reach_m` metres from `apex`, `angle` degrees wide round `heading`.

    `heading` is a compass direction in degrees; an angle of 360 makes it the whole disc and a
    reach of 0 the apex alone.
    """

    apex: Point
    heading: float
    angle: float
    reach_m: float

    def touches(self, scene: Circle) -> bool:
        """Say whether any of the scene lies in the sector; edges count.

        In the plane at the apex: the scene's disc holds the apex, or lies ahead and within
        reach, or crosses one of the two straight sides. Sectors are a few hundred metres, where
        plane and ellipsoid agree to a millimetre.
        """
        away = distance_m(self.apex, scene.centre)
        if away <= scene.radius_m:
            return True
        if away > self.reach_m + scene.radius_m:
            return False
        off = abs((bearing(self.apex, scene.centre) - self.heading + 180) % 360 - 180)
        beyond = math.radians(off - self.angle / 2)
        return beyond <= 0 or self._side_passes(away, beyond) <= scene.radius_m

    def _side_passes(self, away: float, beyond: float) -> float:
        """Return how near the closer straight side comes to a place `beyond` radians off it."""
        along = min(max(away * math.cos(beyond), 0.0), self.reach_m)
        return math.hypot(away * math.cos(beyond) - along, away * math.sin(beyond))
