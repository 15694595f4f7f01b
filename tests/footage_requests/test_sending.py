from datetime import timedelta

import pytest

from chalicelib import audit, cameras, footage_requests, registrations
from chalicelib.aws.transaction import Transaction
from chalicelib.errors import InvalidInput, NotFound
from chalicelib.footage_requests import (
    Ask,
    AskState,
    Question,
    RequestState,
    Wording,
    sending,
    store,
)
from tests.footage_requests.builders import WORDS, a_request, letters_to, sent
from tests.incidents.builders import a_camera_at, a_search, an_incident, an_owner
from tests.officers.people import PAT, SAM

DAY = timedelta(days=1)


def asked(request):
    return {ask.registration_id for ask in request.asks}


def test_a_draft_counts_owners_and_not_cameras(cloud, now):
    one = an_owner(now, "a@example.com", a_camera_at(30), a_camera_at(35))
    two = an_owner(now, "b@example.com")
    search = a_search(PAT, now)
    chosen = [*one.camera_ids, *two.camera_ids]
    draft = footage_requests.draft(search, chosen, officer=PAT, now=now)
    assert {camera.id for camera in draft.cameras} == set(chosen)
    assert (draft.owners, draft.cameras_unavailable) == (2, ())


def test_a_draft_names_the_cameras_that_have_gone(cloud, now):
    stays, goes = an_owner(now, "a@example.com"), an_owner(now, "b@example.com")
    search = a_search(PAT, now)
    registrations.leave(goes, now=now)
    chosen = [*stays.camera_ids, *goes.camera_ids]
    draft = footage_requests.draft(search, chosen, officer=PAT, now=now)
    assert (draft.owners, draft.cameras_unavailable) == (1, goes.camera_ids)


def test_only_cameras_of_the_search_can_be_chosen(cloud, now):
    an_owner(now, "a@example.com")
    far = an_owner(now, "far@example.com", a_camera_at(600))
    search = a_search(PAT, now)
    for chosen, officer in (((), PAT), (far.camera_ids, PAT), (("x",), PAT), (("x",), SAM)):
        with pytest.raises(InvalidInput) as error:
            footage_requests.draft(search, chosen, officer=officer, now=now)
        assert set(error.value.fields) == {"camera_ids"}


def test_sending_asks_each_owner_once_however_many_cameras(cloud, now):
    one = an_owner(now, "a@example.com", a_camera_at(30), a_camera_at(35))
    two = an_owner(now, "b@example.com")
    request = a_request(now, one, two)
    assert request.state is RequestState.OPEN
    assert {ask.registration_id: set(ask.camera_ids) for ask in request.asks} == {
        one.id: set(one.camera_ids),
        two.id: set(two.camera_ids),
    }
    assert [len(letters_to(owner, "request")) for owner in (one, two)] == [1, 1]


def test_sending_discloses_cameras_and_registrations_in_the_audit_log(cloud, now):
    owner = an_owner(now, "a@example.com")
    request = a_request(now, owner)
    [entry] = audit.read_chain(f"request#{request.id}")
    assert (entry.event, entry.actor, entry.case_number) == (
        "request:send",
        "officer:pat",
        "26-104417",
    )
    assert entry.detail["camera_ids"] == list(owner.camera_ids)
    assert entry.detail["registration_ids"] == [owner.id]


def test_pressing_the_button_twice_sends_once(cloud, now):
    owner = an_owner(now, "a@example.com")
    search = a_search(PAT, now)
    first = sent(search, owner.camera_ids, now)
    assert sent(search, owner.camera_ids, now + timedelta(seconds=1)) == first
    assert len(letters_to(owner, "request")) == 1


def test_somebody_elses_search_cannot_be_sent(cloud, now):
    owner = an_owner(now, "a@example.com")
    search = a_search(PAT, now)
    with pytest.raises(NotFound):
        sent(search, owner.camera_ids, now, officer=SAM)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"what_happened": " "}, "what_happened"),
        ({"what_happened": "x" * 201}, "what_happened"),
        ({"looking_for": "x" * 600}, "looking_for"),
        ({"looking_for": "a\x00b"}, "looking_for"),
        ({"reply_by": -1 * DAY}, "reply_by"),
        ({"reply_by": 15 * DAY}, "reply_by"),
    ],
)
def test_the_wording_is_short_and_the_reply_soon(cloud, now, change, field):
    owner = an_owner(now, "a@example.com")
    search = a_search(PAT, now)
    if "reply_by" in change:
        change = {"reply_by": now + change["reply_by"]}
    with pytest.raises(InvalidInput) as error:
        sent(search, owner.camera_ids, now, **change)
    assert set(error.value.fields) == {field}


