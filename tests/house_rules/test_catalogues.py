"""Every translation is there, says what the original says, and is used."""

import ast
import re
from pathlib import Path

import pytest

from chalicelib import jurisdictions
from chalicelib.jurisdictions import reader, translations
from tools.catalogues import LANGUAGES, ROOT, complete, extracted, messages, stored

NAMED = re.compile(r"%\((\w+)\)s|\{(\w+)\}|(%%)")
TAGS = re.compile(r"</?[a-z][^>]*>")
WORDS = ROOT / "chalicelib" / "jurisdictions" / "words"
LOOKED_UP = ("kind_", "kind_short_", "premises_", "premises_short_", "compass_")
"""Words whose names are put together: the kind of a camera, a direction."""

every_language = pytest.mark.parametrize("language", LANGUAGES)


def names(text):
    return sorted("".join(found) for found in NAMED.findall(text))


def strings(message):
    return message.string if isinstance(message.string, tuple) else (message.string,)


def sources(message):
    return message.id if isinstance(message.id, tuple) else (message.id,)


@every_language
def test_every_message_is_translated_and_no_translation_is_left_over(language):
    there = {message.id for message in messages(stored(language)) if complete(message)}

    assert {message.id for message in messages(extracted())} ^ there == set()


@every_language
def test_a_translation_fills_in_and_links_what_the_original_does(language):
    for message in messages(stored(language)):
        most, least = (set(names(text)) for text in (sources(message)[-1], sources(message)[0]))
        for string in filter(None, strings(message)):
            assert least - {"count"} <= set(names(string)) <= most | least, message.id
            assert sorted(TAGS.findall(string)) == sorted(TAGS.findall(sources(message)[0]))


@every_language
def test_a_plural_has_the_forms_its_language_has(language):
    catalogue = stored(language)
    plurals = [message for message in messages(catalogue) if message.pluralizable]

    assert {len(strings(message)) for message in plurals} == {catalogue.num_plurals}
    assert catalogue.num_plurals == {"es": 2, "cy": 6}[language]


@every_language
def test_no_translation_is_just_the_english(language):
    """A word may be the same by chance; a sentence is not."""
    same = [
        message.id
        for message in messages(stored(language))
        if set(strings(message)) & set(sources(message))
    ]

    assert [one for one in same if len(TAGS.sub("", str(one)).split()) > 4] == []


def test_all_languages_have_the_same_words():
    keys = {path.stem: set(reader.language_words(path.stem)) for path in WORDS.glob("*.toml")}

    assert set(keys) == {"en-US", "en-GB", *LANGUAGES}
    assert [found ^ keys["en-US"] for found in keys.values()] == [set()] * len(keys)


def asked_for():
    """Return every name that a template, a letter, a text or the code asks words for."""
    folder, found = ROOT / "chalicelib", set()
    for path in folder.rglob("*"):
        if path.suffix in {".html", ".txt"} and "compiled" not in path.parts:
            found |= set(re.findall(r"words\.(\w+)", path.read_text()))
        if path.suffix == ".toml":
            found |= set(translations.NAME.findall(path.read_text()))
        if path.suffix == ".py" and "compiled" not in path.parts:
            found |= set(in_code(path))
    return found


def in_code(path: Path):
    """Yield the names in `words["name"]`, and in a text "{name}" that is filled in with words."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
            yield str(node.slice.value) if ast.unparse(node.value).endswith("words") else ""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from re.findall(r"^{(\w+)}$", node.value)


def test_no_word_is_kept_that_nobody_asks_for():
    known = {name for name in reader.language_words("en-US") if not name.startswith(LOOKED_UP)}

    assert sorted(known - asked_for()) == []


def pairs():
    return [
        (one, code) for one in jurisdictions.ids() for code in reader.programme(one).languages[1:]
    ]


@pytest.mark.parametrize(("programme", "language"), pairs())
def test_a_programme_says_everything_in_each_of_its_languages(programme, language):
    assert list(translations.problems(programme, language)) == []


@pytest.mark.parametrize(("programme", "language"), pairs())
def test_a_programmes_translation_is_not_the_original(programme, language):
    own, other = (dict(leaves(reader.read(programme, code).texts)) for code in ("", language))
    same = {key for key, text in own.items() if other.get(key) == text and len(text.split()) > 4}

    assert same - NAMES_ONLY == set()


NAMES_ONLY = {".poster.foot"}
"""The line below a poster may be the names of the programme and the force, and no more."""


def leaves(value, key=""):
    match value:
        case str():
            yield key, value
        case tuple():
            for number, one in enumerate(value):
                yield from leaves(one, f"{key}.{number}")
        case _:
            fields = [name for name in value.__struct_fields__ if name != "officer_notice"]
            for name in fields:
                yield from leaves(getattr(value, name), f"{key}.{name}")


def test_a_translation_that_lacks_something_would_be_found():
    own = {"title": "Call {phone}", "points": ["One", "Two"], "foot": "Now"}
    other = {"title": "Llame", "points": ["Uno"], "extra": "Más"}

    assert list(translations.differences("poster", own, other)) == [
        "poster.foot: is missing.",
        "poster.extra: is not in the original.",
        "poster.points: has 1 items where the original has 2.",
        "poster.title: must fill in ['phone'] as the original does.",
    ]
