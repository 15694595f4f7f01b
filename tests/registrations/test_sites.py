from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.errors import InvalidInput
from chalicelib.registrations import sites
from chalicelib.registrations.model import Authority, Contact, Person, Site

CHICAGO = ZoneInfo("America/Chicago")
KMS_BYTES = 4096
SHOP = Site("Corner Shop", opens="08:00", closes="18:30", authority=Authority.TENANT)
ANN = Contact("Ann", "ann@example.com", site=SHOP)
CLOCKS = st.times().map(lambda one: one.strftime("%H:%M"))


def local(text):
    """A moment of Chicago's wall clock; add ` again` for the second of two."""
    text, _, again = text.partition(" again")
    return datetime.fromisoformat(text).replace(tzinfo=CHICAGO, fold=bool(again)).astimezone(UTC)


def quiet(begins, ends):
    return replace(ANN, quiet_from=begins, quiet_until=ends)


def wrong(contact, **more):
    with pytest.raises(InvalidInput) as refused:
        sites.checked(contact, **more)
    return refused.value.fields


def test_a_contact_loses_its_stray_spaces_and_roles_nobody_filled_in():
    shop = replace(
        SHOP,
        name="  Corner   Shop ",
        duty_manager=Person("", " duty@example.com "),
        out_of_hours=Person("", " ", ""),
    )
    tidy = sites.checked(replace(ANN, site=shop, second=Person(" the  neighbor", "", "555 0101")))
    assert tidy.site == replace(SHOP, duty_manager=Person("", "duty@example.com"))
    assert tidy.second == Person("the neighbor", "", "555 0101")


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"name": ""}, {"site_name"}),
        ({"name": "x" * 101}, {"site_name"}),
        ({"name": "Shop\x07"}, {"site_name"}),
        ({"authority": None}, {"authority"}),
        ({"duty_manager": Person("", "no address")}, {"duty_manager_email"}),
        ({"out_of_hours": Person("", "", "ask Sam")}, {"out_of_hours_phone"}),
        (
            {"data_protection": Person("", "a@b", "x" * 40)},
            {"data_protection_email", "data_protection_phone"},
        ),
        ({"opens": "8 o'clock"}, {"opens"}),
        ({"opens": "24:00"}, {"opens"}),
        ({"closes": ""}, {"closes"}),
        ({"opens": "09:00", "closes": "09:00"}, {"closes"}),
    ],
)
def test_each_wrong_field_of_a_site_is_named(change, fields):
    assert set(wrong(replace(ANN, site=replace(SHOP, **change)))) == fields


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"second": Person("", "b@example.com")}, {"second_role"}),
        ({"second": Person("Sam")}, {"second_email"}),
        ({"second": Person("Sam", "ANN@example.com ")}, {"second_email"}),
        ({"second": Person("S" * 61, "b@", "no")}, {"second_role", "second_email", "second_phone"}),
        ({"quiet_from": "22:00"}, {"quiet_until"}),
        ({"quiet_from": "7pm", "quiet_until": "07:00"}, {"quiet_from"}),
        ({"quiet_from": "22:00", "quiet_until": "22:00"}, {"quiet_until"}),
        ({"quiet_from": "22:00", "quiet_until": "12:01"}, {"quiet_until"}),
        ({"name": "", "second": Person("Sam")}, {"name", "second_email"}),
    ],
)
def test_each_wrong_field_of_a_contact_is_named(change, fields):
    assert set(wrong(replace(ANN, **change))) == fields


def test_quiet_hours_may_be_as_long_as_any_night():
    assert sites.checked(quiet("22:00", "12:00")).quiet_until == "12:00"


def test_a_minimal_programme_keeps_one_address_and_no_more():
    more = replace(ANN, second=Person("Sam", "b@example.com"), quiet_from="22:00")
    assert set(wrong(more, minimal=True)) == {"site_name", "second_email", "quiet_from"}
    assert sites.checked(Contact("Ann", "ann@example.com"), minimal=True).site is None


def test_the_longest_contact_fits_into_what_kms_seals():
    email = "\N{GRINNING FACE}" * 60 + "@example.com"
    person = Person("", email, "5" * 30)
    site = Site(
        "\N{GRINNING FACE}" * 100, person, person, person, "08:00", "18:00", Authority.OWNER
    )
    second = Person("\N{GRINNING FACE}" * 60, "b" + email[1:], "5" * 30)
    contact = Contact("\N{GRINNING FACE}" * 100, email, "5" * 30, second=second, site=site)
    contact = replace(contact, quiet_from="22:00", quiet_until="07:00", postal_address="x" * 1000)
    assert len(msgspec.json.encode(sites.checked(contact))) < KMS_BYTES


