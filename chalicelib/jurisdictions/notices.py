"""The text an owner agrees to, as one document with a version and a fingerprint.

    given = jurisdictions.notice()
    registrations.submit(..., notice_version=given.version, notice_hash=given.sha256)

The fingerprint is the SHA-256 of the very words shown, names and numbers filled in, in the
language being spoken. `texts/notices.toml` lists each fingerprint ever published by programme,
version and language, so that an old consent can be told what it was given to; `python -m
tools.notices` adds to it.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import msgspec

from chalicelib.jurisdictions import reader
from chalicelib.jurisdictions.model import Jurisdiction
from chalicelib.jurisdictions.tables import Paragraph, Texts

LEDGER = "texts/notices.toml"
Ledger = dict[str, dict[str, dict[str, str]]]


@dataclass(frozen=True, slots=True)
class Notice:
    """What is agreed to: the notice, the agreement, the terms and the privacy notice."""

    version: str
    """The day the text was written, ISO."""
    sha256: str
    text: str
    """The document itself, in the language being spoken: what the fingerprint is of."""


def notice(programme: Jurisdiction | None = None) -> Notice:
    """Return what an owner of this programme, or of `programme`, agrees to today."""
    here = programme or reader.current()
    text = "\n".join(_lines(here)) + "\n"
    return Notice(here.texts.notice_version, hashlib.sha256(text.encode()).hexdigest(), text)


def earlier(programme: Jurisdiction) -> Mapping[str, str]:
    """Return the fingerprints of earlier versions in the programme's language, newest first."""
    known = ledger().get(programme.id, {})
    return {
        version: known[version][programme.language]
        for version in sorted(known, reverse=True)
        if version != programme.texts.notice_version and programme.language in known[version]
    }


@cache
def ledger() -> Ledger:
    """Read programme, version, language and fingerprint of all that was ever published."""
    return msgspec.toml.decode(reader.path(LEDGER).read_bytes(), type=Ledger)


def _lines(here: Jurisdiction) -> Iterator[str]:
    texts = here.texts
    yield f"{here.programme}, {here.force}, {texts.notice_version}"
    for paragraphs in (texts.notice, texts.terms, _sharing(texts), texts.law):
        yield from _paragraphs(paragraphs)
    yield from ("", texts.records_law, "", texts.agreement)
    yield from _paragraphs(texts.privacy)


def _paragraphs(paragraphs: tuple[Paragraph, ...]) -> Iterator[str]:
    for one in paragraphs:
        yield from ("", one.title, one.text)


def _sharing(texts: Texts) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(title="", text=sentence) for sentence in texts.sharing)
