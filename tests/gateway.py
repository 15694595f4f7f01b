"""API Gateway, CloudFront and the Cognito authorizer in front of the app, as one WSGI program.

    from werkzeug.test import Client
    browser = Client(Gateway(app))                            # keeps cookies
    program = Client(Gateway(app, tokens={"good": {...}}))    # Authorization: Bearer good

It turns a request into the event of a REST proxy integration and the answer back, and fails
where API Gateway does: what the function cannot answer is a 502, so no test takes it for success.
"""

import base64
import re
from http import HTTPStatus
from types import SimpleNamespace
from urllib.parse import parse_qsl, urlsplit

BODY_MOST = 10 * 1024 * 1024
ANSWER_MOST = 6 * 1024 * 1024
VISITOR = "203.0.113.7"
CLOUDFRONT = "198.51.100.1"
CONTEXT = SimpleNamespace(
    aws_request_id="00000000-0000-4000-8000-000000000000",
    function_name="api",
    function_version="$LATEST",
    invoked_function_arn="arn:aws:lambda:us-east-1:123456789012:function:api",
    memory_limit_in_mb=512,
    get_remaining_time_in_millis=lambda: 29_000,
)


class Gateway:
    def __init__(self, app, *, tokens=None):
        self.app = app
        self.tokens = tokens or {}
        self.answers = []

    def __call__(self, environ, start_response):
        status, headers, body = self.answer(environ)
        self.answers.append((environ["REQUEST_METHOD"], status))
        start_response(f"{status} {HTTPStatus(status).phrase}", headers)
        return [body]

    def answer(self, environ):
        content = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        url = urlsplit(environ.get("REQUEST_URI") or environ["PATH_INFO"])
        pattern, parameters = matched(self.app.routes, url.path)
        entry = self.app.routes.get(pattern, {}).get(environ["REQUEST_METHOD"])
        if len(content) > BODY_MOST:
            return plain(413, "Request Too Long")
        if entry is None:
            return plain(404, "Page not found")
        claims = self.tokens.get(bearer_token(environ)) if entry.authorizer else {}
        if claims is None:
            return plain(401, "Unauthorized")
        event = proxy_event(environ, url, content, (pattern, parameters, claims))
        return self.invoke(event)

    def invoke(self, event):
        try:
            answer = self.app(event, CONTEXT)
        except Exception:  # noqa: BLE001 - a failed invocation is what API Gateway calls a 502
            return plain(502, "Internal server error")
        if len(answer["body"]) > ANSWER_MOST:
            return plain(502, "Internal server error")
        return answer["statusCode"], headers_of(answer), body_of(answer)


def matched(routes, path):
    """Prefer the pattern with the fewest parameters, as API Gateway does; leave them encoded."""
    fits = [(pattern, fit(pattern, path)) for pattern in sorted(routes, key=specific)]
    return next(((pattern, found) for pattern, found in fits if found is not None), ("", {}))


def specific(pattern):
    return [part.startswith("{") for part in pattern.split("/")]


def fit(pattern, path):
    expression = re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(pattern))
    found = re.fullmatch(expression, path)
    return found.groupdict() if found else None


def bearer_token(environ):
    return environ.get("HTTP_AUTHORIZATION", "").removeprefix("Bearer ")


def proxy_event(environ, url, content, route):
    pattern, parameters, claims = route
    headers = sent_headers(environ)
    values = {}
    for name, value in parse_qsl(url.query, keep_blank_values=True):
        values.setdefault(name, []).append(value)
    binary = headers.get("content-type", "").partition(";")[0] == "application/octet-stream"
    text = base64.b64encode(content).decode() if binary else content.decode(errors="replace")
    return {
        "resource": pattern,
        "path": url.path,
        "httpMethod": environ["REQUEST_METHOD"],
        "headers": headers,
        "multiValueHeaders": {name: [value] for name, value in headers.items()},
        "multiValueQueryStringParameters": values or None,
        "queryStringParameters": {name: all_[-1] for name, all_ in values.items()} or None,
        "pathParameters": parameters or None,
        "stageVariables": None,
        "body": text or None,
        "isBase64Encoded": binary,
        "requestContext": context(environ, url, pattern, claims),
    }


def context(environ, url, pattern, claims):
    return {
        "httpMethod": environ["REQUEST_METHOD"],
        "resourcePath": pattern,
        "path": f"/api{url.path}",
        "stage": "api",
        "requestId": "00000000-0000-4000-8000-000000000000",
        "identity": {"sourceIp": CLOUDFRONT, "userAgent": environ.get("HTTP_USER_AGENT", "")},
        **({"authorizer": {"claims": claims}} if claims else {}),
    }


def sent_headers(environ):
    headers = {
        name.removeprefix("HTTP_").replace("_", "-").lower(): value
        for name, value in environ.items()
        if name.startswith("HTTP_") or (name == "CONTENT_TYPE" and value)
    }
    said = headers.get("x-forwarded-for")
    hops = [said] if said else []
    return {**headers, "x-forwarded-for": ", ".join([*hops, VISITOR, CLOUDFRONT])}


def headers_of(answer):
    many = answer.get("multiValueHeaders") or {}
    single = [(name, value) for name, value in (answer.get("headers") or {}).items()]
    return single + [(name, value) for name, values in many.items() for value in values]


def body_of(answer):
    if answer.get("isBase64Encoded"):
        return base64.b64decode(answer["body"])
    return answer["body"].encode()


def plain(status, message):
    body = f'{{"message":"{message}"}}'.encode()
    return status, [("Content-Type", "application/json")], body
