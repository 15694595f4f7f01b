import base64
import json
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from chalicelib import audit, evidence, footage_requests
from chalicelib.aws import clients
from chalicelib.aws.transaction import Transaction
from chalicelib.errors import InvalidInput, LimitExceeded, LinkGone, NotFound, StateConflict
from chalicelib.evidence import ClipState, store
from chalicelib.evidence.model import MIB, part_size_for
from tests.evidence.builders import (
    MP4,
    TWO_PARTS,
    an_asked_owner,
    digest,
    grant,
    now_stored,
    opened,
    parts_of,
    put_part,
    uploaded,
    versions,
)
from tests.officers.people import PAT

GB = 10**9


@pytest.fixture
def asked(cloud, now):
    return an_asked_owner(now)


@pytest.mark.parametrize(
    ("size", "part"),
    [(1, 16), (16 * MIB, 16), (16_001 * MIB, 17), (60 * GB, 58), (64 * 1024 * MIB, 64)],
)
def test_parts_are_16_to_64_mib_and_about_a_thousand(size, part):
    assert part_size_for(size) == part * MIB


def test_a_slot_says_how_to_cut_the_file(asked, now):
    slot = opened(asked, TWO_PARTS, now, name="C:\\videos\\front\u202e door.mp4")
    assert (slot.part_size, slot.part_count) == (16 * MIB, 2)
    assert (slot.clip.file_name, slot.clip.state) == ("front door.mp4", ClipState.SLOT)
    assert [slot.clip.part_bytes(number) for number in (1, 2)] == [
        16 * MIB,
        len(TWO_PARTS) - 16 * MIB,
    ]
    assert [entry.event for entry in audit.read_chain(f"clip#{slot.clip.id}")] == ["clip:open_slot"]


@pytest.mark.parametrize(
    ("size", "error"), [(0, InvalidInput), (-1, InvalidInput), (64424509441, LimitExceeded)]
)
def test_an_empty_or_too_large_file_gets_no_slot(asked, now, size, error):
    with pytest.raises(error):
        evidence.open_slot(asked.token, name="a", size=size, declared_type="", now=now)


def test_an_answer_holds_only_so_much_altogether(asked, now):
    for _ in range(3):
        evidence.open_slot(asked.token, name="a", size=64424509440, declared_type="", now=now)
    with pytest.raises(LimitExceeded):
        evidence.open_slot(asked.token, name="a", size=22 * GB, declared_type="", now=now)


def test_an_answer_holds_only_so_many_clips(asked, now):
    slots = [opened(asked, b"x", now) for _ in range(25)]
    with pytest.raises(LimitExceeded, match="at most 25"):
        opened(asked, b"x", now)
    evidence.remove(asked.token, slots[0].clip.id, now=now)
    assert opened(asked, b"x", now)


def test_a_grant_signs_length_digest_place_and_time(asked, now):
    slot = opened(asked, MP4, now)
    granted = grant(asked, slot.clip.id, 1, MP4, now)
    address = urlsplit(granted.url)
    query = {name: values[0] for name, values in parse_qs(address.query).items()}
    assert (address.netloc, address.path) == (
        "clips.s3.us-east-1.amazonaws.com",
        f"/clips/{slot.clip.id}/original",
    )
    assert query["X-Amz-SignedHeaders"] == "content-length;host;x-amz-checksum-sha256"
    assert (query["partNumber"], query["X-Amz-Expires"]) == ("1", "900")
    assert granted.headers == {"x-amz-checksum-sha256": digest(MP4)}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"number": 0}, "number"),
        ({"number": 2}, "number"),
        ({"size": 1}, "size"),
        ({"sha256_base64": "abc"}, "sha256"),
        ({"sha256_base64": base64.b64encode(b"short").decode()}, "sha256"),
    ],
)
def test_a_part_that_does_not_fit_gets_no_grant(asked, now, change, field):
    slot = opened(asked, MP4, now)
    given = {"number": 1, "sha256_base64": digest(MP4), "size": len(MP4)} | change
    with pytest.raises(InvalidInput) as error:
        evidence.grant_part(asked.token, slot.clip.id, **given, now=now)
    assert set(error.value.fields) == {field}


def test_a_clip_of_somebody_else_is_not_there(asked, now):
    stranger = an_asked_owner(now, "b@example.com")
    clip = opened(stranger, MP4, now).clip
    for act in (
        lambda: grant(asked, clip.id, 1, MP4, now),
        lambda: evidence.progress(asked.token, clip.id, now=now),
        lambda: evidence.complete(asked.token, clip.id, now=now),
        lambda: evidence.remove(asked.token, clip.id, now=now),
    ):
        with pytest.raises(NotFound):
            act()


