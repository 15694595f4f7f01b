import ast
import re
from dataclasses import fields
from pathlib import Path

import pytest

from chalicelib.settings import Settings

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "chalicelib"
SHOWN = sorted(
    path
    for folder in ("web/templates", "letters", "web/static")
    for path in (PACKAGE / folder).rglob("*")
    if path.suffix in {".html", ".txt", ".css", ".js"}
)
LOADS = re.compile(
    r"""(?:src|srcset|action|poster|data)\s*=\s*["']?\s*(?:https?:)?//"""
    r"""|<link[^>]+href\s*=\s*["']?\s*(?:https?:)?//"""
    r"""|url\(\s*["']?\s*(?:https?:)?//|@import\s+["'](?:https?:)?//"""
    r"""|(?:fetch|import|importScripts)\(\s*["'](?:https?:)?//""",
    re.IGNORECASE,
)
LINKS = re.compile(r"""href\s*=\s*["']?\s*(?:https?:)?//""", re.IGNORECASE)
INLINE = re.compile(
    r"<script(?![^>]*(?:\bsrc=|type=.application/json))|\son\w+\s*=|\sstyle\s*=|javascript:",
    re.IGNORECASE,
)


def named(path):
    return f"{path.parent.name}-{path.name}"


@pytest.mark.parametrize("path", SHOWN, ids=named)
def test_nothing_shown_loads_from_elsewhere(path):
    assert LOADS.findall(path.read_text()) == []


@pytest.mark.parametrize(
    "path", [path for path in SHOWN if path.suffix in {".html", ".txt"}], ids=named
)
def test_links_to_elsewhere_come_from_settings_or_programmes(path):
    assert LINKS.findall(path.read_text()) == []


PAGES = [path for path in SHOWN if "templates" in path.parts and path.suffix == ".html"]


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_no_page_has_inline_script_or_style(path):
    assert INLINE.findall(path.read_text()) == []


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_no_page_switches_escaping_off(path):
    assert "|safe" not in path.read_text().replace(" ", "")
    assert "autoescape false" not in path.read_text()


OFFICER_PAGES = [path for path in PAGES if "officer" in path.parts]
PERSON = re.compile(
    r"""name(?:\s*=\s*|"\s*:\s*)["'](?:name|full_name|email|phone|owner|person|plate)"""
)


@pytest.mark.parametrize("path", OFFICER_PAGES, ids=named)
def test_no_officer_page_has_a_field_for_a_person(path):
    assert PERSON.findall(path.read_text()) == []


POSTED = re.compile(
    r"""<form\b[^>]*\bmethod\s*=\s*["']?post[^>]*>.*?</form>""", re.IGNORECASE | re.DOTALL
)


@pytest.mark.parametrize("path", OFFICER_PAGES, ids=named)
def test_every_officer_form_carries_the_sessions_token(path):
    forms = POSTED.findall(path.read_text())

    # Before signing in there is no session; other sites are refused by Sec-Fetch-Site.
    begins = """action="{{ url('/officer/sign-in') }}\""""
    assert [form for form in forms if "csrf" not in form and begins not in form] == []


def officer_sources():
    return sorted((PACKAGE / "web").glob("officer_*.py"))


def fields_read(path):
    """Return the literal names given to form(...).one/text/many in a blueprint."""
    return {
        node.args[0].value
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"one", "text", "many"}
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }


def test_no_officer_route_reads_a_persons_name_email_or_phone():
    persons = {"name", "full_name", "email", "phone", "owner", "person", "plate", "contact"}

    assert {path.name: fields_read(path) & persons for path in officer_sources()} == {
        path.name: set() for path in officer_sources()
    }


TESTS = sorted((ROOT / "tests").rglob("*.py"))
PATCHING = re.compile(r"\bmock\.patch|\bMagicMock\b|import mock\b|unittest[.]mock|\bmocker\b")


@pytest.mark.parametrize("path", [one for one in TESTS if one != Path(__file__)], ids=named)
def test_no_test_patches_what_it_tests(path):
    assert PATCHING.findall(path.read_text()) == []


CODE = sorted(path for path in PACKAGE.rglob("*.py") if "compiled" not in path.parts)
REASONLESS = re.compile(
    r"# (?:noqa(?:: [A-Z0-9, ]+)?|type: ignore(?:\[[^\]]*\])?)\s*$", re.MULTILINE
)


@pytest.mark.parametrize("path", [*CODE, ROOT / "app.py", *TESTS], ids=named)
def test_every_exception_to_a_rule_carries_its_reason(path):
    assert REASONLESS.findall(path.read_text()) == []


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_module_says_why_it_exists_and_stays_short(path):
    text = path.read_text()

    assert ast.get_docstring(ast.parse(text))
    assert len(text.splitlines()) < 400


def test_every_setting_is_documented():
    documented = (ROOT / "docs" / "operating.md").read_text()

    assert [one.name for one in fields(Settings) if f"`{one.name.upper()}`" not in documented] == []


def test_only_clock_reads_the_time():
    reading = re.compile(r"datetime\.now\(|datetime\.utcnow\(|time\.time\(|date\.today\(")
    offenders = {path.name for path in CODE if reading.search(path.read_text())}

    assert offenders <= {"clock.py"}
