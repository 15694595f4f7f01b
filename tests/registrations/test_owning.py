from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest

from chalicelib import audit, cameras, registrations
from chalicelib.aws.tables import OutboxItem, TombstoneItem
from chalicelib.errors import LinkGone, NotFound, StateConflict
from chalicelib.registrations import Contact, State
from chalicelib.registrations.store import digest_of
from tests.registrations.builders import (
    CANARY,
    LABEL,
    a_camera,
    a_link,
    a_pending_registration,
    an_active_registration,
)

NEW = Contact("Ann Other", "new@example.com", "785-555-0111")


def visible(registration):
    return [camera.visible for camera in cameras.get(registration.camera_ids)]


def test_a_manage_link_opens_the_registration_until_its_owner_leaves(cloud, now):
    active = an_active_registration(now)
    token = a_link(active.id, "manage", now)
    assert registrations.of_manage_link(token, now=now) == active
    registrations.leave(active, now=now)
    with pytest.raises(LinkGone):
        registrations.of_manage_link(token, now=now)


def test_a_leave_link_opens_leaving_and_nothing_else(cloud, now):
    active = an_active_registration(now)
    token = a_link(active.id, "leave", now)
    assert registrations.of_leave_link(token, now=now) == active
    assert registrations.of_leave_link(a_link(active.id, "manage", now), now=now) == active
    with pytest.raises(LinkGone):
        registrations.of_manage_link(token, now=now)


def test_name_and_phone_change_at_once(cloud, now):
    active = an_active_registration(now)
    changed = registrations.change_contact(active, replace(NEW, email=CANARY.email), now=now)
    assert changed.contact == replace(NEW, email=CANARY.email)
    assert registrations.get(active.id) == changed
    assert audit.read_chain(f"registration#{active.id}")[-1].detail == {
        "changed": ["name", "phone"]
    }


def test_a_new_address_counts_only_once_it_is_confirmed_from_there(cloud, now):
    active = an_active_registration(now)
    asked = registrations.change_contact(active, NEW, now=now)
    assert asked.contact.email == CANARY.email
    assert registrations.of_address(digest_of(NEW.email)) is None
    moved = registrations.confirm(a_link(active.id, "confirm", now), now=now)
    assert moved.contact == NEW
    assert registrations.of_address(digest_of(NEW.email)) == moved
    assert registrations.of_address(digest_of(CANARY.email)) is None


def test_somebody_else_can_refuse_to_be_the_new_address(cloud, now):
    active = an_active_registration(now)
    registrations.change_contact(active, NEW, now=now)
    registrations.not_me(a_link(active.id, "confirm", now), now=now)
    assert registrations.get(active.id).new_contact is None
    assert registrations.of_address(digest_of(CANARY.email)).state == State.ACTIVE


def test_cameras_are_added_changed_and_removed_with_a_version_each(cloud, now):
    active = an_active_registration(now)
    two = registrations.add_camera(active, a_camera(label="yard"), now=now)
    same = registrations.change_camera(two, two.camera_ids[1], a_camera(label="gate"), now=now)
    assert [camera.label for camera in cameras.get(same.camera_ids)] == [LABEL, "gate"]
    one = registrations.remove_camera(same, same.camera_ids[0], now=now)
    assert one == replace(active, camera_ids=(two.camera_ids[1],), version=5)
    assert cameras.get(active.camera_ids) == ()


def test_somebody_elses_camera_is_not_found(cloud, now):
    active = an_active_registration(now)
    other = an_active_registration(now, contact=NEW)
    with pytest.raises(NotFound):
        registrations.remove_camera(active, other.camera_ids[0], now=now)
    with pytest.raises(NotFound):
        registrations.change_camera(active, other.camera_ids[0], a_camera(), now=now)


def test_pausing_hides_and_resuming_shows_and_each_twice_is_once(cloud, now):
    active = an_active_registration(now)
    paused = registrations.pause(active, now=now)
    assert (visible(paused), registrations.pause(paused, now=now)) == ([False], paused)
    resumed = registrations.resume(paused, now=now)
    assert (visible(resumed), registrations.resume(resumed, now=now)) == ([True], resumed)
    assert resumed == replace(active, version=4)


def test_do_not_ask_again_pauses_and_says_who_did_it(cloud, now):
    active = an_active_registration(now)
    registrations.suppress(active.id, now=now, actor="system:mail")
    registrations.suppress(active.id, now=now, actor="system:mail")
    assert registrations.standing(active.id) == State.PAUSED
    last = audit.read_chain(f"registration#{active.id}")[-1]
    assert (last.event, last.actor) == ("registration:pause", "system:mail")


def test_leaving_hides_and_erases_the_contact_in_the_same_moment(cloud, now):
    active = an_active_registration(now)
    left = registrations.leave(active, now=now)
    assert registrations.get(active.id) == left
    assert (left.state, left.contact, visible(left)) == (State.WITHDRAWN, None, [False])
    assert registrations.of_address(digest_of(CANARY.email)) is None
    (letter,) = [item for item in OutboxItem.scan() if item.letter == "left"]
    assert registrations.one_time_contact(active.id, letter.sealed) == CANARY


def test_the_rest_goes_with_the_next_sweep_and_a_tombstone_stays(cloud, now):
    left = registrations.leave(an_active_registration(now), now=now)
    assert registrations.erase_due(now=now) == 1
    assert registrations.standing(left.id) == State.ERASED
    assert cameras.get(left.camera_ids) == ()
    assert [item.id for item in TombstoneItem.scan()] == [left.id]
    assert registrations.erase_due(now=now) == 0


def test_nobody_leaves_twice_or_comes_back(cloud, now):
    left = registrations.leave(an_active_registration(now), now=now)
    for action in (registrations.leave, registrations.pause, registrations.resume):
        with pytest.raises(StateConflict):
            action(left, now=now)
    returned = an_active_registration(now)
    assert returned.id != left.id


def test_an_unconfirmed_registration_is_erased_after_a_week_and_not_before(cloud, now):
    pending = a_pending_registration(now)
    week = timedelta(days=7)
    assert registrations.erase_due(now=now + week - timedelta(seconds=1)) == 0
    assert registrations.erase_due(now=now + week) == 1
    assert registrations.standing(pending.id) == State.ERASED
    assert audit.read_chain(f"registration#{pending.id}")[-1].event == "registration:expire"


def test_a_page_that_is_out_of_date_changes_nothing(cloud, now):
    active = an_active_registration(now)
    registrations.add_camera(active, a_camera(), now=now)
    with pytest.raises(StateConflict):
        registrations.leave(active, now=now)
    assert registrations.standing(active.id) == State.ACTIVE


def test_the_owner_can_have_a_copy_of_everything(cloud, now):
    active = an_active_registration(now)
    copy = registrations.export(active, now=now, asks=[{"code": "ABC"}])
    assert copy["contact"] == msgspec.to_builtins(CANARY)
    assert copy["requests"] == [{"code": "ABC"}]
    assert [camera["label"] for camera in copy["cameras"]] == [LABEL]
    assert [line["event"] for line in copy["history"]] == [
        "registration:submit",
        "registration:confirm",
        "registration:download",
    ]
