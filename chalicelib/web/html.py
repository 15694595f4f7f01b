"""Turns a template and values into a page, with the headers that keep other sites out of it.

    page("public/contact.html")
    page("owner/answer.html", status=422, errors=error.fields, ask=ask)
    redirect("/officer/search")

Templates know `jurisdiction`, `words`, `settings`, `languages` (the links of the chooser),
`url(path)` and `static(name)`. A name that is
missing is an error; a missing key of a plain dict, such as `errors`, counts as nothing.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from chalice.app import Response
from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    ModuleLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    Undefined,
)

from chalicelib import clock, jurisdictions, language
from chalicelib import settings as deployment
from chalicelib.errors import SightlineError
from chalicelib.web import languages
from chalicelib.web.static_addresses import address_of

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
COMPILED = HERE / "compiled"

Headers = Mapping[str, str | list[str]]

FIXED_HEADERS: dict[str, str | list[str]] = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    # Repeated for browsers that do not know frame-ancestors.
    "X-Frame-Options": "DENY",
}
INDEXED = frozenset(
    f"public/{name}.html"
    for name in (
        *("start", "how_it_works", "what_we_keep", "who_can_see", "request_check"),
        *("terms", "privacy", "accessibility", "contact"),
    )
)
"""Search engines may keep these; everything else belongs to the person who has its link."""


class Missing(StrictUndefined):
    """A missing name is an error; a missing key of a dict is nothing, as the macros expect."""

    def __new__(cls, *said: Any, **named: Any) -> Undefined:  # type: ignore[misc] # noqa: ANN401 - the milder class on purpose; passed on as they came
        """Choose by what was looked up, and in what; an `if` without `else` has no name."""
        mild = type(named.get("obj")) is dict or named.get("name") in {None, "caller"}
        return (Undefined if mild else StrictUndefined)(*said, **named)


def page(
    template: str, *, status: int = 200, headers: Headers | None = None, **values: object
) -> Response:
    """Return the page that `template` makes of `values`."""
    body = environment().get_template(template).render(**_common(), **values)
    return Response(body, headers=_headers(template, headers or {}), status_code=status)


def error_page(error: SightlineError) -> Response:
    """Return the page for something that cannot be done, in the error's own words."""
    return page("public/error.html", status=error.status, error=error)


def redirect(path: str, *, headers: Headers | None = None) -> Response:
    """Send the browser on with a GET; `path` is ours, or absolute for the sign-in service."""
    sent = {"Location": url(path), "Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
    return Response("", headers={**sent, **(headers or {})}, status_code=303)


def url(path: str) -> str:
    """Return the address of one of our pages, also where the site lives below a path."""
    if not path.startswith("/"):
        return path
    return urlsplit(deployment.current().site_url).path + path


def static(name: str) -> str:
    """Return the address of a static file; it changes with the content and is cached for good."""
    return url(address_of(name))


def content_security_policy(template: str) -> str:
    """Allow our own files, the bucket clips are sent to, and nothing else.

    Signing out answers a form with a redirect to the sign-in service, and browsers check a
    redirect after a form against `form-action` too.
    """
    clips = deployment.current().clip_origin
    sign_in = f" {deployment.current().sign_in_url}" if template.startswith("officer/") else ""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        f"connect-src 'self' {clips}; font-src 'self'; form-action 'self' {clips}{sign_in}; "
        "base-uri 'none'; frame-ancestors 'none'"
    )


@cache
def environment() -> Environment:
    """Return the template environment, compiled beforehand where the build has done that."""
    return _environment(ModuleLoader(COMPILED) if COMPILED.is_dir() else _sources())


def compile_templates(target: Path | str = COMPILED) -> None:
    """Write every template as Python: a build step that makes cold starts faster."""
    _environment(_sources()).compile_templates(target, extensions=["html"], zip=None)


def _environment(loader: BaseLoader) -> Environment:
    made = Environment(
        loader=loader,
        autoescape=True,
        undefined=Missing,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    language.install(made)
    # The component macros, once written for another engine, also use these two names.
    made.globals.update(url=url, static=static, undefined=Undefined(), null=None)
    return made


def _sources() -> BaseLoader:
    components = PackageLoader("govuk_frontend_jinja")
    ours = FileSystemLoader(TEMPLATES)
    return ChoiceLoader([ours, PrefixLoader({"govuk_frontend_jinja": components})])


def _common() -> dict[str, object]:
    here = jurisdictions.current()
    return {
        "jurisdiction": here,
        "words": here.words,
        "settings": deployment.current(),
        "languages": languages.choices(),
        "page_at": clock.stamp(clock.now()),
    }


def _headers(template: str, more: Headers) -> dict[str, str | list[str]]:
    headers = {**FIXED_HEADERS, "Content-Security-Policy": content_security_policy(template)}
    if template not in INDEXED:
        headers["X-Robots-Tag"] = "noindex, nofollow"
    return {**headers, **more}
