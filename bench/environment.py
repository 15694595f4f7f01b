"""What the register's code wants to be told even where it talks to nobody."""

import os

REGION = "us-east-1"
STANDS_FOR_ITSELF = {
    "AWS_DEFAULT_REGION": REGION,
    "AWS_ACCESS_KEY_ID": "000000000000",
    "AWS_SECRET_ACCESS_KEY": "local",
    "AWS_EC2_METADATA_DISABLED": "true",
}
"""Opens nothing but this machine's own stand-in."""


def close() -> None:
    """Forget whatever AWS account this shell is signed in to: no benchmark may reach it."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]
    os.environ.update(STANDS_FOR_ITSELF)
