import json
from datetime import UTC, datetime, timedelta

import pytest

from tests.journeys.steps import counted, database, link_in, rows

pytestmark = pytest.mark.integration

FORM, JSON = "application/x-www-form-urlencoded", "application/json"
UNKNOWN = "A" * 43
HOUR = timedelta(hours=1)
LARGE = 70 * 1024
EXPIRED = "2026-01-01T00:00:00.000000Z"


@pytest.fixture(scope="module")
def demo(run):
    return run("demo")


@pytest.fixture(scope="module")
def asked(demo):
    """Return somebody who was asked, with the link to their registration and to the request."""
    owner, officer = demo.owner("Pavel Ash"), demo.officer()
    owner.confirmation = link_in(owner.takes_part(), "/confirm/")
    officer.asks_near(owner.place)
    owner.answer = link_in(owner.letter("/answer/"), "/answer/")
    owner.manage = owner.manages()
    return owner


@pytest.fixture
def unchanged(demo, asked):
    """Compare what is stored before the test with what is stored after it."""
    before = counted(demo.local)
    yield
    assert counted(demo.local) == before


def refused(page, *statuses):
    """Say whether a page refuses in words of ours; nothing may ever be a 5xx."""
    assert page.status in (statuses or range(400, 500)), (page.status, page.body[:300])
    if "json" in page.headers["content-type"]:
        problem = json.loads(page.body)
        assert (problem["status"], bool(problem["detail"])) == (page.status, True)
    else:
        assert "<h1" in page.html
    assert "Traceback" not in page.html
    return True


@pytest.mark.parametrize(
    "path",
    [
        *("/confirm/{}", "/my/{}", "/my/{}/data.json", "/my/{}/leave", "/my/{}/contact"),
        *("/answer/{}", "/answer/{}/upload", "/answer/{}/sent/aaaaaaaaaaaaa"),
    ],
)
@pytest.mark.usefixtures("unchanged")
def test_a_link_that_never_was_opens_nothing(demo, path):
    for token in (UNKNOWN, "a", "%00", "..%2F..", "%0d%0aSet-Cookie:%20a=b", "A" * 3000):
        page = demo.visitor.visit(path.format(token))

        assert refused(page, 400, 404, 410, 414)
        assert "set-cookie" not in page.headers


@pytest.mark.parametrize(
    "path", ["/confirm/{}", "/confirm/{}/not-me", "/my/{}/leave", "/my/{}/pause", "/answer/{}"]
)
@pytest.mark.usefixtures("unchanged")
def test_a_link_that_never_was_does_nothing(demo, path):
    page = demo.visitor.post(path.format(UNKNOWN), [("answer", "have_footage")])

    assert refused(page, 410)


@pytest.mark.usefixtures("unchanged")
def test_a_link_for_one_thing_does_not_do_another(demo, asked):
    own = {kind: getattr(asked, kind).rpartition("/")[2] for kind in ("manage", "answer")}

    assert refused(demo.visitor.visit(f"/answer/{own['manage']}"), 410)
    assert refused(demo.visitor.visit(f"/my/{own['answer']}"), 410)
    assert refused(demo.visitor.post(f"/confirm/{own['manage']}", []), 410)


@pytest.mark.usefixtures("unchanged")
def test_a_second_confirm_changes_nothing_and_says_the_same(demo, asked):
    again = demo.visitor.post(asked.confirmation, [])

    assert (again.status, "You are registered" in again.words) == (200, True)
    assert refused(demo.visitor.post(f"{asked.confirmation}/not-me", []), 410)


def test_an_expired_link_opens_nothing(demo):
    # Given somebody who has not confirmed, and whose link has run out
    owner = demo.owner("Ada Moss")
    owner.registers()
    link = link_in(owner.letter("/confirm/"), "/confirm/")
    expire_every_link(demo.local, "confirm")
    before = counted(demo.local)

    # When they open and press it
    pages = [demo.visitor.visit(link), demo.visitor.post(link, [])]

    # Then it says so, twice, and nothing has changed
    assert [refused(page, 410) for page in pages] == [True, True]
    assert counted(demo.local) == before


def expire_every_link(local, purpose):
    client = database(local)
    (name,) = [one for one in client.list_tables()["TableNames"] if "-Tokens-" in one]
    for item in rows(local, only=("Tokens",))["Tokens"]:
        if item["purpose"]["S"] == purpose:
            client.put_item(TableName=name, Item={**item, "expires_at": {"S": EXPIRED}})


