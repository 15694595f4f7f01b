import pytest
from jinja2 import UndefinedError

from chalicelib.errors import LinkGone
from chalicelib.web import html


def test_a_page_carries_the_headers_that_keep_other_sites_out():
    headers = html.page("public/link_sent.html").headers

    assert headers["Content-Security-Policy"] == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self' https://clips.s3.us-east-1.amazonaws.com; font-src 'self'; "
        "form-action 'self' https://clips.s3.us-east-1.amazonaws.com; "
        "base-uri 'none'; frame-ancestors 'none'"
    )
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Robots-Tag"] == "noindex, nofollow"


def test_only_officers_forms_may_end_at_the_sign_in_service():
    assert "https://sign-in.example" in html.content_security_policy("officer/search.html")
    assert "https://sign-in.example" not in html.content_security_policy("public/start.html")


def test_search_engines_may_keep_the_start_page_and_the_notices_only():
    assert "X-Robots-Tag" not in html.page("public/start.html").headers
    assert "X-Robots-Tag" not in html.page("public/contact.html").headers
    assert "X-Robots-Tag" in html.page("public/link_sent.html").headers


def test_a_missing_value_is_an_error_and_not_an_empty_place():
    with pytest.raises(UndefinedError):
        html.page("owner/answered.html")


def test_an_error_page_says_the_errors_own_sentence():
    response = html.error_page(LinkGone())

    assert response.status_code == 410
    assert "The link has expired or has been used." in response.body


def test_what_people_entered_is_escaped():
    page = html.page("public/request_check.html", code='"><script>x</script>', errors={})

    assert "<script>x" not in page.body


def test_compiled_templates_say_the_same(tmp_path, monkeypatch):
    before = html.page("public/start.html").body
    html.compile_templates(tmp_path / "compiled")
    monkeypatch.setattr(html, "COMPILED", tmp_path / "compiled")
    html.environment.cache_clear()

    assert html.page("public/start.html").body == before
    html.environment.cache_clear()


def test_no_template_has_inline_style_or_script():
    for path in html.TEMPLATES.rglob("*.html"):
        text = path.read_text("utf-8")
        assert "<style" not in text, path
        assert 'style="' not in text, path
        assert " onclick" not in text, path
        assert "javascript:" not in text, path


def test_a_redirect_is_a_see_other_below_the_sites_own_path():
    response = html.redirect("/register")

    assert (response.status_code, response.headers["Location"]) == (303, "/register")
    assert html.redirect("https://sign-in.example/x").headers["Location"].startswith("https://sign")
