"""Where each static file is served: its address holds the hash of its content.

Apart from the routes themselves because every page needs the addresses, the error page too.
"""

import hashlib
from functools import cache
from pathlib import Path

STATIC = Path(__file__).parent / "static"
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}
HASH_LENGTH = 12


def address_of(name: str) -> str:
    """Return where the file `name` is served now; KeyError if there is none."""
    return addresses()[name]


@cache
def addresses() -> dict[str, str]:
    """Return the address of each file by its name."""
    files = [path for path in STATIC.iterdir() if path.suffix in TYPES]
    return {path.name: f"/static/{_hashed(path)}" for path in files}


def _hashed(path: Path) -> str:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:HASH_LENGTH]
    return f"{path.stem}.{digest}{path.suffix}"
