"""What each public page weighs and takes to make: `script/bench pages [programme ...]`.

A page's weight is its HTML and each style, script and picture it names, compressed by gzip as a
browser that has never been here fetches them; a page with a map also fetches the map's ground.
Fails where a page is heavier than promised. Times are best of many, of one core, for a warm
function whose AWS answers at once; they are printed with what they would be on the machine the
promise was made for, and judged there.
"""

import argparse
import gzip
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from bench import site
from bench.calibration import NOMINAL_MS, loop, processor_ms

PAGE_MOST = 25_000
"""Bytes of a page without a map, in all; a kilobyte is a thousand."""
MAP_MOST = 90_000
RENDER_MOST_MS = 15.0
LEVEL = 6
"""What web servers and networks of caches usually compress with."""
TIMES = 15
PLAIN = (
    *("/", "/how-it-works", "/what-we-keep", "/who-can-see", "/request-check", "/terms"),
    *("/privacy", "/accessibility", "/contact", "/my-registration", "/register/details"),
    *("/register/done", "/print/form", "/print/poster", "/print/brochure", "/confirm/unknown"),
)
DETAILS = {"name": "Ann Lee", "premises": "home"}
REACH = {"email": "ann@example.com"}
ASSET = re.compile(r"""<(?:link|script|img)\b[^>]*?\b(?:href|src)=["'](/[^"']+)""")
MAP = ("leaflet", "pin-map")
GROUND = re.compile(r'data-ground="([^"]+)"')
FIRST_GROUND = ("outline.geojson", "base.geojson")
"""Houses come only when somebody looks closely; pin-map.js says from when."""


@dataclass(frozen=True)
class Measured:
    """One page in one language."""

    programme: str
    language: str
    path: str
    html: int
    assets: int
    map: int
    """The map's own styles, scripts and ground; 0 on a page without one."""
    best_ms: float
    nominal_ms: float

    @property
    def plain(self) -> int:
        return self.html + self.assets

    @property
    def whole(self) -> int:
        return self.plain + self.map

    @property
    def heavy(self) -> bool:
        return self.plain > PAGE_MOST or self.whole > MAP_MOST

    @property
    def slow(self) -> bool:
        return self.nominal_ms > RENDER_MOST_MS


def main(words: list[str] | None = None) -> int:
    """Print every page; return 1 if one is heavier or slower than promised."""
    parser = argparse.ArgumentParser(prog="script/bench pages", description=__doc__)
    parser.add_argument("programmes", nargs="*", default=["demo", "lancashire"])
    parser.add_argument("--bytes", action="store_true", help="weigh only, take no times")
    given = parser.parse_args(words)
    times = 0 if given.bytes else TIMES
    rows = [row for programme in given.programmes for row in measured(programme, times=times)]
    print(f"{'page':44} {'HTML':>6} {'assets':>6} {'map':>6} {'whole':>6} {'ms':>6} {'nominal':>7}")
    for row in rows:
        print(told(row))
    wrong = [row for row in rows if row.heavy or row.slow]
    print(f"{len(rows)} pages, {len(wrong)} over a promise")
    return int(bool(wrong))


def told(row: Measured) -> str:
    """Return one line of the table."""
    name = f"{row.programme} {row.language} {row.path}"
    verdict = " HEAVY" * row.heavy + " SLOW" * row.slow
    return (
        f"{name:44} {row.html:6} {row.assets:6} {row.map:6} {row.whole:6} "
        f"{row.best_ms:6.1f} {row.nominal_ms:7.1f}{verdict}"
    )


def measured(programme: str, *, times: int = 0) -> Iterator[Measured]:
    """Weigh each page of a programme in each language; with `times`, make it so often too."""
    with site.opened(programme):
        from chalicelib import jurisdictions  # noqa: PLC0415 - after the settings are made

        for language in jurisdictions.load(programme).languages:
            visitor = site.Site(language)
            yield from (page(visitor, programme, path, times) for path in PLAIN)
            yield from (page(visitor, programme, path, times) for path in filled_in(visitor))


def filled_in(visitor: site.Site) -> Iterator[str]:
    """Go through the form, and name each step as soon as it can be looked at."""
    from chalicelib import jurisdictions  # noqa: PLC0415 - after the settings are made

    middle = jurisdictions.current().map.centre
    camera = {"place": "", "latitude": str(middle.latitude), "longitude": str(middle.longitude)}
    send(visitor, "/register/details", DETAILS)
    yield "/register/camera"
    send(visitor, "/register/camera", {**camera, "kind": "doorbell", "action": "continue"})
    yield "/register/contact"
    send(visitor, "/register/contact", REACH)
    yield "/register/check"


def send(visitor: site.Site, path: str, fields: dict[str, str]) -> None:
    """Send what a page's form has fields for: a programme refuses what it does not ask."""
    form = visitor.get(path)["body"]
    visitor.post(path, {key: text for key, text in fields.items() if f'name="{key}"' in form})


def page(visitor: site.Site, programme: str, path: str, times: int) -> Measured:
    """Weigh one page."""
    answer = visitor.get(path)
    body = answer["body"]
    if answer["statusCode"] in {301, 303}:
        raise LookupError(f"{path} leads elsewhere: the form was not filled in as it wants")
    names = sorted(set(ASSET.findall(body)))
    ofmap = [name for name in names if any(part in name for part in MAP)]
    ground = [f"{base}{name}" for base in GROUND.findall(body) for name in FIRST_GROUND]
    best = best_of(visitor, path, times)
    return Measured(
        programme,
        visitor.language,
        path,
        html=squeezed(body),
        assets=sum(weight(visitor, name) for name in names if name not in ofmap),
        map=sum(weight(visitor, name) for name in [*ofmap, *ground]),
        best_ms=best,
        nominal_ms=best * NOMINAL_MS / (min(processor_ms(loop) for _ in range(5)) if times else 1),
    )


def best_of(visitor: site.Site, path: str, times: int) -> float:
    """Return the shortest of so many answers, in milliseconds of one core."""
    return min((processor_ms(lambda: visitor.get(path)) for _ in range(times)), default=0.0)


def weight(visitor: site.Site, address: str) -> int:
    return squeezed(visitor.get(address)["body"])


def squeezed(text: str) -> int:
    return len(gzip.compress(text.encode(), LEVEL, mtime=0))


if __name__ == "__main__":
    sys.exit(main())
