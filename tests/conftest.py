"""A closed network, an AWS of our own in this process, and a clock that stands still."""

import os
from datetime import UTC, datetime

import pytest
from moto import mock_aws
from moto.backends import get_backend
from pytest_socket import socket_allow_hosts

ENVIRONMENT = {
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_SESSION_TOKEN": "testing",
    "AWS_EC2_METADATA_DISABLED": "true",
    "POWERTOOLS_LOG_LEVEL": "DEBUG",
    "POWERTOOLS_METRICS_DISABLED": "true",
    "JURISDICTION": "demo",
    "SITE_URL": "https://sightline.example",
    "CLIP_BUCKET": "clips",
    "CLIP_ORIGIN": "https://clips.s3.us-east-1.amazonaws.com",
    "OUTBOX_QUEUE_URL": "https://sqs.us-east-1.amazonaws.com/123456789012/outbox",
    "PERSONAL_DATA_KEY": "alias/personal-data",
    "LOOKUP_SECRET": "lookup",
    "USER_POOL": "us-east-1_demo",
    "USER_POOL_CLIENT": "client",
    "SIGN_IN_URL": "https://sign-in.example",
    "OFFICER_MFA": "required",
    "SENDER": "cameras@sightline.example",
    "CONFIGURATION_SET": "letters",
    "SOURCE_URL": "https://code.example/sightline",
}
for name in [key for key in os.environ if key.startswith(("AWS_", "TABLE_"))]:
    del os.environ[name]
os.environ.pop("TEST_MAILBOX", None)
os.environ.pop("LETTER_ALLOW_LIST", None)
os.environ.update(ENVIRONMENT)

from chalicelib import settings  # noqa: E402 - table names and settings come from the environment
from chalicelib.aws import clients, secrets, tables  # noqa: E402 - as above
from chalicelib.cameras import density  # noqa: E402 - as above
from tests import frugal, log_book  # noqa: E402 - as above
from tests.local_cloud import browser_type_launch_args, module_stack, stack  # noqa: E402, F401 - fixtures for all
from tests.reaper import reaper  # noqa: E402, F401 - as above
from tests.services import SERVICES  # noqa: E402 - as above


def pytest_collection_modifyitems(items):
    """Give a test in a real browser one more try: a busy machine can stall a page for seconds.

    A fault fails twice; the report names each test that was tried again.
    """
    for item in items:
        if {"page", "browser"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.flaky(reruns=1))


log_book.listen()
frugal.install()


def pytest_sessionfinish(session):
    """Fail the whole run if any line logged in it says something about a person."""
    if log_book.leaks(log_book.BOOK.lines) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter):
    found = log_book.leaks(log_book.BOOK.lines)
    terminalreporter.line(f"{len(log_book.BOOK.lines)} log lines searched, {len(found)} leaks")
    for what, line in found[:20]:
        terminalreporter.line(f"leak: {what}: {line}", red=True)


def pytest_runtest_setup():
    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


@pytest.fixture(scope="session")
def aws():
    clients.session.cache_clear()
    clients.client.cache_clear()
    clients.connection.cache_clear()
    with mock_aws():
        yield


@pytest.fixture
def cloud(aws):
    forget()
    for service in SERVICES:
        get_backend(service).reset()
    for table in tables.ALL.values():
        table.create_table(billing_mode="PAY_PER_REQUEST")
    create_bucket_and_queue()
    create_key_and_secret()
    create_sender()
    yield clients.client
    forget()


@pytest.fixture
def now():
    return datetime(2026, 11, 20, 12, tzinfo=UTC)


def forget():
    settings.current.cache_clear()
    secrets.lookup_key.cache_clear()
    density.forget()


def create_bucket_and_queue():
    s3 = clients.client("s3")
    s3.create_bucket(Bucket="clips")
    s3.put_bucket_versioning(Bucket="clips", VersioningConfiguration={"Status": "Enabled"})
    clients.client("sqs").create_queue(QueueName="outbox")


def create_key_and_secret():
    key = clients.client("kms").create_key()["KeyMetadata"]["KeyId"]
    clients.client("kms").create_alias(AliasName="alias/personal-data", TargetKeyId=key)
    clients.client("secretsmanager").create_secret(Name="lookup", SecretString="pepper")


def create_sender():
    ses = clients.client("sesv2")
    ses.create_email_identity(EmailIdentity=ENVIRONMENT["SENDER"])
    clients.client("ses").verify_email_identity(EmailAddress=ENVIRONMENT["SENDER"])
    ses.create_configuration_set(ConfigurationSetName="letters")
