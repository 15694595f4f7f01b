"""A person without JavaScript: reads pages, fills in their forms, follows letters."""

import http.client
import json
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit

REDIRECTS = {301, 302, 303, 307}
MOST_REDIRECTS = 6


@dataclass
class Form:
    action: str
    method: str
    fields: dict[str, str | list[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    choices: dict[str, list[str]] = field(default_factory=dict)


class Forms(HTMLParser):
    """Collects a page's forms, links and words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.title = ""
        self._open: Form | None = None
        self._select = ""
        self._textarea = ""
        self._hidden = 0
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        found = {name: value or "" for name, value in attrs}
        if tag in {"script", "style", "title"}:
            self._hidden += tag != "title"
            self._in_title = tag == "title"
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        if tag == "form":
            self._open = Form(found.get("action", ""), found.get("method", "get").lower())
            self.forms.append(self._open)
        if self._open is not None and found.get("name"):
            self._field(tag, found)
        if tag == "option" and self._select and self._open is not None:
            self._open.choices.setdefault(self._select, []).append(found.get("value", ""))
            if "selected" in found:
                self._open.fields[self._select] = found.get("value", "")

    def _field(self, tag, found):
        name, kind = found["name"], found.get("type", "text")
        self._open.names.add(name)
        if tag == "select":
            self._select = name
        elif tag == "textarea":
            self._textarea = name
            self._open.fields[name] = ""
        elif kind in {"radio", "checkbox"}:
            self._open.choices.setdefault(name, []).append(found.get("value", "on"))
            if "checked" in found:
                self._open.fields[name] = found.get("value", "on")
        elif tag == "input" and kind not in {"submit", "file"}:
            value, before = found.get("value", ""), self._open.fields.get(name)
            self._open.fields[name] = value if before is None else [*_all(before), value]

    def handle_endtag(self, tag):
        if tag in {"script", "style"}:
            self._hidden -= 1
        if tag == "form":
            self._open = None
        if tag == "select":
            self._select = ""
        if tag == "textarea":
            self._textarea = ""

    def handle_data(self, data):
        if self._textarea and self._open is not None:
            self._open.fields[self._textarea] += data.strip("\n")
        if not self._hidden:
            self.words.append(data)


def _all(value):
    return value if isinstance(value, list) else [value]


@dataclass
class Page:
    url: str
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def html(self) -> str:
        return self.body.decode()

    @property
    def words(self) -> str:
        return " ".join(" ".join(Forms(self.html).words).split())

    @property
    def links(self) -> list[str]:
        return [urljoin(self.url, link) for link in Forms(self.html).links]

    def form(self, action: str = "") -> Form:
        found = [one for one in Forms(self.html).forms if action in urljoin(self.url, one.action)]
        assert found, f"no form for {action!r} on {self.url}: {self.words[:400]}"
        return found[0]


class Visitor:
    """One person with one set of cookies."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.cookies: dict[str, str] = {}
        self.page: Page | None = None

    def visit(self, path: str) -> Page:
        return self._go("GET", urljoin(self.site, path))

    def send(self, action: str = "", /, *, leave_out: tuple[str, ...] = (), **fields) -> Page:
        """Fill in and send the page's form whose address contains `action`."""
        form = self.page.form(action)
        values = {**form.fields, **fields}
        pairs = [
            (name, one)
            for name, value in values.items()
            if name not in leave_out
            for one in _all(value)
        ]
        target = urljoin(self.page.url, form.action)
        if form.method == "get":
            return self._go("GET", f"{target}?{urlencode(pairs)}")
        return self.post(target, pairs)

    def post(self, path: str, pairs) -> Page:
        body = urlencode(pairs).encode()
        kind = "application/x-www-form-urlencoded"
        return self._go("POST", urljoin(self.site, path), body, {"Content-Type": kind})

    def send_json(self, path: str, content, headers: dict[str, str] | None = None):
        body = json.dumps(content).encode()
        page = self._once(
            "POST",
            urljoin(self.site, path),
            body,
            {"Content-Type": "application/json", **(headers or {})},
        )
        return page.status, json.loads(page.body or b"null")

    def send_bytes(self, path: str, body: bytes, kind: str = "", *, method: str = "POST") -> Page:
        """Send what no page of ours would send, and follow nothing."""
        headers = {"Content-Type": kind} if kind else {}
        return self._once(method, urljoin(self.site, path), body, headers)

    def put(self, url: str, body: bytes, headers: dict[str, str]) -> Page:
        return self._once("PUT", url, body, headers)

    def _go(self, method, url, body=None, headers=None) -> Page:
        page = self._once(method, url, body, headers or {})
        for _ in range(MOST_REDIRECTS):
            if page.status not in REDIRECTS:
                break
            page = self._once("GET", urljoin(page.url, page.headers["location"]), None, {})
        self.page = page
        return page

    def _once(self, method, url, body, headers) -> Page:
        parts = urlsplit(url)
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)
        sent = {"Accept": "text/html,*/*", **headers}
        if self.cookies and url.startswith(self.site):
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        path = parts.path or "/"
        connection.request(method, f"{path}?{parts.query}" if parts.query else path, body, sent)
        answer = connection.getresponse()
        found = Page(
            url,
            answer.status,
            {name.lower(): value for name, value in answer.getheaders()},
            answer.read(),
        )
        if url.startswith(self.site):
            self._keep(answer.headers.get_all("Set-Cookie") or [])
        connection.close()
        return found

    def _keep(self, cookies: list[str]) -> None:
        for line in cookies:
            for name, morsel in SimpleCookie(line).items():
                if morsel["max-age"] == "0" or not morsel.value:
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = morsel.value
