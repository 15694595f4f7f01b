import hashlib
import json

import pytest

from chalicelib.geo import Point
from tests.journeys.steps import HAPPENED, LOOKED_FOR, attributes, counted, moment_of, rows, written

pytestmark = pytest.mark.integration

CLIP = b"\0\0\0\x18ftypmp42" + bytes(range(256)) * 70_000
"""Looks like a video and takes two parts."""
SEA = Point(10.0, 10.0)
SMITHVILLE = Point(39.3867, -94.5810)
SMITHVILLES = "https://cameras.smithville.example"
AMERICAN = ("liberty", "independence", "palos-park")
BRITISH = ("lancashire", "staffordshire")
STORY = (
    *("registration:submit", "registration:confirm", "officer:sign_in", "search:run"),
    *("request:send", "ask:mailed", "ask:answer", "clip:open_slot", "clip:complete"),
    *("clip:receive", "clip:accept"),
)


def test_a_clip_comes_from_a_doorbell_to_the_case(programme):
    # Given an owner who takes part, and an officer who found their camera
    owner, officer = programme.owner("Ada Birch"), programme.officer("detective")
    owner.takes_part()
    assert "1 camera " in officer.searches(owner.place).words

    # When the officer asks, and the owner answers with a clip sent in parts
    officer.chooses_every_camera()
    officer.asks()
    letter = owner.letter("/answer/")
    owner.answers(letter)
    clip = owner.uploads(letter, CLIP)

    # Then a receipt has its fingerprint, a clerk accepts it, and every step is recorded
    assert [one for one in (HAPPENED, LOOKED_FOR) if one not in letter["BodyText"]] == []
    assert hashlib.sha256(CLIP).hexdigest() in owner.letter("SHA-256")["BodyText"]
    assert "Accepted" in officer.accepts(clip).words
    audit = programme.officer("auditor").visitor.visit("/officer/audit?check=yes").words
    recorded = audit.partition(" entries ")[2]
    assert [step for step in STORY if step not in recorded] == []
    assert "nothing altered or missing" in audit


def test_who_was_asked_sees_it_in_their_data_and_is_gone_when_they_leave(programme):
    # Given an owner who was asked and said that there is nothing
    owner, officer = programme.owner("Ben Cedar"), programme.officer()
    owner.takes_part()
    officer.asks_near(owner.place)
    owner.answers(owner.letter("/answer/"), "nothing_there")

    # When they download their data and leave
    link = owner.manages()
    held = json.loads(owner.visitor.visit(f"{link}/data.json").body)
    owner.visitor.visit(f"{link}/leave")
    owner.visitor.send("/leave")

    # Then what they were asked and answered was in it, and no officer finds them any more
    (asked,) = held["requests"]
    assert (asked["what_happened"], asked["answer"]) == (HAPPENED, "nothing_there")
    assert held["contact"]["email"] == owner.email
    assert owner.visitor.visit(link).status == 410
    assert "1 camera " not in officer.searches(owner.place).words


@pytest.mark.parametrize(
    ("name", "promise"),
    [
        ("liberty", "We never have remote or real-time access to it."),
        ("independence", "We do not monitor your camera and have no connection to it."),
        ("lancashire", "We only ever hold what you chose to send us."),
        ("palos-park", "We keep only where your cameras are and how to reach you. Nothing else."),
        ("staffordshire", "Nothing in the register marks an entry as that of a colleague."),
    ],
)
def test_the_start_page_makes_the_programmes_own_promises(run, name, promise):
    programme = run(name)

    page = programme.visitor.visit("/")

    assert promise in programme.here.texts.promises
    assert [one for one in programme.here.texts.promises if one not in page.words] == []
    assert {programme.here.programme in page.words, programme.here.force in page.words} == {True}


def test_a_place_elsewhere_is_refused_kindly_and_nothing_is_kept(programme):
    # Given somebody whose camera is in the sea
    before = counted(programme.local)
    owner = programme.owner("Cleo Dale")
    owner.gives_details()

    # When they say where
    page = owner.gives_camera(place=written(SEA))

    # Then they are told whom to ask, and no word of theirs is stored anywhere
    neighbour = programme.here.neighbour_for(SEA)
    assert (page.status, neighbour.link in page.links) == (422, True)
    assert [one for one in (neighbour.name, neighbour.advice) if one not in page.words] == []
    assert counted(programme.local) == before
    stored = repr(rows(programme.local))
    assert [one for one in (owner.email, owner.name, "10.000000") if one in stored] == []


