"""A person's browser without the screen: cookies, redirects and forms over plain HTTP."""

import http.client
import re
from html import unescape
from urllib.parse import urlencode, urljoin, urlsplit


class Browser:
    def __init__(self, base):
        self.base = base
        self.cookies = {}

    def get(self, path):
        return self._follow("GET", path, None)

    def post(self, path, **fields):
        return self._follow("POST", path, urlencode(fields, doseq=True))

    def _follow(self, method, path, body):
        address = urljoin(self.base, path)
        for _ in range(10):
            answer = self._ask(method, address, body)
            if answer.status not in {301, 302, 303}:
                return answer
            address = urljoin(address, answer.headers["Location"])
            method, body = "GET", None
        raise AssertionError("redirected in circles")

    def _ask(self, method, address, body):
        parts = urlsplit(address)
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)
        headers = {"Cookie": "; ".join(f"{key}={text}" for key, text in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        path = parts.path or "/"
        connection.request(method, f"{path}?{parts.query}" if parts.query else path, body, headers)
        answer = connection.getresponse()
        answer.text = answer.read().decode()
        answer.url = address
        connection.close()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, text = cookie.partition(";")[0].partition("=")
            self.cookies[name] = text
        return answer


def hidden(text):
    """Return the hidden fields of a page's forms."""
    inputs = re.findall(r"<input[^>]*type=[\"']hidden[\"'][^>]*>", text)
    pairs = [
        (re.search(r'name="([^"]*)"', one), re.search(r'value="([^"]*)"', one)) for one in inputs
    ]
    return {name[1]: unescape(value[1]) if value else "" for name, value in pairs if name}


def sign_in(browser, officer):
    """Go through the hosted sign-in as this officer."""
    page = browser.get("/officer/sign-in?return=%2Fofficer%2Fsearch")
    page = submit(browser, page)
    return submit(browser, page, username=officer.user_name, password=officer.password)


def submit(browser, page, **fields):
    """Send the first form of a page."""
    action = re.search(r'<form[^>]*action="([^"]*)"', page.text, re.IGNORECASE)
    target = urljoin(page.url, unescape(action[1]))
    return browser.post(target, **hidden(page.text), **fields)
