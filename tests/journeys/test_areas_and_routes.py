import pytest

from chalicelib.geo import destination
from tests.journeys.steps import spot, written

pytestmark = pytest.mark.integration

STEP_M = 200
WALKING = {"slowest": "3", "fastest": "4"}


@pytest.fixture(scope="module")
def street(run):
    """Return three neighbours 200 m apart along a street, and its two ends."""
    demo = run("demo")
    places = street_of(spot(demo.local, demo.here))
    while not all(map(demo.here.covers, places)):
        places = street_of(spot(demo.local, demo.here))
    owners = [demo.owner(f"{name} Street") for name in ("Ann", "Bob", "Cid")]
    for owner, place in zip(owners, places[1:], strict=True):
        owner.place = written(destination(place, 0, 15))
        owner.takes_part()
    return demo, owners, (written(places[0]), written(places[-1]))


def street_of(start):
    return [destination(start, 90, STEP_M * step) for step in range(4)]


def on_foot(here, ends, **more):
    return {
        "shape": "route",
        "route": "\n".join(ends),
        "route_name": "Orchard Street",
        "half_width_m": str(here.limits.half_width_choices_m[0]),
        **WALKING,
        **more,
    }


def test_each_home_on_an_escape_route_is_asked_for_its_own_minutes(street):
    # Given three homes along the street somebody fled on foot
    demo, owners, ends = street
    officer = demo.officer()

    # When an officer searches along it with a slowest and a fastest speed, and asks all three
    page = officer.searches("", **on_foot(demo.here, ends))
    assert "3 cameras" in page.words
    officer.chooses_every_camera()
    officer.asks()

    # Then each is asked for later minutes than the one before, and none learns of the route
    letters = [owner.letter("/answer/")["BodyText"] for owner in owners]
    hours = [next(line for line in text.splitlines() if "When" in line) for text in letters]
    assert len(set(hours)) == 3
    assert [text for text in letters if ends[0] in text or ends[1] in text] == []
    assert [text for text in letters if "Orchard Street" in text] == []


def test_the_fewest_homes_that_still_cover_the_route_are_ticked(street):
    # Given the same street, with a second camera at the last home's neighbour
    demo, owners, ends = street
    officer, twin = demo.officer(), demo.owner("Dan Street")
    twin.place = owners[-1].place
    twin.takes_part()

    # When the officer asks for the fewest homes that still cover it
    officer.searches("", **on_foot(demo.here, ends))
    page = officer.visitor.send("/fewest")

    # Then three of the four are ticked and the page says what that covers
    form = officer.visitor.page.form("/request")
    assert len(form.choices["camera"]) == 4
    assert page.html.count('name="camera"') == 4
    assert page.html.count("checked") - page.html.count('name="shape"') < 4
    assert "3 homes" in page.words


def test_an_area_finds_what_stands_in_it_and_nothing_else(street):
    # Given a corner of ground round the first two homes only
    demo, owners, _ = street
    first = [float(part) for part in owners[0].place.split(", ")]
    corners = [(0.001, -0.001), (0.001, 0.0035), (-0.001, 0.0035), (-0.001, -0.001)]
    area = "\n".join(f"{first[0] + north:.6f}, {first[1] + east:.6f}" for north, east in corners)

    # When an officer searches inside it
    page = demo.officer().searches("", shape="area", area=area, area_name="The corner")

    # Then both are found, and the third is not
    assert "2 cameras" in page.words


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"route": ""}, "route"),
        ({"route": "91, 0\n0, 0"}, "route"),
        ({"half_width_m": "0"}, "half_width_m"),
        ({"slowest": "9", "fastest": "4"}, "fastest"),
        ({"slowest": "nan"}, "slowest"),
        ({"route_name": ""}, "route_name"),
    ],
)
def test_a_route_that_cannot_be_is_refused_at_its_own_field(street, wrong, field):
    demo, _, ends = street
    page = demo.officer().searches("", **on_foot(demo.here, ends, **wrong))
    assert page.status == 400
    assert f'href="#{field}"' in page.html


def test_every_programme_searches_areas_and_routes(programme):
    # Given an owner of the programme
    owner, officer = programme.owner("Eve Lane"), programme.officer()
    owner.takes_part()
    latitude, longitude = (float(part) for part in owner.place.split(", "))
    square = [(0.001, -0.001), (0.001, 0.001), (-0.001, 0.001), (-0.001, -0.001)]
    area = "\n".join(f"{latitude + north:.6f}, {longitude + east:.6f}" for north, east in square)
    ends = (f"{latitude:.6f}, {longitude - 0.001:.6f}", f"{latitude:.6f}, {longitude + 0.001:.6f}")

    # When an officer searches inside an area and along a route
    inside = officer.searches("", shape="area", area=area, area_name="The block")
    along = officer.searches("", **on_foot(programme.here, ends))

    # Then both show the camera
    assert [("1 camera " in page.words) for page in (inside, along)] == [True, True]
