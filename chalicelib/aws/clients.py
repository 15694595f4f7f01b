"""One shared botocore session and its lazily made clients, reused by each warm function."""

from functools import cache
from typing import Any

import botocore.config
import botocore.session
from pynamodb.connection import Connection


@cache
def session() -> botocore.session.Session:
    """Return the process's botocore session."""
    return botocore.session.get_session()


@cache
def client(service: str) -> Any:  # noqa: ANN401 - botocore makes its client classes at run time
    """Return the process's client for `service`."""
    # Without s3v4 botocore may presign the old way, which leaves headers out of the signature.
    config = botocore.config.Config(
        signature_version="s3v4" if service == "s3" else None,
        # SES has no idempotency token: a repeated SendEmail would be a second letter.
        retries={"mode": "standard", "total_max_attempts": 1 if service == "sesv2" else 4},
        connect_timeout=3,
        read_timeout=20,
    )
    return session().create_client(service, config=config)


@cache
def connection() -> Connection:
    """Return the process's PynamoDB connection, which opens only when it is first used."""
    return Connection(region=session().get_config_variable("region"))
