"""Walks over all that can be reached without signing in, and finds what must not be there."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urlencode, urlsplit

from werkzeug.test import Client

from chalicelib import jurisdictions
from chalicelib.geo import geohash
from chalicelib.jurisdictions import reader
from chalicelib.web.static_addresses import addresses

FORM = "application/x-www-form-urlencoded"
STEPS = ("details", "camera", "cameras", "contact", "site", "list", "check", "done", "address")
PARAMETERS = {
    "step": STEPS,
    "name": ("base.geojson", "buildings.geojson", "outline.geojson", "no-such-file"),
    "action": ("contact", "add-camera", "camera", "pause", "site", "list"),
    "moment": ("registering", "uploading", "after"),
    "code": ("web", "form", "poster"),
}
UNKNOWN = "A" * 43
METHODS = ("PUT", "DELETE", "OPTIONS", "HEAD")
NONSENSE = {"code": "K7MP-3XWD", "email": "x", "step": "1", "agree": "yes", "answer": "no"}
FILES = ("/static/", "/map/")
"""Compared with the source byte for byte instead: nothing registered can be in them."""
CAMERA_WORDS = (
    r"cameras?|doorbells?|owners?|registrations?|entries|homes?|business(?:es)?|participants?"
    r"|cámaras?|propietari[oa]s?|registros?|hogares|negocios|participantes"
    r"|camera|camerâu|chamera|chamerâu|gamera|perchnogion?|cofrestriad(?:au)?|cartrefi?|busnes(?:au)?"
)
FEW = re.compile(
    rf"(?<![\w.,:#-])\d(?![\w.,:%°-])\s+(?:\w+\s+)?(?:{CAMERA_WORDS})\b"
    rf"|\b(?:{CAMERA_WORDS})\b\s*[:(=]?\s*\d(?![\w.,:%°-])",
    re.IGNORECASE,
)
LONG = re.compile(r"[A-Za-z0-9_-]{20,}")
"""What is drawn at random: longer than any geohash."""


@dataclass(frozen=True)
class Answer:
    """What somebody who is not signed in was given."""

    asked: str
    status: int
    headers: str
    body: str

    @property
    def everything(self):
        return f"{self.status}\n{self.headers}\n\n{self.body}"

    @property
    def lasting(self):
        """Return the answer without what is drawn at random each time."""
        return LONG.sub("*", self.everything)


class Links(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.found = set()
        self.feed(page)

    def handle_starttag(self, _tag, attrs):
        for name, value in attrs:
            if name in {"href", "src", "action"} and value and value.startswith("/"):
                self.found.add(value.partition("#")[0])


class Crawler:
    """One visitor without cookies, who follows each link once."""

    def __init__(self, gateway, app):
        self.client = Client(gateway, use_cookies=False)
        self.routes = app.routes
        self.seen = {}

    def everything(self):
        """Return every answer there is, by what was asked."""
        for language in jurisdictions.current().languages:
            for path in [
                *self.patterns("GET"),
                *self.files(),
                "/robots.txt",
                "/sitemap.xml",
                "/nothing",
            ]:
                self.walk(path, language)
            for path in self.patterns("POST"):
                for fields in ({}, NONSENSE):
                    self.ask("POST", path, language, data=urlencode(fields), content_type=FORM)
        for method in METHODS:
            for path in ("/", "/privacy", "/register", "/my-registration"):
                self.ask(method, path, "")
        return self.seen

    def walk(self, path, language):
        """Ask for a page and, if it had not been seen, for all that it links to."""
        waiting = [path]
        while waiting:
            answer = self.ask("GET", waiting.pop(), language)
            if answer and "html" in answer.headers:
                waiting += sorted(Links(answer.body).found)

    def ask(self, method, path, language, **more):
        key = f"{method} {path} {language} {more.get('data', '')}"
        if key in self.seen:
            return None
        given = self.client.open(path, method=method, headers={"Accept-Language": language}, **more)
        headers = "\n".join(f"{name}: {value}" for name, value in given.headers)
        self.seen[key] = Answer(key, given.status_code, headers, given.get_data(as_text=True))
        return self.seen[key]

    def patterns(self, method):
        """Return an address for each route, with each value of its parameters we know."""
        for pattern, methods in sorted(self.routes.items()):
            if method in methods:
                yield from filled(pattern)

    def files(self):
        return sorted(addresses().values())


def filled(pattern):
    names = re.findall(r"{(\w+)}", pattern)
    if not names:
        return [pattern]
    values = PARAMETERS.get(names[0], (UNKNOWN,))
    return [one for value in values for one in filled(pattern.replace(f"{{{names[0]}}}", value))]


def is_file(answer):
    return urlsplit(answer.asked.split(" ")[1]).path.startswith(FILES)


@dataclass(frozen=True)
class Secrets:
    """What nobody may read about the people in the register."""

    words: tuple[str, ...]
    """Names, ways to reach them, addresses and labels."""
    hashes: frozenset[str]
    """Geohashes of their cameras, five signs long."""
    known: frozenset[str]
    """Numbers of the programme's own file, such as the middle of its map."""


def secrets_of(registrations, cameras):
    said = [
        text
        for one in registrations
        for text in (
            one.contact.name,
            one.contact.email,
            one.contact.phone,
            one.contact.postal_address,
        )
    ]
    said += [text for one in cameras for text in (one.address, one.label)]
    cells = {geohash.encode(one.point)[:5] for one in cameras}
    return Secrets(tuple({text for text in said if text}), frozenset(cells), own_numbers())


def own_numbers():
    here = jurisdictions.current()
    source = reader.path(f"{here.id}.toml").read_text("utf-8") + " ".join(here.words.values())
    return frozenset(re.findall(DECIMAL, source))


DECIMAL = re.compile(r"(?<![\w.])-?\d{1,3}\.\d{3,}(?![\w.])")


def leaks(text, secrets):
    """Return what of the register's secrets a text gives away."""
    low = text.casefold()
    found = [f"says {word!r}" for word in secrets.words if word.casefold() in low]
    found += [
        f"has the number {number}"
        for number in DECIMAL.findall(text)
        if number not in secrets.known
    ]
    found += [
        f"has the geohash {cell}"
        for cell in secrets.hashes
        if re.search(rf"(?<![A-Za-z0-9_-]){cell}[0-9b-hjkmnp-z]{{0,7}}(?![A-Za-z0-9_-])", text)
    ]
    return found


def counts(text):
    """Return each number under ten that stands beside a camera or its owner."""
    plain = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", text, flags=re.DOTALL)
    return [one[0] for one in FEW.finditer(" ".join(plain.split()))]
