import pytest

from chalicelib.errors import InvalidInput
from chalicelib.geo import Point
from chalicelib.jurisdictions import addresses, load
from chalicelib.jurisdictions.addresses import Place

DEMO, LIBERTY = load("demo"), load("liberty")
EXAMPLE = DEMO.words["address_example"]
(HOUSE,) = addresses.find(EXAMPLE, DEMO)


def test_the_example_shown_to_people_is_an_address_of_the_town():
    assert HOUSE.line == EXAMPLE == "206 Millrace Street"
    assert DEMO.covers(HOUSE.point)


@pytest.mark.parametrize("text", ["206 millrace st", "206, Millrace  Street.", "206 Millrace St."])
def test_an_address_is_found_however_it_is_written(text):
    assert addresses.find(text, DEMO) == (HOUSE,)


def test_a_street_alone_lists_ten_of_its_addresses():
    found = addresses.find("Millrace Street", DEMO)
    assert len(found) == 10
    assert found[0] == HOUSE


@pytest.mark.parametrize("text", ["64999-1001", "649991001", "64999 1001", " 64999 - 1001 "])
def test_a_postcode_lists_the_addresses_of_its_street(text):
    found = addresses.find(text, DEMO, 100)
    assert {one.line.partition(" ")[2] for one in found} == {"Alder Avenue"}
    assert len(found) == 70


def test_a_number_or_a_street_after_a_postcode_leaves_fewer():
    lines = [one.line for one in addresses.find("64999-1001 105", DEMO, 100)]
    assert lines == ["105 Alder Avenue"]
    everywhere = addresses.find("64999 105", DEMO, 100)
    assert {one.line.split()[0] for one in everywhere} == {"105"}
    assert len(everywhere) > 1


@pytest.mark.parametrize("text", ["6499", "64999-1001 9999", "11111", "64998-1001"])
def test_what_is_no_postcode_of_the_list_finds_nothing(text):
    assert addresses.find(text, DEMO) == ()


def test_nothing_is_found_without_a_list_or_a_word():
    assert addresses.find(EXAMPLE, LIBERTY) == addresses.find(" , ", DEMO) == ()
    assert addresses.nearest(HOUSE.point, LIBERTY, 30) is None


def test_the_nearest_address_is_the_house_itself():
    beside = Point(HOUSE.point.latitude + 0.00003, HOUSE.point.longitude)
    assert addresses.nearest(beside, DEMO, 30) == HOUSE
    assert addresses.nearest(Point(40.5, -98.0), DEMO, 30) is None


def test_every_address_is_its_own_nearest():
    sample = [address for _, address in addresses._list("demo")[::97]]  # noqa: SLF001 - the whole list
    assert [addresses.nearest(address.point, DEMO, 5) for address in sample] == sample


def test_a_place_is_read_from_an_address_or_from_coordinates():
    latitude, longitude = HOUSE.point.latitude, HOUSE.point.longitude
    assert addresses.place_from_text(EXAMPLE, DEMO) == Place(HOUSE.point, HOUSE.line)
    assert addresses.place_from_text(f"{latitude}, {longitude}", DEMO).label == HOUSE.line
    assert addresses.place_from_text("39.2461 -94.4191", LIBERTY) == Place(
        Point(39.2461, -94.4191), "39.24610, -94.41910"
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Enter an address"),
        ("1 Nowhere Street", "We could not find that address"),
        ("Millrace Street", "There is more than one such address"),
        ("91, 181", "Latitude goes from"),
        ("-98.00456, 40.00123", "Give latitude first"),
        ("-105.1, 39.2", "Give latitude first"),
        ("40, 181", "Latitude goes from"),
    ],
)
def test_a_place_that_is_none_is_refused_with_a_sentence(text, sentence):
    with pytest.raises(InvalidInput) as refused:
        addresses.place_from_text(text, DEMO)
    assert refused.value.fields["place"].startswith(sentence)


def test_without_a_list_of_addresses_the_pin_is_asked_for():
    with pytest.raises(InvalidInput) as refused:
        addresses.place_from_text("1 Main Street", LIBERTY)
    assert refused.value.fields == {"place": "Enter latitude and longitude, or use the map"}