def test_an_old_search_cannot_be_sent_about_a_window_that_is_too_long_ago(cloud, now):
    owner = an_owner(now, "a@example.com")
    start = now - 44 * DAY
    window = {"starts_at": start, "ends_at": start + timedelta(hours=1)}
    search = a_search(PAT, now, **window)
    with pytest.raises(InvalidInput) as error:
        sent(search, owner.camera_ids, now + 2 * DAY)
    assert set(error.value.fields) == {"starts_at"}


def test_an_owner_who_left_between_search_and_sending_is_not_asked(cloud, now):
    stays, goes = an_owner(now, "a@example.com"), an_owner(now, "b@example.com")
    search = a_search(PAT, now)
    registrations.leave(goes, now=now)
    request = sent(search, [*stays.camera_ids, *goes.camera_ids], now)
    assert asked(request) == {stays.id}
    assert letters_to(goes, "request") == []


def test_a_hidden_camera_is_not_asked_about(cloud, now):
    owner = an_owner(now, "a@example.com", a_camera_at(30), a_camera_at(50))
    search = a_search(PAT, now)
    transaction = Transaction()
    cameras.hide(transaction, cameras.get(owner.camera_ids[:1])[0], now=now)
    transaction.commit()
    [ask] = sent(search, owner.camera_ids, now).asks
    assert ask.camera_ids == owner.camera_ids[1:]


def test_nothing_is_sent_if_nobody_is_left(cloud, now):
    owner = an_owner(now, "a@example.com")
    search = a_search(PAT, now)
    registrations.pause(owner, now=now)
    with pytest.raises(InvalidInput, match="None of these cameras"):
        sent(search, owner.camera_ids, now)
    assert footage_requests.list_open() == ()


def test_an_owner_is_asked_at_most_twice_in_thirty_days(cloud, now):
    owner = an_owner(now, "a@example.com")
    for case in ("1", "2"):
        sent(a_search(PAT, now, case_number=case), owner.camera_ids, now)
    third = a_search(PAT, now, case_number="3")
    draft = footage_requests.draft(third, owner.camera_ids, officer=PAT, now=now)
    assert (draft.owners, draft.cameras_unavailable) == (0, owner.camera_ids)
    with pytest.raises(InvalidInput):
        sent(third, owner.camera_ids, now)
    later = now + 30 * DAY + timedelta(seconds=1)
    assert store.budget(owner.id, later).asked == frozenset()


def test_a_crash_between_owners_loses_nobody_and_asks_nobody_twice(cloud, now):
    one, two = an_owner(now, "a@example.com"), an_owner(now, "b@example.com")
    search = a_search(PAT, now)
    request = begun(search, [*one.camera_ids, *two.camera_ids], now)
    question = Question(one.camera_ids, request.starts_at, request.ends_at)
    assert sending.ask_owner(request, one.id, question, now)
    assert asked(footage_requests.get(request.id)) == {one.id}
    assert footage_requests.sweep(now=now) == 1
    assert footage_requests.sweep(now=now) == 0
    finished = footage_requests.get(request.id)
    assert (finished.state, asked(finished)) == (RequestState.OPEN, {one.id, two.id})
    assert [len(letters_to(owner, "request")) for owner in (one, two)] == [1, 1]


def test_an_owner_who_leaves_while_it_is_being_sent_is_passed_over(cloud, now):
    one, two = an_owner(now, "a@example.com"), an_owner(now, "b@example.com")
    request = begun(a_search(PAT, now), [*one.camera_ids, *two.camera_ids], now)
    registrations.leave(one, now=now)
    finished = sending.complete(request, now=now)
    assert (finished.state, asked(finished)) == (RequestState.OPEN, {two.id})


def begun(search, camera_ids, now):
    """A request whose sender crashed right after writing it down."""
    draft = footage_requests.draft(search, camera_ids, officer=PAT, now=now)
    wording = Wording(**WORDS, reply_by=now + DAY)
    request = sending.new_request("r" * 13, draft, wording, PAT, now)
    return sending.begin(request, draft, search.id, PAT)


def test_a_letter_can_be_read_before_it_is_sent_and_names_no_owner(cloud, now):
    wording = Wording(**WORDS, reply_by=now + DAY)
    letter = footage_requests.preview(an_incident(now), wording, officer=PAT)
    assert WORDS["what_happened"] in letter.text
    assert "Pat Doyle, 4471" in letter.text
    assert "burglary" not in letter.subject.lower()


def test_a_new_ask_waits_for_its_letter_and_its_answer(cloud, now):
    owner = an_owner(now, "a@example.com")
    request = a_request(now, owner)
    assert request.asks == (
        Ask(
            request_id=request.id,
            registration_id=owner.id,
            camera_ids=owner.camera_ids,
            starts_at=request.incident.starts_at,
            ends_at=request.incident.ends_at,
            state=AskState.QUEUED,
            answer=None,
            answered_at=None,
            note="",
            reminded=False,
            version=1,
        ),
    )
