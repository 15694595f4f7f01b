import re

import pytest

from chalicelib import jurisdictions, settings
from tests.pages.in_process import SITE, answer_from

PAGE = re.compile(rb"/Type\s*/Page\b")
BOX = re.compile(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)")
SHEETS = ("/print/form", "/print/brochure", "/print/poster")
SIZES = {"US": (612, 792), "GB": (595, 842)}
PROGRAMMES = [
    (name, code) for name in jurisdictions.ids() for code in jurisdictions.load(name).languages
]


@pytest.fixture
def shown(cloud, page_of_any_site, monkeypatch):
    """Show a page of a programme, answered by the app in this process."""
    from app import app  # noqa: PLC0415 - after the environment is set

    def show(name, path, language):
        monkeypatch.setenv("JURISDICTION", name)
        settings.current.cache_clear()
        answer_from(app, page_of_any_site)
        page_of_any_site.goto(f"{SITE}{path}?language={language}")
        return page_of_any_site

    yield show
    settings.current.cache_clear()


@pytest.fixture
def page_of_any_site(browser):
    context = browser.new_context()
    yield context.new_page()
    context.close()


def cut_off(page):
    """Return the pieces of the sheet that do not show all that is in them."""
    return page.evaluate(
        """() => {
            const within = (one, frame) => one.left >= frame.left && one.right <= frame.right
                && one.top >= frame.top && one.bottom <= frame.bottom;
            const boxes = [...document.querySelectorAll('.paper, .paper *:not(svg):not(path)')]
                .filter(one => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0);
            const codes = [...document.querySelectorAll('.paper__code path')].filter(one =>
                !within(one.getBoundingClientRect(), one.ownerSVGElement.getBoundingClientRect()));
            return [...boxes, ...codes].map(one => one.className || one.tagName);
        }"""
    )


@pytest.mark.parametrize("path", SHEETS)
@pytest.mark.parametrize(("name", "code"), PROGRAMMES)
def test_each_sheet_is_one_page_of_the_countrys_paper(shown, name, code, path):
    page = shown(name, path, code)
    page.emulate_media(media="print")

    printed = page.pdf(prefer_css_page_size=True, print_background=True)

    width, height = (float(one) for one in BOX.search(printed).groups())
    assert len(PAGE.findall(printed)) == 1
    assert (round(width), round(height)) == SIZES[jurisdictions.load(name).country]
    assert cut_off(page) == []


def test_a_sheet_with_more_than_fits_would_have_been_seen(shown):
    page = shown("independence", "/print/form", "en-US")
    page.evaluate(
        "() => { const sheet = document.querySelector('.paper'); "
        "sheet.append(sheet.cloneNode(true)); }"
    )

    assert len(PAGE.findall(page.pdf(prefer_css_page_size=True))) > 1
