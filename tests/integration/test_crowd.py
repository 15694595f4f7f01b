"""A thousand registrations at once: none lost, none doubled, one letter each."""

import json
import subprocess
import sys
from collections import Counter

import pytest

from infra.render import ROOT

pytestmark = [pytest.mark.integration, pytest.mark.timeout(500)]
PEOPLE = 1000


@pytest.fixture(scope="module")
def crowd(module_stack):
    """Let everybody register, and the letters be written, by the tables and keys of a cloud."""
    local = module_stack("demo", demo=False)
    queue = local.client("sqs").create_queue(QueueName="crowd")["QueueUrl"]
    environment = {**local.function_environment(), "OUTBOX_QUEUE_URL": queue}
    done = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-B", "-m", "tests.integration.crowd", str(PEOPLE)],
        cwd=ROOT,
        env=environment,
        check=False,
        capture_output=True,
        timeout=400,
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return local, environment, json.loads(done.stdout.decode().splitlines()[-1])


def the_id(pair):
    """Return what one press made; the other press of the same button was refused."""
    made = [one for one in pair if one != "StateConflict"]
    assert len(made) == 1, pair
    return made[0]


def items(crowd, table):
    local, environment, _ = crowd
    scan = local.client("dynamodb").get_paginator("scan")
    pages = scan.paginate(TableName=environment[f"TABLE_{table.upper()}"])
    return [item for page in pages for item in page["Items"]]


def test_a_thousand_at_once_are_all_there_once(crowd):
    answers = crowd[2]["answers"]
    print(f"{PEOPLE} registrations, each sent twice at once: {crowd[2]['seconds']}")  # noqa: T201 - what was measured
    kept = [item["id"]["S"] for item in items(crowd, "registrations") if "state" in item]
    assert sorted(kept) == sorted(the_id(pair) for pair in answers)
    assert len(kept) == len(set(kept)) == PEOPLE


def test_each_has_its_camera_and_its_audit_entry(crowd):
    kept = {item["id"]["S"] for item in items(crowd, "registrations") if "state" in item}
    owners = Counter(item["registration_id"]["S"] for item in items(crowd, "cameras"))
    entries = Counter(
        item["chain"]["S"].removeprefix("registration#")
        for item in items(crowd, "audit")
        if item["seq"]["N"] != "0"
    )
    assert owners == entries == Counter(kept)


def test_each_gets_one_letter_however_often_the_queue_asks(crowd):
    local, _, told = crowd
    rows = Counter(item["recipient"]["S"] for item in items(crowd, "outbox"))
    assert rows == Counter(the_id(pair) for pair in told["answers"])
    letters = Counter(address for letter in local.letters() for address in letter["To"])
    assert letters == Counter(f"a{number}@crowd.example" for number in range(PEOPLE))
