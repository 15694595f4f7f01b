"""Officers for tests, and a user pool's token endpoint on this machine."""

import base64
import json
import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

from chalicelib.aws import cognito
from chalicelib.officers import Officer, Role

PAT = Officer("pat", "Pat Doyle", "4471", frozenset({Role.OFFICER}))
SAM = Officer("sam", "Sam Okafor", "", frozenset({Role.OFFICER, Role.SUPERVISOR}))
KIM = Officer("kim", "Kim Larsen", "88", frozenset({Role.CLERK}))
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def a_token(**changes):
    """An ID token as the pool writes it; its signature is anything."""
    return ".".join(["e30", encoded(claims(**changes)), "c2lnbmF0dXJl"])


def claims(**changes):
    given = {
        "iss": cognito.issuer(),
        "aud": "client",
        "token_use": "id",
        "sub": "pat",
        "exp": int(NOW.timestamp()) + 3600,
        "name": "Pat Doyle",
        "custom:number": "4471",
        "cognito:username": "pat@force.example",
        "cognito:groups": ["officer", "pool-admins"],
    }
    return {name: value for name, value in (given | changes).items() if value is not None}


def encoded(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


class TokenEndpoint:
    """Answers POST /oauth2/token with `answer` and remembers what it was sent."""

    def __init__(self):
        self.status, self.answer, self.asked = 200, {}, []

    def handler(self):
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                endpoint.asked.append((self.path, parse_qs(body)))
                content = json.dumps(endpoint.answer).encode()
                self.send_response(endpoint.status)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_):
                pass

        return Handler


@contextmanager
def a_token_endpoint():
    endpoint = TokenEndpoint()
    with HTTPServer(("127.0.0.1", 0), endpoint.handler()) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        endpoint.url = f"http://127.0.0.1:{server.server_port}"
        yield endpoint
        server.shutdown()
        thread.join()
