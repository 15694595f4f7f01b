import http.client
import threading
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from infra.local import front_door, outbox_page
from infra.local.ministack import free_port

LETTER = {
    "To": ["ada@residents.example"],
    "Source": "cameras@alder-falls.example",
    "Timestamp": 1795246386.0,
    "Subject": "Please <b>confirm</b>",
    "BodyText": "Open http://localhost:8000/confirm/abc. <script>alert(1)</script>",
    "BodyHtml": "<p>Open <a href='http://localhost:8000/confirm/abc'>this</a></p>",
}


class Api(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Set-Cookie", "a=1; Path=/")
        self.send_header("Set-Cookie", "b=2; Path=/")
        self.end_headers()
        self.wfile.write(f"{self.command} {self.path} {self.headers['Host']}".encode())

    def log_message(self, *words):
        pass


@pytest.fixture
def api():
    with HTTPServer(("127.0.0.1", 0), Api) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield server.server_port
        server.shutdown()


@pytest.fixture
def door(api):
    server = front_door.open_door(
        free_port(), api="abcd1234", cloud_port=api, letters=lambda: [LETTER]
    )
    with closing(http.client.HTTPConnection("127.0.0.1", server.server_port)) as connection:
        yield connection
    server.shutdown()
    server.server_close()


def asked(connection, method, path, **headers):
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    answer.text = answer.read().decode()
    return answer


def test_requests_reach_the_stage_with_every_cookie_kept(door, api):
    answer = asked(door, "GET", "/my/a%2Fb?x=1")
    assert answer.text == f"GET /api/my/a%2Fb?x=1 abcd1234.execute-api.localhost:{api}"
    assert answer.headers.get_all("Set-Cookie") == ["a=1; Path=/", "b=2; Path=/"]


def test_a_head_request_is_answered_without_a_body_on_the_same_connection(door):
    assert asked(door, "HEAD", "/").text == ""
    assert asked(door, "GET", "/").text != ""


def test_a_body_of_unknown_length_is_refused(door):
    door.request("POST", "/", body=iter([b"a"]), encode_chunked=True)
    assert door.getresponse().status == 411


def test_a_body_beyond_the_gateways_limit_is_refused_unread(door):
    answer = asked(door, "GET", "/", **{"Content-Length": str(11 * 1024 * 1024)})
    assert answer.status == 413


def test_the_outbox_shows_letters_with_links_and_runs_nothing_in_them(door):
    text = asked(door, "GET", "/_outbox").text
    link = "http://localhost:8000/confirm/abc"
    assert f'<a href="{link}">{link}</a>. ' in text
    assert "<script>" not in text
    assert "Please &lt;b&gt;confirm&lt;/b&gt;" in text


def test_an_empty_outbox_says_what_to_do():
    assert "No letters yet" in outbox_page.page([])
