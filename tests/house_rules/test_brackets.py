"""Nothing on a public page, an owner's page or in a letter is left untranslated."""

import json
import re
import subprocess
import sys

import pytest

from tests.house_rules.brackets import Outside, copy_to
from tests.letters.values import VALUES

SPOKEN = re.compile(r"[^\W\d_]{2}")
NAMES = re.compile(
    r"Alder Falls (Camera Register|Police Department|PD)"  # programme and force
    r"|1 Weir Street, Alder Falls, KS"  # where letters to the force go
    r"|\b(address|postcode|latitude|longitude|label|kind|heading|view_angle|days_kept)\b"  # columns
    r"|\bposter\b"  # the tag that counts who came by the poster
    r"|English|Español"  # each language in its own
    r"|cameras@alder-falls\.example|[\w.]+@[\w.]+"  # addresses of people and programmes
    r"|https?://\S+|\b\w+\.example\S*"
    r"|\d{1,2} de [a-z]+ de \d{4}|[a-zéá]+ \d{1,2} de [a-z]+"  # days, by the locale data
    r"|\d{1,2}:\d\d(:\d\d)?( | )[ap]\.( | )m\.|\d{1,2}:\d\d"  # times
    r"|\d[\d.,]* (KB|MB|GB|TB)"  # sizes
    r"|[0-9a-f]{16,}|[A-Z0-9]{4}-[A-Z0-9]{4}"  # fingerprints and codes
)
PEOPLE = {
    *("Canary Yellowhammer", "Canary@Example.com", "canary front door", "1 Canary Street"),
    *("Jordan Reyes", "jordan@example.org", "206 Millrace Street"),
    *("A house was broken into.", "A person on foot.", "2026-1187", "door.mp4", "Ann Lee"),
    *("Pat Reed, 4417",),
}
"""What people entered in the story the pages tell: nobody translates that."""


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    return copy_to(tmp_path_factory.mktemp("brackets"))


def outside_brackets(copy):
    """Render everything in the copy and return what is left of it, page by page."""
    page = "tests/house_rules/pages_in_brackets.py"
    command = [sys.executable, "-B", "-m", "pytest", "-q", "-p", "no:cacheprovider", page]
    done = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)  # noqa: S603 - our own tests
    assert done.returncode == 0, done.stdout[-4000:]
    found = json.loads((copy / "outside.json").read_text())
    left = {page: sorted({one for one in said if not known(one)}) for page, said in found.items()}
    return found, {page: said for page, said in left.items() if said}


def known(text):
    """Say whether a text is a name, a number, a day or something a person entered."""
    for entered in sorted(PEOPLE | values(), key=len, reverse=True):
        text = text.replace(entered, "")
    return not SPOKEN.search(NAMES.sub("", text))


def values():
    """Return the words that the letters' values bring along."""
    return set(strings([VALUES[name] for name in VALUES]))


def strings(value):
    if isinstance(value, str):
        yield from (value, *value.split("\n"))
    elif isinstance(value, tuple | list):
        for one in value:
            yield from strings(one)
    elif hasattr(value, "__slots__"):
        yield from strings([getattr(value, name) for name in value.__slots__])


def test_everything_that_is_said_is_translated(copy):
    found, left = outside_brackets(copy)

    assert left == {}
    assert len(found) > 60


def test_a_forgotten_text_would_be_found(copy):
    page = copy / "chalicelib/web/templates/base.html"
    page.write_text(page.read_text().replace('{{ _("Contact") }}', "Contact us"))

    assert "Contact us" in outside_brackets(copy)[1]["GET /contact"]


def test_text_outside_brackets_is_found_wherever_it_stands():
    page = '<p title="⟦a⟧">⟦Hello <a href="/">there⟧</a> you</p><b aria-label="Go">⟦x⟧</b>'

    assert Outside(page).found == ["you", "Go"]
