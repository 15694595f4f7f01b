import re
from pathlib import Path

import pytest

from chalicelib import audit
from chalicelib.aws.transaction import Transaction

DOCUMENT = Path(__file__).parents[2] / "docs" / "audit.md"
ROW = re.compile(r"^\| `([a-z]+:[a-z_]+)` \| (.*?) \| .+ \|$", re.MULTILINE)


def recorded(now, event, **detail):
    audit.record(Transaction(), event, chain="x#1", actor="public", now=now, **detail)


def test_an_event_that_is_not_on_the_list_is_refused(cloud, now):
    with pytest.raises(TypeError, match="no audit event is called registration:sell"):
        recorded(now, "registration:sell")


def test_a_missing_and_an_extra_field_are_refused(cloud, now):
    with pytest.raises(TypeError, match="changed"):
        recorded(now, "registration:change")
    with pytest.raises(TypeError, match="email"):
        recorded(now, "registration:pause", email="me@example.com")


def test_the_document_lists_each_event_with_its_fields_and_no_other():
    rows = dict(ROW.findall(DOCUMENT.read_text("utf-8")))
    assert {name: set(re.findall("[a-z_0-9]+", fields)) for name, fields in rows.items()} == {
        name: set(event.required_fields) for name, event in audit.EVENTS.items()
    }