def test_an_address_is_counted_in_bytes_not_in_signs():
    assert set(wrong(replace(ANN, email="\N{GRINNING FACE}" * 61 + "@example.com"))) == {"email"}
    too_long = replace(ANN, postal_address="\N{GRINNING FACE}" * 251)
    assert set(wrong(too_long)) == {"postal_address"}


@pytest.mark.parametrize(
    ("hours", "moment", "is_open"),
    [
        (("08:00", "18:30"), "2026-11-20T07:59:59", False),
        (("08:00", "18:30"), "2026-11-20T08:00", True),
        (("08:00", "18:30"), "2026-11-20T18:30", False),
        (("18:00", "02:00"), "2026-11-20T23:59", True),
        (("18:00", "02:00"), "2026-11-21T00:00", True),
        (("18:00", "02:00"), "2026-11-21T02:00", False),
        (("08:00", "18:30"), "2026-07-01T08:00", True),  # summer time
        (("", ""), "2026-11-20T03:00", True),
    ],
)
def test_a_site_is_open_by_its_own_wall_clock(hours, moment, is_open):
    site = replace(SHOP, opens=hours[0], closes=hours[1])
    assert sites.open_at(site, local(moment), CHICAGO) is is_open


@pytest.mark.parametrize(
    ("hours", "moment", "ends"),
    [
        (("22:00", "07:00"), "2026-11-20T21:59", None),
        (("22:00", "07:00"), "2026-11-20T22:00", "2026-11-21T07:00"),
        (("22:00", "07:00"), "2026-11-21T00:00", "2026-11-21T07:00"),
        (("22:00", "07:00"), "2026-11-21T07:00", None),
        (("01:00", "05:00"), "2026-11-21T04:59", "2026-11-21T05:00"),
        # the night has 23 hours, or 25
        (("22:00", "07:00"), "2026-03-07T23:00", "2026-03-08T07:00"),
        (("22:00", "07:00"), "2026-10-31T23:00", "2026-11-01T07:00"),
        # 02:30 never comes: it is what a clock shows that nobody has put forward
        (("22:00", "02:30"), "2026-03-08T01:00", "2026-03-08T03:30"),
        # 01:30 comes twice
        (("22:00", "01:30"), "2026-11-01T01:15", "2026-11-01T01:30"),
        (("22:00", "01:30"), "2026-11-01T01:15 again", "2026-11-01T01:30 again"),
    ],
)
def test_quiet_hours_end_by_the_wall_clock(hours, moment, ends):
    found = sites.quiet_until(quiet(*hours), local(moment), CHICAGO)
    assert found == (local(ends) if ends else None)


@given(CLOCKS, CLOCKS, st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)))  # noqa: DTZ001 - made aware below
def test_quiet_hours_always_end_and_never_hold_a_letter_for_more_than_a_day(begins, ends, naive):
    moment = naive.replace(tzinfo=UTC)
    if begins == ends:
        return
    found = sites.quiet_until(quiet(begins, ends), moment, CHICAGO)
    wall = moment.astimezone(CHICAGO).strftime("%H:%M")
    inside = begins <= wall < ends if begins < ends else wall >= begins or wall < ends
    assert (found is not None) is inside
    if found is not None:
        assert moment < found <= moment + timedelta(hours=25)
        shown = found.astimezone(CHICAGO).time()
        assert shown == time.fromisoformat(ends) or shown.hour == 3


NIGHT, MORNING = local("2026-11-20T23:00"), local("2026-11-21T07:00")


@pytest.mark.parametrize(
    ("lost_at", "at_once", "leaves"),
    [
        (None, False, MORNING),
        (None, True, NIGHT),
        (MORNING, False, NIGHT),
        (MORNING + timedelta(seconds=1), False, MORNING),
        (NIGHT, False, MORNING),  # gone already: nothing is lost by waiting
    ],
)
def test_quiet_hours_give_way_to_a_life_or_a_recording_that_would_be_lost(lost_at, at_once, leaves):
    contact = quiet("22:00", "07:00")
    assert sites.goes_out(contact, NIGHT, CHICAGO, lost_at=lost_at, at_once=at_once) == leaves