def test_liberty_sends_smithville_to_smithville(run):
    liberty = run("liberty")
    before = counted(liberty.local)
    owner = liberty.owner("Dev Elm")
    owner.gives_details()

    page = owner.gives_camera(place=written(SMITHVILLE))

    assert (page.status, "Smithville Police Department" in page.words) == (422, True)
    assert SMITHVILLES in page.links
    assert counted(liberty.local) == before


def test_a_second_camera_elsewhere_is_refused_with_the_neighbours_link(run):
    # Given somebody in Liberty who takes part
    liberty = run("liberty")
    owner = liberty.owner("Elin Fern")
    owner.takes_part()
    link = owner.manages()
    before = counted(liberty.local)

    # When they add a camera in Smithville
    owner.visitor.visit(f"{link}/add-camera")
    camera = {**owner.camera, "place": written(SMITHVILLE)}
    page = owner.visitor.send("/add-camera", **camera, action="save")

    # Then they are sent there, and their registration is as it was
    assert (page.status, SMITHVILLES in page.links) == (422, True)
    assert counted(liberty.local) == before


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        *(("liberty", True), ("lancashire", True), ("staffordshire", True)),
        *(("independence", False), ("palos-park", False)),
    ],
)
def test_only_programmes_that_said_so_search_for_missing_people(run, name, missing):
    programme = run(name)
    officer, owner = programme.officer(), programme.owner("Finn Glade")

    offered = officer.visitor.visit("/officer/search").form("/officer/searches").choices["purpose"]
    page = officer.searches(owner.place, purpose="missing-person")

    assert ("missing-person" in offered, "burglary" in offered) == (missing, True)
    assert page.status == (200 if missing else 400)


@pytest.mark.parametrize("name", AMERICAN)
def test_americans_read_american(run, name):
    programme = run(name)
    letter, search, form = words_of(programme)
    sent = moment_of(letter).astimezone(programme.here.zone)

    assert "In an emergency, call 911." in programme.visitor.visit("/").words
    assert ("call 911" in letter["BodyText"], "999" in letter["BodyText"]) == (True, False)
    assert f"{sent:%b} {sent.day}, {sent.year}" in letter["BodyText"]
    assert ("Case number" in search, "postcode" in search) == (True, False)
    assert ("500 ft" in search, "250 m" in search) == (True, False)
    assert ("Street address" in form, "Address line 1" in form) == (True, False)


@pytest.mark.parametrize("name", BRITISH)
def test_the_british_read_british(run, name):
    programme = run(name)
    letter, search, form = words_of(programme)
    sent = moment_of(letter).astimezone(programme.here.zone)

    assert "In an emergency call 999." in programme.visitor.visit("/").words
    assert ("call 999" in letter["BodyText"], "911" in letter["BodyText"]) == (True, False)
    assert f"{sent.day} {sent:%B} {sent.year}" in letter["BodyText"]
    assert ("Crime reference" in search, "ZIP" in search) == (True, False)
    assert ("250 m" in search, " ft" in search) == (True, False)
    assert ("Address line 1" in form, "Street address" in form) == (True, False)


def words_of(programme):
    """Return a request letter, the pages that searched for its camera, and the owner's form."""
    owner, officer = programme.owner("Gwen Heath"), programme.officer()
    owner.takes_part()
    search = officer.visitor.visit("/officer/search").words
    search += officer.searches(owner.place).words
    officer.chooses_every_camera()
    written_page = officer.asks()
    assert programme.here.words["case_number_label"] in written_page.words
    return owner.letter("/answer/"), search, programme.owner("Gwen Heath").gives_details().words


@pytest.mark.parametrize(
    ("name", "printed"),
    [("independence", True), ("liberty", False), ("lancashire", False)],
)
def test_the_paper_form_is_for_those_who_promised_one(run, name, printed):
    programme = run(name)

    start = programme.visitor.visit("/")
    paper = programme.visitor.visit("/print/form")

    assert any(link.endswith("/print/form") for link in start.links) == printed
    assert ("Signature" in paper.words, "ZIP code" in paper.words) == (printed, printed)
    assert "<svg" in paper.html


PAGES = ("/", "/register", "/privacy", "/contact", "/request-check", "/my-registration")


@pytest.mark.parametrize("code", ["", "STAFFS-PILOT-2025", "staffs", "' OR 1=1"])
def test_a_pilot_is_closed_to_the_uninvited(run, code):
    pilot = run("staffordshire")
    before = counted(pilot.local)
    stranger = pilot.owner("Hugo Ivory", invite_code=code)

    page = stranger.gives_details()

    assert (page.status, "Enter the code from your invitation" in page.words) == (400, True)
    assert pilot.visitor.visit("/register/check").url.endswith("/register")
    assert counted(pilot.local) == before


