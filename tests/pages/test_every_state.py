"""Every state of every public and owner page, in each language and at each width.

Axe finds nothing, and nowhere does a page scroll sideways, at twice the size neither. Wrong forms
say so in their title and lead from the summary, which has the focus, to the field.
"""

from urllib.parse import urlsplit

import pytest

from chalicelib import language
from tests.pages import states
from tests.pages.inspection import (
    AXE,
    HEIGHT,
    NARROW,
    OPTIONS,
    PHONE,
    WIDE,
    leads_to_its_field,
    sideways,
    watch,
)

pytestmark = pytest.mark.pages

WORLDS = [("demo", "en-US"), ("demo", "es"), ("staffordshire", "en-GB"), ("lancashire", "cy")]
TWICE = WIDE // 2
"""At 200 % zoom a window has half as many of the page's pixels."""
WIDTHS = (WIDE, TWICE, PHONE, NARROW)
FEWEST = 60
"""States there are at least, so that a mistake in the table does not empty this test."""


@pytest.fixture(scope="module", params=WORLDS, ids=" ".join)
def world(request, aws):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JURISDICTION", request.param[0])
        patch.setenv("OFFICER_MFA", "optional")
        yield states.World(*request.param)
    states.conftest.forget()


@pytest.fixture(scope="module")
def window(browser):
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture
def show(window, world):
    """Return a function that shows a state; it fails at the end on what went wrong unseen."""
    files, bad = world.browser(), watch(window, states.SITE)

    def shown(state):
        def answer(route):
            url = urlsplit(route.request.url)
            if route.request.is_navigation_request():
                route.fulfill(status=state.status, headers=state.headers, body=state.html)
                return
            given = files.get(url.path, base_url=states.SITE)
            route.fulfill(status=given.status_code, headers=dict(given.headers), body=given.data)

        window.unroute_all()
        window.route("**/*", answer)
        window.set_viewport_size({"width": WIDE, "height": HEIGHT})
        window.goto(f"{states.SITE}{state.path}")
        return window

    yield shown
    assert bad == []


@pytest.mark.parametrize("name", states.NAMES)
def test_a_state_is_usable(show, world, name):
    state = world.states[name]
    page = show(state)

    assert f'<html lang="{world.language}"' in state.html
    if state.wrong:
        with language.speaking(world.language):
            assert page.title().startswith(language.gettext("Error:"))
        leads_to_its_field(page)
    page.evaluate(AXE.axe_script)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        assert sideways(page) == 0, f"wider than {width} px"
        if width != TWICE:
            assert faults(page) == [], f"at {width} px"


def faults(page):
    """Return what axe finds; it is in the page already."""
    found = page.evaluate("options => axe.run(document, options)", OPTIONS)["violations"]
    return [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found]


def test_the_table_of_states_is_not_empty(world):
    assert len(world.states) > FEWEST
    assert sum(state.wrong for state in world.states.values()) >= 8


FAULTY = """html => {
  document.querySelector("main").insertAdjacentHTML("beforeend", html);
  document.getElementById("wide").style.width = "900px";
}"""


def test_a_fault_of_each_kind_would_be_found(show, world):
    page = show(world.states["GET /privacy"])
    page.evaluate(AXE.axe_script)
    page.evaluate(FAULTY, "<img src='/static/x'><div id='wide'>wide</div>")
    page.set_viewport_size({"width": NARROW, "height": HEIGHT})

    assert sideways(page) > 0
    assert [one for one, _ in faults(page)] == ["image-alt"]
