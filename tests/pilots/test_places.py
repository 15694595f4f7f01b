"""Places of an invitation: in the programme that is a pilot, with a code of two places."""

import hashlib
from datetime import date, timedelta
from types import SimpleNamespace

import msgspec
import pytest

from chalicelib import jurisdictions, pilots, registrations
from chalicelib.aws import clients
from chalicelib.aws.tables import LimitItem, RegistrationItem
from chalicelib.aws.transaction import Transaction
from chalicelib.errors import InvalidInput, StateConflict
from chalicelib.jurisdictions.tables import Invitation
from chalicelib.pilots import Cohort
from chalicelib.registrations import State
from tests.pilots.conftest import CODE, ENDS, PLACES
from tests.registrations.builders import a_form, a_link
from tests.web.story import least

DAY = timedelta(days=1)


def joins(now, **changes):
    number = len(list(RegistrationItem.scan()))
    contact = registrations.Contact("Ann", f"ann{number}@example.com")
    given = least() | {"invite_code": CODE, "contact": contact, "visitor": f"v{number}"}
    return registrations.submit(**a_form(now, **(given | changes)))


def confirms(pending, now):
    return registrations.confirm(a_link(pending.id, "confirm", now), now=now)


def cohort():
    return pilots.tallies().cohorts[0]


def test_places_are_taken_by_sending_and_kept_by_confirming(pilot, now):
    first = joins(now)
    taken = cohort()
    confirms(first, now)

    assert taken == Cohort(ENDS, PLACES, taken=1, joined=0)
    assert cohort() == Cohort(ENDS, PLACES, taken=1, joined=1)


def test_the_last_place_is_the_last(pilot, now):
    for _ in range(PLACES):
        joins(now)
    with pytest.raises(InvalidInput) as refused:
        joins(now)

    assert refused.value.fields == {"invite_code": "All places of this invitation are taken"}
    assert cohort().taken == PLACES


def test_of_two_who_want_the_last_place_at_once_only_one_gets_it(pilot, now):
    for _ in range(PLACES - 1):
        joins(now)
    with pytest.raises(InvalidInput):
        joins(now, also=lambda _: joins(now))

    assert cohort().taken == PLACES
    assert len(list(RegistrationItem.scan())) == PLACES


def test_a_full_place_refuses_the_whole_transaction(pilot, now):
    transactions = [Transaction() for _ in range(PLACES + 1)]
    for number, transaction in enumerate(transactions):
        pilots.take_place(transaction, CODE, f"r{number}", now=now)
    for transaction in transactions[:PLACES]:
        transaction.commit()
    with pytest.raises(StateConflict):
        transactions[PLACES].commit()

    seats = [item.name for item in LimitItem.scan() if "seat" in item.name]
    assert (len(seats), cohort().taken) == (PLACES, PLACES)


def test_who_never_confirms_gives_the_place_back(pilot, now):
    joins(now)
    registrations.erase_due(now=now + 8 * DAY)

    assert cohort() == Cohort(ENDS, PLACES, taken=0, joined=0)


def test_it_was_not_me_gives_the_place_back(pilot, now):
    registrations.not_me(a_link(joins(now).id, "confirm", now), now=now)

    assert cohort().taken == 0


def test_one_camera_more_of_somebody_who_takes_part_needs_no_place(pilot, now):
    first = confirms(joins(now), now)
    confirms(joins(now, contact=first.contact), now)

    assert cohort() == Cohort(ENDS, PLACES, taken=1, joined=1)


def test_who_confirmed_and_left_has_used_the_place(pilot, now):
    registrations.leave(confirms(joins(now), now), now=now)
    registrations.erase_due(now=now + DAY)

    assert cohort() == Cohort(ENDS, PLACES, taken=1, joined=1)


def test_a_code_ends_with_its_last_day_in_the_forces_own_time(pilot, now):
    here = jurisdictions.current()
    days = [ENDS, ENDS + DAY]

    assert [here.accepts_invite(CODE, day) for day in days] == [True, False]
    assert not here.accepts_invite("another", ENDS)


def test_nothing_of_the_invitation_stays_with_a_registration(pilot, now):
    confirms(joins(now), now)
    digest = hashlib.sha256(CODE.encode()).hexdigest()
    (entry,) = [item for item in RegistrationItem.scan() if item.state]
    names = {item.name for item in LimitItem.scan() if item.name.startswith("pilot#")}

    assert not {"pilot", "invite", "code", "cohort"} & set(entry.attribute_values)
    assert digest not in repr(entry.attribute_values)
    assert names == {f"pilot#places#{digest}", f"pilot#joined#{digest}"}


def test_until_then_only_a_mark_outside_the_register_ties_the_two(pilot, now):
    pending = joins(now)
    marks = [item for item in LimitItem.scan() if item.name.endswith(pending.id)]

    assert [item.name for item in marks] == [f"pilot#seat#{pending.id}"]
    assert [item.members for item in marks] == [{hashlib.sha256(CODE.encode()).hexdigest()}]


def test_a_programme_without_invitations_counts_no_places(cloud, now):
    registrations.submit(**a_form(now))

    assert [item for item in LimitItem.scan() if item.name.startswith("pilot#")] == []
    assert pilots.tallies().cohorts == ()


def test_an_invitation_is_read_strictly():
    text = {"digest": "0" * 64, "ends_on": "2027-06-30", "places": 25}

    assert msgspec.convert(text, Invitation).ends_on == date(2027, 6, 30)
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({**text, "code": CODE}, Invitation)


CONFLICT = {
    "Error": {"Code": "TransactionCanceledException", "Message": "[TransactionConflict]"},
    "CancellationReasons": [{"Code": "TransactionConflict"}],
    "ResponseMetadata": {},
}


@pytest.fixture
def meets_another(pilot):
    """Let the next transactions meet another at one of their items, as DynamoDB may say."""
    events, left = clients.connection().client.meta.events, []

    def answer(**_call):
        return (SimpleNamespace(status_code=400), left.pop()) if left else None

    name = "before-call.dynamodb.TransactWriteItems"
    events.register(name, answer)
    yield lambda times: left.extend([CONFLICT] * times)
    events.unregister(name, answer)


def test_who_meets_another_at_the_places_tries_again(pilot, now, meets_another):
    meets_another(3)
    pending = joins(now)

    assert registrations.standing(pending.id) is State.PENDING
    assert cohort().taken == 1


def test_who_always_meets_another_is_told_and_has_taken_nothing(pilot, now, meets_another):
    meets_another(100)
    with pytest.raises(StateConflict):
        joins(now)

    assert cohort().taken == 0