def test_a_closed_request_grants_nothing_more(asked, now):
    slot = opened(asked, MP4, now)
    footage_requests.close(asked.request.id, PAT, now=now)
    with pytest.raises(LinkGone):
        grant(asked, slot.clip.id, 1, MP4, now)
    with pytest.raises(LinkGone):
        opened(asked, MP4, now)


def test_an_interrupted_upload_knows_which_parts_it_has(asked, now):
    slot = opened(asked, TWO_PARTS, now)
    pieces = parts_of(TWO_PARTS, slot.part_size)
    for number, piece in pieces:
        grant(asked, slot.clip.id, number, piece, now)
    assert evidence.progress(asked.token, slot.clip.id, now=now) == set()
    put_part(slot.clip, *pieces[1])
    assert evidence.progress(asked.token, slot.clip.id, now=now) == {2}
    with pytest.raises(StateConflict, match="not arrived"):
        evidence.complete(asked.token, slot.clip.id, now=now)
    put_part(slot.clip, *pieces[0])
    assert evidence.progress(asked.token, slot.clip.id, now=now) == {1, 2}
    assert evidence.complete(asked.token, slot.clip.id, now=now).upload_id is None


def test_a_part_of_another_size_does_not_count(asked, now):
    slot = opened(asked, MP4, now)
    grant(asked, slot.clip.id, 1, MP4, now)
    put_part(slot.clip, 1, MP4 + b"more")
    assert evidence.progress(asked.token, slot.clip.id, now=now) == set()
    with pytest.raises(StateConflict):
        evidence.complete(asked.token, slot.clip.id, now=now)


def test_an_upload_is_completed_once_and_has_one_version(asked, now):
    clip = uploaded(asked, MP4, now)
    assert evidence.complete(asked.token, clip.id, now=now) == clip
    assert evidence.progress(asked.token, clip.id, now=now) == {1}
    assert len(versions(clip)) == 1
    events = [entry.event for entry in audit.read_chain(f"clip#{clip.id}")]
    assert events == ["clip:open_slot", "clip:complete"]


def test_a_crash_after_joining_the_parts_is_made_up_for(asked, now):
    clip = uploaded(asked, MP4, now)
    transaction = Transaction()
    store.change(transaction, replace(clip, upload_id="long gone"), now)
    transaction.commit()
    assert evidence.complete(asked.token, clip.id, now=now).upload_id is None


def test_a_finished_upload_grants_no_more_parts(asked, now):
    clip = uploaded(asked, MP4, now)
    with pytest.raises(StateConflict):
        grant(asked, clip.id, 1, MP4, now)


def test_a_plain_form_is_bound_to_place_type_size_and_way_back(asked, now):
    form = evidence.form_grant(asked.token, now=now)
    policy = json.loads(base64.b64decode(form.fields["policy"]))
    back = f"https://sightline.example/answer/{asked.token}/sent/{form.clip.id}"
    assert form.url == "https://clips.s3.us-east-1.amazonaws.com/"
    assert form.fields["success_action_redirect"] == back
    for condition in (
        ["content-length-range", 1, 5 * 1024**3],
        {"key": f"clips/{form.clip.id}/original"},
        {"Content-Type": "application/octet-stream"},
        {"success_action_redirect": back},
    ):
        assert condition in policy["conditions"]


def test_taking_a_clip_back_deletes_its_bytes_and_its_name(asked, now):
    clip = uploaded(asked, MP4, now)
    removed = evidence.remove(asked.token, clip.id, now=now)
    assert (removed.state, removed.file_name) == (ClipState.REMOVED, "clip")
    assert versions(clip) == []
    assert evidence.own_clips(asked.token, now=now) == ()
    with pytest.raises(StateConflict):
        evidence.remove(asked.token, clip.id, now=now)


def test_taking_an_unfinished_clip_back_gives_the_upload_up(asked, now):
    slot = opened(asked, MP4, now)
    grant(asked, slot.clip.id, 1, MP4, now)
    put_part(slot.clip, 1, MP4)
    evidence.remove(asked.token, slot.clip.id, now=now)
    assert clients.client("s3").list_multipart_uploads(Bucket="clips").get("Uploads", []) == []


def test_what_an_owner_sent_is_listed_for_them_in_order(asked, now):
    later = opened(asked, MP4, now + timedelta(minutes=1)).clip
    first = opened(asked, MP4, now).clip
    assert evidence.own_clips(asked.token, now=now) == (now_stored(first), now_stored(later))
