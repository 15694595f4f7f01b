from datetime import UTC, date, datetime, timedelta

from chalicelib import audit, cameras, registrations
from chalicelib.aws.tables import LimitItem
from chalicelib.aws.transaction import Transaction
from chalicelib.geo import geohash
from chalicelib.registrations import Contact, figures, overview
from tests.registrations.builders import (
    a_form,
    a_link,
    a_pending_registration,
)

DAY = timedelta(days=1)


def joins(now, number, **changes):
    contact = Contact("Ann", f"ann{number}@example.com")
    pending = registrations.submit(**a_form(now, contact=contact, visitor=f"v{number}", **changes))
    return registrations.confirm(a_link(pending.id, "confirm", now), now=now)


def one_run(now):
    overview.prepare(now=now)
    return overview.latest()


def counted(now):
    """Count until no day is missing, as a few runs do."""
    return [one_run(now) for _ in range(6)][-1]


def week_of(found, day):
    (week,) = [one for one in figures.weeks(found) if one.begins == figures.monday(day)]
    return week.counts


def test_registrations_are_counted_by_how_they_stand_and_came(cloud, now):
    joins(now, 1)
    registrations.pause(joins(now, 2, source="market-day"), now=now)
    a_pending_registration(now, visitor="w")
    found = counted(now)

    assert found.states == {"active": 1, "paused": 1}
    assert found.sources == {"web": 1, "market-day": 1}
    assert (found.registered, found.unconfirmed, found.kinds) == (2, 1, {"home": 2})


def test_somebody_whose_letters_come_back_is_counted_apart(cloud, now):
    active = joins(now, 1)
    registrations.mark_unreachable(active.id, now=now)

    assert counted(now).states == {"unreachable": 1}


def test_cameras_are_counted_in_squares_of_five_characters(cloud, now):
    active = joins(now, 1)
    a_pending_registration(now, visitor="w")
    (camera,) = cameras.get(active.camera_ids)
    square = geohash.encode(camera.point)[:5]
    found = counted(now)

    assert found.squares == {square: 1}
    assert found.kinds_by_square == {square: {"home": 1}}


def test_who_joined_and_left_stays_counted_after_everything_is_erased(cloud, now):
    registrations.leave(joins(now, 1), now=now)
    registrations.erase_due(now=now + DAY)
    found = counted(now + 30 * DAY)

    assert week_of(found, now.date()) == {
        "joined": 1,
        "left": 1,
        "lapsed": 0,
        "erased": 1,
        "unconfirmed": 0,
    }
    assert found.registered == 0


def test_who_never_confirmed_is_counted_in_the_week_of_erasure(cloud, now):
    a_pending_registration(now)
    registrations.erase_due(now=now + 8 * DAY)

    assert week_of(counted(now + 9 * DAY), (now + 8 * DAY).date())["unconfirmed"] == 1


def test_counting_happens_once_a_day_and_again_counts_the_same(cloud, now):
    joins(now, 1)
    first = counted(now)
    joins(now, 2)
    same, next_day = counted(now + timedelta(minutes=5)), counted(now + DAY)
    again = counted(now + 2 * DAY)

    assert same == first
    assert (next_day.registered, week_of(next_day, now.date())["joined"]) == (2, 2)
    assert week_of(again, now.date())["joined"] == 2


def test_a_crash_before_the_run_was_noted_counts_nothing_twice(cloud, now):
    joins(now, 1)
    first = counted(now)
    for item in LimitItem.scan():
        if item.name.startswith("overview#"):
            item.delete()

    assert counted(now) == first


def test_an_old_register_is_read_a_month_of_days_at_a_time(cloud, now):
    joins(now - 100 * DAY, 1)
    runs = [one_run(now + timedelta(minutes=5 * n)) for n in range(6)]

    whole = [week_of(one, (now - 100 * DAY).date())["joined"] for one in runs]
    assert (whole[0], whole[-1]) == (0, 1)
    assert len(runs[-1].days) == len(figures.days_of(now.date()))


def test_nothing_kept_names_anybody(cloud, now):
    active = joins(now, 1)
    counted(now)
    (item,) = [one for one in LimitItem.scan() if one.name == "overview"]

    assert [one for one in (active.id, *active.camera_ids) if one in repr(item.body)] == []


def test_looking_is_recorded(cloud, now):
    overview.viewed("page", actor="officer:o-1", officer_id="o-1", now=now)

    (entry,) = audit.read_chain("officer#o-1")
    assert (entry.event, entry.actor, entry.detail) == (
        "overview:view",
        "officer:o-1",
        {"shown": "page"},
    )


def test_weeks_begin_on_monday_and_there_are_26():
    empty = figures.Figures(datetime(2026, 11, 18, 12, tzinfo=UTC), *[{}] * 4, 0, *[{}] * 4)
    weeks = figures.weeks(empty)

    assert [one.begins for one in (weeks[0], weeks[-1])] == [date(2026, 5, 25), date(2026, 11, 16)]
    assert {one.begins.weekday() for one in weeks} == {0}
    assert figures.days_of(date(2026, 11, 18))[-1] == date(2026, 5, 25)


def test_only_what_the_overview_needs_is_taken_from_the_trail(cloud, now):
    transaction = Transaction()
    audit.record(transaction, "officer:sign_out", chain="officer#1", actor="officer:1", now=now)
    transaction.commit()

    assert figures.of_entries(audit.read_day(now.date())) == {}
