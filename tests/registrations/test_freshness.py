from dataclasses import fields, replace
from datetime import timedelta

import pytest

from chalicelib import audit, cameras, jurisdictions, language, registrations
from chalicelib.aws.tables import OutboxItem, RegistrationItem
from chalicelib.errors import LinkGone
from chalicelib.registrations import Registration, State, store
from chalicelib.registrations.model import Paper, Reach
from tests.registrations.builders import (
    CANARY,
    a_camera,
    a_form,
    a_link,
    an_active_registration,
)

YEAR, REMINDER, LAPSE, LAPSED = (timedelta(days=days) for days in (365, 30, 60, 30))
HOUR = timedelta(hours=1)


def swept(now):
    registrations.sweep(now=now, ending=lambda _: None)


def seen(registration):
    """State, whether the camera can be found, and what was posted in all, of one registration."""
    found = store.glance(registration.id)
    shown = [camera.visible for camera in cameras.get(registration.camera_ids)]
    letters = [item.letter for item in OutboxItem.scan() if item.recipient == registration.id]
    return found.state, shown, sorted({*letters} - {"confirm"})


def test_an_owner_is_asked_after_a_year_reminded_hidden_and_erased(cloud, now):
    active = an_active_registration(now)
    for wait, expected in [
        (YEAR - HOUR, (State.ACTIVE, [True], [])),
        (YEAR, (State.RECONFIRM_DUE, [True], ["reconfirm"])),
        (YEAR + REMINDER, (State.RECONFIRM_DUE, [True], ["reconfirm", "reconfirm_reminder"])),
        (YEAR + LAPSE, (State.LAPSED, [False], ["lapsed", "reconfirm", "reconfirm_reminder"])),
        (YEAR + LAPSE + LAPSED, (State.ERASED, [], ["lapsed", "reconfirm", "reconfirm_reminder"])),
    ]:
        swept(now + wait)
        swept(now + wait)
        assert seen(active) == expected
    assert [item for item in RegistrationItem.scan() if item.id.startswith("email#")] == []


def test_a_sweep_that_comes_late_still_gives_everybody_their_time(cloud, now):
    active = an_active_registration(now)
    late = now + 3 * YEAR
    states = []
    for wait in (timedelta(), REMINDER, REMINDER, LAPSE, LAPSED):
        late += wait
        swept(late)
        states.append(seen(active)[0])
    assert states == ["reconfirm_due", "reconfirm_due", "lapsed", "erased", "erased"]


@pytest.mark.parametrize("days", [365, 365 + 60], ids=["asked", "lapsed"])
def test_one_tap_makes_it_right_for_another_year(cloud, now, days):
    active = an_active_registration(now)
    for day in (365, days):
        swept(now + timedelta(days=day))
    if days > 365:
        swept(now + timedelta(days=365 + 30))
        swept(now + timedelta(days=365 + 90))
    later = now + timedelta(days=days + 90)
    token = a_link(active.id, "reconfirm", later)
    assert registrations.of_reconfirm_link(token, now=later).id == active.id
    right = registrations.reconfirm(token, now=later)
    assert (right.state, right.confirmed_at, seen(active)[1]) == (State.ACTIVE, later, [True])
    swept(later + YEAR - HOUR)
    assert seen(active)[0] == State.ACTIVE


def test_each_change_says_that_the_rest_is_right(cloud, now):
    active = an_active_registration(now)
    swept(now + YEAR)
    later = now + YEAR + HOUR
    changed = registrations.add_camera(
        registrations.get(active.id), a_camera(label="yard"), now=later
    )
    assert (changed.state, changed.confirmed_at, changed.asked_at) == (State.ACTIVE, later, None)


def test_who_has_paused_is_asked_too_and_stays_hidden(cloud, now):
    active = an_active_registration(now)
    registrations.pause(active, now=now)
    swept(now + YEAR)
    assert seen(active) == (State.PAUSED, [False], ["reconfirm"])
    kept = registrations.reconfirm(registrations.get(active.id), now=now + YEAR, stay_paused=True)
    assert (kept.state, seen(active)[1]) == (State.PAUSED, [False])
    assert registrations.reconfirm(kept, now=now + YEAR).state is State.ACTIVE
    assert seen(active)[1] == [True]


