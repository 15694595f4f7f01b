import json

import pytest

from chalicelib.web import guards
from chalicelib.web.openapi import document
from chalicelib.web.operations import OPERATIONS

PREFIX = "/api/v1/"


@pytest.fixture(scope="module")
def routes():
    from app import app  # noqa: PLC0415 - after conftest's environment

    return {
        (entry.method, path): entry
        for path, methods in app.routes.items()
        if path.startswith(PREFIX)
        for entry in methods.values()
    }


def described():
    return {
        (method.upper(), path): operation
        for path, methods in document()["paths"].items()
        for method, operation in methods.items()
    }


def test_every_route_is_described_and_every_description_has_a_route(routes):
    assert set(described()) == set(routes)


def test_each_description_names_the_roles_its_guard_asks_for(routes):
    for operation in OPERATIONS:
        handler = routes[operation.method, operation.path].view_function

        assert handler.roles == set(operation.roles), operation.path


def test_only_the_document_itself_is_open(routes):
    is_open = {key for key, operation in described().items() if operation.get("security") == []}

    assert is_open == {("GET", "/api/v1/openapi.json")}
    assert {key for key, entry in routes.items() if entry.authorizer is None} == is_open
    assert {path for path in guards.PUBLIC_ROUTES if path.startswith(PREFIX)} == {
        path for _, path in is_open
    }


def test_every_reference_leads_somewhere():
    text = json.dumps(document())
    names = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}

    assert names <= set(document()["components"]["schemas"])


def test_no_field_asks_for_or_gives_an_owners_identity():
    fields = {
        field
        for schema in document()["components"]["schemas"].values()
        for field in schema.get("properties", {})
    }
    parameters = {
        parameter["name"] for one in described().values() for parameter in one.get("parameters", [])
    }
    words = {"name", "email", "phone", "address", "owner", "registration_id", "contact", "person"}

    assert not (fields | parameters) & words


def test_names_of_operations_are_distinct():
    names = [operation["operationId"] for operation in described().values()]

    assert len(names) == len(set(names)) == len(OPERATIONS) + 1


def test_the_document_is_valid():
    from schemathesis.openapi import from_dict  # noqa: PLC0415 - slow to import

    assert len([*from_dict(document()).get_all_operations()]) == len(OPERATIONS) + 1