def windows(officer):
    now = datetime.now(UTC)
    spans = {
        "future": (now + HOUR, now + 2 * HOUR),
        "unfinished": (now - HOUR, now + HOUR),
        "backwards": (now - HOUR, now - 2 * HOUR),
        "empty": (now - HOUR, now - HOUR),
        "over the limit": (now - 30 * HOUR, now - HOUR),
        "too long ago": (now - 2400 * HOUR, now - 2399 * HOUR),
    }
    return {
        name: officer.moment("starts_at", start) | officer.moment("ends_at", end)
        for name, (start, end) in spans.items()
    }


def test_no_search_runs_with_a_window_nobody_may_ask_for(demo, asked, officer_there):
    officer = officer_there
    before = searches(demo)

    pages = {
        name: officer.searches(asked.place, **window) for name, window in windows(officer).items()
    }

    assert [name for name, page in pages.items() if not refused(page, 400, 422)] == []
    assert searches(demo) == before


def searches(demo):
    return len(rows(demo.local, only=("Searches",))["Searches"])


@pytest.mark.parametrize(
    "wrong",
    [
        *({"place": text} for text in ("91, 0", "0, 181", "nan, nan", "inf, 0", "1e400, 0")),
        *({"place": text} for text in ("0, 0", "", "x" * 5000, "40.0", "40.0, -98.0, 7")),
        *({"radius_m": text} for text in ("", "-1", "0", "9999999", "1e2", "abc")),
        *({"purpose": text} for text in ("", "protest", "Burglary")),
        *({"case_number": text} for text in ("", "x" * 41, "26\x00", "26\r\nBcc: a@b.example")),
        *({"reason": text} for text in ("", "short", "x" * 301, "a reason \x1b[2J long enough")),
        *({"starts_at_date": text} for text in ("", "13/45/2026", "0/0/0000", "tomorrow")),
        *({"starts_at_time": text} for text in ("", "25:00", "12:61", "noonish")),
        {"csrf": "wrong"},
    ],
    ids=repr,
)
def test_no_search_runs_with_anything_wrong_in_it(demo, asked, officer_there, wrong):
    before = searches(demo)

    page = officer_there.searches(asked.place, **wrong)

    assert refused(page, 400, 403, 422)
    assert searches(demo) == before


@pytest.fixture(scope="module")
def officer_there(demo):
    return demo.officer()


@pytest.mark.parametrize(
    "wrong",
    [
        *({"name": text} for text in ("", "Ada\x00", "Ada\r\nBcc: a@b.example", "Ada\u202egpj")),
        *({"name": text} for text in ("x" * 101, "x" * 5000, "Ada\nBirch", "\ud7ff\x85")),
        *({"premises": text} for text in ("", "castle")),
        {"unknown": "field"},
        {"name": ["Ada", "Ben"]},
    ],
    ids=repr,
)
@pytest.mark.usefixtures("unchanged")
def test_details_that_cannot_be_right_are_not_kept(demo, wrong):
    stranger = demo.owner("Ben Fern")

    page = stranger.gives_details(**wrong)

    assert refused(page, 400)
    assert "Bcc" not in repr(page.headers)


@pytest.mark.parametrize(
    "wrong",
    [
        *({"email": text} for text in ("", "nobody", "a@b", "a@b.example\r\nBcc: c@d.example")),
        *(
            {"email": text}
            for text in ("a@b.example, c@d.example", "<a@b.example>", "a b@c.example")
        ),
        *({"phone": text} for text in ("call me", "1" * 60, "555\r\n0100")),
    ],
    ids=repr,
)
def test_an_address_that_cannot_be_right_is_not_kept(demo, wrong):
    stranger = demo.owner("Dora Fir")
    stranger.gives_details()
    stranger.gives_camera()
    before = counted(demo.local)

    page = stranger.gives_contact(**wrong)

    assert refused(page, 400)
    assert "Bcc" not in repr(page.headers)
    assert counted(demo.local) == before


@pytest.mark.parametrize(
    "wrong",
    [
        *({"place": text} for text in ("91, 0", "0, 181", "nan, nan", "-inf, 0", "")),
        *({"latitude": north, "longitude": "0"} for north in ("91", "nan", "1e400", "٣", "9" * 30)),
        *({"heading": text} for text in ("-1", "361x", "1e2", "north")),
        *({"view_angle": text} for text in ("0", "999", "wide")),
        *({"days_kept": text} for text in ("-1", "99999", "30.5", "²")),
        {"kind": "drone"},
        *({"label": text} for text in ("x" * 500, "Porch\x07", "Porch\r\nSubject: hello")),
        {"reach_m": "50"},
    ],
    ids=repr,
)
def test_a_camera_that_cannot_be_right_is_not_kept(demo, wrong):
    stranger = demo.owner("Cleo Ash")
    stranger.gives_details()
    before = counted(demo.local)

    page = stranger.gives_camera(**wrong)

    assert refused(page, 400, 422)
    assert counted(demo.local) == before


