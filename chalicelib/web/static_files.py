"""Styles, scripts and the map's ground, served by name; a CDN in front keeps copies.

A file's address holds the hash of its content (`/static/app.3f9c2a71d0b4.css`), so it may be kept
for good. All are text: API Gateway would need every binary type listed.
"""

from functools import cache
from pathlib import Path

from chalice.app import Response

from chalicelib import jurisdictions
from chalicelib.errors import NotFound
from chalicelib.jurisdictions import reader
from chalicelib.web.routes import Routes
from chalicelib.web.static_addresses import STATIC, TYPES, addresses
from chalicelib.web.theme import style_of

FOR_GOOD = "public, max-age=31536000, immutable"
FOR_AN_HOUR = "public, max-age=3600"
GROUND = frozenset({"base.geojson", "buildings.geojson"})
EMPTY = '{"type":"FeatureCollection","features":[]}'

pages = Routes(__name__)


@pages.get("/static/{name}")
def file(name: str) -> Response:
    content, media_type = by_address().get(name) or _missing()
    return answer(content, media_type, FOR_GOOD)


@pages.get("/theme.css")
def theme() -> Response:
    return answer(style_of(jurisdictions.current()), TYPES[".css"], FOR_AN_HOUR)


@pages.get("/map/{name}")
def ground(name: str) -> Response:
    """Answer the streets, the buildings or the area's outline; there is no camera in any."""
    here = jurisdictions.current()
    if name == "outline.geojson":
        return answer(outline(here.id), "application/geo+json", FOR_AN_HOUR)
    if name not in GROUND:
        raise NotFound
    return answer(_ground(here.id, name), "application/geo+json", FOR_AN_HOUR)


@cache
def by_address() -> dict[str, tuple[str, str]]:
    """Return each file's text and type by the name in its address."""
    return {
        address.removeprefix("/static/"): (
            (STATIC / name).read_text("utf-8"),
            TYPES[Path(name).suffix],
        )
        for name, address in addresses().items()
    }


@cache
def outline(jurisdiction_id: str) -> str:
    return reader.path(f"{jurisdiction_id}.outline.geojson").read_text("utf-8")


@cache
def _ground(jurisdiction_id: str, name: str) -> str:
    try:
        return reader.path(f"{jurisdiction_id}/{name}").read_text("utf-8")
    except FileNotFoundError:
        return EMPTY


def answer(content: str, media_type: str, keep: str) -> Response:
    """Answer with a file that may be kept, and that no other site may load."""
    headers: dict[str, str | list[str]] = {
        "Content-Type": media_type,
        "Cache-Control": keep,
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Content-Security-Policy": "default-src 'none'",
    }
    return Response(content, headers=headers, status_code=200)


def _missing() -> tuple[str, str]:
    raise NotFound
