"""Absolute addresses for letters: the site's public address, never the request's own host."""

from urllib.parse import quote

from chalicelib import settings


def url(path: str, **parts: str) -> str:
    """Return e.g. `url("/answer/{token}", token=token)` under the site's address."""
    quoted = {name: quote(value, safe="") for name, value in parts.items()}
    return settings.current().site_url + path.format(**quoted)
