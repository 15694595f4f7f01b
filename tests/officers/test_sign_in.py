import base64
import hashlib
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from chalicelib import audit, officers, settings
from chalicelib.aws import clients
from chalicelib.errors import Forbidden, NotSignedIn, Unavailable
from chalicelib.officers import Role
from tests.officers.people import PAT, SAM, a_token, a_token_endpoint, claims


@pytest.fixture
def pool(cloud, monkeypatch):
    cognito = clients.client("cognito-idp")
    pool = cognito.create_user_pool(PoolName="officers")["UserPool"]["Id"]
    username = "pat@force.example"
    cognito.admin_create_user(UserPoolId=pool, Username=username, TemporaryPassword="Aa1!aaaa")
    monkeypatch.setenv("USER_POOL", pool)
    settings.current.cache_clear()
    with a_token_endpoint() as endpoint:
        monkeypatch.setenv("SIGN_IN_URL", endpoint.url)
        settings.current.cache_clear()
        yield endpoint
    settings.current.cache_clear()


def with_second_factor():
    clients.client("cognito-idp").admin_set_user_mfa_preference(
        UserPoolId=settings.current().user_pool,
        Username="pat@force.example",
        SMSMfaSettings={"Enabled": True, "PreferredMfa": True},
    )


def begun(now, return_to="/officer/search"):
    started = officers.begin_sign_in(return_to=return_to, now=now)
    query = parse_qs(urlsplit(started.authorize_url).query)
    return started.cookie, {name: values[0] for name, values in query.items()}


def test_the_browser_is_sent_away_with_state_nonce_and_challenge(cloud, now):
    _, query = begun(now)
    unguessable = {name: query.pop(name) for name in ("state", "nonce", "code_challenge")}
    assert all(len(value) >= 43 for value in unguessable.values())
    assert query == {
        "response_type": "code",
        "client_id": "client",
        "redirect_uri": "https://sightline.example/officer/signed-in",
        "scope": "openid profile",
        "code_challenge_method": "S256",
    }


def test_a_finished_sign_in_is_a_session_and_is_recorded(pool, now):
    with_second_factor()
    cookie, query = begun(now)
    pool.answer = {"id_token": a_token(nonce=query["nonce"])}
    new = officers.finish_sign_in(cookie, "the-code", query["state"], now=now)
    assert (new.session.officer, new.return_to) == (PAT, "/officer/search")
    assert officers.session_of(new.cookie, now=now) == new.session
    assert [(one.event, one.detail) for one in audit.read_chain("officer#pat")] == [
        ("officer:sign_in", {"roles": ["officer"]})
    ]


def test_the_code_is_exchanged_with_the_verifier_of_the_challenge(pool, now):
    with_second_factor()
    cookie, query = begun(now)
    pool.answer = {"id_token": a_token(nonce=query["nonce"])}
    officers.finish_sign_in(cookie, "the-code", query["state"], now=now)
    [(path, sent)] = pool.asked
    digest = hashlib.sha256(sent["code_verifier"][0].encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    assert (path, sent["code"], challenge) == (
        "/oauth2/token",
        ["the-code"],
        query["code_challenge"],
    )


def test_a_sign_in_can_be_finished_once_only(pool, now):
    with_second_factor()
    cookie, query = begun(now)
    pool.answer = {"id_token": a_token(nonce=query["nonce"])}
    officers.finish_sign_in(cookie, "code", query["state"], now=now)
    with pytest.raises(NotSignedIn):
        officers.finish_sign_in(cookie, "code", query["state"], now=now)


@pytest.mark.parametrize(
    ("cookie", "state", "minutes"), [("x", None, 0), (None, "x", 0), (None, None, 10)]
)
def test_another_browser_another_state_or_a_late_return_is_refused(
    pool, now, cookie, state, minutes
):
    own, query = begun(now)
    late = now + timedelta(minutes=minutes)
    with pytest.raises(NotSignedIn):
        officers.finish_sign_in(cookie or own, "code", state or query["state"], now=late)
    assert pool.asked == []


@pytest.mark.parametrize(
    "change",
    [
        {"nonce": "another"},
        {"aud": "another"},
        {"iss": "https://evil.example"},
        {"token_use": "access"},
        {"exp": 1},
        {"exp": "soon"},
        {"sub": None},
    ],
)
def test_a_token_that_is_not_for_this_sign_in_is_refused(pool, now, change):
    with_second_factor()
    cookie, query = begun(now)
    pool.answer = {"id_token": a_token(**({"nonce": query["nonce"]} | change))}
    with pytest.raises(NotSignedIn):
        officers.finish_sign_in(cookie, "code", query["state"], now=now)


@pytest.mark.parametrize("token", ["", "a.b", "a.!!!.c", "a.W10.c"])
def test_a_token_that_is_none_is_refused(pool, now, token):
    cookie, query = begun(now)
    pool.answer = {"id_token": token}
    with pytest.raises(NotSignedIn):
        officers.finish_sign_in(cookie, "code", query["state"], now=now)


@pytest.mark.parametrize(
    ("status", "answer", "error"),
    [
        (400, {}, NotSignedIn),
        (500, {}, Unavailable),
        (200, {}, Unavailable),
        (302, {}, Unavailable),
    ],
)
def test_a_pool_that_refuses_or_fails_gives_no_session(pool, now, status, answer, error):
    cookie, query = begun(now)
    pool.status, pool.answer = status, answer
    with pytest.raises(error):
        officers.finish_sign_in(cookie, "code", query["state"], now=now)


def test_an_officer_without_a_second_factor_is_refused_and_recorded(pool, now):
    cookie, query = begun(now)
    pool.answer = {"id_token": a_token(nonce=query["nonce"])}
    with pytest.raises(Forbidden, match="second factor"):
        officers.finish_sign_in(cookie, "code", query["state"], now=now)
    assert [(one.event, one.detail) for one in audit.read_chain("officer#pat")] == [
        ("officer:refused", {"reason": "no_second_factor"})
    ]


def test_an_officer_without_a_role_is_refused(pool, now):
    with_second_factor()
    cookie, query = begun(now)
    pool.answer = {"id_token": a_token(nonce=query["nonce"], **{"cognito:groups": None})}
    with pytest.raises(Forbidden, match="no role"):
        officers.finish_sign_in(cookie, "code", query["state"], now=now)


def test_a_revoked_officer_cannot_sign_in(pool, now):
    with_second_factor()
    officers.revoke("pat", by=SAM, now=now)
    cookie, query = begun(now)
    pool.answer = {"id_token": a_token(nonce=query["nonce"])}
    with pytest.raises(Forbidden, match="withdrawn"):
        officers.finish_sign_in(cookie, "code", query["state"], now=now)


@pytest.mark.parametrize("groups", ["officer,clerk", ["clerk", "officer"]])
def test_checked_claims_of_the_gateway_are_an_officer(pool, now, groups):
    with_second_factor()
    given = claims(**{"cognito:groups": groups, "exp": "Fri Nov 20 13:00:00 UTC 2026"})
    officer = officers.from_claims(given, now=now)
    assert (officer.id, officer.roles) == ("pat", {Role.OFFICER, Role.CLERK})


def test_claims_of_a_revoked_officer_are_refused(pool, now):
    with_second_factor()
    officers.revoke("pat", by=SAM, now=now)
    with pytest.raises(Forbidden):
        officers.from_claims(claims(), now=now)


def test_expired_claims_are_refused(pool, now):
    with pytest.raises(NotSignedIn):
        officers.from_claims(claims(exp="Fri Nov 20 11:59:59 UTC 2026"), now=now)
