"""The user pool that holds the officers: its hosted sign-in, its tokens, second factors."""

from urllib.parse import urlencode

import urllib3
from botocore.exceptions import BotoCoreError, ClientError

from chalicelib import settings
from chalicelib.aws.clients import client
from chalicelib.errors import NotSignedIn, Unavailable

SCOPES = "openid profile"
OK = 200
CLIENT_ERRORS = range(400, 500)


def redirect_uri() -> str:
    """Return where the pool sends a browser after sign-in."""
    return settings.current().site_url + "/officer/signed-in"


def issuer() -> str:
    """Return the `iss` of this pool's tokens."""
    pool = settings.current().user_pool
    return f"https://cognito-idp.{pool.split('_')[0]}.amazonaws.com/{pool}"


def authorize_url(*, state: str, nonce: str, challenge: str) -> str:
    """Return the pool's sign-in page for one sign-in (authorization code with PKCE)."""
    query = {
        "response_type": "code",
        "client_id": settings.current().user_pool_client,
        "redirect_uri": redirect_uri(),
        "scope": SCOPES,
        "state": state,
        "nonce": nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    return f"{settings.current().sign_in_url}/oauth2/authorize?{urlencode(query)}"


def logout_url() -> str:
    """Return the address that also ends the pool's own session."""
    query = {
        "client_id": settings.current().user_pool_client,
        "logout_uri": settings.current().site_url + "/",
    }
    return f"{settings.current().sign_in_url}/logout?{urlencode(query)}"


def id_token(code: str, verifier: str) -> str:
    """Exchange the code of a finished sign-in for its ID token."""
    fields = {
        "grant_type": "authorization_code",
        "client_id": settings.current().user_pool_client,
        "code": code,
        "redirect_uri": redirect_uri(),
        "code_verifier": verifier,
    }
    answer = _post(f"{settings.current().sign_in_url}/oauth2/token", urlencode(fields))
    if answer.status in CLIENT_ERRORS:
        raise NotSignedIn("That sign-in was not finished in time. Please sign in again.")
    if answer.status != OK:
        raise Unavailable
    return _token(answer)


def _token(answer: urllib3.BaseHTTPResponse) -> str:
    try:
        return str(answer.json()["id_token"])
    except (KeyError, TypeError, ValueError) as error:
        raise Unavailable from error


def _post(url: str, body: str) -> urllib3.BaseHTTPResponse:
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    try:
        # A code works once: a repeated or redirected exchange can only fail or leak.
        with urllib3.PoolManager() as pool:
            return pool.request(
                "POST",
                url,
                body=body,
                headers=headers,
                retries=False,
                timeout=urllib3.Timeout(connect=3, read=10),
            )
    except urllib3.exceptions.HTTPError as error:
        raise Unavailable from error


def second_factors(username: str) -> tuple[str, ...]:
    """Return the second factors this officer has set up."""
    try:
        user = client("cognito-idp").admin_get_user(
            UserPoolId=settings.current().user_pool, Username=username
        )
    except (BotoCoreError, ClientError) as error:
        raise Unavailable from error
    return tuple(user.get("UserMFASettingList") or ())
