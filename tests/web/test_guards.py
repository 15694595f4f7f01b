from datetime import timedelta

import pytest
from chalice import Chalice
from werkzeug.test import Client

from chalicelib import clock
from chalicelib.officers import Role, revoke
from chalicelib.web.guards import bearer, officer, session, signed_in
from chalicelib.web.routes import Routes, json_response
from tests.gateway import Gateway
from tests.web.people import CSRF, a_session, an_officer, claims_of

FORM = "application/x-www-form-urlencoded"


@pytest.fixture(autouse=True)
def one_factor(monkeypatch):
    monkeypatch.setenv("OFFICER_MFA", "optional")


@signed_in(Role.CLERK, Role.SUPERVISOR)
def clips(**_parameters):
    return json_response([session().officer.id, officer().name])


@bearer(Role.CLERK)
def api_clips():
    return json_response([officer().id, sorted(officer().roles)])


def an_app():
    pages, api = Routes("pages"), Routes("api", json=True)
    pages.get("/officer/clips")(clips)
    pages.get("/officer/clips/{clip_id}")(clips)
    pages.post("/officer/clips")(clips)
    api.get("/api/v1/clips")(api_clips)
    app = Chalice("test", configure_logs=False)
    app.register_blueprint(pages)
    app.register_blueprint(api)
    return app


def a_browser(*roles, **options):
    headers = a_session(*roles, **options).headers
    browser = Client(Gateway(an_app()), use_cookies=False)

    def call(method, path="/officer/clips", **arguments):
        sent = {**headers, **arguments.pop("headers", {})}
        return browser.open(path, method=method, headers=sent, **arguments)

    return call


def a_program(claims):
    gateway = Gateway(an_app())
    gateway.app.routes["/api/v1/clips"]["GET"].authorizer = object()
    gateway.tokens = {"good": claims}
    return lambda token="good": Client(gateway).get(
        "/api/v1/clips", headers={"Authorization": f"Bearer {token}"}
    )


def test_a_session_with_the_role_gets_in(cloud):
    answer = a_browser(Role.CLERK)("GET")

    assert (answer.status_code, answer.json) == (200, ["o-17", "Pat Reed"])


def test_nobody_is_remembered_for_the_next_call(cloud):
    a_browser(Role.CLERK)("GET")

    with pytest.raises(LookupError):
        session()
    with pytest.raises(LookupError):
        officer()


def test_without_a_session_a_look_comes_back_after_signing_in(cloud):
    browser = Client(Gateway(an_app()))

    answer = browser.get("/officer/clips/abc?x=//evil.example")

    assert answer.status_code == 303
    assert answer.headers["Location"] == "/officer/sign-in?return=%2Fofficer%2Fclips%2Fabc"


def test_without_a_session_a_change_is_not_repeated_after_signing_in(cloud):
    answer = Client(Gateway(an_app())).post("/officer/clips", data={"csrf": CSRF})

    assert (answer.status_code, answer.headers["Location"]) == (303, "/officer/sign-in")


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.CLERK, Role.SUPERVISOR}))
def test_another_role_is_refused(cloud, role):
    assert a_browser(role)("GET").status_code == 403


@pytest.mark.parametrize("csrf", [None, "", "x", CSRF[:-1], CSRF + "x", CSRF.upper()])
def test_a_form_without_the_sessions_token_is_refused(cloud, csrf):
    data = {} if csrf is None else {"csrf": csrf}

    answer = a_browser(Role.CLERK)("POST", data=data, content_type=FORM)

    assert answer.status_code == 403


def test_a_form_with_the_sessions_token_is_taken(cloud):
    assert a_browser(Role.CLERK)("POST", data={"csrf": CSRF}).status_code == 200


@pytest.mark.parametrize("age", [timedelta(minutes=31), timedelta(hours=12)])
def test_an_old_session_is_none(cloud, age):
    assert a_browser(Role.CLERK, now=clock.now() - age)("GET").status_code == 303


def test_a_revoked_officer_is_out_at_the_next_call(cloud):
    browser, program = a_browser(Role.CLERK), a_program(claims_of(Role.CLERK))
    before = (browser("GET").status_code, program().status_code)

    revoke("o-17", by=an_officer(Role.SUPERVISOR, officer_id="o-2"), now=clock.now())

    assert before == (200, 200)
    assert (browser("GET").status_code, program().status_code) == (303, 403)


def test_claims_with_the_role_get_in(cloud):
    answer = a_program(claims_of(Role.CLERK, Role.AUDITOR))()

    assert (answer.status_code, answer.json) == (200, ["o-17", ["auditor", "clerk"]])


def test_claims_without_the_role_are_refused(cloud):
    assert a_program(claims_of(Role.OFFICER))().status_code == 403


@pytest.mark.parametrize(
    "changed",
    [
        {"aud": "another-client"},
        {"iss": "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_other"},
        {"token_use": "access"},
        {"exp": "1"},
        {"exp": "soon"},
        {"sub": ""},
    ],
)
def test_claims_that_are_not_for_us_are_refused(cloud, changed):
    assert a_program(claims_of(Role.CLERK, **changed))().status_code == 401


def test_no_claims_at_all_are_refused(cloud):
    app = an_app()

    assert Client(Gateway(app)).get("/api/v1/clips").status_code == 401
