from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib import audit, cameras, jurisdictions, registrations
from chalicelib.aws.tables import OutboxItem, RegistrationItem
from chalicelib.errors import (
    InvalidInput,
    LinkGone,
    OutsideJurisdiction,
    TooManyRequests,
)
from chalicelib.geo import Point
from chalicelib.registrations import Contact, State, sweeping
from tests.registrations.builders import (
    CANARY,
    a_camera,
    a_form,
    a_link,
    a_pending_registration,
    an_active_registration,
)


def visible(registration):
    return [camera.visible for camera in cameras.get(registration.camera_ids)]


def events(registration):
    return [entry.event for entry in audit.read_chain(f"registration#{registration.id}")]


def posted():
    return sorted((item.letter, item.recipient) for item in OutboxItem.scan())


def test_a_form_makes_a_registration_nobody_can_find_and_a_letter(cloud, now):
    pending = a_pending_registration(now)
    assert (pending.state, pending.version, visible(pending)) == (State.PENDING, 1, [False])
    assert posted() == [("confirm", pending.id)]
    assert events(pending) == ["registration:submit"]


def test_what_was_entered_comes_back_and_rests_sealed(cloud, now):
    pending = a_pending_registration(now)
    assert registrations.get(pending.id) == pending
    at_rest = str(cloud("dynamodb").scan(TableName="registrations")["Items"])
    for secret in (CANARY.name, CANARY.email, CANARY.email.lower(), CANARY.phone):
        assert secret not in at_rest


def test_confirming_makes_it_active_and_its_camera_findable(cloud, now):
    pending = a_pending_registration(now)
    active = registrations.confirm(a_link(pending.id, "confirm", now), now=now)
    assert active == replace(pending, state=State.ACTIVE, version=2, confirmed_at=now)
    assert visible(active) == [True]
    assert registrations.get(pending.id) == active
    assert events(pending) == ["registration:submit", "registration:confirm"]


def test_confirming_twice_answers_the_same_and_changes_nothing(cloud, now):
    pending = a_pending_registration(now)
    token = a_link(pending.id, "confirm", now)
    assert registrations.confirm(token, now=now) == registrations.confirm(token, now=now)
    assert registrations.get(pending.id).version == 2


def test_a_second_camera_of_the_same_address_joins_the_first(cloud, now):
    first = an_active_registration(now)
    other = replace(CANARY, email=" canary@EXAMPLE.com ")
    second = a_pending_registration(now, contact=other, camera=a_camera(label="yard"))
    token = a_link(second.id, "confirm", now)
    merged = registrations.confirm(token, now=now)
    assert merged.id == first.id
    assert merged.camera_ids == first.camera_ids + second.camera_ids
    assert visible(merged) == [True, True]
    assert registrations.standing(second.id) == State.ERASED
    assert registrations.confirm(token, now=now) == merged
    assert ("camera_added", first.id) in posted()


def test_a_camera_joining_a_paused_registration_stays_hidden(cloud, now):
    registrations.pause(an_active_registration(now), now=now)
    second = a_pending_registration(now, camera=a_camera(label="yard"))
    merged = registrations.confirm(a_link(second.id, "confirm", now), now=now)
    assert (merged.state, visible(merged)) == (State.PAUSED, [False, False])


def test_who_could_not_be_reached_is_heard_of_when_they_add_a_camera(cloud, now):
    first = an_active_registration(now)
    registrations.mark_unreachable(first.id, now=now)
    for days in (365, 395, 425):  # asked, reminded, hidden
        sweeping.freshen(now=now + timedelta(days=days))
    later = now + timedelta(days=430)
    second = a_pending_registration(later, camera=a_camera(label="yard"))
    merged = registrations.confirm(a_link(second.id, "confirm", later), now=later)

    assert (merged.state, merged.unreachable_since) == (State.ACTIVE, None)
    registrations.mark_unreachable(first.id, now=later + timedelta(days=1))
    assert registrations.standing(first.id) is State.PAUSED


