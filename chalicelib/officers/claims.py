"""What a token says about an officer, and whether we believe it.

The signature is not checked here. An ID token of a sign-in comes to us straight from the pool's
token endpoint over TLS, which stands in for it (OpenID Connect Core 3.1.3.7, point 6). Claims of
a bearer token come from API Gateway's authorizer, which has checked it. Neither function may be
given claims from anywhere else.
"""

import base64
import binascii
import hmac
import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime

from chalicelib import settings
from chalicelib.aws import cognito
from chalicelib.errors import NotSignedIn
from chalicelib.officers.model import Officer, roles_of

JWT_PARTS = 3
GATEWAY_TIME = "%a %b %d %H:%M:%S %Z %Y"
"""How API Gateway rewrites `exp` on its way to a function: Sat Nov 21 08:00:00 UTC 2026."""


def payload(token: str) -> Mapping[str, object]:
    """Return the claims in a JSON web token."""
    parts = token.split(".")
    if len(parts) != JWT_PARTS:
        raise NotSignedIn
    try:
        claims = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (binascii.Error, ValueError) as error:
        raise NotSignedIn from error
    if not isinstance(claims, dict):
        raise NotSignedIn
    return claims


def check(claims: Mapping[str, object], *, now: datetime) -> None:
    """Raise NotSignedIn unless this is an ID token of our pool, for us, and not expired."""
    expected = {
        "iss": cognito.issuer(),
        "aud": settings.current().user_pool_client,
        "token_use": "id",
    }
    ours = all(claims.get(name) == value for name, value in expected.items())
    if not ours or not claims.get("sub") or _expires(claims.get("exp")) <= now:
        raise NotSignedIn


def check_nonce(claims: Mapping[str, object], nonce: str) -> None:
    """Raise NotSignedIn unless the token was made for this very sign-in."""
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise NotSignedIn


def officer_of(claims: Mapping[str, object]) -> Officer:
    """Return the officer whom checked claims describe."""
    username = str(claims.get("cognito:username") or claims["sub"])
    return Officer(
        id=str(claims["sub"]),
        name=str(claims.get("name") or username),
        number=str(claims.get("custom:number") or claims.get("preferred_username") or ""),
        roles=roles_of(claims.get("cognito:groups")),
    )


def _expires(value: object) -> datetime:
    text = str(value)
    if text.isdigit():
        return datetime.fromtimestamp(int(text), tz=UTC)
    with suppress(ValueError):
        return datetime.strptime(text, GATEWAY_TIME).replace(tzinfo=UTC)
    raise NotSignedIn
