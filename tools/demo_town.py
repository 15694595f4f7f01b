"""Invents Alder Falls: a town with streets, a creek, parks, buildings and addresses.

    python tools/demo_town.py

writes the demo's outline, `base.geojson`, `buildings.geojson` and `addresses.json`. The same seed
gives the same town to the last byte. It is laid out in metres, x east and y north of the centre,
on a grid that is turned and bent a little, and only then put down on empty farmland in Kansas.
"""

import json
import math
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from town_houses import House, houses
from town_streets import COUNTY, CREEK, HIGHWAY, OPEN, SEED, XY, Street, dice, ring, streets

LATITUDE, LONGITUDE = 40.0, -98.0
METRES_PER_DEGREE = 111_120.0
HERE = Path(__file__).parents[1] / "chalicelib" / "jurisdictions"


def degrees(point: XY) -> list[float]:
    """Put a place of the town down on the earth, to about a metre."""
    across = METRES_PER_DEGREE * math.cos(math.radians(LATITUDE))
    return [
        round(LONGITUDE + point[0] / across, 5),
        round(LATITUDE + point[1] / METRES_PER_DEGREE, 5),
    ]


def feature(shape: str, coordinates: object, **properties: str) -> dict[str, object]:
    geometry = {"type": shape, "coordinates": coordinates}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def base(built: list[Street]) -> dict[str, object]:
    """Return the ground, the lowest layer first."""
    features = [feature("Polygon", [on_earth(ring())], kind="boundary", name="Alder Falls")]
    for (kind, name), shape in OPEN.items():
        features.append(feature("Polygon", [on_earth(shape)], kind=kind, name=name))
    features.append(feature("LineString", on_earth(CREEK), kind="creek", name="Alder Creek"))
    for name, line in COUNTY:
        features.append(
            feature("LineString", on_earth(line), kind="road", rank="street", name=name)
        )
    for one in sorted(built, key=lambda street: street.rank == "main"):
        lines = [on_earth(line) for line in runs(one)]
        features.append(
            feature("MultiLineString", lines, kind="road", rank=one.rank, name=one.name)
        )
    highway = feature(
        "LineString", on_earth(HIGHWAY), kind="road", rank="highway", name="Old Mill Highway"
    )
    return {"type": "FeatureCollection", "features": [*features, highway]}


def runs(one: Street) -> list[list[XY]]:
    """Join the blocks that follow each other."""
    joined: list[list[XY]] = []
    last = None
    for block, line in one.blocks:
        if last == block - 1:
            joined[-1].extend(line[1:])
        else:
            joined.append(list(line))
        last = block
    return joined


def on_earth(line: Iterable[XY]) -> list[list[float]]:
    return [degrees(point) for point in line]


def buildings(built: list[House]) -> dict[str, object]:
    """Return every building of a kind as one MultiPolygon: a quarter of the size."""
    features = [
        feature("MultiPolygon", [closed(one) for one in built if one.kind == kind], kind=kind)
        for kind in ("house", "shop")
    ]
    return {"type": "FeatureCollection", "features": features}


def closed(one: House) -> list[list[list[float]]]:
    return [on_earth([*one.corners, one.corners[0]])]


def addresses(built: list[House]) -> dict[str, list[list[float]]]:
    """Return `{street: [[number, latitude, longitude], ...]}`, all in order."""
    listed: dict[str, list[list[float]]] = defaultdict(list)
    for one in built:
        longitude, latitude = degrees(one.at)
        listed[one.street].append([one.number, latitude, longitude])
    return {street: sorted(listed[street]) for street in sorted(listed)}


def town() -> dict[str, object]:
    """Return each file's name and content."""
    dice.seed(SEED)
    laid_out = streets()
    built = houses(laid_out)
    outline = feature("Polygon", [on_earth(ring(1.02, 48))], name="demo")
    return {
        "demo.outline.geojson": outline,
        "demo/base.geojson": base(laid_out),
        "demo/buildings.geojson": buildings(built),
        "demo/addresses.json": addresses(built),
    }


def written(content: object) -> str:
    return json.dumps(content, separators=(",", ":")) + "\n"


if __name__ == "__main__":
    for name, content in town().items():
        text = written(content)
        (HERE / name).write_text(text, "utf-8")
        print(f"{name}: {len(text) / 1000:.0f} kB")