def test_it_was_not_me_erases_at_once_and_cannot_be_taken_back(cloud, now):
    pending = a_pending_registration(now)
    token = a_link(pending.id, "confirm", now)
    registrations.not_me(token, now=now)
    assert registrations.standing(pending.id) == State.ERASED
    assert cameras.get(pending.camera_ids) == ()
    with pytest.raises(LinkGone):
        registrations.confirm(token, now=now)


def test_it_was_not_me_does_nothing_to_a_confirmed_registration(cloud, now):
    pending = a_pending_registration(now)
    token, other = (a_link(pending.id, "confirm", now) for _ in range(2))
    registrations.confirm(token, now=now)
    for one in (token, other):
        with pytest.raises(LinkGone):
            registrations.not_me(one, now=now)
    assert registrations.standing(pending.id) == State.ACTIVE


def test_after_a_week_nobody_can_confirm_even_before_the_sweep(cloud, now):
    pending = a_pending_registration(now)
    token = a_link(pending.id, "confirm", now, lives=timedelta(days=30))
    with pytest.raises(LinkGone):
        registrations.confirm(token, now=now + timedelta(days=7))


def test_a_camera_elsewhere_is_refused_with_the_neighbour_and_nothing_is_kept(cloud, now):
    elsewhere = a_camera(point=Point(10.0, 10.0))
    with pytest.raises(OutsideJurisdiction) as refused:
        registrations.submit(**a_form(now, camera=elsewhere))
    neighbour = jurisdictions.current().neighbour_for(elsewhere.point)
    assert neighbour.name in refused.value.sentence
    assert list(RegistrationItem.scan()) == []


@pytest.mark.parametrize(
    ("contact", "fields"),
    [
        (Contact("", "a@example.com"), {"name"}),
        (Contact("A" * 101, "a@example.com"), {"name"}),
        (Contact("Ann", "a@example"), {"email"}),
        (Contact("Ann", "a@b@example.com"), {"email"}),
        (Contact("Ann", "a@example.com,b@example.com"), {"email"}),
        (Contact("Ann", "a@example.com\u202e"), {"email"}),
        (Contact("Ann", "a@example.com", "call me"), {"phone"}),
        (Contact("\x00", "<a@example.com>"), {"name", "email"}),
    ],
)
def test_a_contact_that_cannot_be_is_refused_field_by_field(cloud, now, contact, fields):
    with pytest.raises(InvalidInput) as refused:
        registrations.submit(**a_form(now, contact=contact))
    assert set(refused.value.fields) == fields


def test_an_address_gets_three_letters_an_hour_and_ten_a_day(cloud, now):
    for hour in range(3):
        for _ in range(3):
            a_pending_registration(now + timedelta(hours=hour))
        with pytest.raises(TooManyRequests):
            registrations.ask_for_manage_link(
                CANARY.email, visitor="else", now=now + timedelta(hours=hour)
            )
    a_pending_registration(now + timedelta(hours=4))
    with pytest.raises(TooManyRequests):
        a_pending_registration(now + timedelta(hours=5))


def test_a_visitor_sends_twenty_forms_an_hour(cloud, now):
    for number in range(20):
        registrations.ask_for_manage_link(f"a{number}@example.com", visitor="v", now=now)
    with pytest.raises(TooManyRequests):
        registrations.ask_for_manage_link("b@example.com", visitor="v", now=now)
    registrations.ask_for_manage_link("b@example.com", visitor="w", now=now)


def test_asking_for_a_link_leaves_the_same_traces_known_or_unknown(cloud, now):
    an_active_registration(now)
    for email in (CANARY.email, "nobody@example.com"):
        registrations.ask_for_manage_link(email, visitor="v", now=now)
    rows = [item for item in OutboxItem.scan() if item.letter == "manage_link"]
    assert [(len(row.recipient), row.subject_ids, row.sealed) for row in rows] == [
        (len("email#") + 64, {}, None)
    ] * 2
