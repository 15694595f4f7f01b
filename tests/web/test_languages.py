import re

import pytest
from werkzeug.test import Client

from app import app
from chalicelib import settings
from tests.gateway import Gateway
from tests.web.applicant import Applicant
from tests.web.story import Story

SITE = "https://sightline.example"

# Most pages count nothing, and the metrics middleware warns about that.
pytestmark = pytest.mark.filterwarnings("ignore:No application metrics")


@pytest.fixture
def reader(cloud):
    return Client(Gateway(app))


def opens(reader, path, **headers):
    return reader.get(path, base_url=SITE, headers=headers)


def language_of(page):
    return re.search(r'<html lang="([\w-]+)"', page.text)[1]


def test_the_chooser_names_each_language_in_itself_and_links_to_the_same_page(reader):
    page = opens(reader, "/request-check?code=K7MP-3XWD")

    assert re.search(r'<span[^>]* lang="en-US" aria-current="true">English</span>', page.text)
    link = re.search(r'<a[^>]* href="([^"]+)" lang="es" hreflang="es">Español</a>', page.text)
    assert link[1] == "?code=K7MP-3XWD&amp;language=es"


def test_a_chosen_language_is_remembered(reader):
    assert language_of(opens(reader, "/?language=es")) == "es"
    assert language_of(opens(reader, "/privacy")) == "es"
    assert language_of(opens(reader, "/privacy?language=en-US")) == "en-US"
    assert language_of(opens(reader, "/contact")) == "en-US"


@pytest.mark.parametrize("path", ["/terms/text", "/theme.css", "/api/v1/openapi.json"])
def test_one_readers_choice_is_nobody_elses(reader, path):
    for _ in range(3):
        opens(reader, f"{path}?language=es")

    fresh = Client(Gateway(app))
    assert opens(fresh, path).headers.getlist("Set-Cookie") == []


@pytest.mark.parametrize("path", ["/theme.css", "/api/v1/openapi.json", "/officer/sign-in"])
def test_what_is_no_page_for_owners_remembers_no_language(reader, path):
    sent = opens(reader, f"{path}?language=es").headers.getlist("Set-Cookie")
    assert not [one for one in sent if one.startswith("language=")]


def test_the_cookie_is_no_secret_but_guarded_as_if_it_were(reader):
    cookie = opens(reader, "/?language=es").headers["Set-Cookie"]

    assert cookie == "language=es; Path=/; Max-Age=31536000; Secure; HttpOnly; SameSite=Lax"
    assert "Set-Cookie" not in opens(reader, "/?language=xx").headers
    assert "Set-Cookie" not in opens(reader, "/").headers


@pytest.mark.parametrize(
    ("wish", "spoken"),
    [
        ("es-MX,es;q=0.9,en;q=0.8", "es"),
        ("fr, es;q=0.5", "es"),
        ("en-GB,en", "en-US"),
        ("cy", "en-US"),
        ("*", "en-US"),
        ("x" * 9000, "en-US"),
    ],
)
def test_without_a_choice_the_browsers_wish_counts(reader, wish, spoken):
    assert language_of(opens(reader, "/", **{"Accept-Language": wish})) == spoken


def test_a_british_programme_speaks_welsh(cloud, monkeypatch):
    monkeypatch.setenv("JURISDICTION", "lancashire")
    settings.current.cache_clear()
    page = opens(Client(Gateway(app)), "/?language=cy")

    assert language_of(page) == "cy"
    assert re.search(r'href="\?language=en-GB" lang="en-GB"', page.text)


def test_officers_pages_and_programs_stay_in_the_first_language(cloud, monkeypatch):
    monkeypatch.setenv("OFFICER_MFA", "optional")
    story, wish = Story(), {"Accept-Language": "es"}
    browser = Client(Gateway(app, tokens={"good": story.claims}), use_cookies=False)
    page = opens(browser, "/officer/search?language=es", **story.session.headers, **wish)
    told = opens(browser, "/api/v1/requests/none", Authorization="Bearer good", **wish)

    assert language_of(page) == "en-US"
    assert "Español" not in page.text
    assert told.json["detail"] == "There is nothing at this address."


def test_an_error_is_told_in_the_language_of_the_page(cloud):
    person = Applicant()
    person.opens("/?language=es")
    page = person.sends("details", name="")

    assert language_of(page) == "es"
    assert "<title>Error:" in page.text
    assert "Escriba su nombre, con 100 caracteres como máximo" in page.text


def test_after_a_form_the_chooser_leads_to_a_page_that_can_be_opened(cloud, monkeypatch):
    monkeypatch.setenv("OFFICER_MFA", "optional")
    story, reader = Story(), Client(Gateway(app))
    path = f"/answer/{story.links['answer']}"
    answered = reader.post(path, data={"answer": "nothing_there"}, base_url=SITE)
    done = reader.post(f"{path}/done", data={"done": "yes"}, base_url=SITE)

    assert 'href="?language=es"' in answered.text
    assert f'href="{path}?language=es"' in done.text
    assert opens(reader, path + "?language=es").status_code == 200


def test_a_script_of_an_owner_is_told_in_their_language(cloud, monkeypatch):
    monkeypatch.setenv("OFFICER_MFA", "optional")
    story, reader = Story(), Client(Gateway(app))
    opens(reader, "/?language=es")
    clip = {"name": "a.mp4", "size": 0}
    path = f"/answer/{story.links['answer']}/clips"
    refused = reader.post(path, json=clip, base_url=SITE)

    assert refused.json["detail"] == "Ese archivo está vacío."
