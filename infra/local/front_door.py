"""The one address of the local run: plays CloudFront before the API and shows the letters sent."""

import http.client
import json
import threading
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from infra.local import outbox_page

LARGEST_BODY = 10 * 1024 * 1024  # API Gateway's own limit
UPSTREAM_SECONDS = 35
# What belongs to one connection and is not handed on (RFC 9110, 7.6.1), and what we set anew.
CONNECTION_HEADERS = {
    "connection",
    "content-length",
    "date",
    "host",
    "keep-alive",
    "proxy-connection",
    "server",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
}
# As in the response headers policy of infra/template.yaml, but for HTTPS.
EDGE_HEADERS = {"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY"}

Letters = Callable[[], list[dict[str, Any]]]


class FrontDoor(BaseHTTPRequestHandler):
    """One browser's connection."""

    protocol_version = "HTTP/1.1"
    timeout = 60

    def __init__(self, *request: Any, api: str, cloud_port: int, letters: Letters) -> None:  # noqa: ANN401 - the server's own arguments
        """Know where the API is before the first request is read."""
        self.api = api
        self.cloud_port = cloud_port
        self.letters = letters
        super().__init__(*request)

    def do_GET(self) -> None:
        """Show the outbox, or hand the request on."""
        path = self.path.partition("?")[0]
        if path == "/_outbox":
            self._answer(
                HTTPStatus.OK, "text/html; charset=utf-8", outbox_page.page(self.letters())
            )
        elif path == "/_outbox.json":
            self._answer(HTTPStatus.OK, "application/json", json.dumps(self.letters()))
        else:
            self._hand_on()

    def do_HEAD(self) -> None:
        """Answer as to GET, without the body."""
        self.do_GET()

    def do_POST(self) -> None:
        """Hand the request on."""
        self._hand_on()

    do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_POST  # noqa: N815 - http.server's names

    def log_message(self, *_words: Any) -> None:  # noqa: ANN401 - as in the base class
        """Stay silent: paths hold secret links."""

    def _hand_on(self) -> None:
        length = self.headers.get("Content-Length", "0")
        if "Transfer-Encoding" in self.headers or not length.isascii() or not length.isdigit():
            self._refuse(HTTPStatus.LENGTH_REQUIRED)
        elif int(length) > LARGEST_BODY:
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        else:
            self._exchange(self.rfile.read(int(length)))

    def _exchange(self, body: bytes) -> None:
        method = "GET" if self.command == "HEAD" else self.command
        upstream = http.client.HTTPConnection(
            "127.0.0.1", self.cloud_port, timeout=UPSTREAM_SECONDS
        )
        try:
            upstream.putrequest(
                method, f"/api{self.path}", skip_host=True, skip_accept_encoding=True
            )
            for name, value in self._request_headers(body):
                upstream.putheader(name, value)
            upstream.endheaders(body)
            answer = upstream.getresponse()
            self._send(answer.status, answer.getheaders(), answer.read())
        except (OSError, http.client.HTTPException):
            self._refuse(HTTPStatus.BAD_GATEWAY)
        finally:
            upstream.close()

    def _request_headers(self, body: bytes) -> list[tuple[str, str]]:
        kept = [item for item in self.headers.items() if item[0].lower() not in CONNECTION_HEADERS]
        host = f"{self.api}.execute-api.localhost:{self.cloud_port}"
        return [("Host", host), *kept, ("Content-Length", str(len(body)))]

    def _send(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.send_response_only(status)
        given = {name.lower() for name, _ in headers}
        ours = [item for item in EDGE_HEADERS.items() if item[0].lower() not in given]
        for name, value in (*headers, *ours):
            if name.lower() not in CONNECTION_HEADERS:
                self.send_header(name, value)
        self.send_header("Date", self.date_time_string())
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _answer(self, status: int, content_type: str, text: str) -> None:
        headers = [("Content-Type", content_type), ("Cache-Control", "no-store")]
        self._send(status, headers, text.encode())

    def _refuse(self, status: HTTPStatus) -> None:
        self.close_connection = True  # the body was not read
        self._answer(status, "text/plain; charset=utf-8", f"{status.phrase}.\n")


class Server(ThreadingHTTPServer):
    """Takes a page's many connections at once and forgets them at the end."""

    daemon_threads = True
    request_queue_size = 128


def open_door(port: int, *, api: str, cloud_port: int, letters: Letters) -> Server:
    """Serve the API on `port` of this machine until `shutdown` is called on the result."""
    handler = partial(FrontDoor, api=api, cloud_port=cloud_port, letters=letters)
    server = Server(("127.0.0.1", port), handler)
    threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
    return server
