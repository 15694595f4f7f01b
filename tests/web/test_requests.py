from datetime import UTC, datetime
from typing import Annotated

import msgspec
import pytest
from chalice.app import Request

from chalicelib.errors import InvalidInput, SightlineError, TooLarge, UnsupportedType
from chalicelib.web import requests
from tests.web.hostile import CANARY, CONTENT_TYPES, SHAPES

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


class Inner(msgspec.Struct, forbid_unknown_fields=True):
    size: Annotated[int, msgspec.Meta(ge=1)]


class Outer(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    inner: Inner | None = None


def a_request(body="", *, content_type=FORM, query=None, **headers):
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    event = {
        "multiValueQueryStringParameters": query,
        "headers": {"content-type": content_type, **sent} if content_type else sent,
        "pathParameters": None,
        "requestContext": {
            "httpMethod": "POST",
            "resourcePath": "/x",
            "identity": {"sourceIp": "192.0.2.9"},
        },
        "body": body,
        "stageVariables": None,
    }
    return Request(event)


def test_a_form_gives_single_repeated_and_absent_fields():
    form = requests.form(a_request("name=Ann+Lee&camera=a&camera=b&empty="))

    assert (form.one("name"), form.one("empty"), form.one("absent")) == ("Ann Lee", "", "")
    assert form.many("camera") == ("a", "b")
    assert ("name" in form, "absent" in form) == (True, False)


def test_what_a_person_typed_is_trimmed_and_composed():
    form = requests.form(a_request("note=++Zoe%CC%88%0D%0Abye++"))

    assert form.text("note", multiline=True) == "Zo\u00eb\nbye"


def test_a_single_field_sent_twice_is_refused():
    form = requests.form(a_request("name=a&name=b"))

    with pytest.raises(InvalidInput) as refusal:
        form.one("name")

    assert refusal.value.fields == {"name": "Enter this once only."}


@pytest.mark.parametrize("end", ["%0A", "%0D", "%0D%0A", "%09"])
def test_a_line_end_is_refused_outside_multiline_fields(end):
    form = requests.form(a_request(f"name=a{end}Bcc:x"))

    for read in (form.one, form.text, form.many):
        with pytest.raises(InvalidInput):
            read("name")


@pytest.mark.parametrize("code", ["%00", "%1B", "%7F", "%C2%85", "%E2%80%AE", "%E2%81%A6"])
def test_control_and_direction_characters_are_refused(code):
    with pytest.raises(InvalidInput):
        requests.form(a_request(f"note=a{code}b"))


@pytest.mark.parametrize("content_type", ["", JSON, "text/plain", "multipart/form-data"])
def test_a_form_of_another_type_is_refused(content_type):
    with pytest.raises(UnsupportedType):
        requests.form(a_request("a=1", content_type=content_type))


def test_a_charset_beside_the_type_is_tolerated():
    form = requests.form(a_request("a=1", content_type=f"{FORM}; charset=UTF-8"))

    assert form.one("a") == "1"


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ("a=%ff", InvalidInput),
        ("&".join(f"a{n}=1" for n in range(301)), InvalidInput),
        ("a=" + "x" * 65536, TooLarge),
        ("a=\ud800", InvalidInput),
    ],
)
def test_a_form_that_cannot_be_read_is_refused(body, error):
    with pytest.raises(error):
        requests.form(a_request(body))


def test_a_body_becomes_the_struct_asked_for():
    body = a_request('{"name": "x", "inner": {"size": 2}}', content_type=JSON)

    assert requests.json_body(body, Outer) == Outer("x", Inner(2))


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ("{}", {"name": "This is required."}),
        ('{"name": 1}', {"name": "This is not of the kind asked for."}),
        ('{"name": "x", "inner": {}}', {"inner.size": "This is required."}),
        (
            '{"name": "x", "inner": {"size": 0}}',
            {"inner.size": "This is not of the kind asked for."},
        ),
        ('{"name": "x", "zz": 1}', {"body": "There is a field here that is not known."}),
        (
            '{"name": "x", "inner": {"size": 1, "zz": 1}}',
            {"inner": "There is a field here that is not known."},
        ),
    ],
)
def test_a_wrong_field_is_named_in_our_words(body, fields):
    with pytest.raises(InvalidInput) as refusal:
        requests.json_body(a_request(body, content_type=JSON), Outer)

    assert refusal.value.fields == fields


@pytest.mark.parametrize("content_type", CONTENT_TYPES)
@pytest.mark.parametrize("shape", SHAPES)
def test_a_hostile_body_is_refused_without_repeating_it(shape, content_type):
    body = SHAPES[shape].decode(errors="replace")

    with pytest.raises(SightlineError) as refusal:
        requests.json_body(a_request(body, content_type=content_type), Outer)

    told = f"{refusal.value} {getattr(refusal.value, 'fields', '')}"
    assert CANARY not in told
    assert refusal.value.status in {400, 413, 415}


def test_depth_twenty_is_read_and_twenty_one_is_not():
    class Anything(msgspec.Struct):
        a: object

    def nested(depth):
        return a_request('{"a":' + "[" * (depth - 1) + "]" * (depth - 1) + "}", content_type=JSON)

    requests.json_body(nested(20), Anything)
    with pytest.raises(InvalidInput):
        requests.json_body(nested(21), Anything)


def test_a_query_is_read_like_a_form():
    read = requests.query(a_request(query={"day": ["2026-11-18"], "tag": ["a", "b"]}))

    assert (read.one("day"), read.many("tag")) == ("2026-11-18", ("a", "b"))
    assert requests.query(a_request()).one("day") == ""


def test_a_cookie_is_found_among_others():
    header = "theme=dark; __Host-officer=abc-_1; other=x"

    assert requests.cookie(a_request(cookie=header), "__Host-officer") == "abc-_1"
    assert requests.cookie(a_request(cookie="a\x00=;;=,b"), "__Host-officer") == ""
    assert requests.cookie(a_request(), "__Host-officer") == ""


def test_a_visitor_is_named_by_a_hash_that_changes_daily(cloud):
    today, tomorrow = (datetime(2026, 11, day, 9, tzinfo=UTC) for day in (20, 21))
    behind = "x_forwarded_for"
    one = a_request(**{behind: "10.9.9.9, 203.0.113.7, 198.51.100.1"})
    same = a_request(**{behind: "203.0.113.7, 198.51.100.2"})

    assert requests.visitor(one, today) == requests.visitor(same, today)
    assert requests.visitor(one, today) != requests.visitor(one, tomorrow)
    assert "203" not in requests.source_address(a_request())


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("/officer/requests/abc", True),
        ("/officer/audit?day=2026-11-18", True),
        ("//evil.example", False),
        ("/\\evil.example", False),
        ("https://evil.example", False),
        ("/a\r\nSet-Cookie:x", False),
        ("/" + "a" * 200, False),
        ("", False),
    ],
)
def test_only_paths_of_this_site_are_returned_to(text, kept):
    assert requests.local_path(text) == (text if kept else "/officer")