def test_each_page_of_a_pilot_says_that_it_is_a_test(run):
    pilot, live = run("staffordshire"), run("lancashire")
    owner, officer = pilot.owner("Iris Jasper"), pilot.officer()
    words = [pilot.visitor.visit(path).words for path in PAGES]
    words += [owner.gives_details().words, owner.gives_camera().words]
    words += [owner.gives_contact().words, owner.agrees().words]
    words += [
        officer.visitor.visit(path).words for path in ("/officer/search", "/officer/requests")
    ]

    assert [page for page in words if pilot.here.texts.phase_banner not in page] == []
    assert "internal test" not in live.visitor.visit("/").words


def test_nothing_marks_a_testers_entry_as_that_of_police_staff(run):
    # Given a colleague in the pilot, a resident elsewhere, and an officer who finds the colleague
    pilot, live = run("staffordshire"), run("lancashire")
    colleague, resident = pilot.owner("Jonas Kestrel"), live.owner("Kira Lark")
    colleague.takes_part()
    resident.takes_part()
    found = pilot.officer().searches(colleague.place).words

    # Then the two entries have the same attributes, and none says who works where
    stored = [rows(one.local, only=("Registrations", "Cameras")) for one in (pilot, live)]
    for tables in stored:
        tables["Registrations"] = [one for one in tables["Registrations"] if live_one(one)]
    assert attributes(stored[0]) == attributes(stored[1])
    text = (repr(stored[0]) + found.partition("Find cameras 1")[2]).lower()
    assert [one for one in ("colleague", "staff-", "invite", "pilot-2026") if one in text] == []


def live_one(item):
    return item.get("state") == {"S": "active"}


@pytest.mark.parametrize(
    "extra",
    [{"kind": "doorbell"}, {"heading": "90"}, {"days_kept": "30"}, {"label": "Porch"}],
    ids=lambda extra: next(iter(extra)),
)
def test_a_minimal_programme_refuses_what_it_does_not_keep(run, extra):
    minimal = run("palos-park")
    owner = minimal.owner("Levi Moss")
    owner.gives_details()
    before = counted(minimal.local), rows(minimal.local, only=("Cameras",))

    page = owner.gives_camera(**extra)

    assert (page.status, "Nothing was kept" in page.words) == (400, True)
    assert (counted(minimal.local), rows(minimal.local, only=("Cameras",))) == before


def test_a_minimal_programme_shows_only_place_and_contact(run):
    # Given somebody whose form had no other fields
    minimal = run("palos-park")
    owner, officer = minimal.owner("Mona North"), minimal.officer()
    asked = owner.visitor.visit("/register/details").form("/register/details").names
    asked |= owner.gives_details().form("/register/camera").names
    asked |= owner.gives_camera().form("/register/contact").names
    described = {"name", "email", "phone", "place", "latitude", "longitude"}
    assert asked <= described | {"source", "camera_id", "action", "website", "language"}
    assert asked >= described

    # When they take part and are asked
    letters = [owner.takes_part()]
    pages = [officer.asks_near(owner.place).words]
    letters += [owner.letter("/answer/")]
    pages += [owner.follows(letters[-1], "/answer/").words]
    link = owner.manages()
    pages += [owner.visitor.visit(link).words]
    (camera,) = json.loads(owner.visitor.visit(f"{link}/data.json").body)["cameras"]

    # Then no page and no letter speaks of kinds, directions or days, and neither does their data
    said = " ".join([*pages, *(letter["BodyText"] for letter in letters)])
    unsaid = (
        "Doorbell",
        "Other ·",
        "Other,",
        "Another kind",
        "not sure",
        "keeps ",
        "looks toward",
        "Faces",
    )
    assert [one for one in unsaid if one in said] == []
    kept = {"id", "latitude", "longitude", "address", "accuracy_m", "visible", "created_at"}
    assert set(camera) == kept


def test_the_api_of_a_minimal_programme_has_no_such_fields(run):
    described = {"kind", "premises", "heading", "view_angle", "reach_m"}
    found = {}
    for name in ("palos-park", "liberty"):
        programme = run(name)
        owner = programme.owner("Nils Ash")
        owner.takes_part()
        (feature,) = programme.officer().searches_by_program(owner.place)["features"]
        found[name] = described & set(feature["properties"])

    assert found == {"palos-park": set(), "liberty": described}
