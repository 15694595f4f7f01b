"""Hard places on earth, shapes of every size on them, and places in those shapes."""

import math
import random
from contextlib import suppress
from itertools import pairwise

from chalicelib.errors import InvalidInput
from chalicelib.geo import Area, Circle, Corridor
from tests.geo.oracles import along, apart_m, in_area, reached

TOWNS = {
    "Liberty": (39.2461, -94.4191),
    "Independence": (39.0911, -94.4155),
    "Lancaster": (54.0470, -2.8010),
    "Preston": (53.7632, -2.7031),
    "Palos Park": (41.6672, -87.8367),
    "Stafford": (52.8052, -2.1163),
}
LITERALS = [
    (90.0, 0.0),
    (-90.0, 77.0),
    (90.0, 180.0),
    (0.0, 0.0),
    (-0.0, -0.0),
    (45.0, 180.0),
    (45.0, -180.0),
    (0.0, 180.0),
    (54.047, -2.8125),
    (52.8052, -2.109375),
    (41.66015625, -87.8367),
    (51.4779, 0.0),
]
RADII = (1, 5, 20, 50, 100, 250, 500, 1000, 5000, 20_000)
EDGE_BITS = (20, 24, 27, 30)
"""How finely the earth is cut on each axis by the cell edges that places are put on."""
SHY = (1 - 1e-12, 1 - 1e-7)
"""How near the rim the places on it are: below what rounding leaves, and just above it."""


def dice_of(*seed):
    return random.Random(repr(seed))  # noqa: S311 - the same places every time


def _town(dice):
    return dice.choice(list(TOWNS.values()))


def _literal(dice):
    return dice.choice(LITERALS)


def _anywhere(dice):
    return math.degrees(math.asin(dice.uniform(-1, 1))), dice.uniform(-180, 180)


def _near_a_pole(dice):
    return dice.choice([-1, 1]) * (90 - 10 ** dice.uniform(-7, 0)), dice.uniform(-180, 180)


def _near_the_antimeridian(dice):
    return dice.uniform(-85, 85), dice.choice([-1, 1]) * (180 - 10 ** dice.uniform(-9, -1))


def _on_the_grid(dice):
    lat, lon = _anywhere(dice)
    return snapped(lat, 90.0, dice.randint(5, 20)), snapped(lon, 180.0, dice.randint(5, 20))


CENTRES = (_town, _literal, _anywhere, _near_a_pole, _near_the_antimeridian, _on_the_grid)


def centre(dice):
    return dice.choice(CENTRES)(dice)


def size(dice, least, most):
    """Return a length of any order of magnitude, the round ones of searches more often."""
    if dice.random() < 1 / 3:
        return float(dice.choice([radius for radius in RADII if least <= radius <= most]))
    return math.exp(dice.uniform(math.log(least), math.log(most)))


def density(dice):
    return 10 ** dice.uniform(-1, 5)


def margin(dice):
    return dice.choice([0.0, 0.0, 20.0, 100.0, 350.0])


def snapped(degrees, most, bits):
    """Return the nearest edge of the cells that an axis from -most to most is cut into."""
    step = 2 * most / 2**bits
    return min(max(round((degrees + most) / step) * step - most, -most), most)


def a_circle(dice):
    return Circle(*centre(dice), size(dice, 1, 20_000))


def a_corridor(dice):
    """Return a route of up to six legs that may turn back, cross itself or pass a pole."""
    lat, lon = centre(dice)
    longest, points = size(dice, 1, 40_000), [(lon, lat)]
    for _ in range(dice.randint(1, 6)):
        lat, lon = reached(lat, lon, dice.uniform(0, 360), longest * dice.uniform(0.05, 1))
        points.append((lon, lat))
    return Corridor(tuple(points), size(dice, 1, 500))


def an_area(dice):
    """Return a star, a triangle, a sliver or a box; some on cell edges, some with a hole."""
    while True:
        with suppress(InvalidInput):  # moving corners onto edges can make a star cross itself
            return _box(dice) if dice.random() < 1 / 4 else _star(dice)


def _box(dice):
    bits = dice.randint(12, 24)
    lat, lon = (snapped(value, 90.0, bits) for value in centre(dice))
    step = 180 / 2**bits
    south, west = max(min(lat, 90 - 9 * step), -90.0), max(min(lon, 180 - 9 * step), -180.0)
    north, east = (low + step * dice.randint(1, 9) for low in (south, west))
    return Area(((west, south), (east, south), (east, north), (west, north), (west, south)))


