"""Sets buildings along the streets of the invented town, clear of all else."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from town_streets import CREEK, HIGHWAY, OPEN, XY, Street, dice, holds, inside, off, to_piece

LOT_M, SETBACK_M, CLEAR_M = 19.5, 18.5, 14.5
DOWNTOWN_M = 330.0
BUILT = 0.93
"""The part of all lots that has a building."""


@dataclass(frozen=True)
class House:
    """A building with its number and the street it stands on."""

    street: str
    number: int
    at: XY
    corners: tuple[XY, ...]
    kind: str


class Ground:
    """Knows what is taken: buildings keep their distance from streets and from each other."""

    def __init__(self, lines: Iterable[list[XY]]) -> None:
        self.cells: dict[tuple[int, int], list[tuple[XY, XY]]] = defaultdict(list)
        self.taken: dict[tuple[int, int], list[tuple[XY, float]]] = defaultdict(list)
        for line in lines:
            for piece in pairwise(line):
                for cell in {self.cell(piece[0]), self.cell(piece[1])}:
                    self.cells[cell].append(piece)

    @staticmethod
    def cell(at: XY) -> tuple[int, int]:
        return math.floor(at[0] / 60), math.floor(at[1] / 60)

    def around(self, at: XY) -> Iterator[tuple[int, int]]:
        column, row = self.cell(at)
        return ((column + i, row + j) for i in (-1, 0, 1) for j in (-1, 0, 1))

    def free(self, at: XY, reach: float) -> bool:
        """Say whether a building of this reach fits, and take the place if so."""
        near = list(self.around(at))
        if any(to_piece(at, *piece) < CLEAR_M for cell in near for piece in self.cells[cell]):
            return False
        if any(
            math.dist(at, other) < reach + more for cell in near for other, more in self.taken[cell]
        ):
            return False
        if off(at, CREEK) < 30 or off(at, HIGHWAY) < 32:  # noqa: PLR2004 - metres
            return False
        if any(holds(shape, at) for shape in OPEN.values()):
            return False
        self.taken[self.cell(at)].append((at, reach))
        return True


def houses(built: list[Street]) -> list[House]:
    lines = [line for one in built for _, line in one.blocks]
    ground = Ground(lines)
    return [
        house
        for one in built
        for block, line in one.blocks
        for side in (1, -1)
        for house in along(one, block, line, side, ground)
    ]


def along(one: Street, block: int, line: list[XY], side: int, ground: Ground) -> Iterator[House]:
    """Build one side of a block: even numbers on the left, odd ones on the right."""
    length = sum(math.dist(a, b) for a, b in pairwise(line))
    lots = int((length - 20) / LOT_M)
    for lot in range(lots):
        at, heading = place(line, (20 + (lot + 0.3 + dice.random() * 0.2) * LOT_M) / length)
        shop = one.rank == "main" and math.hypot(*at) < DOWNTOWN_M
        wide = dice.uniform(15, 20) if shop else dice.uniform(9, 13)
        deep = dice.uniform(17, 22) if shop else dice.uniform(8.5, 12)
        away = side * (SETBACK_M + dice.uniform(-1.5, 3.5))
        middle = (at[0] - math.sin(heading) * away, at[1] + math.cos(heading) * away)
        if inside(middle, 0.97) and dice.random() < BUILT and ground.free(middle, wide / 2 + 1.5):
            number = block * 100 + lot * 4 + (2 if side == 1 else 5)
            shape = box(middle, heading + dice.uniform(-0.03, 0.03), wide, deep)
            yield House(one.name, number, middle, shape, "shop" if shop else "house")


def place(line: list[XY], part: float) -> tuple[XY, float]:
    """Return the place and direction a part of the way along a line."""
    exact = max(0.0, min(0.999, part)) * (len(line) - 1)
    a, b = line[int(exact)], line[int(exact) + 1]
    t = exact - int(exact)
    return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t), math.atan2(
        b[1] - a[1], b[0] - a[0]
    )


def box(middle: XY, heading: float, wide: float, deep: float) -> tuple[XY, ...]:
    """Return the corners of a building; a third of them have a wing."""
    half, back = wide / 2, deep / 2
    corners = [(-half, -back), (half, -back), (half, back), (-half, back)]
    if dice.random() < 0.33:  # noqa: PLR2004 - see docstring
        notch = dice.uniform(0.35, 0.6)
        corners[2:3] = [
            (half, back * notch - back / 3),
            (half * 0.2, back * notch - back / 3),
            (half * 0.2, back),
        ]
    cos, sin = math.cos(heading), math.sin(heading)
    return tuple((middle[0] + x * cos - y * sin, middle[1] + x * sin + y * cos) for x, y in corners)
