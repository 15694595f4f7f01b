"""What is true on the ground, found without the code under test: slow, and simple to believe."""

import math
from fractions import Fraction
from itertools import pairwise
from operator import itemgetter

import geohash2
from geographiclib.geodesic import Geodesic

from chalicelib.geo import Area, Circle, Corridor, Curve

WGS84 = Geodesic.WGS84
ALPHABET = "0123456789bcdefghjkmnpqrstuvwxyz"
TIE_M = 0.001
"""Nobody is wrong about a place that is nearer than this to the edge."""
REQUESTS_MOST = 32
"""In one lookup, unless the region lies in more partitions than that."""


def apart_m(lat, lon, other_lat, other_lon):
    return WGS84.Inverse(lat, lon, other_lat, other_lon, Geodesic.DISTANCE)["s12"]


def reached(lat, lon, degrees, metres):
    end = WGS84.Direct(lat, lon, degrees, metres)
    return end["lat2"], end["lon2"]


def along(points, parts):
    """Give places on each leg's geodesic, at these parts of its length."""
    for (lon, lat), (next_lon, next_lat) in pairwise(points):
        line = WGS84.InverseLine(lat, lon, next_lat, next_lon)
        for part in parts:
            end = line.Position(part * line.s13)
            yield end["lat2"], end["lon2"]


def deep_m(region, lat, lon):
    """Return how many metres inside a region's rim a place is, negative outside."""
    match region:
        case Circle():
            return region.radius_m - apart_m(region.lat, region.lon, lat, lon)
        case Corridor():
            lines = (WGS84.InverseLine(y, x, v, u) for (x, y), (u, v) in pairwise(region.points))
            return region.half_width_m - _off_m(map(_geodesic, lines), lat, lon)
        case Area():
            off = _off_m((_straight(*edge) for edge in _edges(region.rings)), lat, lon)
            return off if in_area(region.rings, lat, lon) else -off


def _geodesic(line):
    return line.s13, lambda part: itemgetter("lat2", "lon2")(line.Position(part * line.s13))


def _straight(a, b):
    (ax, ay), (bx, by) = a, b
    return apart_m(ay, ax, by, bx), lambda part: (ay + part * (by - ay), ax + part * (bx - ax))


def _off_m(lines, lat, lon):
    """Return how near any of some lines comes to a place; each is its length and a way along it."""
    nearest = math.inf
    for length, place_at in lines:
        if apart_m(lat, lon, *place_at(0.0)) - length < nearest:
            nearest = min(nearest, _off_line_m(length, place_at, lat, lon))
    return nearest


def _off_line_m(length, place_at, lat, lon):
    """Narrow down the nearest place of a line to two millimetres along it.

    The nearest of the three places tried last is half a millimetre from it at most.
    """

    def off(part):
        return apart_m(lat, lon, *place_at(part))

    best = min((number / 8 for number in range(9)), key=off)
    low, high = max(best - 1 / 8, 0.0), min(best + 1 / 8, 1.0)
    while (high - low) * length > 0.002:
        third = (high - low) / 3
        if off(low + third) < off(high - third):
            high -= third
        else:
            low += third
    return min(off(part) for part in (low, (low + high) / 2, high))


def in_area(rings, lat, lon):
    """Say by the even-odd rule, in whole fractions, whether a place is inside or on a ring."""
    inside = False
    for (ax, ay), (bx, by) in _edges(rings):
        if not min(ay, by) <= lat <= max(ay, by):
            continue
        side = _side((ax, ay), (bx, by), (lon, lat))
        if side == 0 and min(ax, bx) <= lon <= max(ax, bx):
            return True
        if (ay > lat) != (by > lat):
            inside ^= (side > 0) == (by > ay)
    return inside


def _side(*places):
    (ax, ay), (bx, by), (x, y) = (map(Fraction, place) for place in places)
    return (bx - ax) * (y - ay) - (by - ay) * (x - ax)


def _edges(rings):
    for ring in rings:
        yield from pairwise(ring)


def key_of(lat, lon, curve):
    """Return the twelve characters of a place: geohash2's own, moved as the curve says, by hand."""
    text = geohash2.encode(lat, lon, 12)
    bits = "".join(f"{ALPHABET.index(letter):05b}" for letter in text)
    axes = [(int(bits[axis::2], 2) + curve.value) % 2**30 for axis in (0, 1)]
    mixed = "".join(map("".join, zip(*(f"{axis:030b}" for axis in axes), strict=True)))
    return "".join(ALPHABET[int(mixed[start : start + 5], 2)] for start in range(0, 60, 5))


def read_by(ranges, lat, lon, curve=Curve.PLAIN):
    """Say whether these ranges, as the database compares keys, hold a camera at a place."""
    key = key_of(lat, lon, curve)
    return any(g == key[:4] and low <= key[4:] <= high for g, low, high in ranges)


def broken_rules(ranges):
    """Return which rules of every plan some ranges break, in the order they were given."""
    rules = {
        "whole": all((len(g), len(low), len(high)) == (4, 8, 8) for g, low, high in ranges),
        "spelt": set(ALPHABET).issuperset("".join(map("".join, ranges))),
        "upward": all(low <= high for _, low, high in ranges),
        "apart": all(a.partition + a.high < b.partition + b.low for a, b in pairwise(ranges)),
        "few": 1 <= len(ranges) <= max(REQUESTS_MOST, len({one.partition for one in ranges})),
    }
    return {rule for rule, holds in rules.items() if not holds}
