import re

import pytest

from chalicelib import clock
from tests.pages.in_process import SITE, answer_from
from tests.pages.inspection import inspect, watch
from tests.pages.test_public_pages import leads_to_its_field
from tests.web.desk import DESK, REFERENCE, Coordinator, a_paper, deliver_all
from tests.web.test_coordinator_by_hand import BY_LETTER, asked
from tests.web.test_coordinator_imports import ANN, BEN, a_list

PAGE = re.compile(rb"/Type\s*/Page\b")


@pytest.fixture
def desk(cloud):
    return Coordinator()


@pytest.fixture
def page(browser, desk):
    """A browser in which the coordinator is signed in."""
    from app import app  # noqa: PLC0415 - after the environment is set

    context = browser.new_context()
    page = context.new_page()
    answer_from(app, page, desk.session.headers)
    bad = watch(page, SITE)
    yield page
    context.close()
    assert bad == []


def opens(page, path=""):
    page.goto(f"{SITE}{DESK}{path}")


def presses(page, words):
    page.get_by_role("button", name=words).first.click()


def types_in(page, **fields):
    for name, text in fields.items():
        field = page.locator(f"[name={name}]")
        kind = field.first.get_attribute("type")
        if kind == "radio":
            page.locator(f'[name="{name}"][value="{text}"]').check()
        elif kind != "hidden" and field.first.evaluate("one => one.tagName") != "SELECT":
            field.first.fill(text)


def test_the_desk_and_what_is_printed_for_campaigns_are_usable(page, desk):
    opens(page)
    inspect(page)
    opens(page, "/campaigns")
    presses(page, "Add")
    leads_to_its_field(page)
    inspect(page)
    types_in(page, words="Library notice board", tag="library-2026")
    presses(page, "Add")
    inspect(page)


def test_typing_in_a_paper_form_is_usable_right_and_wrong(page, desk):
    opens(page, "/paper")
    inspect(page)
    presses(page, "Enter this form")
    leads_to_its_field(page)
    inspect(page)
    page.locator("details").first.evaluate("one => { one.open = true; }")
    form = a_paper(**BY_LETTER)
    given = {name: form[name] for name in ("dated", "kept_at", "name", "postal_address", "place")}
    chosen = {name: form[name] for name in ("signed", "checked", "reach", "premises", "kind")}
    types_in(page, **given, **chosen, latitude=form["latitude"], longitude=form["longitude"])
    presses(page, "Enter this form")
    assert page.locator("h1").inner_text() == "The form is entered"
    inspect(page)
    presses(page, "Add another camera")
    inspect(page)


def test_a_letter_by_hand_is_usable_and_prints_on_one_sheet(page, desk):
    desk.enters(**BY_LETTER)
    deliver_all()
    opens(page, "/by-hand")
    inspect(page)
    presses(page, "Open")
    inspect(page)
    page.emulate_media(media="print")
    printed = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(PAGE.findall(printed)) == 1
    page.emulate_media(media="screen")
    page.get_by_label("Posted the letter").check()
    presses(page, "Take it off the list")
    inspect(page)


def test_a_call_about_a_request_is_usable_right_and_wrong(page, desk):
    desk.enters()
    asked(clock.now())
    deliver_all()
    opens(page, "/by-hand")
    presses(page, "Open Request for footage")
    inspect(page)
    page.get_by_label("Said it on the phone").check()
    presses(page, "Take it off the list")
    leads_to_its_field(page)
    inspect(page)


def test_an_entry_is_usable_right_and_wrong(page, desk):
    reference = desk.enters()
    asked(clock.now())
    opens(page, "/entry")
    presses(page, "Open")
    leads_to_its_field(page)
    inspect(page)
    types_in(page, reference=reference, reason="owner_calls")
    presses(page, "Open")
    assert REFERENCE.search(page.locator("h1").inner_text())
    inspect(page)
    page.locator("[name=name]").fill("")
    presses(page, "Save")
    leads_to_its_field(page)
    inspect(page)
    opens(page, "/entry")
    types_in(page, reference=reference, reason="owner_calls")
    presses(page, "Open")
    presses(page, "Print a copy")
    inspect(page)
    opens(page, "/entry")
    types_in(page, reference=reference, reason="owner_calls")
    presses(page, "Open")
    presses(page, "They leave")
    inspect(page)
    presses(page, "Yes, they leave")
    leads_to_its_field(page)
    inspect(page)


def test_an_import_is_usable_right_and_wrong(page, desk):
    opens(page, "/imports")
    inspect(page)
    presses(page, "Check the list")
    leads_to_its_field(page)
    form = {"source": "Watch register", "basis": "They were told"}
    types_in(page, **form, listed_on="11/1/2025", list=a_list(ANN, BEN, "No,wrong,,9 Elm"))
    presses(page, "Check the list")
    inspect(page)
    presses(page, "Invite 2 people")
    inspect(page)
    opens(page, "/imports")
    inspect(page)
