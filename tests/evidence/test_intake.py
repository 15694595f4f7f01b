import hashlib
from dataclasses import replace

import pytest

from chalicelib import audit, evidence, registrations
from chalicelib.aws.transaction import Transaction
from chalicelib.evidence import ClipState, Scan, intake, letters, store
from chalicelib.evidence.model import MIB
from chalicelib.letters.store import row_of
from tests.evidence.builders import (
    MP4,
    TWO_PARTS,
    an_asked_owner,
    arrived,
    digest,
    now_stored,
    parts_of,
    posted,
    put,
    uploaded,
    versions,
)
from tests.footage_requests.builders import letters_to


@pytest.fixture
def asked(cloud, now):
    return an_asked_owner(now)


def events(clip):
    return [entry.event for entry in audit.read_chain(f"clip#{clip.id}")]


def test_a_clip_that_arrives_whole_is_measured_recorded_and_acknowledged(asked, now):
    clip = uploaded(asked, TWO_PARTS, now)
    [version] = versions(clip)
    received = evidence.receive(clip.key, version, now=now)
    assert (received.state, received.size, received.object_version) == (
        ClipState.ARRIVED,
        len(TWO_PARTS),
        version,
    )
    assert received.sha256 == hashlib.sha256(TWO_PARTS).hexdigest()
    assert (received.sniffed_type, received.scan) == ("MP4 video", Scan.NOT_SCANNED)
    assert events(clip)[-1] == "clip:receive"
    assert len(letters_to(asked.owner, "receipt")) == 1


def test_being_told_twice_changes_nothing(asked, now):
    clip, version = posted(asked, MP4, now)
    first = evidence.receive(clip.key, version, now=now)
    assert evidence.receive(clip.key, version, now=now) == first
    assert events(clip) == ["clip:open_slot", "clip:receive"]
    assert len(letters_to(asked.owner, "receipt")) == 1


def test_two_intakes_at_once_bind_it_once(asked, now):
    clip, version = posted(asked, MP4, now)
    first = evidence.receive(clip.key, version, now=now)
    assert intake.take_in(clip, now) == first
    assert events(clip) == ["clip:open_slot", "clip:receive"]


def test_the_first_version_wins_even_if_the_second_is_told_first(asked, now):
    clip, first = posted(asked, MP4, now)
    second = put(clip.id, MP4 + b"altered")
    received = evidence.receive(clip.key, second, now=now)
    assert (received.object_version, received.size) == (first, len(MP4))
    assert versions(clip) == [first]
    assert evidence.receive(clip.key, first, now=now) == received


def test_a_version_that_comes_after_the_clip_is_ignored_and_deleted(asked, now):
    clip = arrived(asked, now)
    later = put(clip.id, b"altered")
    assert evidence.receive(clip.key, later, now=now) == clip
    assert versions(clip) == [clip.object_version]


@pytest.mark.parametrize(
    "key",
    ["", "clips/x/original", "clips/aaaaaaaaaaaaa/original", "../../etc", "clips/%2e/original"],
)
def test_an_object_no_slot_knows_is_left_alone(cloud, now, key):
    assert evidence.receive(key, "v", now=now) is None


def test_an_event_without_a_version_or_without_an_object_is_no_trouble(asked, now):
    clip = evidence.form_grant(asked.token, now=now).clip
    assert evidence.receive(clip.key, "gone", now=now) == clip
    put(clip.id, MP4)
    assert evidence.receive(clip.key, "", now=now).state is ClipState.ARRIVED


def test_a_form_larger_than_its_grant_fails_and_its_bytes_are_kept(asked, now):
    clip = evidence.form_grant(asked.token, now=now).clip
    transaction = Transaction()
    store.change(transaction, replace(clip, declared_size=10), now)
    transaction.commit()
    version = put(clip.id, b"x" * 11)
    failed = evidence.receive(clip.key, version, now=now)
    assert (failed.state, failed.reason) == (ClipState.INTEGRITY_FAILED, "larger than its grant")
    assert versions(clip) == [version]
    assert events(clip)[-1] == "clip:integrity_failed"
    assert letters_to(asked.owner, "receipt") == []


@pytest.mark.parametrize("at", [0, 700, 16 * MIB - 1, 16 * MIB, len(TWO_PARTS) - 1])
def test_any_altered_byte_fails(asked, now, at):
    altered = TWO_PARTS[:at] + bytes([TWO_PARTS[at] ^ 1]) + TWO_PARTS[at + 1 :]
    clip = uploaded(asked, TWO_PARTS, now, stored=altered)
    failed = evidence.receive(clip.key, "", now=now)
    assert (failed.state, failed.reason) == (
        ClipState.INTEGRITY_FAILED,
        "bytes differ from the granted parts",
    )


def test_an_object_of_another_size_than_declared_fails(asked, now):
    clip = uploaded(asked, MP4, now)
    other = replace(now_stored(clip), declared_size=len(MP4) - 1)
    measured = intake.measure(iter([MP4]), clip.part_size)
    assert intake.problem_with(other, measured) == "size differs from the declared size"


@pytest.mark.parametrize("chunk", [1, 7, 8, 1000])
def test_measuring_does_not_depend_on_how_the_stream_is_cut(chunk):
    content = bytes(range(256)) * 4
    chunks = iter([content[at : at + chunk] for at in range(0, len(content), chunk)])
    measured = intake.measure(chunks, 100)
    assert measured.part_digests == tuple(digest(piece) for _, piece in parts_of(content, 100))
    assert (measured.size, measured.first) == (1024, content)
    assert measured.sha256 == hashlib.sha256(content).hexdigest()


def test_what_arrives_after_it_was_taken_back_is_deleted(asked, now):
    clip = evidence.form_grant(asked.token, now=now).clip
    evidence.remove(asked.token, clip.id, now=now)
    version = put(clip.id, MP4)
    assert evidence.receive(clip.key, version, now=now).state is ClipState.REMOVED
    assert versions(clip) == []


def receipt(asked, now):
    [item] = letters_to(asked.owner, "receipt")
    transaction = Transaction()
    found = letters.context(row_of(item), transaction, now)
    transaction.commit()
    return found


def test_the_receipt_names_size_digest_and_a_way_to_take_it_back(asked, now):
    clip = arrived(asked, now)
    found = receipt(asked, now)
    assert (found.address, found.values.sha256, found.values.size) == (
        "a@example.com",
        clip.sha256,
        "512 bytes",
    )
    assert found.values.answer_url.startswith("https://sightline.example/answer/")


def test_no_receipt_goes_to_somebody_who_has_left(asked, now):
    arrived(asked, now)
    registrations.leave(asked.owner, now=now)
    assert receipt(asked, now) is None


@pytest.mark.parametrize(
    ("size", "words"), [(999, "999 bytes"), (43_200_000, "43 MB"), (1_234_567_890, "1.2 GB")]
)
def test_sizes_are_said_in_words(size, words):
    assert letters.size_words(size) == words
