"""The stack's own secrets, read once per process."""

from functools import cache

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib import settings
from chalicelib.aws.clients import client
from chalicelib.errors import Unavailable


@cache
def lookup_key() -> bytes:
    """Return the key that turns an e-mail address into an index key."""
    return _secret(settings.current().lookup_secret).encode()


def _secret(name: str) -> str:
    try:
        return str(client("secretsmanager").get_secret_value(SecretId=name)["SecretString"])
    except (BotoCoreError, ClientError) as error:
        raise Unavailable from error
