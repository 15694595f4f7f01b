from datetime import timedelta

from chalicelib import footage_requests, links, registrations
from chalicelib.aws.transaction import Transaction
from chalicelib.footage_requests import Answer
from chalicelib.footage_requests.letters import context
from chalicelib.letters.store import row_of
from tests.footage_requests.builders import a_request, an_answer_link, letters_to
from tests.incidents.builders import a_camera_at, an_owner
from tests.officers.people import PAT


def written(owner, letter, now):
    [item] = letters_to(owner, letter)
    transaction = Transaction()
    found = context(row_of(item), transaction, now)
    transaction.commit()
    return found


def test_the_letter_says_who_asks_about_what_and_until_when(cloud, now):
    camera = a_camera_at(40, label="front door", days_kept=30)
    owner = an_owner(now, "a@example.com", camera, a_camera_at(45, label="yard", days_kept=10))
    request = a_request(now, owner)
    found = written(owner, "request", now)
    assert (found.address, found.name) == ("a@example.com", "Name of a@example.com")
    assert (found.values.officer, found.values.code) == ("Pat Doyle, 4471", request.code)
    assert sorted(found.values.cameras) == ["front door", "yard"]
    assert found.values.overwritten == "Monday, Nov 30"
    assert found.values.window == "Nov 20, 2026, 3:00 AM to 4:00 AM"


def test_the_letters_link_answers_this_ask_until_the_request_closes(cloud, now):
    owner = an_owner(now, "a@example.com")
    request = a_request(now, owner)
    token = written(owner, "request", now).values.answer_url.rpartition("/")[2]
    link = links.open_link(token, "answer", now=request.closes_at - timedelta(seconds=1))
    assert link.subject == f"{request.id}/{owner.id}"


def test_nothing_is_said_of_overwriting_if_no_owner_said_how_long_they_keep(cloud, now):
    owner = an_owner(now, "a@example.com", a_camera_at(40, label=None))
    a_request(now, owner)
    values = written(owner, "request", now).values
    assert (values.overwritten, values.cameras) == ("", ("Another kind, or not sure",))


def test_an_owner_who_left_or_a_closed_request_gets_no_letter(cloud, now):
    owner, leaver = an_owner(now, "a@example.com"), an_owner(now, "b@example.com")
    request = a_request(now, owner, leaver)
    registrations.leave(leaver, now=now)
    assert written(leaver, "request", now) is None
    footage_requests.close(request.id, PAT, now=now)
    assert written(owner, "request", now) is None


def test_no_reminder_follows_an_answer(cloud, now):
    owner = an_owner(now, "a@example.com")
    request = a_request(now, owner)
    footage_requests.remind(request.id, PAT, now=now)
    assert written(owner, "reminder", now).values.code == request.code
    token = an_answer_link(request, owner, now)
    footage_requests.answer(token, Answer.CANNOT_HELP, "", now=now)
    assert written(owner, "reminder", now) is None
