"""Bring the catalogues of translations up to date with what the pages and letters say.

    python -m tools.catalogues [es cy]    adds new messages, drops unused ones, keeps the rest
    python -m tools.catalogues --check    changes nothing; fails if there is anything to do

Messages come from the templates of public pages, owners' pages and letters, and from every
`say("...")` in the code. Officers' pages and letters are in English and are not read.
"""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file, extract_python
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

ROOT = Path(__file__).parents[1]
LANGUAGES = ("es", "cy")
FOLDER = ROOT / "chalicelib" / "languages"
OFFICERS = {"officer", "unreachable"}
"""The folders of pages and letters for officers and coordinators."""
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "say": None,
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
}
OPTIONS = {
    "extensions": "jinja2.ext.i18n",
    "newstyle_gettext": "true",
    "trimmed": "true",
    "trim_blocks": "true",
    "lstrip_blocks": "true",
    "silent": "false",
}
HEADERS = {
    "es": "nplurals=2; plural=(n != 1);",
    "cy": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n==3 ? 3 : n==6 ? 4 : 5);",
}
EMPTY = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Language: {language}\\n"
"Plural-Forms: {plural}\\n"
"""


def main(arguments: list[str]) -> int:
    """Update or check each catalogue, and say what is left to translate."""
    template = extracted()
    wanting = 0
    for language in [one for one in arguments if one in LANGUAGES] or LANGUAGES:
        old = stored(language)
        new = updated(old, template)
        if "--check" not in arguments:
            path_of(language).write_bytes(written(new))
        wanting += report(language, old, new)
    return int("--check" in arguments and wanting > 0)


def report(language: str, old: Catalog, new: Catalog) -> int:
    before, after = identities(old), identities(new)
    empty = [message for message in messages(new) if not complete(message)]
    sys.stdout.write(
        f"{language}: {len(after)} messages, {len(after - before)} new, "
        f"{len(before - after)} no longer used, {len(empty)} not translated\n"
    )
    return len(after ^ before) + len(empty)


def extracted() -> Catalog:
    """Return every message of the sources, untranslated."""
    found = Catalog(charset="utf-8")
    for path in templates():
        _read(found, path, babel_extract, OPTIONS)
    for path in sorted((ROOT / "chalicelib").rglob("*.py")):
        if "compiled" not in path.parts:
            _read(found, path, extract_python, {})
    return found


def templates() -> Iterator[Path]:
    """Yield the templates that the public, owners and readers of letters see."""
    for folder in ("web/templates", "letters"):
        for path in sorted((ROOT / "chalicelib" / folder).rglob("*")):
            if path.suffix in {".html", ".txt"} and not OFFICERS & set(path.parts):
                yield path


def _read(found: Catalog, path: Path, method: object, options: dict[str, str]) -> None:
    name = str(path.relative_to(ROOT))
    for line, message, comments, context in extract_from_file(
        method,  # type: ignore[arg-type] # takes the function as well as its name
        path,
        keywords=KEYWORDS,
        options=options,
    ):
        found.add(message, None, [(name, line)], auto_comments=comments, context=context)


def stored(language: str) -> Catalog:
    """Return a catalogue as it is kept; an empty one if there is none yet."""
    path = path_of(language)
    if path.exists():
        return read_po(BytesIO(path.read_bytes()), locale=language)
    return _empty(language)


def _empty(language: str) -> Catalog:
    return read_po(BytesIO(_header(language).encode()), locale=language)


def _header(language: str) -> str:
    return EMPTY.format(language=language, plural=HEADERS[language])


def updated(old: Catalog, template: Catalog) -> Catalog:
    """Return the translations that are still used, and an empty one for each new message."""
    new = _empty(str(old.locale))
    for message in messages(template):
        kept = old.get(message.id if isinstance(message.id, str) else message.id[0])
        fits = kept is not None and kept.pluralizable == message.pluralizable
        string = kept.string if kept is not None and fits else None
        new.add(message.id, string or _nothing(message, old), message.locations)
    return new


def _nothing(message: Message, catalog: Catalog) -> str | tuple[str, ...]:
    return ("",) * catalog.num_plurals if message.pluralizable else ""


def written(catalog: Catalog) -> bytes:
    """Return the file: in the order of the messages, files named without line numbers."""
    out = BytesIO()
    write_po(out, catalog, width=96, sort_output=True, include_lineno=False, omit_header=True)
    return _header(str(catalog.locale)).encode() + b"\n" + out.getvalue()


def messages(catalog: Catalog) -> list[Message]:
    """Return the messages without the header."""
    return [message for message in catalog if message.id]


def identities(catalog: Catalog) -> set[object]:
    return {message.id for message in messages(catalog)}


def complete(message: Message) -> bool:
    """Say whether a message is translated, in every plural form, by a person."""
    strings = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(strings) and not message.fuzzy


def path_of(language: str) -> Path:
    return FOLDER / f"{language}.po"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
