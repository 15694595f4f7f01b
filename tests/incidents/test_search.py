from datetime import timedelta

import pytest

from chalicelib import audit, incidents, registrations
from chalicelib.aws.transaction import Transaction
from chalicelib.errors import InvalidInput, NotFound, TooManyRequests
from chalicelib.incidents import store
from tests.incidents.builders import a_camera_at, a_search, an_incident, an_owner
from tests.officers.people import PAT, SAM


def shown(search):
    return {result.camera_id for result in search.results}


def test_a_search_shows_the_cameras_within_reach_and_no_others(cloud, now):
    near = an_owner(now, "a@example.com", a_camera_at(40), a_camera_at(150))
    an_owner(now, "b@example.com", a_camera_at(400))
    assert shown(a_search(PAT, now)) == set(near.camera_ids)


def test_a_search_is_recorded_with_who_why_where_and_what_was_shown(cloud, now):
    owner = an_owner(now, "a@example.com")
    search = a_search(PAT, now)
    [entry] = audit.read_chain(f"search#{search.id}")
    assert (entry.event, entry.actor, entry.case_number) == (
        "search:run",
        "officer:pat",
        "26-104417",
    )
    assert entry.detail["camera_ids"] == list(owner.camera_ids)
    assert entry.detail["reason"] == "Burglary reported by the householder"


def test_a_result_tells_nothing_of_its_owner(cloud, now):
    an_owner(now, "a@example.com", a_camera_at(40, label="my secret label"))
    [result] = a_search(PAT, now).results
    assert not {"a@example.com", "my secret label", "40 Canary Street"} & {
        str(getattr(result, name)) for name in result.__slots__
    }


def test_a_camera_far_from_every_address_is_named_by_direction(cloud, now, monkeypatch):
    monkeypatch.setattr(incidents.actions, "ADDRESS_WITHIN_M", 0)
    an_owner(now, "a@example.com", a_camera_at(100, bearing=45))
    [result] = a_search(PAT, now).results
    assert result.label == "330 ft northeast of the scene"


def test_a_refused_search_is_recorded_without_what_was_typed(cloud, now):
    with pytest.raises(InvalidInput):
        a_search(PAT, now, reason="my ex", case_number="Jane Doe, 12 Elm St\x00")
    [entry] = audit.read_chain("officer#pat")
    assert (entry.event, entry.case_number, entry.detail) == (
        "search:refused",
        None,
        {"reason": "invalid: case_number, reason"},
    )


def test_ones_own_search_can_be_opened_again_and_that_is_recorded(cloud, now):
    owner = an_owner(now, "a@example.com")
    search = a_search(PAT, now)
    again = incidents.view(search.id, PAT, now=now + timedelta(days=1))
    assert (again.incident, again.at, shown(again)) == (
        search.incident,
        now,
        set(owner.camera_ids),
    )
    assert [entry.event for entry in audit.read_chain(f"search#{search.id}")] == [
        "search:run",
        "search:view",
    ]


def test_a_search_of_somebody_else_or_of_long_ago_is_not_there(cloud, now):
    search = a_search(PAT, now)
    for officer, at in ((SAM, now), (PAT, now + timedelta(days=30))):
        with pytest.raises(NotFound):
            incidents.view(search.id, officer, now=at)
        with pytest.raises(NotFound):
            incidents.incident_of(search.id, officer, now=at)


def test_a_search_opened_again_shows_no_camera_that_came_or_went_since(cloud, now):
    an_owner(now, "stays@example.com", a_camera_at(30))
    goes = an_owner(now, "goes@example.com", a_camera_at(50))
    search = a_search(PAT, now)
    an_owner(now, "comes@example.com", a_camera_at(60))
    registrations.pause(goes, now=now)
    assert shown(incidents.view(search.id, PAT, now=now)) == shown(search) - set(goes.camera_ids)


def test_an_officer_sees_only_so_many_different_cameras_a_day(cloud, now):
    an_owner(now, "a@example.com")
    transaction = Transaction()
    store.add_seen(transaction, "pat", {f"camera {number}" for number in range(400)}, now)
    transaction.commit()
    with pytest.raises(TooManyRequests):
        a_search(PAT, now)
    assert [entry.detail for entry in audit.read_chain("officer#pat")] == [
        {"reason": "daily quota"}
    ]
    later = now + timedelta(days=1)
    assert incidents.search(an_incident(now), PAT, now=later).results


def test_the_same_cameras_count_once(cloud, now):
    an_owner(now, "a@example.com")
    a_search(PAT, now)
    a_search(PAT, now)
    transaction = Transaction()
    assert store.add_seen(transaction, "pat", (), now) == 1


def test_searching_in_two_windows_at_once_refuses_neither(cloud, now, monkeypatch):
    an_owner(now, "a@example.com")
    add_seen, meanwhile = store.add_seen, []

    def add_seen_while_another_search_ends(transaction, officer_id, shown, at):
        counted = add_seen(transaction, officer_id, shown, at)
        if not meanwhile:
            meanwhile.append(True)
            a_search(PAT, now)
        return counted

    monkeypatch.setattr(store, "add_seen", add_seen_while_another_search_ends)

    assert len(a_search(PAT, now).results) == 1
