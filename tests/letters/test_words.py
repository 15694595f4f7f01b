import re
from dataclasses import fields, replace
from html.parser import HTMLParser

import pytest

from chalicelib import jurisdictions, language, letters, settings
from chalicelib.jurisdictions.reader import programme as programme_file
from chalicelib.letters.rendering import FOLDER
from tests.letters.values import REQUEST, VALUES

LEAVE = "https://sightline.example/my/abc/leave"


class Words(HTMLParser):
    """The words a reader sees, a link as its address if that is also what it shows."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.links, self.seen, self.hidden = [], [], [], False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.links += [value for name, value in attrs if name == "href"]
        self.hidden = self.hidden or tag == "head"

    def handle_endtag(self, tag):
        self.hidden = self.hidden and tag != "head"

    def handle_data(self, data):
        self.seen += [] if self.hidden else data.split()


def rendered(letter, **changes):
    values = replace(VALUES[letter], **changes)
    return letters.render(letter, values, name="Ann <b>Other</b>", leave_url=LEAVE)


SPOKEN = [(one, code) for one in jurisdictions.ids() for code in programme_file(one).languages]
VOLUNTARY = {"en-US": "voluntary", "en-GB": "voluntary", "es": "voluntari", "cy": "wirfoddol"}


@pytest.fixture(params=SPOKEN, ids="-".join)
def programme(request, monkeypatch):
    name, code = request.param
    monkeypatch.setenv("JURISDICTION", name)
    settings.current.cache_clear()
    with language.speaking(code):
        yield jurisdictions.load(name, code)
    settings.current.cache_clear()


every_letter = pytest.mark.parametrize("letter", letters.LETTERS)


@every_letter
def test_text_and_html_say_the_same_in_every_programme(programme, letter):
    one = rendered(letter)
    assert Words(one.html).seen == one.text.split()


@every_letter
def test_every_link_can_be_read_where_it_stands(cloud, letter):
    one = rendered(letter)
    shown = set(re.findall(r"https://\S+", one.text))
    assert set(Words(one.html).links) == shown
    assert all(link.startswith("https://sightline.example/") for link in shown)


@every_letter
def test_no_letter_loads_or_runs_anything(cloud, letter):
    html = rendered(letter).html
    found = {tag for tag, _ in Words(html).tags}
    assert found <= {
        *("html", "head", "meta", "title", "body"),
        *("p", "a", "br", "hr", "strong", "span"),
    }
    assert not re.search(r"src=|url\(|@import|<b>", html)


@every_letter
def test_each_letter_says_who_writes_how_to_check_that_it_is_voluntary_and_how_to_leave(
    programme, letter
):
    text = rendered(letter).text
    if letter == "unreachable":  # goes to the coordinator
        assert "names nobody" in text
        return
    for needed in (programme.programme, programme.force, programme.contact.phone):
        assert needed in text
    assert VOLUNTARY[programme.language] in text
    assert "https://sightline.example/" in text
    assert LEAVE in text or letter == "left"


@every_letter
def test_subject_and_first_lines_say_nothing_of_the_matter(programme, letter):
    one = rendered(letter)
    first = " ".join(one.text.splitlines()[:2]) + one.subject
    told = [getattr(REQUEST, field.name) for field in fields(REQUEST)]
    assert programme.programme in one.subject
    assert not [text for text in told if text and isinstance(text, str) and text in first]
    assert not re.search("offen[cs]e|victim|case|crime|police|suspect", first, re.IGNORECASE)


@every_letter
def test_no_value_can_add_a_line_to_a_header(cloud, letter):
    hostile = "x\r\nBcc: all@example.com\u2028\x00"
    changes = {field.name: hostile for field in fields(VALUES[letter]) if field.type is str}
    one = letters.render(letter, replace(VALUES[letter], **changes), name=hostile)
    assert not re.search(r"[\x00-\x1f\x7f\u2028\u2029]", one.subject)
    assert one.text.startswith("Hello x Bcc: all@example.com,")


def test_a_request_says_everything_in_the_order_an_owner_asks(cloud):
    text = rendered("request").text
    told = [
        *(REQUEST.officer, REQUEST.code, REQUEST.check_url, REQUEST.case_number),
        *(REQUEST.what_happened, REQUEST.window, *REQUEST.cameras, REQUEST.overwritten),
        "I have something; I looked, there is nothing; I cannot help; do not ask me again",
        *(REQUEST.answer_url, "You do not have to answer", "evidence", LEAVE),
    ]
    places = [text.find(words) for words in told]
    assert places == sorted(places)
    assert min(places) > 0


def test_what_is_unknown_is_left_out_rather_than_left_empty(cloud):
    text = rendered("request", overwritten="", looking_for="").text
    assert "yours probably on" not in text
    assert "What we look for" not in text
    assert "Recordings are overwritten after some days." in text


def test_a_reminder_says_that_it_is_the_last(cloud):
    assert "This is the only reminder" in rendered("reminder").text


def test_each_letter_has_its_three_templates_and_no_folder_is_forgotten():
    folders = {
        path.name: {file.name for file in path.iterdir()}
        for path in FOLDER.iterdir()
        if path.is_dir() and not path.name.startswith("__")
    }
    needed = {"subject.txt", "body.txt", "body.html"}
    assert set(folders) == set(letters.LETTERS)
    assert all(files >= needed for files in folders.values())
