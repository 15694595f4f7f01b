from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from chalicelib.registrations import recipients
from chalicelib.registrations.model import Authority, Contact, Person, Site
from chalicelib.registrations.recipients import Recipient

CHICAGO = ZoneInfo("America/Chicago")
NOON = datetime(2026, 11, 20, 12, tzinfo=CHICAGO).astimezone(UTC)
NIGHT = NOON + timedelta(hours=11)
SHOP = Site(
    "Corner Shop",
    duty_manager=Person("", "duty@example.com"),
    out_of_hours=Person("", "night@example.com"),
    data_protection=Person("", "privacy@example.com"),
    opens="08:00",
    closes="18:00",
    authority=Authority.OWNER,
)
ANN = Contact("Ann", "ann@example.com")
BUSINESS = replace(ANN, site=SHOP)
SAM = Person("Sam next door", "sam@example.com")


def to(contact, moment, **more):
    found = recipients.of(contact, moment, CHICAGO, **more)
    return found.to, found.address, found.name


def test_a_home_is_written_to_at_its_own_address_at_once():
    assert recipients.of(ANN, NIGHT, CHICAGO) == Recipient("owner", "ann@example.com", "Ann", NIGHT)


def test_whoever_is_on_duty_gets_the_letters_of_a_business():
    assert to(BUSINESS, NOON) == ("duty_manager", "duty@example.com", "Corner Shop")
    assert to(BUSINESS, NIGHT) == ("out_of_hours", "night@example.com", "Corner Shop")


@pytest.mark.parametrize("nobody", [None, Person("", "", "785-555-0101")])
def test_without_an_address_for_that_hour_the_owner_is_written_to(nobody):
    site = replace(SHOP, duty_manager=nobody, out_of_hours=nobody)
    contact = replace(BUSINESS, site=site)
    assert [to(contact, moment)[0] for moment in (NOON, NIGHT)] == ["owner", "owner"]


def test_a_letter_that_waits_goes_to_who_is_there_when_it_leaves():
    contact = replace(BUSINESS, quiet_from="22:00", quiet_until="08:00")
    found = recipients.of(contact, NIGHT, CHICAGO)
    assert (found.to, found.not_before) == ("duty_manager", NIGHT + timedelta(hours=9))
    found = recipients.of(contact, NIGHT, CHICAGO, at_once=True)
    assert (found.to, found.not_before) == ("out_of_hours", NIGHT)


def test_the_reminder_goes_to_the_second_contact():
    contact = replace(ANN, second=SAM)
    assert to(contact, NOON)[0] == "owner"
    assert to(contact, NOON, again=True) == ("second", "sam@example.com", "Sam next door")
    by_phone = replace(contact, second=replace(SAM, email="", phone="785-555-0101"))
    assert to(by_phone, NOON, again=True)[0] == "owner"


def chain(contact, moment, *, again=False):
    """Everybody a letter is sent to while each address turns out to be dead."""
    tried = [recipients.of(contact, moment, CHICAGO, again=again).to]
    while following := recipients.after(contact, tried[-1], moment, CHICAGO, again=again):
        tried.append(following)
    return tried


def test_a_letter_that_comes_back_goes_to_the_next_and_comes_to_an_end():
    everybody = replace(BUSINESS, second=SAM)
    assert chain(everybody, NOON) == ["duty_manager", "owner", "second"]
    assert chain(everybody, NIGHT) == ["out_of_hours", "owner", "second"]
    assert chain(everybody, NOON, again=True) == ["second", "duty_manager", "owner"]
    assert chain(ANN, NOON) == ["owner"]


def test_a_letter_that_came_back_after_closing_time_goes_to_the_next_all_the_same():
    assert recipients.after(BUSINESS, "duty_manager", NIGHT, CHICAGO) == "owner"
    assert recipients.after(ANN, "second", NIGHT, CHICAGO) == "owner"


def test_somebody_who_is_not_named_any_more_is_replaced_by_the_owner():
    for gone in ("second", "duty_manager", "out_of_hours", "owner"):
        assert recipients.addressed(ANN, gone) == ("ann@example.com", "Ann")


def test_the_data_protection_contact_is_never_written_to():
    every = [recipients.of(BUSINESS, NOON + timedelta(hours=n), CHICAGO) for n in range(24)]
    assert "privacy@example.com" not in {one.address for one in every}
