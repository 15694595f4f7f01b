import pytest

from chalicelib import audit, cameras, clock, registrations
from chalicelib.registrations import State, references
from tests.registrations.builders import an_active_registration
from tests.web.desk import Coordinator, a_paper
from tests.web.story import least


@pytest.fixture
def desk(cloud):
    return Coordinator()


@pytest.fixture
def reference(desk):
    return desk.enters()


def entry_of(reference):
    return registrations.get(references.find(reference))


def events(reference_id):
    return [(one.event, one.actor) for one in audit.read_chain(f"registration#{reference_id}")]


def test_an_entry_opens_with_its_reference_and_a_reason_on_record(desk, reference):
    page = desk.opens(reference.lower().replace("-", " "))

    assert page.status_code == 200
    assert "Canary Yellowhammer" in page.text
    [entry] = audit.read_day(clock.now().date(), event="registration:view")
    assert (entry.actor, entry.detail) == ("officer:o-coord", {"reason": "owner_calls"})


@pytest.mark.parametrize(
    ("reference_typed", "reason", "sentence"),
    [
        ("", "owner_calls", "Enter the reference from the letter"),
        ("AAAA-AAAA", "owner_calls", "reference"),
        ("Canary Yellowhammer", "owner_calls", "Enter the reference from the letter"),
        ("785-555-0199", "owner_calls", "Enter the reference from the letter"),
        (None, "", "Select why you open this entry"),
        (None, "curious", "Select why you open this entry"),
    ],
)
def test_nothing_else_opens_one(desk, reference, reference_typed, reason, sentence):
    given = reference if reference_typed is None else reference_typed
    page = desk.opens(given, reason)

    assert page.status_code == 400
    assert sentence in page.text
    assert "1 Canary Street" not in page.text
    assert audit.read_day(clock.now().date(), event="registration:view") == ()


def test_references_cannot_be_guessed_all_day(desk, reference):
    answers = [desk.opens("0000-0000").status_code for _ in range(121)]

    assert answers[-1] == 429


def test_pausing_and_resuming_by_phone(desk, reference):
    desk.acts(reference, "pause")
    assert entry_of(reference).state is State.PAUSED

    desk.acts(reference, "resume")

    assert entry_of(reference).state is State.ACTIVE
    assert ("registration:resume", "officer:o-coord") in events(entry_of(reference).id)


def test_a_contact_is_corrected(desk, reference):
    answer = desk.acts(
        reference, "contact", name="Canary Finch", reach="letter", phone="", postal_address="2 Elm"
    )

    contact = entry_of(reference).contact
    assert answer.status_code == 303
    assert (contact.name, contact.reach, contact.postal_address) == (
        "Canary Finch",
        "letter",
        "2 Elm",
    )


def test_a_wrong_contact_is_named_and_not_kept(desk, reference):
    answer = desk.acts(reference, "contact", name="", reach="letter", phone="", postal_address="")

    assert answer.status_code == 400
    assert "Enter the address that letters are sent to" in answer.text
    assert entry_of(reference).contact.name == "Canary Yellowhammer"


def test_leaving_by_phone_is_asked_twice(desk, reference):
    before = entry_of(reference)

    asked = desk.acts(reference, "leaving")
    assert entry_of(reference).state is State.ACTIVE
    without = desk.acts(reference, "leave", reason="")
    done = desk.acts(reference, "leave", reason="phone")

    assert (asked.status_code, without.status_code, done.status_code) == (200, 400, 303)
    assert registrations.standing(before.id) is State.WITHDRAWN
    assert [one.visible for one in cameras.get(before.camera_ids)] == [False]
    assert desk.opens(reference).status_code == 400


def test_another_camera_of_the_form_is_added(desk, reference):
    form = a_paper(label="yard", kind="dome")
    camera = {key: form[key] for key in ("place", "latitude", "longitude", "kind", "label")}

    shown = desk.acts(reference, "add-camera")
    wrong = desk.acts(reference, "add-camera", **(camera | {"latitude": "x"}))
    added = desk.acts(reference, "add-camera", **camera)

    assert (shown.status_code, wrong.status_code, added.status_code) == (200, 400, 303)
    labels = {one.label for one in cameras.get(entry_of(reference).camera_ids)}
    assert labels == {"porch", "yard"}


def test_a_camera_is_removed_by_phone(desk, reference):
    entry = entry_of(reference)

    shown = desk.opens(reference).text
    wrong = desk.acts(reference, "remove-camera", camera_id="abcdefghijklm")
    assert len(entry_of(reference).camera_ids) == 1
    done = desk.acts(reference, "remove-camera", camera_id=entry.camera_ids[0])

    assert entry.camera_ids[0] in shown
    assert (wrong.status_code, done.status_code) == (400, 303)
    assert cameras.get(entry.camera_ids) == ()
    assert ("registration:remove_camera", "officer:o-coord") in events(entry.id)


def test_a_copy_of_everything_is_printed_on_record(desk, reference):
    page = desk.acts(reference, "copy").text

    assert "1 Canary Street" in page
    assert "785-555-0199" in page
    [copied] = audit.read_day(clock.now().date(), event="registration:download")
    assert copied.actor == "officer:o-coord"


def test_a_letter_that_came_back_pauses_the_entry(desk, reference):
    desk.acts(reference, "unreachable")

    entry = entry_of(reference)
    assert entry.unreachable_since is not None
    *_, last = audit.read_chain(f"registration#{entry.id}")
    assert (last.event, last.actor) == ("registration:unreachable", "officer:o-coord")


def test_a_postal_address_too_long_to_seal_is_refused_in_words(desk, reference):
    long = "\N{GRINNING FACE}" * 1500

    answer = desk.acts(
        reference, "contact", name="A", reach="letter", phone="", postal_address=long
    )

    assert answer.status_code == 400
    assert "This is too long" in answer.text


def test_an_unknown_deed_is_nothing(desk, reference):
    assert desk.acts(reference, "delete").status_code == 404


def test_somebody_who_joined_online_has_no_reference_to_be_found_by(desk):
    online = an_active_registration(clock.now(), **least())

    assert desk.opens(references.written(online.id)).status_code == 400
