import re

from chalicelib.officers import Role
from chalicelib.web.guards import PUBLIC_ROUTES
from tests.web.people import CSRF, a_session, claims_of

FORM = "application/x-www-form-urlencoded"
LINKS = ("/confirm/{token}", "/still-right/{token}", "/my/{token}", "/answer/{token}")
# Forms of people without an account or a link: they change nothing that is somebody's.
OPEN_FORMS = {
    "/register": "a draft of one's own, kept under a random cookie",
    "/register/{step}": "as above",
    "/register/site": "as above",
    "/register/list": "as above",
    "/my-registration": "asks for a letter; the answer is the same for everybody",
    "/request-check": "reads only",
    "/feedback/{moment}": "counts two answers that are nobody's",
    "/officer/sign-in": "begins signing in; finished only by the same browser",
}


def entries(app):
    return [
        (method, path, entry)
        for path, methods in sorted(app.routes.items())
        for method, entry in methods.items()
    ]


def guard_of(entry):
    return getattr(entry.view_function, "guard", None)


def guarded(app, kind):
    return [one for one in entries(app) if guard_of(one[2]) == kind]


def example(path):
    return re.sub(r"{\w+}", "a" * 13, path)


def test_every_route_is_guarded_or_on_the_public_list_with_a_reason(app):
    unguarded = {path for _, path, entry in entries(app) if guard_of(entry) is None}

    assert unguarded - set(PUBLIC_ROUTES) == set()
    assert [path for path, reason in PUBLIC_ROUTES.items() if not reason] == []


def test_the_public_list_names_no_route_that_is_guarded_or_gone(app):
    unguarded = {path for _, path, entry in entries(app) if guard_of(entry) is None}

    assert set(PUBLIC_ROUTES) - unguarded == set()


def test_every_path_says_to_whom_it_belongs(app):
    for _, path, entry in entries(app):
        if path.startswith("/api/"):
            assert guard_of(entry) == "bearer" or path in PUBLIC_ROUTES
        elif path.startswith("/officer"):
            assert guard_of(entry) == "signed_in" or path in PUBLIC_ROUTES
        else:
            assert guard_of(entry) is None


def test_no_page_opens_without_signing_in(app, cloud, send):
    answers = {
        (method, path): send(method, example(path), content_type=FORM, data=b"")
        for method, path, _ in guarded(app, "signed_in")
    }

    wrong = {
        key: (answer.status_code, answer.headers.get("Location"))
        for key, answer in answers.items()
        if answer.status_code != 303
        or not answer.headers["Location"].startswith("/officer/sign-in")
    }
    assert wrong == {}


def test_no_api_route_answers_without_a_token_even_if_the_authorizer_failed(app, cloud, send):
    for method, path, entry in guarded(app, "bearer"):
        assert entry.authorizer.name == "officers", path
        assert send(method, example(path), claims={}).status_code == 401, path


def test_every_other_role_is_refused_everywhere(app, cloud, send, monkeypatch):
    monkeypatch.setenv("OFFICER_MFA", "optional")
    let_in = []
    for role in Role:
        session = a_session(role, cookie=f"cookie-{role}", officer_id=f"o-{role}")
        for method, path, entry in entries(app):
            roles = getattr(entry.view_function, "roles", frozenset())
            if not roles or role in roles:
                continue
            body = {"data": {"csrf": CSRF}} if method == "POST" else {}
            answer = send(
                method, example(path), claims=claims_of(role), headers=session.headers, **body
            )
            if answer.status_code != 403:
                let_in.append((role, method, path, answer.status_code))

    assert let_in == []


def test_every_officer_form_is_refused_without_the_sessions_token(app, cloud, send):
    session = a_session(*Role)

    for method, path, _ in guarded(app, "signed_in"):
        if method == "POST":
            answer = send("POST", example(path), headers=session.headers, data={"step": "1"})
            assert answer.status_code == 403, path


def test_every_other_form_has_a_link_in_its_path_or_stands_on_a_short_list(app):
    free = {
        path
        for method, path, entry in entries(app)
        if method == "POST" and guard_of(entry) is None and not path.startswith(LINKS)
    }

    assert free == set(OPEN_FORMS)


def test_no_post_caused_by_another_site_is_taken(app, story, send):
    taken = []
    for method, path, _ in entries(app):
        if method != "POST":
            continue
        headers = {"Sec-Fetch-Site": "cross-site", **story.session.headers}
        answer = send("POST", story.address(path), claims=story.claims, headers=headers)
        if answer.status_code != 403:
            taken.append((path, answer.status_code))

    assert taken == []


def test_no_officer_route_is_addressed_by_a_person():
    from app import app  # noqa: PLC0415 - after the environment is set

    persons = re.compile(r"{\w*(name|email|phone|owner|registration|person|plate)\w*}")

    assert [p for p in app.routes if p.startswith(("/officer", "/api")) and persons.search(p)] == []


def test_unknown_links_are_told_the_same_whatever_they_are_for(app, cloud, send):
    told = {}
    for method, path, _ in entries(app):
        if method == "GET" and path.startswith(LINKS):
            answer = send("GET", path.replace("{token}", "A" * 43).replace("{clip_id}", "a" * 13))
            told.setdefault(answer.status_code, []).append(path)

    assert set(told) <= {404, 410}, told
