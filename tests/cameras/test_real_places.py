import csv
import gzip
import random
from pathlib import Path

import pytest

from chalicelib.cameras import CameraDetails, find
from chalicelib.geo import Circle, Point

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
POSTCODES = DATA / "places" / "uk_postcodes_lancashire.csv.gz"
INCIDENTS = DATA / "incidents" / "lancashire_asb_2022.csv.gz"


def sample(path, count, latitude, longitude):
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = random.Random(20221).sample(list(csv.DictReader(lines)), count)  # noqa: S311 - a sample
    return [Point(float(row[latitude]), float(row[longitude])) for row in rows]


@pytest.mark.skipif(not POSTCODES.exists(), reason=f"needs the real places in {DATA}")
def test_two_hundred_real_searches_among_two_thousand_real_places_miss_nothing(register, expected):
    places = sample(POSTCODES, 2000, "lat", "lon")
    scenes = sample(INCIDENTS, 200, "latitude", "longitude")
    registered = register(CameraDetails(place, accuracy_m=20) for place in places)
    found_any = 0
    for number, scene in enumerate(scenes):
        circle = Circle(scene.latitude, scene.longitude, (50, 100, 100, 250)[number % 4])
        found = {camera.id for camera in find(circle, scene=circle).cameras}
        assert found == expected(registered, circle)
        found_any += bool(found)
    assert found_any > 50
