"""Every class of the design system that a page names is in the one style sheet we ship."""

import re
from pathlib import Path

from chalicelib.web.html import TEMPLATES
from chalicelib.web.static_addresses import STATIC

BARE = {"govuk-table__body", "govuk-table__row", "govuk-tag--blue"}
"""Names of the design system that stand for its usual look and have no rules of their own."""
NAMED = re.compile(r"""class(?:es)?["']?\s*[=:]\s*["']([^"'{}]*)""")


def named(text):
    return {
        one
        for found in NAMED.findall(text)
        for one in found.split()
        if one.startswith("govuk-") and one not in BARE
    }


def test_no_page_asks_for_a_style_we_do_not_ship():
    shipped = (STATIC / "core.css").read_text().replace("\\", "")
    asked = {
        (path.name, one)
        for path in Path(TEMPLATES).rglob("*.html")
        for one in named(path.read_text())
    }

    missing = {(page, one) for page, one in asked if f".{one}" not in shipped}
    assert missing == set()
    assert len(asked) > 100
