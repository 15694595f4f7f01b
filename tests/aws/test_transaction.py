from contextlib import suppress

import pytest

from chalicelib.aws import reading
from chalicelib.aws.tables import LimitItem, TombstoneItem
from chalicelib.aws.transaction import Transaction
from chalicelib.errors import OutcomeUnknown, SightlineError, StateConflict, Unavailable


def tombstone(name, reason="left"):
    return TombstoneItem(name, erased_at="2026-11-20", reason=reason)


def test_nothing_is_written_before_commit(cloud):
    transaction = Transaction()
    transaction.put(tombstone("a"))
    assert reading.one(TombstoneItem, "a") is None
    transaction.commit()
    assert reading.one(TombstoneItem, "a").reason == "left"


def test_one_failing_condition_undoes_all_and_nothing_follows(cloud):
    done = []
    tombstone("a").save()
    transaction = Transaction()
    transaction.put(tombstone("b"))
    transaction.put(tombstone("a", "again"), TombstoneItem.id.does_not_exist())
    transaction.afterwards(lambda: done.append("woken"))
    with pytest.raises(StateConflict):
        transaction.commit()
    assert (reading.one(TombstoneItem, "b"), done) == (None, [])


def test_a_check_on_an_item_that_is_not_changed_counts_too(cloud):
    transaction = Transaction()
    transaction.put(tombstone("b"))
    transaction.check(TombstoneItem, "a", None, TombstoneItem.id.exists())
    with pytest.raises(StateConflict):
        transaction.commit()
    tombstone("a").save()
    transaction.commit()
    assert reading.one(TombstoneItem, "b").reason == "left"


def test_what_follows_runs_once_the_writes_are_safe(cloud):
    seen = []
    transaction = Transaction()
    transaction.put(tombstone("a"))
    transaction.afterwards(lambda: seen.append(reading.one(TombstoneItem, "a").id))
    transaction.commit()
    assert seen == ["a"]


def test_what_goes_before_is_done_before_the_writes_and_stays_if_they_are_refused(cloud):
    seen = []
    for _ in range(2):
        transaction = Transaction()
        transaction.put(tombstone("a"), TombstoneItem.id.does_not_exist())
        transaction.beforehand(lambda: seen.append(reading.one(TombstoneItem, "a") is None))
        with suppress(StateConflict):
            transaction.commit()
    assert seen == [True, False]


def test_nothing_is_written_if_what_goes_before_fails(cloud):
    def fail():
        raise Unavailable

    transaction = Transaction()
    transaction.put(tombstone("a"))
    transaction.beforehand(fail)
    with pytest.raises(Unavailable):
        transaction.commit()
    assert reading.one(TombstoneItem, "a") is None


def test_updates_and_deletes_are_part_of_it(cloud):
    tombstone("a").save()
    tombstone("b").save()
    transaction = Transaction()
    transaction.update(TombstoneItem("a"), [TombstoneItem.reason.set("moved")])
    transaction.delete(TombstoneItem("b"), TombstoneItem.reason == "left")
    transaction.commit()
    assert [(item.id, item.reason) for item in TombstoneItem.scan()] == [("a", "moved")]


def test_a_change_outside_a_transaction_is_refused_the_same_way(cloud):
    with pytest.raises(StateConflict):
        reading.change(LimitItem("a"), [LimitItem.tally.add(1)], LimitItem.name.exists())


def test_a_table_that_does_not_answer_is_unavailable_and_no_conflict(cloud):
    cloud("dynamodb").delete_table(TableName="tombstones")
    with pytest.raises(Unavailable):
        reading.every(lambda: TombstoneItem.scan())  # noqa: PLW0108 - a query as stores write it
    transaction = Transaction()
    transaction.put(tombstone("a"))
    with pytest.raises(Unavailable):
        transaction.commit()


def test_an_unknown_outcome_is_a_kind_of_unavailable():
    assert issubclass(OutcomeUnknown, Unavailable)
    assert issubclass(Unavailable, SightlineError)
