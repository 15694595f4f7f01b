"""From values to words: each letter is a folder of three templates, plain text first."""

import unicodedata
from dataclasses import asdict
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from chalicelib import language
from chalicelib.jurisdictions import current
from chalicelib.letters.model import Rendered
from chalicelib.letters.values import Values
from chalicelib.links import url

FOLDER = Path(__file__).parent
LETTERS = (
    "confirm",
    "manage_link",
    "camera_added",
    "request",
    "reminder",
    "receipt",
    "left",
    "pilot_ending",
    "reconfirm",
    "reconfirm_reminder",
    "lapsed",
    "invitation",
    "unreachable",
    "paper_welcome",
)


def render(
    letter: str, values: Values, *, name: str = "", leave_url: str = "", note: str = ""
) -> Rendered:
    """Write `letter` in the words of the present jurisdiction; `note` comes above it."""
    given = {
        **asdict(values),
        "name": one_line(name),
        "note": note,
        "jurisdiction": current(),
        "words": current().words,
        "home_url": url("/"),
        "leave_url": leave_url or url("/my-registration"),
        "my_registration_url": url("/my-registration"),
    }
    subject = _environment(html=False).get_template(f"{letter}/subject.txt").render(given)
    return Rendered(
        subject=one_line(subject),
        text=_environment(html=False).get_template(f"{letter}/body.txt").render(given),
        html=_environment(html=True).get_template(f"{letter}/body.html").render(given),
    )


def one_line(text: str) -> str:
    """Return text that cannot end a mail header: control characters and line ends are spaces."""
    plain = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in text)
    return " ".join(plain.split())


@cache
def _environment(*, html: bool) -> Environment:
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=html,  # noqa: S701 - plain text has nothing to escape; the html bodies do it
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        extensions=["jinja2.ext.i18n"],
    )
    language.install(made)
    return made
