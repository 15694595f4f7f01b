import pytest

from chalicelib.errors import InvalidInput
from chalicelib.geo import distance_m
from chalicelib.jurisdictions import addresses, load
from chalicelib.jurisdictions.corners import corners

DEMO, LIBERTY = load("demo"), load("liberty")


@pytest.mark.parametrize(
    "text",
    [
        "Millrace Street and Alder Avenue",
        "alder ave & millrace st.",
        "Millrace St/Alder Ave",
        "Alder Avenue at Millrace Street",
    ],
)
def test_a_corner_is_found_however_it_is_written(text):
    place = addresses.place_from_text(text, DEMO)

    assert set(place.label.split(" and ")) == {"Millrace Street", "Alder Avenue"}
    beside = addresses.nearest(place.point, DEMO, 80)
    assert beside.line.endswith(("Millrace Street", "Alder Avenue"))


def test_the_corner_lies_on_both_streets():
    (one,) = corners("Kestrel Avenue and Alder Avenue", DEMO)
    (again,) = corners("Alder Avenue and Kestrel Avenue", DEMO)

    assert DEMO.covers(one.point)
    assert distance_m(one.point, again.point) < 1


@pytest.mark.parametrize(
    "text",
    [
        "Millrace Street and Weir Street",
        "Millrace Street and Nowhere Street",
        "Millrace Street and Millrace Street",
        "Millrace Street and Alder Avenue and Weir Street",
        " and ",
    ],
)
def test_streets_that_do_not_meet_have_no_corner(text):
    assert corners(text, DEMO) == ()
    with pytest.raises(InvalidInput):
        addresses.place_from_text(text, DEMO)


def test_there_are_no_corners_without_streets():
    assert corners("Main Street and Mill Street", LIBERTY) == ()


def test_every_corner_is_the_same_from_either_street():
    names = ["Millrace Street", "Alder Avenue", "Granary Road", "Old Mill Highway", "Kiln Road"]
    pairs = [(a, b) for a in names for b in names if a < b]

    for a, b in pairs:
        there, back = (corners(text, DEMO) for text in (f"{a} and {b}", f"{b} and {a}"))
        assert len(there) == len(back) <= 1, (a, b)