def test_what_has_left_cannot_be_said_to_be_right(cloud, now):
    active = an_active_registration(now)
    token = a_link(active.id, "reconfirm", now)
    registrations.leave(active, now=now)
    with pytest.raises(LinkGone):
        registrations.reconfirm(token, now=now)


def test_one_that_fails_keeps_none_of_the_others_from_their_turn(cloud, now):
    owners = [
        an_active_registration(now, contact=replace(CANARY, email=f"a{number}@example.com"))
        for number in range(3)
    ]
    broken = RegistrationItem.get(owners[0].id)
    broken.update(actions=[RegistrationItem.contact.set(b"not sealed by us")])
    swept(now + YEAR)
    states = [store.glance(owner.id).state for owner in owners]
    assert states == [State.ACTIVE, State.RECONFIRM_DUE, State.RECONFIRM_DUE]


def test_a_run_does_so_many_and_the_next_one_goes_on(cloud, now):
    owners = [
        an_active_registration(now, contact=replace(CANARY, email=f"a{number}@example.com"))
        for number in range(5)
    ]

    def asked():
        return [store.glance(one.id).state for one in owners].count(State.RECONFIRM_DUE)

    for expected in (2, 4, 5, 5):
        registrations.sweep(now=now + YEAR, ending=lambda _: None, most=2)
        assert asked() == expected


def test_months_since_somebody_said_so(cloud, now):
    active = an_active_registration(now)
    months = [
        registrations.freshness_of(active, now + timedelta(days=days)) for days in (0, 29, 31, 365)
    ]
    assert months == [0, 0, 1, 11]
    assert registrations.freshness_of(replace(active, confirmed_at=None), now) is None


def test_a_dead_address_pauses_and_tells_the_coordinator_once(cloud, now):
    active = an_active_registration(now)
    for _ in range(2):
        registrations.mark_unreachable(active.id, now=now)
    assert seen(active) == (State.PAUSED, [False], ["unreachable"])
    assert store.glance(active.id).unreachable_since == now
    chain = audit.read_chain(f"registration#{active.id}")
    assert [entry.event for entry in chain][2:] == ["registration:unreachable"]


@pytest.mark.parametrize("back", [registrations.resume, registrations.reconfirm])
def test_who_is_heard_of_again_can_be_found_again(cloud, now, back):
    active = an_active_registration(now)
    registrations.mark_unreachable(active.id, now=now)
    again = back(registrations.get(active.id), now=now)
    assert (again.state, again.unreachable_since) == (State.ACTIVE, None)
    assert seen(active)[1] == [True]


def paper_form(now, **changes):
    given = a_form(now)
    for name in ("invite_code", "visitor", "notice_version", "notice_hash"):
        given.pop(name)
    given["contact"] = replace(CANARY, email="", reach=Reach.LETTER, postal_address="1 Canary St")
    paper = Paper("2026-11-02", "file room, folder 3", "c-1")
    return given | {"paper": paper, "notice_version": "v", "notice_hash": "h"} | changes


def test_a_paper_form_is_active_at_once_without_any_address(cloud, now):
    entered = registrations.enter_paper(**paper_form(now))
    assert seen(entered) == (State.ACTIVE, [True], ["paper_welcome"])
    assert registrations.get(entered.id) == entered
    (entry,) = audit.read_chain(f"registration#{entered.id}")
    assert (entry.event, entry.actor) == ("registration:enter_paper", "officer:c-1")
    assert registrations.leave(entered, now=now).state is State.WITHDRAWN
    assert seen(entered)[2] == ["paper_welcome"]


def test_a_copy_says_everything_an_entry_holds(cloud, now):
    entered = registrations.enter_paper(**paper_form(now))
    copy = registrations.export(entered, now=now)
    assert copy["paper_form"] == {
        "dated": "2026-11-02",
        "kept_at": "file room, folder 3",
        "checked": "",
    }
    elsewhere = {"id": "registration", "notice_hash": "notice_sha256", "paper": "paper_form"}
    elsewhere |= {"import_id": "old_list", "camera_ids": "cameras", "reach": "contact"}
    ours_alone = {"version", "settled", "merged_into"}
    held = {field.name for field in fields(Registration)} - ours_alone
    assert {elsewhere.get(name, name) for name in held} <= set(copy)


