import pytest

from chalicelib.errors import InvalidInput
from chalicelib.geo import Bounds, Outline, Point

SQUARE = [[0, 0], [9, 0], [9, 9], [0, 9], [0, 0]]
HOLE = [[3, 3], [6, 3], [6, 6], [3, 6], [3, 3]]
ISLAND = [[20, 50], [21, 50], [21, 51], [20, 50]]
POLYGON = {"type": "Polygon", "coordinates": [SQUARE, HOLE]}
SEVERAL = {"type": "MultiPolygon", "coordinates": [[SQUARE, HOLE], [ISLAND]]}


def test_an_outline_covers_each_of_its_parts_without_their_holes():
    outline = Outline.from_geojson(SEVERAL)
    places = [Point(1, 1), Point(5, 5), Point(50.1, 20.5), Point(50.9, 20.1), Point(30, 15)]
    assert [outline.covers(place) for place in places] == [True, False, True, False, False]
    assert outline.bounds == Bounds(0, 0, 51, 21)


def test_an_outline_holds_its_edges_and_nothing_beyond_the_digits():
    outline = Outline.from_geojson(POLYGON)
    edges = [Point(0, 4), Point(9, 9), Point(3, 4), Point(4, 9)]
    assert [outline.covers(place) for place in edges] == [True] * 4
    assert not outline.covers(Point(9.0000000001, 4))


def test_features_are_opened_and_heights_ignored():
    high = {"type": "Polygon", "coordinates": [[[*place, 80.0] for place in SQUARE], HOLE]}
    feature = {"type": "Feature", "properties": {}, "geometry": high}
    collection = {"type": "FeatureCollection", "features": [feature]}
    assert Outline.from_geojson(collection) == Outline.from_geojson(POLYGON)


@pytest.mark.parametrize(
    "geojson",
    [
        {"type": "Point", "coordinates": [0, 0]},
        {"type": "MultiPolygon", "coordinates": []},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [SQUARE[:-1]]},
        {"type": "Polygon", "coordinates": [[[0, 0], [9, 9], [9, 0], [0, 9], [0, 0]]]},
        {"type": "Polygon", "coordinates": [SQUARE, [[30, 30], [31, 30], [31, 31], [30, 30]]]},
        {"type": "Polygon", "coordinates": 7},
        {"type": "MultiPolygon", "coordinates": [7]},
        {"type": "FeatureCollection", "features": None},
        {"type": "FeatureCollection", "features": [7]},
        {"type": "Polygon", "coordinates": [[[0, 0], [200, 0], [200, 9], [0, 0]]]},
        {},
    ],
)
def test_anything_but_closed_polygons_on_earth_is_refused(geojson):
    with pytest.raises(InvalidInput):
        Outline.from_geojson(geojson)
