"""A copy of the project whose Spanish is its texts in brackets: what has none is not translated."""

import json
import shutil
import tomllib
from html.parser import HTMLParser
from pathlib import Path

from tools.catalogues import messages, stored, written

ROOT = Path(__file__).parents[2]
OPEN, CLOSE = "⟦", "⟧"
COPIED = ("chalicelib", "tests", "tools", "infra")
MADE = ("__pycache__", "compiled", "*.pyc")
TEXTS = ("words/es.toml", "texts/US.es.toml", "demo.es.toml")
SAID = ("aria-label", "title", "placeholder", "alt", "summary")
QUIET = {"script", "style"}


def copy_to(folder):
    """Copy the project and put every Spanish text of the demo in brackets."""
    for name in COPIED:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(*MADE))
    shutil.copy(ROOT / "app.py", folder)
    shutil.copy(ROOT / "pyproject.toml", folder)
    catalogue = stored("es")
    for message in messages(catalogue):
        one = message.id
        message.string = tuple(map(bracketed, one)) if isinstance(one, tuple) else bracketed(one)
    (folder / "chalicelib/languages/es.po").write_bytes(written(catalogue))
    for name in TEXTS:
        path = folder / "chalicelib" / "jurisdictions" / name
        path.write_text("\n".join(toml("", bracketed(tomllib.loads(path.read_text())))))
    return folder


def bracketed(value):
    match value:
        case str():
            return f"{OPEN}{value}{CLOSE}"
        case list() | tuple():
            return [bracketed(one) for one in value]
    return {key: bracketed(one) for key, one in value.items()}


def toml(name, table):
    """Yield the lines of a table: plain keys first, then what is below it."""
    tables = {key: one for key, one in table.items() if isinstance(one, dict)}
    lists = {
        key: one for key, one in table.items() if isinstance(one, list) and isinstance(one[0], dict)
    }
    for key in table.keys() - tables.keys() - lists.keys():
        yield f"{key} = {json.dumps(table[key], ensure_ascii=False)}"
    for key, one in tables.items():
        yield from (f"[{name}{key}]", *toml(f"{name}{key}.", one))
    for key, items in lists.items():
        for one in items:
            yield from (f"[[{name}{key}]]", *toml(f"{name}{key}.", one))


class Outside(HTMLParser):
    """What a page says outside all brackets, in the order it is read."""

    def __init__(self, html):
        super().__init__()
        self.found, self.depth, self.quiet = [], 0, []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag in QUIET:
            self.quiet.append(tag)
        for name, value in attrs:
            if value and (name in SAID or (name.startswith("data-") and " " in value)):
                self.found += [piece for text in texts(value) for piece in outside(text, 0)[0]]

    def handle_endtag(self, tag):
        if tag in self.quiet:
            self.quiet.remove(tag)

    def handle_data(self, data):
        if not self.quiet:
            found, self.depth = outside(data, self.depth)
            self.found += found


def texts(value):
    """Return the texts for a script: one, or several as an object."""
    return json.loads(value).values() if value.startswith('{"') else [value]


def outside(text, depth):
    """Return the pieces of a text that stand outside all brackets, and how deep it ends."""
    pieces = [""]
    for sign in text:
        if sign == OPEN:
            depth += 1
        elif sign == CLOSE:
            depth -= 1
        elif not depth:
            pieces[-1] += sign
            continue
        pieces.append("")
    return [" ".join(piece.split()) for piece in pieces if piece.strip()], depth
