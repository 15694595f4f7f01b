"""The site in this process, with an AWS that lives only as long as it does."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode, urlsplit

from moto import mock_aws

from bench import environment

SETTINGS = {
    "JURISDICTION": "demo",
    "SITE_URL": "https://sightline.example",
    "CLIP_BUCKET": "clips",
    "CLIP_ORIGIN": "https://clips.example",
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
    "POWERTOOLS_METRICS_DISABLED": "true",
    "POWERTOOLS_LOG_LEVEL": "CRITICAL",
}
CONTEXT = SimpleNamespace(
    aws_request_id="00000000-0000-4000-8000-000000000000",
    function_name="api",
    function_version="$LATEST",
    invoked_function_arn="arn:aws:lambda:us-east-1:123456789012:function:api",
    memory_limit_in_mb=1024,
    get_remaining_time_in_millis=lambda: 29_000,
)
FORM = "application/x-www-form-urlencoded"


class Site:
    """One visitor of one programme, who keeps cookies and speaks one language."""

    def __init__(self, language: str = "") -> None:
        """Begin without cookies."""
        from app import app  # noqa: PLC0415 - after the settings are made

        self.app = app
        self.language = language
        self.cookies: dict[str, str] = {}

    def get(self, path: str) -> dict[str, Any]:
        """Return API Gateway's view of the answer to a GET."""
        return self.answer("GET", path)

    def post(self, path: str, fields: dict[str, str]) -> dict[str, Any]:
        """Send a form."""
        return self.answer("POST", path, urlencode(fields))

    def answer(self, method: str, path: str, body: str = "") -> dict[str, Any]:
        """Call the function as API Gateway does, and keep the cookies."""
        given: dict[str, Any] = self.app(self.event(method, path, body), CONTEXT)
        single = (given.get("headers") or {}).get("Set-Cookie")
        many = (given.get("multiValueHeaders") or {}).get("Set-Cookie", [])
        for line in [*many, *([single] if single else [])]:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return given

    def event(self, method: str, path: str, body: str = "") -> dict[str, Any]:
        """Return the event of a REST proxy integration."""
        url = urlsplit(path)
        pattern, parameters = self._route(url.path)
        headers = {
            "accept-language": self.language,
            "content-type": FORM,
            "cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "x-forwarded-for": "203.0.113.7, 198.51.100.1",
        }
        return {
            "resource": pattern,
            "path": url.path,
            "httpMethod": method,
            "headers": headers,
            "multiValueHeaders": {name: [value] for name, value in headers.items()},
            "multiValueQueryStringParameters": None,
            "queryStringParameters": None,
            "pathParameters": parameters or None,
            "stageVariables": None,
            "body": body or None,
            "isBase64Encoded": False,
            "requestContext": {
                "httpMethod": method,
                "resourcePath": pattern,
                "path": path,
                "requestId": CONTEXT.aws_request_id,
                "identity": {"sourceIp": "198.51.100.1"},
            },
        }

    def _route(self, path: str) -> tuple[str, dict[str, str]]:
        if path in self.app.routes:
            return path, {}
        before, _, last = path.rpartition("/")
        found = [one for one in self.app.routes if one.startswith(f"{before}/{{")]
        name = found[0].rpartition("/")[2].strip("{}")
        return found[0], {name: last}


@contextmanager
def opened(programme: str = "demo") -> Iterator[None]:
    """Run a programme in an AWS of this process's own."""
    environment.close()
    os.environ.update({**SETTINGS, "JURISDICTION": programme})
    with mock_aws():
        _prepare()
        yield


def _prepare() -> None:
    from chalicelib import settings  # noqa: PLC0415 - after the settings are made
    from chalicelib.aws import clients, secrets, tables  # noqa: PLC0415 - as above

    settings.current.cache_clear()
    secrets.lookup_key.cache_clear()
    clients.session.cache_clear()
    clients.client.cache_clear()
    clients.connection.cache_clear()
    for table in tables.ALL.values():
        table.create_table(billing_mode="PAY_PER_REQUEST")
    key = clients.client("kms").create_key()["KeyMetadata"]["KeyId"]
    clients.client("kms").create_alias(AliasName="alias/personal-data", TargetKeyId=key)
    clients.client("secretsmanager").create_secret(Name="lookup", SecretString="pepper")
