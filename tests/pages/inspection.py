"""What every page must be: usable by everybody, at every width, and quiet on the network."""

from axe_playwright_python.sync_playwright import Axe

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
WIDE, PHONE, NARROW = 1280, 390, 320
HEIGHT = 844
AXE = Axe()


def inspect(page):
    """Fail on what axe finds at two widths and on sideways scroll at three."""
    for width in (WIDE, PHONE, NARROW):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        assert sideways(page) == 0, f"{page.url} is wider than {width} px"
        if width != NARROW:
            assert faults(page) == [], f"{page.url} at {width} px"


def sideways(page):
    """Return by how many pixels the page is wider than its window."""
    page.wait_for_load_state()  # just after a click the new page may have no root yet
    return page.evaluate(
        "() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth)"
    )


def faults(page):
    found = AXE.run(page, options=OPTIONS).response["violations"]
    return [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found]


def leads_to_its_field(page):
    """Fail unless the summary has the focus, and its first link gives it to the field."""
    summary = page.locator(".govuk-error-summary")
    assert summary.evaluate("one => one === document.activeElement")
    link = summary.locator("a").first
    wanted = link.get_attribute("href").removeprefix("#")
    link.click()
    assert page.evaluate("() => document.activeElement.id") == wanted


def watch(page, *origins):
    """Return the list that will hold script errors, policy violations and calls elsewhere."""
    bad = []
    allowed = (*origins, "data:", "blob:", "about:")
    page.on("pageerror", lambda error: bad.append(str(error)))
    page.on("console", lambda message: bad.append(message.text) if is_bad(message) else None)
    page.on("request", lambda sent: None if sent.url.startswith(allowed) else bad.append(sent.url))
    return bad


def is_bad(message):
    """Say whether a console line is a fault; a page with status 400 is logged as an error too."""
    about_policy = "Content Security Policy" in message.text
    return about_policy or (message.type == "error" and "the server responded" not in message.text)
