import json
import runpy
import sys
from pathlib import Path

from chalicelib.geo import Point
from chalicelib.jurisdictions import load, reader

ROOT = Path(__file__).parents[2]


def committed(name):
    return (reader.HERE / name).read_text("utf-8")


def test_the_committed_town_is_what_the_script_makes(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    script = runpy.run_path(str(ROOT / "tools" / "demo_town.py"))
    made = {name: script["written"](content) for name, content in script["town"]().items()}
    for name in ("town_streets", "town_houses"):
        sys.modules.pop(name, None)
    assert made == {name: committed(name) for name in made}


def test_the_town_has_streets_and_about_2500_addresses_each_once():
    streets = json.loads(committed("demo/addresses.json"))
    numbers = [(street, house[0]) for street, houses in streets.items() for house in houses]
    assert len(streets) > 30
    assert 2300 < len(numbers) == len(set(numbers))


def test_every_address_is_inside_the_area():
    streets = json.loads(committed("demo/addresses.json"))
    town = load("demo")
    points = [
        Point(latitude, longitude)
        for houses in streets.values()
        for _, latitude, longitude in houses
    ]
    assert all(town.covers(point) for point in points)


def test_the_map_is_light_and_has_each_kind_of_ground():
    assert len(committed("demo/base.geojson")) < 300_000
    assert len(committed("demo/buildings.geojson")) < 700_000
    features = json.loads(committed("demo/base.geojson"))["features"]
    assert {one["properties"]["kind"] for one in features} == {
        *("boundary", "park", "school", "cemetery", "pond", "creek", "road")
    }