BODIES = {
    "no json": b"{",
    "nothing": b"",
    "a list": b"[]",
    "a number": b"1",
    "not a number": b'{"name": "a.mp4", "size": NaN}',
    "a text for a number": b'{"name": "a.mp4", "size": "12"}',
    "a field missing": b'{"size": 12}',
    "a field too many": b'{"name": "a.mp4", "size": 12, "admin": true}',
    "one field twice": b'{"name": "a.mp4", "size": 12, "size": 13}',
    "less than nothing": b'{"name": "a.mp4", "size": -1}',
    "more than all": b'{"name": "a.mp4", "size": 99999999999999999999999}',
    "deep": b'{"name":' + b"[" * 9000 + b"]" * 9000 + b"}",
    "no text": b"\xff\xfe\x00",
    "too large": b'{"name": "' + b"x" * LARGE + b'", "size": 1}',
}


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.usefixtures("unchanged")
def test_a_slot_is_not_opened_for_a_body_nobody_can_read(demo, asked, name):
    page = demo.visitor.send_bytes(f"{asked.answer}/clips", BODIES[name], JSON)

    assert refused(page, 400, 413, 422)
    assert page.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.usefixtures("unchanged")
def test_a_program_of_an_officer_gets_a_problem_for_the_same(demo, officer_token, name):
    headers = {"Authorization": f"Bearer {officer_token}", "Content-Type": JSON}

    page = demo.visitor._once("POST", f"{demo.local.url}/api/v1/searches", BODIES[name], headers)  # noqa: SLF001 - the plainest way to send bytes with a token

    assert refused(page, 400, 413, 422)


@pytest.fixture(scope="module")
def officer_token(officer_there):
    return officer_there.token()


@pytest.mark.parametrize(
    "kind", ["", "text/plain", "multipart/form-data; boundary=x", JSON, "x\x7f"]
)
@pytest.mark.parametrize("path", ["/register/details", "/request-check", "/my-registration"])
@pytest.mark.usefixtures("unchanged")
def test_a_form_of_another_type_is_not_read(demo, kind, path):
    page = demo.visitor.send_bytes(path, b"name=Ada&email=ada%40residents.example", kind)

    assert refused(page, 400, 415)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"name=" + b"x" * LARGE, {413}),
        (b"name=" + b"x" * 5 * 1024 * 1024, {413}),
        (b"name=%ff%fe", {400}),
        (b"\xff\xfe", {400}),
        (b"&".join(b"n%d=1" % number for number in range(400)), {400}),
        (b"name=%00&email=%0d%0a", {400}),
    ],
    ids=["70 KB", "5 MB", "escaped bytes", "bytes", "fields", "controls"],
)
@pytest.mark.usefixtures("unchanged")
def test_a_body_no_form_of_ours_sends_is_refused(demo, body, status):
    page = demo.visitor.send_bytes("/register/details", body, FORM)

    assert page.status in status


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"])
@pytest.mark.usefixtures("unchanged")
def test_other_methods_are_refused(demo, method):
    for path in ("/", "/register/details", "/officer/search", "/api/v1/searches"):
        page = demo.visitor.send_bytes(path, b"", method=method)

        assert page.status in {400, 401, 403, 404, 405, 501}


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example", "/\\evil", "/%0d%0aa:b"]
)
def test_signing_in_leads_nowhere_else(demo, target):
    page = demo.visitor.visit(f"/officer/sign-in?return={target}")

    assert page.status < 500
    assert "evil" not in repr(page.headers)


@pytest.mark.usefixtures("unchanged")
def test_nobody_without_a_token_or_a_session_gets_in(demo):
    search = demo.visitor.send_bytes("/api/v1/searches", b"{}", JSON)
    forged, _ = demo.visitor.send_json("/api/v1/searches", {}, {"Authorization": "Bearer a.b.c"})
    page = demo.visitor.post("/officer/searches", [("case_number", "1")])

    assert (search.status, forged) == (401, 401)
    assert page.url.endswith("/officer/sign-in") or page.status in {401, 403}
