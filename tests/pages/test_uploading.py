import pytest
from playwright.sync_api import expect

from tests.pages.inspection import inspect

pytestmark = pytest.mark.pages


@pytest.fixture
def origins(site):
    return (site.url, site.clip_origin)


def test_a_file_goes_by_the_script(page, site, visit, resident):
    visit(f"{site.answer_link}/upload")
    inspect(page)
    resident.chooses(video("garden.mp4"))
    resident.sees_it_sent()
    inspect(page)
    page.get_by_role("button", name="I have sent everything").click()
    inspect(page)


def test_a_file_goes_by_a_plain_form_without_scripts(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.url}{site.answer_link}/upload")
    page.get_by_role("button", name="Choose a file").click()
    page.locator("#file").set_input_files(video("plain.mp4"))
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("h1")).to_have_text("Your file has arrived", timeout=30_000)
    context.close()


def test_the_plain_form_and_its_thanks_are_usable(page, site, visit):
    visit(f"{site.answer_link}/upload")
    page.get_by_text("It does not work, or takes too long").click()
    page.get_by_role("button", name="Send a file with a simple form instead").click()
    inspect(page)
    page.locator("#file").set_input_files(video("simple.mp4"))
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("h1")).to_have_text("Your file has arrived", timeout=30_000)
    inspect(page)


def video(name):
    content = b"\0\0\0\x18ftypmp42" + name.encode() * 500
    return {"name": name, "mimeType": "video/mp4", "buffer": content}
