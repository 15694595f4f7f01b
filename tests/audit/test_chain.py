import json
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib import audit, clock
from chalicelib.audit.model import canonical, hash_of
from chalicelib.aws.tables import AuditItem
from chalicelib.aws.transaction import Transaction
from chalicelib.errors import StateConflict

CHAIN = "registration#abc"
LENGTH = 6


def appended(now, count=1, chain=CHAIN):
    transaction = Transaction()
    for _ in range(count):
        audit.record(
            transaction,
            "registration:change",
            chain=chain,
            actor="owner:abc",
            now=now,
            changed=["phone"],
        )
    transaction.commit()


def altered(seq, **attributes):
    item = AuditItem.get(CHAIN, seq)
    for name, value in attributes.items():
        setattr(item, name, value)
    item.save()


def rehashed(seq):
    """Edit an entry as a careful forger would: with a hash that fits its new content."""
    entry = next(entry for entry in audit.read_chain(CHAIN) if entry.seq == seq)
    changed = replace(entry, actor="owner:xyz")
    altered(seq, actor=changed.actor, hash=hash_of(changed))


def test_an_entry_says_who_what_when_and_what_came_before(cloud, now):
    appended(now, 2)
    first, second = audit.read_chain(CHAIN)
    assert first.previous == "0" * 64
    assert second == audit.AuditEntry(
        chain=CHAIN,
        seq=2,
        at=now,
        event="registration:change",
        actor="owner:abc",
        case_number=None,
        detail={"changed": ["phone"]},
        hash=hash_of(second),
        previous=first.hash,
    )


def test_the_hash_covers_one_spelling_of_all_fields_but_itself(cloud, now):
    appended(now)
    (entry,) = audit.read_chain(CHAIN)
    assert canonical(entry).decode() == (
        '{"actor":"owner:abc","at":"2026-11-20T12:00:00.000000Z","case_number":null,'
        '"chain":"registration#abc","detail":{"changed":["phone"]},'
        '"event":"registration:change","previous":"' + "0" * 64 + '","seq":1}'
    )
    assert json.loads(canonical(entry))["at"] == clock.stamp(now)


def test_letters_of_any_language_survive_the_table_unchanged(cloud, now):
    transaction = Transaction()
    audit.record(
        transaction,
        "search:refused",
        chain="search#abc",
        actor="officer:1",
        now=now,
        case_number="Ä-1 “x”",
        reason="mañana\u2028\U0001f3a5",
    )
    transaction.commit()
    assert audit.verify("search#abc") is None


def test_an_untouched_chain_verifies_and_so_does_an_empty_one(cloud, now):
    for _ in range(LENGTH):
        appended(now)
    assert audit.verify(CHAIN) is None
    assert audit.verify("registration#none") is None


@pytest.mark.parametrize("seq", range(1, LENGTH + 1))
@pytest.mark.parametrize(
    "attributes",
    [
        {"actor": "owner:xyz"},
        {"event": "registration:pause"},
        {"detail": {"changed": []}},
        {"case_number": "26-1"},
        {"at": "2026-11-20T12:00:00.000001Z"},
        {"previous": "f" * 64},
        {"hash": "f" * 64},
    ],
)
def test_any_change_at_any_position_is_found_there(cloud, now, seq, attributes):
    appended(now, LENGTH)
    altered(seq, **attributes)
    assert audit.verify(CHAIN) == seq


@pytest.mark.parametrize("seq", range(1, LENGTH + 1))
def test_a_removed_entry_is_missed(cloud, now, seq):
    appended(now, LENGTH)
    AuditItem.get(CHAIN, seq).delete()
    assert audit.verify(CHAIN) == seq


@pytest.mark.parametrize("seq", range(1, LENGTH + 1))
def test_an_edit_with_a_fitting_hash_shows_at_the_next_entry_or_the_head(cloud, now, seq):
    appended(now, LENGTH)
    rehashed(seq)
    assert audit.verify(CHAIN) == min(seq + 1, LENGTH)


def test_a_cut_off_tail_and_a_foreign_tail_are_found(cloud, now):
    appended(now, LENGTH)
    altered(0, last_seq=LENGTH - 1)
    assert audit.verify(CHAIN) == LENGTH
    altered(0, last_seq=LENGTH, hash="f" * 64)
    assert audit.verify(CHAIN) == LENGTH


def test_of_two_appends_at_the_same_moment_one_is_refused(cloud, now):
    appended(now)
    racing = [Transaction(), Transaction()]
    for transaction in racing:
        audit.record(transaction, "registration:pause", chain=CHAIN, actor="owner:abc", now=now)
    racing[0].commit()
    with pytest.raises(StateConflict):
        racing[1].commit()
    assert audit.verify(CHAIN) is None
    assert [entry.seq for entry in audit.read_chain(CHAIN)] == [1, 2]


def test_the_first_append_of_a_chain_can_lose_a_race_too(cloud, now):
    racing = [Transaction(), Transaction()]
    for transaction in racing:
        audit.record(transaction, "registration:pause", chain=CHAIN, actor="owner:abc", now=now)
    racing[1].commit()
    with pytest.raises(StateConflict):
        racing[0].commit()


def test_one_transaction_can_append_to_several_chains(cloud, now):
    transaction = Transaction()
    for chain in ("clip#a", "clip#b", "clip#a"):
        audit.record(
            transaction, "clip:remove", chain=chain, actor="owner:x", now=now, clip_id=chain
        )
    transaction.commit()
    assert [len(audit.read_chain(chain)) for chain in ("clip#a", "clip#b")] == [2, 1]
    assert audit.verify("clip#a") is None


def test_a_day_is_read_in_order_of_time_and_can_be_narrowed(cloud, now):
    appended(now + timedelta(hours=2), chain="registration#late")
    appended(now)
    appended(now + timedelta(days=1), chain="registration#tomorrow")
    found = audit.read_day(now.date())
    assert [entry.chain for entry in found] == [CHAIN, "registration#late"]
    assert audit.read_day(now.date(), actor="owner:abc", event="registration:change") == found
    assert audit.read_day(now.date(), case_number="26-1") == ()
