"""Who the usual form is not for: an owner without e-mail, and a business with 120 cameras."""

import re
from datetime import UTC, datetime

import pytest

from chalicelib.geo import Point, destination
from tests.journeys.steps import eventually, rows, written

pytestmark = pytest.mark.integration

COUNT = 120
METRES = 4
WAITING = '{}<span class="rows__under">(\\w+)<'
REFERENCE = re.compile(r"reference is (\w{4}-\w{4})")


@pytest.fixture
def desk(town):
    return Desk(town)


class Desk:
    """The coordinator's pages, and what is done there for an owner who calls or writes."""

    def __init__(self, town):
        self.officer = town.officer("coordinator")
        self.visitor = self.officer.visitor

    def enters(self, place):
        """Type in a signed form from somebody who wants letters."""
        self.visitor.visit("/officer/register/paper")
        return self.visitor.send(
            "/officer/register/paper",
            dated=self.officer.here.date_text(datetime.now(UTC)),
            signed="yes",
            kept_at="records room, folder 3",
            checked="letter",
            name="Vera Oak",
            reach="letter",
            postal_address="1 Elm Street\nAlder Falls",
            premises="home",
            place=place,
            label="Porch",
            days_from="said",
            days_kept="14",
        )

    def letter(self, name):
        """Open the letter of this name as soon as it waits, and note that it is posted."""
        outbox_id = eventually(lambda: self._waiting(name), f"a {name} to print")
        printed = self.visitor.send(f"/by-hand/{outbox_id}")
        self.visitor.send("/done", step="posted")
        return printed.words

    def _waiting(self, name):
        page = self.visitor.visit("/officer/register/by-hand")
        found = re.search(WAITING.format(name), page.html)
        return found and found[1]

    def opens(self, reference, reason="owner_calls"):
        self.visitor.visit("/officer/register/entry")
        return self.visitor.send("/register/entry", reference=reference, reason=reason)


def test_somebody_without_email_answers_and_leaves_by_phone(town, desk):
    # Given a signed form from somebody who wants letters, typed in
    place = town.place()
    desk.enters(place)
    reference = REFERENCE.search(desk.letter("Welcome letter"))[1]

    # When an officer asks, the letter is printed, and they call with their answer
    town.ask(place)
    tracking = town.officer().visitor.page.url
    assert "/answer/" in desk.letter("Request for footage")
    desk.opens(reference)
    desk.visitor.send("/answer", answer="have_footage", note="A tall person")
    assert "A tall person" in town.officer().visitor.visit(tracking).words

    # And they call once more to leave
    desk.opens(reference)
    desk.visitor.send("/leaving")
    desk.visitor.send("/leave", reason="phone")

    # Then nobody finds them from that moment on, and the desk knows no such entry
    assert "1 camera" not in town.officer().searches(place).words
    town.local.sweep()
    assert "No entry has this reference" in desk.opens(reference).words


def a_list(place, centre):
    """Return a business's cameras as its spreadsheet has them, from a place inwards."""
    corner = Point(*map(float, place.split(", ")))
    inwards = 0 if corner.latitude < centre.latitude else 180
    across = 90 if corner.longitude < centre.longitude else 270
    starts = [destination(corner, inwards, METRES * row) for row in range(10)]
    points = [destination(start, across, METRES * n) for start in starts for n in range(12)]
    lines = [f"Bay {n},{written(point)},{n % 360}" for n, point in enumerate(points)]
    return "\r\n".join(["label,latitude,longitude,heading", *lines])


@pytest.fixture
def warehouse(town):
    """A business whose list has been taken and whose form has been sent."""
    owner = town.person("Warehouse")
    visitor, agreed = owner.visitor, {"good": str(COUNT), "new": str(COUNT), "there": "0"}
    owner.gives_details(premises="business")
    visitor.visit("/register/list")
    listed = a_list(owner.place, town.here.map.centre)
    page = visitor.send("/register/list", list=listed, action="check")
    assert {name: page.form("/list").fields[name] for name in agreed} == agreed
    visitor.send("/register/list", action="add")
    visitor.visit("/register/contact")
    owner.gives_contact()
    visitor.send("/register/site", site_name="Elm Warehouse", authority="owner")
    owner.agrees()
    return owner


def test_a_business_brings_its_list_pauses_and_leaves(town, warehouse):
    # Given a business that has confirmed its whole list with one letter
    warehouse.confirms()
    officer = town.officer()
    ids = set(hits(officer, warehouse))
    assert len(ids) == COUNT

    # When it pauses, nobody finds any of them; when it starts again, all are back
    link = warehouse.manages()
    warehouse.visitor.visit(link)
    warehouse.visitor.send("/pause")
    assert hits(officer, warehouse) == []
    warehouse.visitor.visit(link)
    warehouse.visitor.send("/resume")
    assert set(hits(officer, warehouse)) == ids

    # And it leaves
    warehouse.visitor.visit(f"{link}/leave")
    warehouse.visitor.send("/leave")
    assert hits(officer, warehouse) == []

    # Then nothing of its cameras stays
    town.local.sweep()
    assert [item for item in cameras(town) if ids & {item["i"]["S"]}] == []


def cameras(town):
    return rows(town.local, only={"Cameras"})["Cameras"]


def hits(officer, owner):
    """Return the cameras an officer finds around the owner's place."""
    page = officer.searches(owner.place, radius_m=str(officer.here.limits.radius_choices_m[0]))
    return re.findall(r'id="camera-\d+" name="camera" value="(\w+)"', page.html)
