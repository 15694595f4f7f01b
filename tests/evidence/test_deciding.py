from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from chalicelib import audit, evidence, registrations
from chalicelib.aws import clients
from chalicelib.aws.transaction import Transaction
from chalicelib.errors import Forbidden, InvalidInput, NotFound, StateConflict
from chalicelib.evidence import ClipState, Scan, store
from tests.evidence.builders import (
    MP4,
    an_asked_owner,
    arrived,
    grant,
    now_stored,
    opened,
    put,
    put_part,
    uploaded,
    versions,
)
from tests.officers.people import KIM, PAT, SAM

DAY = timedelta(days=1)


@pytest.fixture
def asked(cloud, now):
    return an_asked_owner(now)


def failed(asked, now):
    return changed(arrived(asked, now), now, state=ClipState.INTEGRITY_FAILED)


def changed(clip, now, **changes):
    transaction = Transaction()
    after = store.change(transaction, replace(clip, **changes), now)
    transaction.commit()
    return after


def events(clip):
    return [entry.event for entry in audit.read_chain(f"clip#{clip.id}")]


def test_clips_wait_for_a_clerk_in_order_of_arrival(asked, now):
    second = arrived(asked, now + timedelta(minutes=1))
    first = failed(asked, now)
    opened(asked, MP4, now)
    assert evidence.queue() == (now_stored(first), second)


def test_an_accepted_clip_leaves_the_queue_and_can_no_longer_be_taken_back(asked, now):
    clip = arrived(asked, now)
    accepted = evidence.accept(clip.id, KIM, now=now)
    assert (accepted.state, accepted.decided_by, accepted.decided_at) == (
        ClipState.ACCEPTED,
        "kim",
        now,
    )
    assert evidence.queue() == ()
    with pytest.raises(StateConflict):
        evidence.remove(asked.token, clip.id, now=now)
    assert events(clip)[-1] == "clip:accept"


def test_a_declined_clip_has_a_reason(asked, now):
    clip = arrived(asked, now)
    with pytest.raises(InvalidInput):
        evidence.decline(clip.id, "  ", KIM, now=now)
    declined = evidence.decline(clip.id, " shows  another street ", KIM, now=now)
    assert (declined.state, declined.reason) == (ClipState.DECLINED, "shows another street")


def test_a_clip_is_decided_about_once(asked, now):
    clip = arrived(asked, now)
    evidence.accept(clip.id, KIM, now=now)
    for decide in (
        lambda: evidence.accept(clip.id, KIM, now=now),
        lambda: evidence.decline(clip.id, "changed my mind", KIM, now=now),
    ):
        with pytest.raises(StateConflict):
            decide()


def test_a_clip_whose_bytes_are_not_as_granted_can_only_be_declined(asked, now):
    clip = failed(asked, now)
    with pytest.raises(StateConflict):
        evidence.accept(clip.id, KIM, now=now)
    assert evidence.decline(clip.id, "altered", KIM, now=now).state is ClipState.DECLINED


def test_a_clip_with_a_threat_is_neither_accepted_nor_downloaded(asked, now):
    clip = changed(arrived(asked, now), now, scan=Scan.THREAT)
    for act in (evidence.accept, evidence.download):
        with pytest.raises(Forbidden):
            act(clip.id, KIM, now=now)


@pytest.mark.parametrize("officer", [PAT, SAM])
def test_only_clerks_decide_and_download(asked, now, officer):
    clip = arrived(asked, now)
    for act in (
        lambda: evidence.accept(clip.id, officer, now=now),
        lambda: evidence.decline(clip.id, "reason", officer, now=now),
        lambda: evidence.download(clip.id, officer, now=now),
    ):
        with pytest.raises(Forbidden):
            act()


def test_a_download_is_recorded_and_saves_one_version_under_our_name(asked, now):
    clip = arrived(asked, now)
    query = parse_qs(urlsplit(evidence.download(clip.id, KIM, now=now)).query)
    code = asked.request.code.lower()
    assert query["response-content-disposition"] == [f'attachment; filename="{code}-{clip.id}.mp4"']
    assert (query["versionId"], query["X-Amz-Expires"]) == ([clip.object_version], ["300"])
    assert events(clip)[-1] == "clip:download"


