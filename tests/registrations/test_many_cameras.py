"""Five hundred cameras do not fit into one transaction: nothing is lost or shown half for it."""

import pytest

from chalicelib import audit, cameras, registrations
from chalicelib.aws.tables import CameraItem, OutboxItem, RegistrationItem
from chalicelib.errors import InvalidInput, LimitExceeded
from chalicelib.geo import Point, destination
from chalicelib.registrations import State, store
from tests.reaper import MOMENTS, deaths
from tests.registrations.builders import (
    CANARY,
    a_camera,
    a_form,
    a_link,
    a_pending_registration,
    an_active_registration,
)

MIDDLE = a_camera().point


def many(count):
    """Cameras on the rows of a yard, so far apart that no two are one."""
    rows = [destination(MIDDLE, 0, 4 * row) for row in range(25)]
    return tuple(
        a_camera(point=destination(rows[number % 25], 90, 4 * (number // 25)))
        for number in range(count)
    )


def visible(registration):
    found = cameras.get(store.glance(registration.id).camera_ids)
    return [camera.visible for camera in found]


def is_settled(registration):
    """What must hold when no mark is left: found if and only if visible, and nobody's rest."""
    found = store.glance(registration.id)
    held = [item for item in CameraItem.scan() if item.registration_id == registration.id]
    shown = {item.g is not None for item in held} <= {found.visible}
    return found.settled and {item.i for item in held} == set(found.camera_ids) and shown


def whole(registration):
    """The chain is unbroken and as long as the version says."""
    chain = f"registration#{registration.id}"
    entries = audit.read_chain(chain)
    return audit.verify(chain) is None and len(entries) == store.glance(registration.id).version


def test_five_hundred_cameras_go_the_whole_way(cloud, now):
    """As many as a registration may have: more than five transactions hold."""
    pending = a_pending_registration(now, camera_details=many(500))
    assert visible(pending) == [False] * 500
    active = registrations.confirm(a_link(pending.id, "confirm", now), now=now)
    assert (visible(active), is_settled(active)) == ([True] * 500, True)
    left = registrations.leave(active, now=now)
    assert (visible(left), is_settled(left)) == ([False] * 500, True)
    assert registrations.erase_due(now=now) == 1
    assert (list(CameraItem.scan()), whole(left)) == ([], True)
    assert store.glance(left.id).state is State.ERASED


def test_one_camera_more_than_that_is_refused_and_nothing_is_kept(cloud, now):
    with pytest.raises(LimitExceeded):
        registrations.submit(**a_form(now, camera_details=many(501)))
    assert (list(CameraItem.scan()), list(RegistrationItem.scan())) == ([], [])


def test_a_list_with_one_bad_line_is_refused_whole(cloud, now):
    active = an_active_registration(now)
    wrong = (*many(120), a_camera(point=Point(10.0, 10.0)))
    with pytest.raises(InvalidInput):
        registrations.add_cameras(active, wrong, now=now)
    assert len(list(CameraItem.scan())) == 1


def test_a_list_joins_a_registration_as_one_change(cloud, now):
    active = an_active_registration(now)
    longer = registrations.add_cameras(active, many(150), now=now)
    assert (longer.version, len(longer.camera_ids)) == (active.version + 1, 151)
    assert (visible(longer), is_settled(longer)) == ([True] * 151, True)


def test_many_cameras_merge_into_the_registration_of_the_same_address(cloud, now):
    active = an_active_registration(now, camera_details=many(100))
    second = a_pending_registration(now, camera_details=many(150))
    merged = registrations.confirm(a_link(second.id, "confirm", now), now=now)
    assert (merged.id, len(merged.camera_ids)) == (active.id, 150)
    assert (visible(merged), is_settled(merged), is_settled(second)) == ([True] * 150, True, True)
    letters = [item for item in OutboxItem.scan() if item.letter == "camera_added"]
    assert [item.subject_ids["count"] for item in letters] == ["50"]
    assert len(list(CameraItem.scan())) == 150


def everything_due(now):
    for _ in range(2):
        registrations.sweep(now=now, ending=lambda _: None)


@pytest.mark.parametrize("reaper", MOMENTS, indirect=True)
def test_a_long_form_that_breaks_off_is_sent_again_and_kept_once(reaper, now):
    reaper.only = "TransactWriteItems"

    def prepared(number):
        contact = type(CANARY)("Ann", f"a{number}@example.com")
        form = a_form(now, contact=contact, camera_details=many(150), visitor=f"v{number}")
        return form, lambda: registrations.submit(**form)

    for form, call in deaths(reaper, prepared):
        later = now.replace(hour=23)
        everything_due(later)
        kept = [one for one in registrations.glances() if one.created_at == now]
        letters = [item for item in OutboxItem.scan() if item.letter == "confirm"]
        assert len(kept) == len(letters), call
        assert all(is_settled(one) and whole(one) for one in kept), call
        assert len(list(CameraItem.scan())) == 150 * len(kept), (call, form["visitor"])
        clear()


@pytest.mark.parametrize("reaper", MOMENTS, indirect=True)
@pytest.mark.parametrize("action", [registrations.pause, registrations.leave])
def test_hiding_that_breaks_off_is_finished_by_the_sweep(reaper, now, action):
    def prepared(number):
        contact = type(CANARY)("Ann", f"a{number}@example.com")
        form = {"contact": contact, "camera_details": many(110), "visitor": f"v{number}"}
        active = an_active_registration(now, **form)
        return active, lambda: action(active, now=now)

    reaper.only = "TransactWriteItems"
    for active, call in deaths(reaper, prepared):
        everything_due(now)
        after = store.glance(active.id)
        assert is_settled(active), call
        assert whole(active), call
        assert after.state in {State.ACTIVE, State.PAUSED, State.ERASED}, call
        clear()


def clear():
    for model in (CameraItem, RegistrationItem, OutboxItem):
        for item in list(model.scan()):
            item.delete()
