import re

import pytest

from chalicelib import cameras, clock, evidence, footage_requests, registrations
from chalicelib.footage_requests import Answer
from chalicelib.registrations import State, references
from tests.web.desk import Coordinator, deliver_all
from tests.web.test_coordinator_by_hand import BY_LETTER, asked

REFERENCE = re.compile(r"Your reference is (\w{4}-\w{4})")


@pytest.fixture
def desk(cloud):
    return Coordinator()


def letter_of(kind):
    return next(row for row in deliver_all() if row.letter == kind)


def test_somebody_without_email_takes_part_from_the_form_to_leaving(desk):
    # Given a signed form from somebody who wants letters
    desk.enters(**BY_LETTER)
    welcome = letter_of("paper_welcome")
    reference = REFERENCE.search(desk.do(f"/by-hand/{welcome.id}").text).group(1)
    desk.do(f"/by-hand/{welcome.id}/done", step="posted")
    owner = registrations.get(references.find(reference))
    assert owner.state is State.ACTIVE

    # When an officer asks, the letter is printed and posted
    asked(clock.now())
    request = letter_of("request")
    printed = desk.do(f"/by-hand/{request.id}").text
    assert "A car was damaged." in printed
    assert "/answer/" in printed
    desk.do(f"/by-hand/{request.id}/done", step="posted")
    [(_, ask)] = footage_requests.asked_of(owner.id)
    assert ask.state == "mailed"

    # And they call with their answer
    page = desk.opens(reference).text
    request_id = re.search(r'name="request_id" value="(\w+)"', page).group(1)
    desk.acts(reference, "answer", request_id=request_id, answer="have_footage", note="Call me")
    [(_, ask)] = footage_requests.asked_of(owner.id)
    assert (ask.answer, ask.note) == (Answer.HAVE_FOOTAGE, "Call me")

    # Then they leave by phone, and nothing of them stays
    desk.acts(reference, "leave", reason="phone")
    assert [camera.visible for camera in cameras.get(owner.camera_ids)] == [False]
    registrations.sweep(
        now=clock.now(), ending=lambda one: evidence.owner_left(one, now=clock.now())
    )
    assert registrations.standing(owner.id) is State.ERASED
    assert cameras.get(owner.camera_ids) == ()
    assert references.find(reference) is None
    assert deliver_all() == ()