@pytest.mark.parametrize("state", [ClipState.SLOT, ClipState.DECLINED, ClipState.REMOVED])
def test_what_has_not_come_or_is_over_cannot_be_downloaded(asked, now, state):
    clip = changed(arrived(asked, now), now, state=state)
    with pytest.raises(StateConflict):
        evidence.download(clip.id, KIM, now=now)


def test_an_unknown_clip_is_not_found(cloud, now):
    with pytest.raises(NotFound):
        evidence.accept("a" * 13, KIM, now=now)


def test_a_requests_clips_are_those_with_bytes_or_coming(asked, now):
    opened(asked, MP4, now)
    coming = uploaded(asked, MP4, now)
    there = arrived(asked, now + DAY / 24)
    assert evidence.clips_of(asked.request.id) == (now_stored(coming), there)


def test_leaving_deletes_what_nobody_has_decided_about_and_keeps_the_rest(asked, now):
    kept = evidence.accept(arrived(asked, now).id, KIM, now=now)
    gone, slot = arrived(asked, now), opened(asked, MP4, now).clip
    registrations.leave(asked.owner, now=now)
    evidence.owner_left(asked.owner.id, now=now)
    assert now_stored(kept) == kept
    assert [now_stored(clip).state for clip in (gone, slot)] == [ClipState.REMOVED] * 2
    assert (versions(kept), versions(gone)) == ([kept.object_version], [])


def test_the_sweep_gives_up_a_slot_after_a_day_and_its_parts_with_it(asked, now):
    slot = opened(asked, MP4, now)
    grant(asked, slot.clip.id, 1, MP4, now)
    put_part(slot.clip, 1, MP4)
    assert evidence.sweep(now=now + DAY - timedelta(seconds=1)) == 0
    assert evidence.sweep(now=now + DAY) == 1
    assert now_stored(slot.clip).state is ClipState.ABANDONED
    assert clients.client("s3").list_multipart_uploads(Bucket="clips").get("Uploads", []) == []
    assert evidence.sweep(now=now + 2 * DAY) == 0


def test_the_sweep_takes_in_a_clip_whose_event_was_lost(asked, now):
    clip = uploaded(asked, MP4, now)
    assert evidence.sweep(now=now + timedelta(minutes=9)) == 0
    assert evidence.sweep(now=now + timedelta(minutes=10)) == 1
    assert now_stored(clip).state is ClipState.ARRIVED


def test_the_sweep_takes_in_a_forms_clip_before_it_gives_the_slot_up(asked, now):
    clip = evidence.form_grant(asked.token, now=now).clip
    put(clip.id, MP4)
    evidence.sweep(now=now + DAY)
    assert now_stored(clip).state is ClipState.ARRIVED


def test_the_sweep_deletes_declined_clips_after_their_time(asked, now):
    clip = arrived(asked, now)
    evidence.decline(clip.id, "another street", KIM, now=now)
    assert evidence.sweep(now=now + 29 * DAY) == 0
    assert evidence.sweep(now=now + 30 * DAY) == 1
    assert (versions(clip), now_stored(clip).state) == ([], ClipState.DECLINED)
    assert events(clip)[-1] == "clip:expire"
    assert evidence.sweep(now=now + 60 * DAY) == 0


def test_the_sweep_deletes_clips_nobody_decided_about(asked, now):
    clip = arrived(asked, now)
    evidence.sweep(now=now + 90 * DAY)
    assert (versions(clip), now_stored(clip).state) == ([], ClipState.REMOVED)


def test_the_sweep_deletes_bytes_a_crash_left_behind(asked, now):
    clip = changed(arrived(asked, now), now, state=ClipState.REMOVED)
    assert evidence.sweep(now=now + timedelta(minutes=10)) == 1
    assert versions(clip) == []
