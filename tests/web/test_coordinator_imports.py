from datetime import timedelta

import pytest

from chalicelib import audit, clock, jurisdictions, registrations
from chalicelib.letters import store as outbox
from chalicelib.officers import Role
from chalicelib.registrations import Contact, State, importing
from chalicelib.web.coordinator_imports import checked_list
from tests.registrations.builders import CANARY, a_link, an_active_registration
from tests.web.desk import Coordinator, deliver_all
from tests.web.people import an_officer
from tests.web.story import least


@pytest.fixture
def desk(cloud):
    return Coordinator()


def a_list(*people):
    """A list whose cameras stand a step apart near the middle."""
    centre = jurisdictions.current().map.centre
    lines = [
        f"{person},{centre.latitude + step / 50_000:.5f},{centre.longitude:.5f}"
        for step, person in enumerate(people)
    ]
    return "\n".join(("name;email;phone;address;latitude;longitude".replace(";", ","), *lines))


ANN = "Ann Lee,ann@example.com,,1 Elm"
BEN = "Ben Moss,,785-555-0123,2 Elm"
CAL = "Cal Ray,,,3 Elm"


def a_form(text, **changed):
    here = jurisdictions.current()
    return {
        "source": "Watch register 2019",
        "basis": "They were told it may move",
        "listed_on": here.date_text(clock.now()),
        "language": here.language,
        "list": text,
        "action": "check",
        **changed,
    }


def run(desk, text):
    pressed = {"action": "run", "checked": importing.import_id_of(text)}
    return desk.do("/imports", **a_form(text, **pressed))


def people():
    return {one.state for one in registrations.glances()}


def test_checking_names_each_bad_line_and_keeps_nothing(desk):
    page = desk.do("/imports", **a_form(a_list(ANN, "Bad,not an address,,9 Elm", ANN, ",,,4 Elm")))

    assert page.status_code == 200
    assert "Invite 1 person" in page.text
    assert "Enter an email address" in page.text
    assert "The same person as on line 2; left out" in page.text
    assert "Enter your name" in page.text
    assert people() == set()


def test_everybody_on_the_list_is_asked_and_nobody_can_be_found(desk):
    done = run(desk, a_list(ANN, BEN, CAL))

    assert done.status_code == 303
    assert people() == {State.PENDING}
    by_hand = deliver_all()
    assert [row.letter for row in by_hand] == ["invitation", "invitation"]
    page = desk.look(done.location.removeprefix("/officer/register")).text
    assert "Watch register 2019" in page


def test_running_the_same_list_again_writes_to_nobody_twice(desk):
    text = a_list(ANN, BEN)
    run(desk, text)
    run(desk, text)

    assert len(list(registrations.glances())) == 2
    assert len(outbox.due(clock.now())) == 2
    [ran] = audit.read_day(clock.now().date(), event="import:run")
    assert ran.detail == {
        "import_id": importing.import_id_of(text),
        "lines": 2,
        "invited": 2,
        "known": 0,
        "refused": 0,
    }


def test_a_crash_in_the_middle_is_gone_on_from(desk):
    text = a_list(ANN, BEN, CAL)
    die_after_the_first_line(text)

    assert "not finished" in desk.look("/imports").text
    run(desk, text)

    assert len(list(registrations.glances())) == 3
    assert len(outbox.due(clock.now())) == 3
    assert "not finished" not in desk.look("/imports").text


def die_after_the_first_line(text):
    """Do what a call has done when it dies: the import is noted, one person is invited."""
    officer, now = an_officer(Role.COORDINATOR), clock.now()
    listed = checked_list(text, jurisdictions.current()).good
    origin = importing.Origin("Watch register 2019", "They were told", "2026-11-01")

    with pytest.raises(AttributeError):
        importing.run(
            text,
            (*listed[:1], *map(Dying, listed[1:])),
            origin,
            officer=officer,
            language="en-US",
            now=now,
        )


class Dying:
    """A line whose reading ends the call once it is its turn to be invited."""

    def __init__(self, listed):
        self.line = listed.line
        self.looked = False

    @property
    def contact(self):
        if self.looked:
            raise AttributeError("the call died here")
        self.looked = True
        return Contact("", "")


