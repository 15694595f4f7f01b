"""What a deployment decides: one frozen value, read once from the environment.

Never branch on `jurisdiction` or on any name of an environment: ask for the setting itself.
"""

import os
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one stack; the template in `infra/` supplies each of them."""

    jurisdiction: str
    """Which file of `chalicelib/jurisdictions` holds the programme's words and limits."""
    site_url: str
    """Where people reach the site, without a trailing slash: links in letters need it."""
    clip_bucket: str
    """The bucket that receives clips."""
    clip_origin: str
    """Scheme and host a browser uploads to, named in the content security policy."""
    outbox_queue_url: str
    """The queue that wakes the mailer."""
    personal_data_key: str
    """The KMS key under which contact details are encrypted."""
    lookup_secret: str
    """The Secrets Manager secret that turns an e-mail address into an index key."""
    user_pool: str
    """The id of the Cognito user pool that holds the officers."""
    user_pool_client: str
    """The id of the pool's client for these pages."""
    sign_in_url: str
    """Scheme and host of the pool's hosted sign-in as the browser sees it."""
    officer_mfa: bool
    """Whether an officer without a second factor is refused."""
    sender: str
    """The address letters come from."""
    test_mailbox: str
    """Where every letter goes instead of to its owner, unless empty (production)."""
    letter_allow_list: tuple[str, ...]
    """Addresses that get their letters even while `test_mailbox` is set."""
    configuration_set: str
    """The SES configuration set whose events come back to us."""
    source_url: str
    """Where the source of the running version can be had (AGPL-3.0 section 13)."""


def load(environ: dict[str, str]) -> Settings:
    """Read the settings from `environ`; raise KeyError naming the first that is missing."""
    return Settings(
        jurisdiction=environ["JURISDICTION"],
        site_url=environ["SITE_URL"].rstrip("/"),
        clip_bucket=environ["CLIP_BUCKET"],
        clip_origin=environ["CLIP_ORIGIN"].rstrip("/"),
        outbox_queue_url=environ["OUTBOX_QUEUE_URL"],
        personal_data_key=environ["PERSONAL_DATA_KEY"],
        lookup_secret=environ["LOOKUP_SECRET"],
        user_pool=environ["USER_POOL"],
        user_pool_client=environ["USER_POOL_CLIENT"],
        sign_in_url=environ["SIGN_IN_URL"].rstrip("/"),
        officer_mfa=environ["OFFICER_MFA"] == "required",
        sender=environ["SENDER"],
        test_mailbox=environ.get("TEST_MAILBOX", ""),
        letter_allow_list=tuple(environ.get("LETTER_ALLOW_LIST", "").replace(",", " ").split()),
        configuration_set=environ["CONFIGURATION_SET"],
        source_url=environ["SOURCE_URL"],
    )


@cache
def current() -> Settings:
    """Return this process's settings, read at the first call."""
    return load(dict(os.environ))
