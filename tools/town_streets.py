"""The ground and the streets of the invented town, in metres from its centre."""

import math
import random
from dataclasses import dataclass, field
from itertools import pairwise

SEED = 20261118

TURN = math.radians(17)
ROWS = range(-9, 10)
COLUMNS = range(-7, 8)
ROW_M, COLUMN_M = 104.0, 172.0
MAIN_ROWS, MAIN_COLUMNS = (0, 6), (-4, 1)

ROW_NAMES = (
    *("Tannery Lane", "Sorrel Street", "Plover Street", "Larkspur Street", "Thimble Street"),
    *("Quarry Street", "Hazelwick Street", "Millrace Street", "Weir Street", "Kestrel Avenue"),
    *("Copperfield Street", "Juniper Street", "Lantern Street", "Orchard Row", "Saddler Street"),
    *("Harrow Avenue", "Bramble Street", "Wren Street", "Foxglove Lane"),
)
COLUMN_NAMES = (
    *("Ashdown Drive", "Birchett Road", "Cordwainer Road", "Depot Avenue", "Elderberry Road"),
    *("Fallow Road", "Granary Road", "Hollin Road", "Alder Avenue", "Ivybridge Road"),
    *("Jessamy Road", "Kiln Road", "Linnet Road", "Marram Road", "Nettlefold Drive"),
)

XY = tuple[float, float]
dice = random.Random(SEED)  # noqa: S311 - a town, not a secret


@dataclass
class Street:
    """One named street: the points of its middle line, block by block."""

    name: str
    rank: str
    blocks: list[tuple[int, list[XY]]] = field(default_factory=list)


def bent(u: float, v: float) -> XY:
    """Turn a place of the grid and bend it, so that no street is quite straight."""
    u, v = u + 34 * math.sin(v / 410 + 0.6), v + 46 * math.sin(u / 640) + 17 * math.cos(u / 230 + 1)
    return (
        u * math.cos(TURN) - v * math.sin(TURN),
        u * math.sin(TURN) + v * math.cos(TURN),
    )


def edge(angle: float) -> float:
    """Return how far the town reaches in a direction."""
    return (
        1190 + 130 * math.cos(2 * angle - 0.5) + 60 * math.sin(3 * angle) + 28 * math.sin(7 * angle)
    )


def ring(reach: float = 1.0, steps: int = 72) -> list[XY]:
    turns = [2 * math.pi * step / steps for step in range(steps)]
    points = [(math.cos(a) * edge(a) * reach, math.sin(a) * edge(a) * reach) for a in turns]
    return [*points, points[0]]


def inside(point: XY, reach: float = 1.0) -> bool:
    return math.hypot(*point) < reach * edge(math.atan2(point[1], point[0]))


CREEK = [(940 - 30 * s + 120 * math.sin(s / 5.5), 1500 - 62 * s) for s in range(49)]
HIGHWAY = [(-2300 + 46 * s, 1310 - 30 * s + 60 * math.sin(s / 17)) for s in range(101)]
COUNTY = [
    ("Range Line Road", [(-1750 + 8 * math.sin(s), -2000 + 100 * s) for s in range(41)]),
    ("Section Road", [(-2300 + 115 * s, -1620 + 9 * math.sin(s / 2)) for s in range(41)]),
    ("County Road 12", [(-2300 + 115 * s, 1650 - 6 * math.sin(s / 3)) for s in range(41)]),
    ("Grange Road", [(1830 + 7 * math.cos(s), -2000 + 100 * s) for s in range(41)]),
]


def patch(u: float, v: float, wide: float, high: float) -> list[XY]:
    """Return a block of the grid as a ring with slightly rounded sides."""
    corners = [(u, v), (u + wide, v), (u + wide, v + high), (u, v + high), (u, v)]
    return [
        bent(a[0] + (b[0] - a[0]) * t / 4, a[1] + (b[1] - a[1]) * t / 4)
        for a, b in pairwise(corners)
        for t in range(4)
    ] + [bent(u, v)]


OPEN = {
    ("park", "Lantern Park"): patch(
        COLUMN_M * 2 + 12, ROW_M * -4 + 12, COLUMN_M * 2 - 24, ROW_M * 3 - 24
    ),
    ("park", "Station Green"): patch(COLUMN_M * -1 + 10, ROW_M + 10, COLUMN_M - 20, ROW_M - 20),
    ("school", "Alder Falls School"): patch(
        COLUMN_M * -2 + 12, ROW_M * 4 + 12, COLUMN_M * 2 - 24, ROW_M * 2 - 24
    ),
    ("cemetery", "Hill Cemetery"): patch(
        COLUMN_M * -3 + 12, ROW_M * -6 + 12, COLUMN_M - 24, ROW_M * 2 - 24
    ),
    ("pond", "Mill Pond"): [
        (610 + 70 * math.cos(a / 8 * math.pi), -120 + 38 * math.sin(a / 8 * math.pi))
        for a in range(17)
    ],
}


def holds(shape: list[XY], point: XY) -> bool:
    """Say whether a ring holds a point, by the crossings of a ray."""
    x, y = point
    return (
        sum(
            (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax
            for (ax, ay), (bx, by) in pairwise(shape)
        )
        % 2
        == 1
    )


def off(point: XY, line: list[XY]) -> float:
    """Return the distance from a point to the nearest piece of a line."""
    return min(to_piece(point, a, b) for a, b in pairwise(line))


def to_piece(point: XY, a: XY, b: XY) -> float:
    wide, high = b[0] - a[0], b[1] - a[1]
    along = ((point[0] - a[0]) * wide + (point[1] - a[1]) * high) / (wide * wide + high * high)
    along = max(0.0, min(1.0, along))
    return math.hypot(point[0] - a[0] - along * wide, point[1] - a[1] - along * high)


def streets() -> list[Street]:
    rows = [street("row", row, name) for row, name in zip(ROWS, ROW_NAMES, strict=True)]
    columns = [street("column", col, name) for col, name in zip(COLUMNS, COLUMN_NAMES, strict=True)]
    return [one for one in [*rows, *columns] if one.blocks]


def street(kind: str, index: int, name: str) -> Street:
    main = index in (MAIN_ROWS if kind == "row" else MAIN_COLUMNS)
    built = Street(name, "main" if main else "street")
    across = COLUMNS if kind == "row" else ROWS
    for block, start in enumerate(list(across)[:-1], 1):
        line = block_line(kind, index, start)
        if (main and all(inside(point, 0.99) for point in line)) or (not main and buildable(line)):
            built.blocks.append((block, line))
    return built


def block_line(kind: str, index: int, start: int) -> list[XY]:
    steps = [start + step / 6 for step in range(7)]
    if kind == "row":
        return [bent(COLUMN_M * step, ROW_M * index) for step in steps]
    return [bent(COLUMN_M * index, ROW_M * step) for step in steps]


def buildable(line: list[XY]) -> bool:
    """Leave out what no town has: streets through water, parks and fields, and some others."""
    middle = line[len(line) // 2]
    if not all(inside(point, 0.93) for point in line):
        return False
    if any(holds(shape, middle) for shape in OPEN.values()):
        return False
    if min(off(point, CREEK) for point in line) < 22 or off(middle, HIGHWAY) < 34:  # noqa: PLR2004 - metres
        return False
    return dice.random() > 0.02 + 0.16 * math.hypot(*middle) / 1200
