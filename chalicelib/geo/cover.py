"""The cells of a Z-order grid that may hold any place of a region: never too few.

WGS84 is replaced by a sphere inside its metric (`cap.inner_radius_m`), where distances are no
longer; cells are taken as closed and everything is widened by a little more than rounding.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, Protocol

from chalicelib.geo.area import Area
from chalicelib.geo.cap import METRES_A_DEGREE, Cap, cap_round, inner_radius_m
from chalicelib.geo.circle import Circle
from chalicelib.geo.corridor import PIECE_MOST_M, Corridor
from chalicelib.geo.distance import bearing, destination, distance_m
from chalicelib.geo.grid import BITS_LEAST, BITS_MOST, Chains, Grid, Runs, count, joined
from chalicelib.geo.keys import Curve
from chalicelib.geo.point import Point
from chalicelib.geo.regions import Position, Region
from chalicelib.geo.strip import Strip, draw_inside, pole, strip

CELLS = 100, 400
"""Cells of a usual cover, to a factor of 1.5: as many as cameras are expected, within these. More
would save under 1 % of reading."""
CELLS_A_ROUTE = 1600
"""A long route has cells so large that there are no more than about these, to the same factor."""
FINENESS = 8
"""The cells of a short one are this fraction of its half width."""
CELLS_MOST = 3000
"""A cover that needs more cells (near a pole) is made of larger ones."""
EDGE_CELLS = 0.64
"""Cells that an edge touches beyond those inside, for each side of a cell that it is long."""
METRES_A_DEGREE_MOST = 111_695.0
"""The longest degree of latitude on WGS84, at a pole; no degree of any direction is longer."""
POLAR = 89.0
"""Beyond this latitude a leg of a route is covered by a circle: its line bends too much."""


class Cover(NamedTuple):
    """A grid, the parts of its curve that are covered, and about how large a cell is."""

    grid: Grid
    chains: Chains
    cell_km2: float


class Shape(Protocol):
    """Something drawn on a sphere."""

    def runs(self, grid: Grid) -> Runs:
        """Return the cells that touch it."""


class Sketch(NamedTuple):
    """A region on a sphere, and about how large it is, to choose cells for it."""

    shape: Shape
    latitude: float
    area_m2: float
    edge_m: float
    cells_least: float = CELLS[0]

    def bits(self, cameras_per_km2: float) -> int:
        """Return how fine a grid has about as many cells in the region as are wanted."""
        expected = cameras_per_km2 * self.area_m2 / 1e6
        cells = max(self.cells_least, min(expected, CELLS[1]))
        edge = EDGE_CELLS * self.edge_m
        side = (edge + math.sqrt(edge * edge + 4 * cells * self.area_m2)) / (2 * cells)
        fine = math.log2(_world_m2(self.latitude) / max(side * side, 1e-6))
        return min(max(round(fine), BITS_LEAST), BITS_MOST)


class Drawing(NamedTuple):
    """Strips and caps, and rings whose inside belongs to it."""

    strips: list[Strip]
    caps: list[Cap]
    rings: Sequence[Sequence[Position]] = ()

    def runs(self, grid: Grid) -> Runs:
        runs: Runs = defaultdict(list)
        for one in self.strips:
            one.draw(grid, runs)
        for cap in self.caps:
            for row, more in cap.runs(grid).items():
                runs[row] += more
        draw_inside(self.rings, grid, runs)
        return {row: joined(some, grid.columns) for row, some in runs.items()}


def cover(
    region: Region,
    margin_m: float = 0.0,
    curve: Curve = Curve.PLAIN,
    cameras_per_km2: float = 1e6,
) -> Cover:
    """Return the cells that may hold a place within `margin_m` metres of a region.

    How many cameras to expect decides how fine the cells are, and nothing else.
    """
    sketch = _sketch(region, margin_m)
    grid = Grid(sketch.bits(cameras_per_km2), curve)
    while count(runs := sketch.shape.runs(grid)) > CELLS_MOST and grid.bits > BITS_LEAST:
        grid = grid.coarser()
    cell_km2 = _world_m2(sketch.latitude) / (1 << grid.bits) / 1e6
    return Cover(grid, grid.chains(runs), cell_km2)


def _world_m2(latitude: float) -> float:
    """Return the area all cells would have if they were as large as those at a latitude."""
    narrow = max(math.cos(math.radians(latitude)), 1e-6)
    return 180 * 360 * METRES_A_DEGREE * METRES_A_DEGREE * narrow


def _sketch(region: Region, margin_m: float) -> Sketch:
    if isinstance(region, Circle):
        return _circle(region, margin_m)
    if isinstance(region, Area):
        return _area(region, margin_m)
    if isinstance(region, Corridor):
        return _corridor(region, margin_m)
    raise TypeError(region)


def _circle(circle: Circle, margin_m: float) -> Sketch:
    radius = circle.radius_m + margin_m
    cap = cap_round(circle.lat, circle.lon, radius)
    return Sketch(cap, circle.lat, math.pi * radius * radius, 2 * math.pi * radius)


def _area(area: Area, margin_m: float) -> Sketch:
    rings = (area.ring, *area.holes)
    latitudes = [position[1] for position in area.ring]
    latitude = (min(latitudes) + max(latitudes)) / 2
    angle = margin_m / inner_radius_m(_lowest(latitudes) - margin_m / METRES_A_DEGREE)
    edges = [edge for ring in rings for edge in pairwise(ring)]
    strips = [strip(start, end, angle) for start, end in edges]
    strips += [pole(latitude) for latitude in {-90.0, 90.0}.intersection(latitudes)]
    length = sum(_about_m(start, end, latitude) for start, end in edges)
    inside = abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(area.ring))) / 2
    size = inside * METRES_A_DEGREE**2 * math.cos(math.radians(latitude))
    grown = size + margin_m * (length + math.pi * margin_m)
    return Sketch(Drawing(strips, [], rings), latitude, grown, length + 6 * margin_m)


def _corridor(corridor: Corridor, margin_m: float) -> Sketch:
    half_width = corridor.half_width_m + margin_m
    latitudes = [position[1] for position in corridor.points]
    latitude = (min(latitudes) + max(latitudes)) / 2
    radius = inner_radius_m(_lowest(latitudes) - half_width / METRES_A_DEGREE)
    drawing, length = Drawing([], []), 0.0
    for start, end in _legs(corridor.points):
        leg = _about_m(start, end, min(abs(start[1]), abs(end[1])))
        length += leg
        highest = max(abs(start[1]), abs(end[1])) + leg / METRES_A_DEGREE
        if highest > POLAR:
            drawing.caps.append(_cap_round_leg(start, end, half_width))
        else:
            angle = (half_width + _bulge_m(leg, highest)) / radius
            drawing.strips.append(strip(start, end, angle))
    size = half_width * (2 * length + math.pi * half_width)
    cells = min(size * FINENESS**2 / half_width**2, CELLS_A_ROUTE)
    return Sketch(drawing, latitude, size, 2 * length + 6 * half_width, cells)


def _legs(points: Sequence[Position]) -> Iterator[tuple[Position, Position]]:
    """Give the legs of a route, longitudes unbroken all along, in parts of at most 5 km."""
    here = points[0]
    for place in points[1:]:
        end = _beside(place, here)
        while _about_m(here, end, 0.0) > PIECE_MOST_M:
            left = distance_m(_point(here), _point(end))
            if left <= PIECE_MOST_M:
                break
            start, here = here, _ahead(here, end, left / math.ceil(left / PIECE_MOST_M))
            yield start, here
            end = _beside(end, here)
        yield here, end
        here = end


def _cap_round_leg(start: Position, end: Position, half_width: float) -> Cap:
    """Return a cap round everything near a leg, which may lead past a pole."""
    length = distance_m(_point(start), _point(end))
    longitude, latitude = _ahead(start, end, length / 2)
    return cap_round(latitude, longitude, length * 0.51 + half_width + 1)


def _ahead(start: Position, end: Position, metres: float) -> Position:
    here = _point(start)
    there = destination(here, bearing(here, _point(end)), metres)
    return _beside((there.longitude, there.latitude), start)


def _point(place: Position) -> Point:
    longitude = place[0] - 360 * round(place[0] / 360)
    return Point(place[1], longitude)


def _beside(place: Position, other: Position) -> Position:
    """Return a place with its longitude at most half round the earth from another's."""
    return place[0] - 360 * round((place[0] - other[0]) / 360), place[1]


def _bulge_m(length_m: float, highest: float) -> float:
    """Return how far a leg of so many metres, a geodesic, may be from its straight line.

    In each metre the direction of a geodesic turns by sin(azimuth) tan(latitude) / N (Clairaut's
    relation), which bends it off a line straight in longitude and latitude by no more than
    1.16 tan(latitude) / R, and the bend of the ellipsoid's meridians adds up to 0.02 / R; both are
    rounded up here. A curve bent by k is at most k length^2 / 8 off its chord.
    """
    bend = (1.3 * math.tan(math.radians(highest)) + 0.03) / math.degrees(METRES_A_DEGREE)
    return bend * length_m * length_m / 8


def _about_m(start: Position, end: Position, latitude: float) -> float:
    """Return the length of a line in metres, no less if it comes no nearer to the equator."""
    across = (end[0] - start[0]) * math.cos(math.radians(latitude))
    return METRES_A_DEGREE_MOST * math.hypot(across, end[1] - start[1])


def _lowest(latitudes: list[float]) -> float:
    """Return the degrees of the latitude nearest to the equator."""
    return max(min(latitudes), -max(latitudes), 0.0)
