"""Which language is being spoken, and sentences that can be said in any of them.

    raise InvalidInput(fields={"days": say("Enter a number from %(least)s to %(most)s", ...)})
    with speaking("cy"):
        said(error.sentence)

A sentence is English text that remembers how it was made, so that whoever shows it, and only
they, say it in the reader's language. The catalogues are gettext's: `languages/<code>.po`,
compiled to `.mo` when the package is built; English needs none.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "languages"
SPOKEN: ContextVar[str] = ContextVar("spoken", default="")


class Sentence(str):
    """English text, the pattern it was made from and the values that were put into it."""

    __slots__ = ("pattern", "values")
    pattern: str
    values: dict[str, object]


def say(pattern: str, /, **values: object) -> Sentence:
    """Return `pattern` with its %(values)s; a percent sign that is meant is written twice."""
    sentence = Sentence(pattern % values)
    sentence.pattern, sentence.values = pattern, values
    return sentence


def said(text: str) -> str:
    """Return a sentence in the language being spoken; other text as it is."""
    if not isinstance(text, Sentence):
        return text
    values = {
        name: said(value) if isinstance(value, str) else value
        for name, value in text.values.items()
    }
    return gettext(text.pattern) % values


def gettext(message: str) -> str:
    """Return a message of the catalogue in the language being spoken."""
    return catalogue(spoken()).gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """Return the form of a message that goes with `count`; Welsh has six."""
    return catalogue(spoken()).ngettext(one, many, count)


def spoken() -> str:
    """Return the code of the language being spoken, "" for the programme's first."""
    return SPOKEN.get()


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak a language until the end of the block; "" is the programme's first."""
    token = SPOKEN.set(code)
    try:
        yield
    finally:
        SPOKEN.reset(token)


@cache
def catalogue(code: str) -> NullTranslations:
    """Return the translations into a language: none for English, which the sources are in."""
    compiled, source = FOLDER / f"{code}.mo", FOLDER / f"{code}.po"
    if compiled.is_file():
        return GNUTranslations(BytesIO(compiled.read_bytes()))
    if source.is_file():
        return GNUTranslations(BytesIO(compiled_from(source)))
    return NullTranslations()


def compiled_from(source: Path) -> bytes:
    """Compile a catalogue; where it has been done beforehand nobody pays for Babel's import."""
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - as the docstring says
    from babel.messages.pofile import read_po  # noqa: PLC0415 - as above

    out = BytesIO()
    with source.open("rb") as file:
        write_mo(out, read_po(file))
    return out.getvalue()


def install(environment: Any) -> None:  # noqa: ANN401 - a template environment; only its owners import jinja2
    """Let templates say `_("...")`, `{% trans %}...{% endtrans %}` and `sentence | said`."""
    environment.install_gettext_callables(gettext, ngettext, newstyle=True)
    environment.policies["ext.i18n.trimmed"] = True
    environment.filters["said"] = said
