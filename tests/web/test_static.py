import hashlib
import json
import re

import pytest

from chalicelib.errors import NotFound
from chalicelib.jurisdictions import ids, load
from chalicelib.web import static_files
from chalicelib.web.static_addresses import STATIC, TYPES, address_of
from chalicelib.web.theme import style_of

MANIFEST = json.loads((STATIC / "vendor.json").read_text("utf-8"))
BRANDED = re.compile(r"transport|crown|crest", re.IGNORECASE)


@pytest.mark.parametrize("entry", MANIFEST, ids=[entry["file"] for entry in MANIFEST])
def test_a_vendored_file_is_what_its_manifest_says(entry):
    content = (STATIC / entry["file"]).read_bytes()

    assert hashlib.sha256(content).hexdigest() == entry["sha256"]


def test_nothing_is_shipped_that_only_one_government_may_use():
    files = [path for path in STATIC.iterdir() if path.suffix in {".css", ".js"}]
    vendored = [path for path in files if path.name in {entry["file"] for entry in MANIFEST}]

    assert {path.name for path in vendored if BRANDED.search(path.read_text("utf-8"))} == set()


def test_every_static_file_is_text_of_a_known_type():
    names = {path.name for path in STATIC.iterdir()}
    known = {path.name for path in STATIC.iterdir() if path.suffix in TYPES}

    assert names - known == {"vendor.json"}


def test_a_file_is_served_for_good_under_the_hash_of_its_content():
    name = address_of("app.css").removeprefix("/static/")
    response = static_files.file(name)

    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/css; charset=utf-8"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("name", ["app.css", "..", "vendor.json", "app.000000000000.css"])
def test_no_other_name_is_served(name):
    with pytest.raises(NotFound):
        static_files.file(name)


@pytest.mark.parametrize("name", ["addresses.json", "demo.toml", "..", "outline"])
def test_the_map_route_gives_the_ground_only(name):
    with pytest.raises(NotFound):
        static_files.ground(name)


def test_the_ground_holds_the_town():
    town = json.loads(static_files.ground("base.geojson").body)
    area = json.loads(static_files.ground("outline.geojson").body)

    assert town["type"] == "FeatureCollection"
    assert area["type"] == "Feature"


@pytest.mark.parametrize("programme", ids())
def test_a_theme_is_colours_and_nothing_else(programme):
    style = style_of(load(programme))

    values = re.findall(r": ([^;]+);", style)
    assert [value for value in values if not re.fullmatch(r"#[0-9a-f]{6}", value)] == []


def test_a_programme_without_streets_has_an_empty_ground():
    assert static_files._ground("no-such-programme", "base.geojson") == static_files.EMPTY  # noqa: SLF001 - the seam for a programme without files