def test_a_paper_form_of_somebody_who_takes_part_waits_for_their_yes(cloud, now):
    an_active_registration(now)
    entered = registrations.enter_paper(**paper_form(now, contact=CANARY))
    assert seen(entered) == (State.PENDING, [False], [])  # no welcome, the usual question alone
    assert (entered.confirmed_at, entered.paper.entered_by) == (None, "c-1")
    swept(now + timedelta(days=8))
    assert registrations.standing(entered.id) is State.ERASED


def test_who_agrees_again_has_agreed_to_the_later_notice_and_the_paper_is_not_forgotten(cloud, now):
    active = an_active_registration(now)
    later = {"notice_version": "2027-01-01", "notice_hash": "1" * 64}
    entered = registrations.enter_paper(**paper_form(now, contact=CANARY) | later)
    merged = registrations.confirm(a_link(entered.id, "confirm", now), now=now)
    assert (merged.id, merged.paper) == (active.id, entered.paper)
    assert (merged.notice_version, merged.notice_hash) == ("2027-01-01", "1" * 64)
    old = registrations.submit(**a_form(now, notice_version="2025-01-01"))
    merged = registrations.confirm(a_link(old.id, "confirm", now), now=now)
    assert (merged.notice_version, merged.notice_hash) == ("2027-01-01", "1" * 64)


def test_somebody_of_an_old_list_has_sixty_days_to_say_yes(cloud, now):
    given = a_form(now)
    line = {name: given[name] for name in ("contact", "kind", "camera_details", "language", "now")}
    invited = registrations.invite(**line, import_id="i-1", entered_by="c-1")
    assert seen(invited) == (State.PENDING, [False], ["invitation"])
    later = now + timedelta(days=59)
    swept(later)
    active = registrations.confirm(a_link(invited.id, "confirm", later), now=later)
    assert (active.state, active.import_id) == (State.ACTIVE, "i-1")
    assert active.notice_version


def test_who_says_yes_by_phone_agrees_to_the_notice_in_their_language(cloud, now):
    given = a_form(now, language="es")
    line = {name: given[name] for name in ("contact", "kind", "camera_details", "language", "now")}
    invited = registrations.invite(**line, import_id="i-1", entered_by="c-1")
    active = registrations.confirm_by_phone(invited, actor="officer:c-1", now=now)
    with language.speaking("es"):
        assert active.notice_hash == jurisdictions.notice().sha256


def test_an_old_list_is_erased_when_nobody_answers(cloud, now):
    given = a_form(now)
    line = {name: given[name] for name in ("contact", "kind", "camera_details", "language", "now")}
    invited = registrations.invite(**line, import_id="i-1", entered_by="c-1")
    swept(now + timedelta(days=60))
    assert seen(invited)[:2] == (State.ERASED, [])


def test_the_same_camera_is_not_added_twice_unless_its_owner_says_so(cloud, now):
    active = an_active_registration(now)
    again = registrations.submit(**a_form(now))
    assert [one.id for one in registrations.doubles_of(again)] == list(again.camera_ids)
    merged = registrations.confirm(a_link(again.id, "confirm", now), now=now)
    assert merged.camera_ids == active.camera_ids
    other = registrations.submit(**a_form(now))
    token = a_link(other.id, "confirm", now)
    assert len(registrations.confirm(token, now=now, another=True).camera_ids) == 2


@pytest.mark.parametrize(("posted", "state"), [(-HOUR, State.ACTIVE), (HOUR, State.PAUSED)])
def test_a_letter_posted_before_the_owner_was_heard_of_says_nothing(cloud, now, posted, state):
    active = an_active_registration(now)

    registrations.mark_unreachable(active.id, now=now + YEAR / 12, posted_at=now + posted)

    assert seen(active)[0] is state
