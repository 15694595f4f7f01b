import dataclasses
import hashlib

import msgspec
import pytest

from chalicelib import jurisdictions
from chalicelib.jurisdictions import load, notices, reader
from tools import notices as tool

COMMAND = "python -m tools.notices (with --again only while nobody has agreed to these words)"
ALL = ("demo", "independence", "lancashire", "liberty", "palos-park", "staffordshire")
SPOKEN = [(name, code) for name in ALL for code in load(name).languages]


def saying(programme, **texts):
    changed = msgspec.structs.replace(programme.texts, **texts)
    return dataclasses.replace(programme, texts=changed)


def test_what_is_agreed_to_has_a_version_and_the_fingerprint_of_its_words():
    given = jurisdictions.notice(load("liberty"))

    assert given.version == load("liberty").texts.notice_version
    assert given.sha256 == hashlib.sha256(given.text.encode()).hexdigest()


@pytest.mark.parametrize(("name", "code"), SPOKEN)
def test_every_word_an_owner_is_shown_is_in_it(name, code):
    texts = load(name, code).texts
    paragraphs = (*texts.notice, *texts.terms, *texts.law, *texts.privacy)
    said = jurisdictions.notice(load(name, code)).text.split("\n")

    wanted = {texts.agreement, texts.records_law, *texts.sharing}
    wanted |= {text for one in paragraphs for text in (one.title, one.text)}
    assert wanted - set(said) == set()


@pytest.mark.parametrize("key", ["notice", "terms", "sharing", "law", "privacy"])
def test_one_word_less_is_another_fingerprint(key):
    liberty = load("liberty")
    shorter = saying(liberty, **{key: getattr(liberty.texts, key)[:-1]})

    assert jurisdictions.notice(shorter).sha256 != jurisdictions.notice(liberty).sha256


def test_no_words_change_without_a_new_version():
    today = tool.published()

    assert tool.changed(notices.ledger(), today) == [], COMMAND
    assert [one for one in tool.lines(today) if one not in tool.lines(notices.ledger())] == [], (
        f"not written down yet: {COMMAND}"
    )


def test_the_tool_refuses_changed_words_and_takes_a_new_version_or_language():
    known = {"a": {"2026-01-01": {"en-US": "1"}}}

    assert tool.changed(known, {"a": {"2026-01-01": {"en-US": "2"}}}) == ["a 2026-01-01 en-US"]
    assert tool.changed(known, {"a": {"2026-01-02": {"en-US": "2"}}}) == []
    assert tool.changed(known, {"a": {"2026-01-01": {"es": "2"}}}) == []


def test_the_tool_forgets_nothing():
    known = {"a": {"2026-01-01": {"en-US": "1"}}}
    both = tool.joined(known, {"a": {"2026-02-01": {"en-US": "2"}}})

    assert both == {"a": {"2026-01-01": {"en-US": "1"}, "2026-02-01": {"en-US": "2"}}}
    assert msgspec.toml.decode(tool.written(both), type=notices.Ledger) == both


def test_earlier_versions_can_be_told_by_their_fingerprint(monkeypatch):
    versions = {"2025-01-01": {"en-US": "a"}, "2026-01-01": {"en-US": "b", "es": "c"}}
    monkeypatch.setitem(notices.ledger(), "liberty", versions)

    assert jurisdictions.earlier(load("liberty")) == {"2026-01-01": "b", "2025-01-01": "a"}


def test_american_and_british_texts_say_the_same_kinds_of_things():
    american, british = (
        msgspec.toml.decode(reader.path(f"texts/{country}.toml").read_bytes())
        for country in ("US", "GB")
    )

    assert american.keys() == british.keys()
    for key in ("terms", "how", "who_sees"):
        assert len(american[key]) == len(british[key])
