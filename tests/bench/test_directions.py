import pytest

from bench.directions import Facing, facings, korean_facings


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("225", [225]),
        ("225;45", [225, 45]),
        ("90,125,270", [90, 125, 270]),
        ("45;;90", [45, 90]),
        ("-90", [270]),
        ("360", [0]),
        ("44.6", [45]),
        ("N", [0]),
        ("NB", [0]),
        ("WB", [270]),
        ("northbound", [0]),
        ("SSE", [158]),
        ("northwest", [315]),
        ("south", [180]),
        ("275, 275", [275]),
    ],
)
def test_degrees_and_compass_words_are_understood(text, headings):
    assert facings(text) == tuple(Facing(heading) for heading in headings)


def test_a_range_is_a_view_clockwise_from_its_first_bearing():
    assert facings("338-23") == (Facing(0, 45),)
    assert facings("23-338") == (Facing(180, 315),)
    assert facings("0-360") == (Facing(180, 360),)


@pytest.mark.parametrize("text", ["forward", "both", "null", "900", "315;400", "Flock Raven", ";"])
def test_what_is_no_direction_is_not_guessed_at(text):
    assert facings(text) is None


@pytest.mark.parametrize(
    ("text", "facing"),
    [
        ("360도 전방면", Facing(0, 360)),
        ("전방 50M 및 360도", Facing(0, 360)),
        ("120도 회전", Facing(0, 360)),
        ("정북", Facing(0)),
        ("남동쪽", Facing(135)),
        ("북서방향", Facing(315)),
        ("270", Facing(270)),
        ("180°", Facing(180)),
        ("90도 전방면", Facing(90)),
    ],
)
def test_korean_directions_are_understood(text, facing):
    assert korean_facings(text) == (facing,)


@pytest.mark.parametrize("text", ["고정", "주변100m이내", "전방 50M", "도로", "450", "SA-HS12"])
def test_korean_text_without_a_direction_is_not_guessed_at(text):
    assert korean_facings(text) is None
