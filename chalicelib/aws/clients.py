"""One shared botocore session and its lazily made clients, reused by each warm function."""

from functools import cache
from typing import Any

import botocore.config
import botocore.session
from pynamodb.connection import Connection

from chalicelib.aws import raw_answers

INDEX = "index"
"""The client for lookups, which is one of DynamoDB's with a session of its own."""
INDEX_CONNECTIONS = 16
"""As many as there are threads; a plan has at most 32 ranges and rarely more than eight."""


@cache
def session() -> botocore.session.Session:
    """Return the process's botocore session."""
    return botocore.session.get_session()


@cache
def client(service: str) -> Any:  # noqa: ANN401 - botocore makes its client classes at run time
    """Return the process's client for `service`."""
    if service == INDEX:
        return _index_client()
    # Without s3v4 botocore may presign the old way, which leaves headers out of the signature.
    config = botocore.config.Config(
        signature_version="s3v4" if service == "s3" else None,
        # SES has no idempotency token: a repeated SendEmail would be a second letter.
        retries={"mode": "standard", "total_max_attempts": 1 if service == "sesv2" else 4},
        connect_timeout=3,
        read_timeout=20,
    )
    return session().create_client(service, config=config)


def _index_client() -> Any:  # noqa: ANN401 - as above
    """Return a client that keeps its connections open and gives query answers raw."""
    own = botocore.session.get_session()
    # What the first session has read of botocore's descriptions; it would take 0.1 s again.
    own.register_component("data_loader", session().get_component("data_loader"))
    raw_answers.install(own)
    config = botocore.config.Config(
        retries={"mode": "standard", "total_max_attempts": 4},
        connect_timeout=2,
        # A page is at most 1 MB; an officer waits, and API Gateway for no longer than 29 seconds.
        read_timeout=5,
        tcp_keepalive=True,
        max_pool_connections=INDEX_CONNECTIONS,
    )
    return own.create_client("dynamodb", config=config)


@cache
def connection() -> Connection:
    """Return the process's PynamoDB connection, which opens only when it is first used."""
    return Connection(region=session().get_config_variable("region"))