def _star(dice):
    lat, lon = centre(dice)
    high = size(dice, 1, 5000) / 111_000
    wide = min(high / max(math.cos(math.radians(lat)), 1e-3), 20.0) * 10 ** dice.uniform(-2, 0)
    bits = dice.choice([*EDGE_BITS, None])
    turns = sorted(dice.uniform(0, 2 * math.pi) for _ in range(dice.choice([3, 4, 7, 12, 20])))
    rays = [(turn, dice.uniform(0.3, 1)) for turn in turns]
    outer, inner = (
        [
            _corner(
                lat + part * away * high * math.sin(t), lon + part * away * wide * math.cos(t), bits
            )
            for t, away in rays
        ]
        for part in (1, 0.5)
    )
    holes = ((*inner, inner[0]),) if dice.random() < 1 / 3 else ()
    return Area((*outer, outer[0]), holes)


def _corner(lat, lon, bits):
    lat, lon = min(max(lat, -90.0), 90.0), min(max(lon, -180.0), 180.0)
    return (snapped(lon, 180.0, bits), snapped(lat, 90.0, bits)) if bits else (lon, lat)


def places_in(region, margin_m, dice):
    """Give places that are surely in a region grown by `margin_m`; those on its rim above all."""
    spots, reach = _spots(region, dice)
    if isinstance(region, Area):
        yield from (twin for spot in spots for twin in twins(*spot))
        yield from _on_edges(spots, lambda lat, lon, _: in_area(region.rings, lat, lon))
    if reach + margin_m:
        yield from _round(spots, reach + margin_m, dice)


def _spots(region, dice):
    """Return places whose distance from the region is nothing, and how far it reaches beyond."""
    if isinstance(region, Circle):
        return [(region.lat, region.lon)], region.radius_m
    if isinstance(region, Corridor):
        return list(along(region.points, (0.0, dice.random(), 1.0))), region.half_width_m
    return [place for place in candidates(region, dice) if in_area(region.rings, *place)], 0.0


def candidates(area, dice):
    """Give places in and about an area: its corners, on its edges, a hair off them, and any."""
    south, west, north, east = area.bounds
    for ring in area.rings:
        for (lon, lat), (next_lon, next_lat) in pairwise(ring):
            part = dice.random()
            yield lat, lon
            yield lat + part * (next_lat - lat), lon + part * (next_lon - lon)
            yield math.nextafter(lat, next_lat), math.nextafter(lon, next_lon)
    for _ in range(8):
        yield dice.uniform(south, north), dice.uniform(west, east)


def about_the_rim(region, dice):
    """Give places on both sides of a region's rim, and right by it."""
    spots, reach = _spots(region, dice)
    if isinstance(region, Area):
        yield from dice.sample(list(candidates(region, dice)), 6)
        spots, reach = spots[:2], region.depth_m(*spots[0]) + size(dice, 1, 1000)
    for lat, lon in dice.sample(spots, min(len(spots), 3)):
        for part in (0.5, 1 - 1e-7, 1.0, 1 + 1e-7, 1.5):
            yield reached(lat, lon, dice.uniform(0, 360), reach * part)


def _round(spots, reach_m, dice):
    turn, around = dice.uniform(0, 45), []
    for step in range(8):
        lat, lon = spots[step % len(spots)]
        for shy in SHY:
            yield from twins(*reached(lat, lon, turn + 45 * step, reach_m * shy))
        within = reach_m * math.sqrt((step + 0.5) / 8)
        around.append((*reached(lat, lon, turn + 45 * step + 17, within), (lat, lon)))
    yield from (place for lat, lon, _ in around for place in twins(lat, lon))
    yield from _on_edges(around, lambda lat, lon, spot: apart_m(lat, lon, *spot) <= reach_m)


def _on_edges(places, inside):
    """Give those places nearby that lie on edges of cells, and are still `inside`."""
    for number, (lat, lon, *spot) in enumerate(places):
        bits = EDGE_BITS[number % len(EDGE_BITS)]
        edge_lat, edge_lon = snapped(lat, 90.0, bits), snapped(lon, 180.0, bits)
        for place in ((edge_lat, edge_lon), (edge_lat, lon), (lat, edge_lon)):
            if inside(*place, *spot or (None,)):
                yield from twins(*place)


def twins(lat, lon):
    """Return a place under the other names it has on the antimeridian or at a pole, too."""
    if abs(lat) == 90:
        return [(lat, lon), (lat, lon / 2 + 7), (lat, -180.0), (lat, 180.0)]
    return [(lat, lon), (lat, -lon)] if abs(lon) == 180 else [(lat, lon)]
