import math

from geographiclib.geodesic import Geodesic
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chalicelib.geo import Area, Corridor
from chalicelib.geo.distance import earthfixed_at
from chalicelib.geo.line import foot_of

WGS84 = Geodesic.WGS84
latitudes = st.floats(-89, 88)
directions = st.floats(0, 360)
aways = st.floats(0, 60_000)


def seen_from(lat, direction, away):
    place = WGS84.Direct(lat, 5.0, direction, away)
    return earthfixed_at(place["lat2"], place["lon2"])


def shapes(lat):
    """Return a route to the east and an area whose edge follows its parallel."""
    end = WGS84.Direct(lat, 5.0, 80.0, 4900.0)
    corners = [(5.0, lat), (5.5, lat), (5.5, lat + 0.9), (5.0, lat)]
    return Corridor([(5.0, lat), (end["lon2"], end["lat2"])], 60), Area(corners)


@settings(deadline=None)
@given(latitudes, directions, aways)
@example(75.0, 170.0, 60_000.0)
@example(87.0, 10.0, 60_000.0)
def test_no_place_of_a_piece_is_nearer_than_its_foot(lat, direction, away):
    place = seen_from(lat, direction, away)
    for piece in (shape.line.pieces[0] for shape in shapes(lat)):
        foot = foot_of(piece, place)
        beside = [foot.part + step * 10**-power for step in (-1, 1) for power in range(1, 8)]
        parts = [step / 20 for step in range(21)] + [part for part in beside if 0 <= part <= 1]
        nearest = min(math.dist(piece.at(part), place) for part in parts)
        assert math.dist(piece.at(foot.part), place) == foot.off_m
        assert foot.off_m < nearest + 1e-6


@settings(deadline=None)
@given(latitudes, st.floats(0, 1))
def test_no_place_of_a_piece_is_further_from_its_middle_than_it_says(lat, part):
    for piece in (piece for shape in shapes(lat) for piece in shape.line.pieces):
        place, straight = piece.at(part), math.dist(piece.at(0.0), piece.at(1.0))
        assert math.dist(place, piece.middle) <= piece.half_m + 1e-6
        assert piece.half_m <= straight / 2 + piece.stray_m + 1e-6


@settings(deadline=None)
@given(latitudes, directions, aways, st.floats(1, 60_000))
def test_looking_from_afar_first_passes_over_no_piece_that_is_near(lat, direction, away, within):
    place = seen_from(lat, direction, away)
    for shape in shapes(lat):
        near = {piece.number for piece in shape.line.near(place, within)}
        feet = [foot_of(piece, place) for piece in shape.line.pieces]
        assert {foot.number for foot in feet if foot.off_m <= within} <= near
