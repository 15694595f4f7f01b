import pytest

from chalicelib import audit, cameras, clock, jurisdictions, registrations, settings
from chalicelib.language import speaking
from chalicelib.officers import Role
from chalicelib.registrations import State, references
from tests.registrations.builders import a_link
from tests.web.desk import REFERENCE, Coordinator, a_paper, deliver_all

CAMERA = ("place", "latitude", "longitude", "kind", "label", "days_from", "days_kept")


@pytest.fixture
def desk(cloud):
    return Coordinator()


def entry_of(reference):
    return registrations.get(references.find(reference))


def test_a_signed_form_takes_part_at_once(desk):
    entry = entry_of(desk.enters())

    notice = jurisdictions.notice()
    assert (entry.state, entry.source) == (State.ACTIVE, "paper")
    assert (entry.paper.kept_at, entry.paper.checked) == ("records room, folder 3", "phone")
    assert entry.paper.entered_by == "o-coord"
    assert (entry.notice_version, entry.notice_hash) == (notice.version, notice.sha256)
    [camera] = cameras.get(entry.camera_ids)
    assert (camera.visible, camera.days_kept, camera.label) == (True, 14, "porch")


def test_a_form_printed_in_spanish_keeps_the_fingerprint_of_the_spanish_text(desk):
    with speaking("es"):
        spanish = jurisdictions.notice()

    entry = entry_of(desk.enters(notice=f"{spanish.version}, {spanish.sha256[:12]}", language="es"))

    assert (entry.language, entry.notice_hash) == ("es", spanish.sha256)


def test_the_audit_names_who_entered_it_and_no_contact(desk):
    entry = entry_of(desk.enters())

    [first, *_] = audit.read_chain(f"registration#{entry.id}")
    assert (first.event, first.actor) == ("registration:enter_paper", "officer:o-coord")
    assert "Canary" not in str(first.detail)


def test_pressing_twice_enters_one_form(desk):
    first, second = desk.enters(), desk.enters()

    assert first == second
    assert len(list(registrations.glances())) == 1


def test_another_form_typed_over_the_last_one_is_not_lost_without_a_word(desk):
    desk.enters()

    answer = desk.do("/paper", **a_paper(name="Robin Ward", phone="785-555-0100"))

    assert answer.status_code == 400
    assert "begin a new one" in answer.text
    assert "Robin Ward" in answer.text


def test_somebody_elses_entry_is_not_shown_for_its_id(desk):
    desk.enters()

    answer = Coordinator(officer_id="o-other").do("/paper", **a_paper())

    assert answer.status_code == 400
    assert REFERENCE.search(answer.text.split("<main")[1].split("<form")[0]) is None


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"signed": "no"}, "Only a signed form can be entered"),
        ({"kept_at": ""}, "Enter where the paper is kept"),
        ({"dated": "12/31/2030"}, "it cannot be in the future"),
        ({"reach": ""}, "Select how they want to be reached"),
        ({"phone": ""}, "Enter the phone number to call"),
        ({"reach": "letter"}, "Enter the address that letters are sent to"),
        ({"email": "a@example.com"}, "Leave this empty"),
        ({"latitude": "10", "longitude": "10"}, "outside the area"),
        ({"notice": "1999-01-01"}, "Select the text that is printed on the form"),
        ({"checked": ""}, "Select how you made sure"),
        ({"entry": "no id"}, "Reload this page"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_kept(desk, changed, sentence):
    answer = desk.do("/paper", **a_paper(**changed))

    assert answer.status_code == 400
    assert answer.text.count(sentence) >= 2
    assert "<title>Error:" in answer.text
    assert list(registrations.glances()) == []


BY_EMAIL = {"reach": "email", "email": "canary@example.com", "phone": ""}


def test_the_answer_does_not_tell_whether_an_address_takes_part(desk):
    answers = [
        desk.do("/paper", **a_paper(**BY_EMAIL, entry=entry))
        for entry in ("abcdefghijklm", "bcdefghijklmn")
    ]

    said = [REFERENCE.sub("", answer.text.split("<main")[1]) for answer in answers]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert said[0] == said[1]
    assert deliver_all() == ()


def test_whose_address_takes_part_is_asked_there_and_is_never_twice_in_the_register(desk):
    first = entry_of(desk.enters(**BY_EMAIL))
    reference = desk.enters(**BY_EMAIL, entry="bcdefghijklmn")
    second, now = entry_of(reference), clock.now()
    assert second.state is State.PENDING
    [submitted] = audit.read_chain(f"registration#{second.id}")
    assert (submitted.event, submitted.actor) == ("registration:submit", "officer:o-coord")

    registrations.confirm(a_link(second.id, "confirm", now), now=now, another=True)

    assert registrations.get(second.id).state is State.ERASED
    assert len(registrations.get(first.id).camera_ids) == 2
    assert references.find(reference) is None


def test_a_paper_form_that_waits_for_its_owner_takes_more_cameras(desk):
    desk.enters(**BY_EMAIL)
    reference = desk.enters(**BY_EMAIL, entry="bcdefghijklmn")
    camera = {name: value for name, value in a_paper().items() if name in CAMERA}

    desk.do(f"/entry/{reference}/add-camera", action="add", **camera)

    entry = entry_of(reference)
    assert (entry.state, len(entry.camera_ids), entry.confirmed_at) == (State.PENDING, 2, None)
    assert [one.visible for one in cameras.get(entry.camera_ids)] == [False, False]


def test_a_programme_without_paper_forms_has_no_such_page(cloud, monkeypatch):
    monkeypatch.setenv("JURISDICTION", "liberty")
    settings.current.cache_clear()
    desk = Coordinator()

    assert desk.look("/paper").status_code == 404
    assert desk.do("/paper", **a_paper(latitude="39.24", longitude="-94.42")).status_code == 404
    assert "Paper form" not in desk.look().text


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.COORDINATOR])
@pytest.mark.parametrize("path", ["", "/paper", "/by-hand", "/entry", "/imports", "/campaigns"])
def test_nobody_else_sits_at_the_desk(cloud, role, path):
    assert Coordinator(role).look(path).status_code == 403
