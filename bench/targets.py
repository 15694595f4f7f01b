"""What the lookup has promised, and which promises a run breaks."""

from collections.abc import Iterator
from typing import Any

MUST = {
    "circle rural 50": (1.05, 1.05),
    "circle suburban 50": (1.25, 1.25),
    "circle dense 50": (1.7, 2.0),
    "circle rural 100": (1.08, 1.08),
    "circle suburban 100": (1.5, 1.55),
    "circle dense 100": (2.5, 2.15),
    "circle rural 250": (1.2, 1.22),
    "circle suburban 250": (2.1, 2.6),
    "circle dense 250": (4.9, 1.6),
    "circle rural 500": (1.4, 1.42),
    "circle suburban 500": (3.15, 2.4),
    "circle dense 500": (8.6, 1.2),
    "circle rural 1000": (1.72, 1.9),
    "circle suburban 1000": (5.2, 1.55),
    "circle dense 1000": (15.6, 1.0),
    "circle rural 5000": (4.2, 1.8),
    "circle suburban 5000": (20.5, 0.95),
    "circle dense 5000": (37, 0.87),
}
"""Means, which one curve alone is to hold: requests, read units in multiples of the yardstick's."""

STRETCH = {
    "circle rural 50": {"one_request": 0.99, "lb48_ratio": 1.1},
    "circle rural 100": {"one_request": 0.99, "lb48_ratio": 1.1},
    "circle rural 250": {"one_request": 0.99, "lb48_ratio": 1.1},
    "circle rural 500": {"lb48_ratio": 1.1},
    "circle suburban 50": {"one_request": 0.95, "lb48_ratio": 1.1},
    "circle suburban 100": {"one_request": 0.95, "lb48_ratio": 1.1},
    "circle suburban 250": {"requests": 1.35, "lb48_ratio": 2.0},
}
"""On the better of two curves; the share with one request is a least, the others are mosts."""

REAL = "dynamodbgeo, real items"
AGAINST = {
    "circle suburban 250": {
        REAL: {"requests_ratio": 3.5, "rcu_ratio": 8.0},
        "nine neighbours": {"requests_ratio": 4.0, "rcu_ratio": 5.0},
    },
    "circle suburban 1000": {REAL: {"rcu_ratio": 15.0}},
    "circle rural 50": {REAL: {"requests_ratio": 5.0}},
    "circle rural 100": {REAL: {"requests_ratio": 5.0}},
    "circle rural 250": {REAL: {"requests_ratio": 5.0}},
    "circle rural 500": {REAL: {"requests_ratio": 5.0}},
}
"""How many times more others must pay, at least."""
FEW = 4
"""Requests that 95 in 100 lookups of up to 250 m stay within, and all of up to 100 m."""


def broken(figures: dict[str, Any]) -> list[str]:
    """Return one sentence for each promise that a row breaks, as the register searches.

    It takes the cheaper of two curves; nothing may be missed or wrongly found on one either.
    """
    read = figures["two_curves"]
    sentences = [*_wrong(figures), *_over(figures["row"], read), *_stretched(figures["row"], read)]
    sentences += [*_few(figures["row"], read), *_short_of(figures, "_two_curves")]
    return [f"{figures['row']}: {sentence}" for sentence in sentences]


def short_on_one_curve(figures: dict[str, Any]) -> list[str]:
    """Return what the first curve alone would break of what it is to hold by itself."""
    sentences = [*_over(figures["row"], figures), *_few(figures["row"], figures)]
    sentences += _short_of(figures, "")
    return [f"{figures['row']}: {sentence}" for sentence in sentences]


def _wrong(figures: dict[str, Any]) -> Iterator[str]:
    for curves, read in (("one curve", figures), ("two curves", figures["two_curves"])):
        for what in ("missed", "extra"):
            if read[what]:
                yield f"{read[what]} {what} on {curves}"


def _over(row: str, read: dict[str, Any]) -> Iterator[str]:
    for what, most in zip(("requests", "lb48_ratio"), MUST.get(row, ()), strict=False):
        if read[what] > most:
            yield f"{what} {read[what]}, promised at most {most}"


def _stretched(row: str, read: dict[str, Any]) -> Iterator[str]:
    for what, promised in STRETCH.get(row, {}).items():
        value = read[what]
        if value < promised if what == "one_request" else value > promised:
            least = "least" if what == "one_request" else "most"
            yield f"{what} {value} on two curves, promised at {least} {promised}"


def _few(row: str, read: dict[str, Any]) -> Iterator[str]:
    shape, density, size = row.split(maxsplit=2)
    if shape != "circle":
        return
    if int(size) <= 250 and density != "dense" and read["requests_p95"] > FEW:  # noqa: PLR2004 - metres
        yield f"requests p95 {read['requests_p95']}, promised at most {FEW}"
    if int(size) <= 100 and read["requests_max"] > FEW:  # noqa: PLR2004 - as above
        yield f"requests max {read['requests_max']}, promised at most {FEW}"


def _short_of(figures: dict[str, Any], curves: str) -> Iterator[str]:
    for rival, promises in AGAINST.get(figures["row"], {}).items():
        measured = figures["competitors"].get(rival, {})
        for what, least in promises.items():
            value = measured.get(what + curves)
            if value is not None and value < least:
                yield f"{what} {value} against {rival}, promised at least {least}"
