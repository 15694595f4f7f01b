"""Personal details at rest: sealed by KMS, readable only with the same context."""

from collections.abc import Iterator, Mapping

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib import settings
from chalicelib.aws.clients import client
from chalicelib.errors import Unavailable

PIECE_BYTES = 4096
"""KMS encrypts no more at once."""
LENGTH_BYTES = 2


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


def seal_long(plain: bytes, context: Mapping[str, str]) -> bytes:
    """Encrypt any amount, piece by piece; each piece can be opened in its own place only."""
    pieces = [plain[at : at + PIECE_BYTES] for at in range(0, len(plain), PIECE_BYTES)]
    sealed = [
        seal(piece, {**context, "piece": f"{number} of {len(pieces)}"})
        for number, piece in enumerate(pieces, 1)
    ]
    return b"".join(len(one).to_bytes(LENGTH_BYTES) + one for one in sealed)


def unseal_long(sealed: bytes, context: Mapping[str, str]) -> bytes:
    """Decrypt what `seal_long` made with the same context."""
    pieces = list(_pieces(sealed))
    return b"".join(
        unseal(piece, {**context, "piece": f"{number} of {len(pieces)}"})
        for number, piece in enumerate(pieces, 1)
    )


def _pieces(sealed: bytes) -> Iterator[bytes]:
    while sealed:
        length = int.from_bytes(sealed[:LENGTH_BYTES])
        yield sealed[LENGTH_BYTES : LENGTH_BYTES + length]
        sealed = sealed[LENGTH_BYTES + length :]
