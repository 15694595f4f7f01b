"""Draw `docs/images/lookup.svg`: what a search at the seam through Lancaster reads.

`python tools/lookup_drawing.py` writes it anew from the planner itself.
"""

import math
import random
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from chalicelib.geo import Circle, Curve, KeyRange, plan, position  # noqa: E402 - needs ROOT on the path
from chalicelib.geo.geohash import BITS, number, text_of  # noqa: E402 - as above

SCENE = Circle(54.0520, -2.8120, 250)
CAMERAS_PER_KM2 = 200.0
CELL_BITS = 36
"""Cells of 76 by 90 m there: large enough to see."""
WIDTH, HALF_M = 420, 520
COLOURS = ("#1d4f91", "#00703c", "#b58800", "#912b88")
FONT = 'font-family="Helvetica, Arial, sans-serif" font-size="14"'
METRES_A_DEGREE = 111_320.0
NARROWING = math.cos(math.radians(SCENE.lat))

Box = tuple[float, float, float, float]


def main() -> None:
    """Write the drawing."""
    panels = [
        panel(0, Curve.PLAIN, "The curve: a seam runs through the circle"),
        panel(WIDTH + 20, Curve.SHIFTED, "The second curve: its seams run elsewhere"),
    ]
    size = f"{2 * WIDTH + 20} {WIDTH + 60}"
    drawing = "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" {FONT}>',
            '<rect width="100%" height="100%" fill="#fff"/>',
            *panels,
            "</svg>\n",
        ]
    )
    (ROOT / "docs" / "images" / "lookup.svg").write_text(drawing, encoding="utf-8")


def panel(left: int, curve: Curve, title: str) -> str:
    """Return one square: the cells each request reads, the way through them, circle and cameras."""
    ranges = plan(SCENE, CAMERAS_PER_KM2, curve=curve)
    parts = [f'<g transform="translate({left} 0)"><clipPath id="c{left}">']
    parts.append(f'<rect y="30" width="{WIDTH}" height="{WIDTH}"/></clipPath>')
    parts.append(f'<text y="20" font-weight="bold">{title}</text><g clip-path="url(#c{left})">')
    parts.append(f'<rect y="30" width="{WIDTH}" height="{WIDTH}" fill="#f4f1eb"/>')
    for at, one in enumerate(ranges):
        parts += request(one, curve, COLOURS[at % len(COLOURS)])
    parts += [*cameras(), circle()]
    requests = "one request" if len(ranges) == 1 else f"{len(ranges)} requests"
    below = f'</g><text y="{WIDTH + 50}">{requests}</text></g>'
    return "\n".join([*parts, below])


def request(key_range: KeyRange, curve: Curve, colour: str) -> Iterator[str]:
    """Give the cells of one request, and the line in which they are stored."""
    boxes = [box for box in cells(key_range, curve) if in_sight(box)]
    for x, y, wide, high in boxes:
        yield (
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}" '
            f'fill="{colour}" fill-opacity=".18" stroke="{colour}" stroke-width=".7"/>'
        )
    middles = [(x + wide / 2, y + high / 2) for x, y, wide, high in boxes]
    for (x, y), (to_x, to_y) in pairwise(middles):
        yield (
            f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}" '
            f'stroke="{colour}" stroke-opacity=".55"/>'
        )


def cells(key_range: KeyRange, curve: Curve) -> Iterator[Box]:
    """Give the cells of a range as boxes on the paper, in the order of the curve."""
    below = BITS - CELL_BITS
    low, high = (
        number(key_range.partition + sort) >> below for sort in (key_range.low, key_range.high)
    )
    for cell in range(low, high + 1):
        south, west = corner(cell << below, curve)
        north, east = corner((cell + 1 << below) - 1, curve)
        x, bottom = on_paper(south, west)
        far, y = on_paper(north, east)
        yield x, y, far - x, bottom - y


def in_sight(box: Box) -> bool:
    x, y, wide, high = box
    return -wide < x < WIDTH and 30 - high < y < WIDTH + 30


def corner(key: int, curve: Curve) -> tuple[float, float]:
    """Return the latitude and longitude of the cell of a full key."""
    text = text_of(key, BITS // 5)
    return position(text[:4], text[4:], curve)


def on_paper(latitude: float, longitude: float) -> tuple[float, float]:
    """Return x and y of a place."""
    east = (longitude - SCENE.lon) * METRES_A_DEGREE * NARROWING
    north = (latitude - SCENE.lat) * METRES_A_DEGREE
    scale = WIDTH / 2 / HALF_M
    return WIDTH / 2 + east * scale, 30 + WIDTH / 2 - north * scale


def cameras() -> Iterator[str]:
    """Give invented cameras: found ones filled."""
    dice = random.Random(7)  # noqa: S311 - a drawing
    for _ in range(round(CAMERAS_PER_KM2 * (2 * HALF_M / 1000) ** 2)):
        high, wide = (dice.uniform(-HALF_M, HALF_M) / METRES_A_DEGREE for _ in range(2))
        latitude, longitude = SCENE.lat + high, SCENE.lon + wide / NARROWING
        x, y = on_paper(latitude, longitude)
        fill = "#0b0c0c" if SCENE.contains(latitude, longitude) else "#fff"
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{fill}" stroke="#0b0c0c"/>'


def circle() -> str:
    radius = SCENE.radius_m * WIDTH / 2 / HALF_M
    return (
        f'<circle cx="{WIDTH / 2}" cy="{30 + WIDTH / 2}" r="{radius:.1f}" fill="none" '
        'stroke="#d4351c" stroke-width="2.5"/>'
    )


if __name__ == "__main__":
    main()