def test_a_list_of_one_does_not_tell_whether_that_person_takes_part(desk):
    now = clock.now()
    an_active_registration(now, **least())
    known = run(desk, a_list(f"{CANARY.name},{CANARY.email},,5 Elm")).location
    unknown = run(desk, a_list(f"{CANARY.name},other@example.com,,5 Elm")).location

    pages = [
        desk.look(one.removeprefix("/officer/register")).text.split("<main")[1]
        for one in (known, unknown)
    ]
    imports = [importing.get(one.rpartition("/")[2]) for one in (known, unknown)]

    assert pages[0] == pages[1]
    for days in (0, 61):
        later = now + timedelta(days=days)
        registrations.sweep(now=later, ending=lambda _: None)
        counted = [importing.outcomes(one, now=later) for one in imports]
        assert counted[0] == counted[1]


def test_who_takes_part_already_is_not_written_to(desk):
    now = clock.now()
    an_active_registration(now, **least())
    deliver_all()

    done = run(desk, a_list(f"{CANARY.name},{CANARY.email},,5 Elm", ANN))

    one = importing.get(done.location.rpartition("/")[2])
    assert (one.run.invited, one.run.known) == (1, (2,))
    assert len(outbox.due(now + timedelta(minutes=1))) == 1


def test_the_register_of_imports_counts_what_became_of_them(desk):
    now = clock.now()
    done = run(desk, a_list(ANN, BEN, CAL))
    one = importing.get(done.location.rpartition("/")[2])
    first, second, _ = (importing.entry_id_of(one.id, line) for line in one.run.lines)
    registrations.confirm(a_link(first, "confirm", now), now=now)
    registrations.not_me(a_link(second, "confirm", now), now=now)

    counted = importing.outcomes(one, now=now)
    assert counted == {"confirmed": 1, "waiting": 1, "refused": 1, "expired": 0}
    later = now + timedelta(days=61)
    registrations.sweep(now=later, ending=lambda _: None)
    counted = importing.outcomes(one, now=later)
    assert counted == {"confirmed": 1, "waiting": 0, "refused": 1, "expired": 1}


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"source": ""}, "Enter where the list came from"),
        ({"basis": ""}, "Enter why the force may use it"),
        ({"listed_on": "soon"}, "Enter"),
        ({"list": ""}, "Paste the list"),
        ({"language": "xx"}, "Select one of these languages"),
        ({"list": "name\nAnn"}, "first line must name the columns"),
    ],
)
def test_what_is_wrong_with_the_form_is_named(desk, changed, sentence):
    page = desk.do("/imports", **a_form(a_list(ANN), **changed))

    assert sentence in page.text
    assert people() == set()


def test_an_address_nothing_can_be_sealed_with_names_its_line_and_stops_nobody_else(desk):
    heading = "name;email;postal address;latitude;longitude"
    centre = jurisdictions.current().map.centre
    long = "\N{GRINNING FACE}" * 300
    spot = f"{centre.latitude:.5f};{centre.longitude:.5f}"
    text = "\n".join((heading, f"Dan;;{long};{spot}", f"Ann;ann@example.com;;{spot}"))

    page = desk.do("/imports", **a_form(text))
    run(desk, text)

    assert "This is too long" in page.text
    assert len(list(registrations.glances())) == 1


def test_nobody_is_flooded_by_one_list_after_another(desk):
    for street in range(1, 6):
        run(desk, a_list(f"Ann Lee,ann@example.com,,{street} Elm"))

    assert len(list(registrations.glances())) == 3


def test_a_list_that_was_changed_after_the_check_is_checked_again(desk):
    stale = importing.import_id_of(a_list(ANN))

    page = desk.do("/imports", **a_form(a_list(ANN, BEN), action="run", checked=stale))

    assert page.status_code == 200
    assert "Invite 2 people" in page.text
    assert people() == set()


def test_more_lines_than_one_call_can_invite_are_refused(desk):
    many = [f"Nr {one},nr{one}@example.com,,{one} Elm" for one in range(201)]

    page = desk.do("/imports", **a_form(a_list(*many)))

    assert page.status_code == 400
    assert "Run at most 200 at a time" in page.text


def test_an_import_nobody_ran_is_not_found(desk):
    assert desk.look("/imports/aaaaaaaaaaaaa").status_code == 404
