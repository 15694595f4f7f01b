import json

import botocore.session
import pytest
from botocore.exceptions import ClientError
from botocore.parsers import JSONParser

from chalicelib.aws import clients, raw_answers
from chalicelib.aws.index import GEO, Range, read
from chalicelib.aws.tables import CameraItem

VIEW = bytes.fromhex("21c783c0a21e")
RANGE = Range(GEO, "gcw2", "0" * 8, "z" * 8)
QUERY = {
    "TableName": "cameras",
    "IndexName": GEO,
    "KeyConditionExpression": "g = :g",
    "ExpressionAttributeValues": {":g": {"S": "gcw2"}},
}


class Shape:
    """What botocore's description of an operation's answer is called."""

    def __init__(self, name):
        self.name = name
        self.serialization = {}


class Oddity:
    """A botocore that is built in another way."""


class Unparsing:
    """One whose parsers have other methods."""

    def create_parser(self, protocol):
        return protocol


@pytest.fixture
def stored(cloud):
    keys = {"g": "gcw2", "s": "x8d2k7mn", "h": "gcwb", "t": "00000000"}
    details = {"geohash": "gcw2x8d2k7mn", "kind": "dome", "premises": "home", "accuracy": 5}
    CameraItem("a" * 13, v=VIEW, registration_id="r", created_at="2026", **keys, **details).save()


def fresh(factory=None):
    session = botocore.session.get_session()
    if factory is not None:
        session.register_component("response_parser_factory", factory)
    return session


def test_a_query_through_the_raw_parser_says_the_same_as_through_the_normal_one(stored):
    raw = clients.client(clients.INDEX).query(**QUERY)
    normal = clients.client("dynamodb").query(**QUERY)
    assert raw["Items"][0].pop("v") == {"B": "IceDwKIe"}
    assert normal["Items"][0].pop("v") == {"B": VIEW}
    assert raw["ResponseMetadata"].keys() == normal["ResponseMetadata"].keys()
    assert {**raw, "ResponseMetadata": None} == {**normal, "ResponseMetadata": None}


def test_everything_else_is_parsed_as_usual(stored):
    raw = clients.client(clients.INDEX)
    item = raw.get_item(TableName="cameras", Key={"i": {"S": "a" * 13}})["Item"]
    assert item["v"] == {"B": VIEW}
    with pytest.raises(ClientError) as refusal:
        raw.query(**QUERY | {"TableName": "gone"})
    assert refusal.value.response["Error"]["Code"] == "ResourceNotFoundException"


@pytest.mark.parametrize("odd", [Oddity(), Unparsing()])
def test_a_botocore_built_otherwise_keeps_its_own_parser(odd):
    session = fresh(odd)
    assert raw_answers.install(session) is False
    assert session.get_component("response_parser_factory") is odd


def test_a_session_without_that_component_is_left_alone():
    assert raw_answers.install(Oddity()) is False


@pytest.mark.parametrize(
    ("shape", "response"),
    [
        (Shape("QueryOutput"), {"status_code": 200, "headers": {}}),
        (Shape("QueryOutput"), {"status_code": 200, "headers": {}, "body": b"{"}),
        (Shape("QueryOutput"), {"status_code": 200, "headers": {}, "body": b"[]"}),
        (Shape("QueryOutput"), {"status_code": 400, "headers": {}, "body": b"{}"}),
        (Shape("ScanOutput"), {"status_code": 200, "headers": {}, "body": b"{}"}),
        (None, {"status_code": 200, "headers": {}, "body": b"{}"}),
    ],
)
def test_what_is_not_a_querys_body_goes_to_the_normal_parser_untouched(shape, response):
    seen = []

    class Watched(JSONParser):
        def parse(self, given, _shape):
            seen.append(given)

    raw_answers.RawAnswers(Watched()).parse(response, shape)
    assert [given is response for given in seen] == [True]


def test_a_protocol_that_is_not_json_keeps_its_parser():
    session = fresh()
    assert raw_answers.install(session) is True
    parser = session.get_component("response_parser_factory").create_parser("rest-xml")
    assert type(parser).__module__ == "botocore.parsers"


def test_entries_are_the_same_whichever_parser_read_them(stored):
    (raw,) = read([RANGE]).entries
    clients.client.cache_clear()
    events = clients.client(clients.INDEX).meta.events

    def decoded(response_dict, customized_response_dict, **_):
        body = json.loads(response_dict["body"])
        for item in body["Items"]:
            item["v"]["B"] = VIEW
        customized_response_dict.update(body)

    events.register("before-parse.dynamodb.Query", decoded)
    (parsed,) = read([RANGE]).entries
    clients.client.cache_clear()
    assert raw == parsed == ("a" * 13, "gcw2", "x8d2k7mn", VIEW)
