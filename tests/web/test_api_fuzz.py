import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks as specs

from chalicelib.web.openapi import document
from tests.gateway import Gateway
from tests.web.story import Story

EXAMPLES = 30
CHECKED = [
    not_a_server_error,
    specs.status_code_conformance,
    specs.content_type_conformance,
    specs.response_schema_conformance,
]
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)


@pytest.fixture
def gateway(cloud, monkeypatch):
    from app import app  # noqa: PLC0415 - after conftest's environment

    monkeypatch.setenv("OFFICER_MFA", "optional")
    return Gateway(app, tokens={"good": Story().claims})


def operations(gateway):
    schema = schemathesis.openapi.from_dict(document())
    schema.app = gateway
    return [found.ok() for found in schema.get_all_operations()]


def test_generated_calls_are_answered_as_documented(gateway):
    for operation in operations(gateway):
        strategies = [operation.as_strategy(generation_mode=mode) for mode in MODES]

        @given(case=st.one_of(strategies))
        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        def answers(case):
            headers = {"Authorization": "Bearer good"}
            case.call_and_validate(checks=CHECKED, headers=headers)

        answers()

    statuses = {status for _, status in gateway.answers}
    assert {200, 400, 404} <= statuses
    assert max(statuses) < 500
