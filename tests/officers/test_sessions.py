from datetime import timedelta

import pytest

from chalicelib import audit, officers
from chalicelib.aws.transaction import Transaction
from chalicelib.errors import Forbidden, StateConflict
from chalicelib.officers import Session, store
from tests.officers.people import PAT, SAM

MINUTE = timedelta(minutes=1)


def signed_in(officer, now, cookie="cookie"):
    session = Session(store.digest_of(cookie), officer, "csrf", now, now)
    transaction = Transaction()
    store.put_session(transaction, session)
    transaction.commit()
    return session


def test_a_cookie_leads_to_its_session(cloud, now):
    session = signed_in(PAT, now)
    assert officers.session_of("cookie", now=now) == session
    assert officers.session_of("another", now=now) is None
    assert officers.session_of("", now=now) is None


def test_a_session_ends_after_half_an_hour_without_a_request(cloud, now):
    signed_in(PAT, now)
    assert officers.session_of("cookie", now=now + 29 * MINUTE)
    assert officers.session_of("cookie", now=now + 58 * MINUTE)
    assert officers.session_of("cookie", now=now + 89 * MINUTE) is None


def test_a_session_ends_after_twelve_hours_whatever_happens(cloud, now):
    signed_in(PAT, now)
    for minutes in range(25, 12 * 60, 25):
        assert officers.session_of("cookie", now=now + minutes * MINUTE)
    assert officers.session_of("cookie", now=now + 12 * 60 * MINUTE) is None


def test_a_visit_is_noted_at_most_once_a_minute(cloud, now):
    signed_in(PAT, now)
    officers.session_of("cookie", now=now + timedelta(seconds=59))
    assert store.session(store.digest_of("cookie")).seen_at == now
    officers.session_of("cookie", now=now + MINUTE)
    assert store.session(store.digest_of("cookie")).seen_at == now + MINUTE


def test_signing_out_ends_the_session_here_and_at_the_pool(cloud, now):
    session = signed_in(PAT, now)
    url = officers.sign_out(session, now=now)
    assert url.startswith("https://sign-in.example/logout?client_id=client&logout_uri=https")
    assert officers.session_of("cookie", now=now) is None
    assert [entry.event for entry in audit.read_chain("officer#pat")] == ["officer:sign_out"]


def test_a_revoked_officer_is_refused_at_the_next_request(cloud, now):
    signed_in(PAT, now)
    officers.revoke("pat", by=SAM, now=now)
    assert officers.session_of("cookie", now=now) is None
    assert [(one.officer_id, one.name, one.by) for one in officers.revoked_officers()] == [
        ("pat", "Pat Doyle", "sam")
    ]


def test_a_revoked_officer_is_refused_even_if_the_session_row_survives(cloud, now):
    officers.revoke("pat", by=SAM, now=now)
    signed_in(PAT, now)
    assert officers.session_of("cookie", now=now) is None


def test_a_reinstated_officer_has_to_sign_in_again(cloud, now):
    signed_in(PAT, now)
    officers.revoke("pat", by=SAM, now=now)
    officers.reinstate("pat", by=SAM, now=now)
    assert officers.session_of("cookie", now=now) is None
    assert officers.revoked_officers() == ()
    assert [(entry.event, entry.actor) for entry in audit.read_chain("officer#pat")] == [
        ("officer:revoke", "officer:sam"),
        ("officer:reinstate", "officer:sam"),
    ]


def test_nobody_can_be_reinstated_who_is_not_revoked(cloud, now):
    with pytest.raises(StateConflict):
        officers.reinstate("pat", by=SAM, now=now)


def test_nobody_can_lock_themselves_out(cloud, now):
    with pytest.raises(Forbidden):
        officers.revoke("sam", by=SAM, now=now)


def test_active_sessions_are_those_that_live(cloud, now):
    signed_in(PAT, now - timedelta(hours=1), "old")
    first, second = signed_in(PAT, now - MINUTE, "a"), signed_in(SAM, now, "b")
    assert officers.active_sessions(now=now) == (second, first)
