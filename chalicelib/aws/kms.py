"""Personal details at rest: sealed by KMS, readable only with the same context."""

from collections.abc import Mapping

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib import settings
from chalicelib.aws.clients import client
from chalicelib.errors import Unavailable


def seal(plain: bytes, context: Mapping[str, str]) -> bytes:
    """Encrypt up to 4 KB; `context` is logged by CloudTrail, so ids only."""
    key = settings.current().personal_data_key
    try:
        answer = client("kms").encrypt(KeyId=key, Plaintext=plain, EncryptionContext=dict(context))
    except (BotoCoreError, ClientError) as error:
        raise Unavailable from error
    return bytes(answer["CiphertextBlob"])


def unseal(sealed: bytes, context: Mapping[str, str]) -> bytes:
    """Decrypt what `seal` made with the same context."""
    key = settings.current().personal_data_key
    try:
        answer = client("kms").decrypt(
            KeyId=key, CiphertextBlob=sealed, EncryptionContext=dict(context)
        )
    except (BotoCoreError, ClientError) as error:
        raise Unavailable from error
    return bytes(answer["Plaintext"])
