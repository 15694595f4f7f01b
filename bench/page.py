"""Put measured tables into docs/benchmarks.md: `script/bench page RUN [RUN ...]`.

A run is what `script/bench lookup` printed; of each only its last line is read.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

PAGE = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"
START, END = "<!-- measured: start -->", "<!-- measured: end -->"
GROUPS = {
    "Circles": ("circle",),
    "Areas and routes": ("area", "route"),
    "Exactly on a seam": ("seam",),
    "A county with towns; the density as the register's counters tell it": ("county",),
    "Real cameras": ("korea-sites", "korea-incidents", "us-sites", "us-incidents"),
}
COSTS = (
    "| row | lookups | found | one curve: requests (p95, most) | units | x least | "
    "two curves: requests (p95, most) | with one | units | x least | missed, extra | whole, ms |"
)
RIVALS = ("nine neighbours", "intersecting cells")
ITEMS = ("minimal", "today", "real")


def main(words: list[str] | None = None) -> int:
    """Replace what stands between the two marks."""
    parser = argparse.ArgumentParser(prog="script/bench page", description=__doc__)
    parser.add_argument("runs", nargs="+", type=Path)
    runs = [json.loads(one.read_text().splitlines()[-1]) for one in parser.parse_args(words).runs]
    before, _, rest = PAGE.read_text().partition(START)
    _, _, after = rest.partition(END)
    PAGE.write_text("\n".join((before + START, "", *tables(runs), "", END + after)))
    return 0


def tables(runs: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Give the lines of all tables of all runs."""
    for run in runs:
        yield from _about(run)
        for title, kinds in GROUPS.items():
            rows = [row for row in run["rows"] if row["row"].split()[0] in kinds]
            if rows:
                yield from ("", f"### {title}", "", COSTS, "| --- " + "| --: " * 11 + "|")
                yield from map(_costs, rows)
                yield from _rivals([row for row in rows if row["competitors"]])
        yield from _times(run.get("cpu", {}))
        yield from _verdict(run)


def _about(run: dict[str, Any]) -> Iterator[str]:
    machine = ", ".join(f"{name} {run[name]}" for name in ("python", "cores") if name in run)
    yield f"Seed {run['seed']}" + (f", {machine}." if machine else ".")
    if emulated := run.get("emulator"):
        yield (
            f"In a local DynamoDB: {emulated['cameras']} cameras, {emulated['lookups']} lookups, "
            f"{emulated['missed']} missed, {emulated['extra']} extra."
        )
    for name, counts in run.get("lists", {}).items():
        yield f"\n{name}: " + ", ".join(f"{what} {count:,}" for what, count in counts.items()) + "."
    if "seconds" in run:
        yield f"\n{run['seconds']} s, {run['memory_mb']} MB."


def _costs(row: dict[str, Any]) -> str:
    one, two = row, row["two_curves"]
    cells = (
        *(row["row"], row["lookups"], f"{row['hits']:,.1f}", _requests(one), f"{one['rcu']:,.2f}"),
        *(f"{one['lb48_ratio']:.2f}", _requests(two), f"{100 * two['one_request']:.0f} %"),
        *(f"{two['rcu']:,.2f}", f"{two['lb48_ratio']:.2f}"),
        f"{one['missed'] + two['missed']}, {one['extra'] + two['extra']}",
        "-" if one.get("total_cpu_ms_p50") is None else f"{one['total_cpu_ms_p50']:.1f}",
    )
    return f"| {' | '.join(map(str, cells))} |"


def _requests(read: dict[str, Any]) -> str:
    return f"{read['requests']:.2f} ({read['requests_p95']}, {read['requests_max']})"


def _rivals(rows: list[dict[str, Any]]) -> Iterator[str]:
    """Give what others pay: requests and read units, in multiples of ours on two curves."""
    if not rows:
        return
    yield ""
    yield (
        "| times what we pay: requests, units | scan: units | nine neighbours | cells | "
        "dynamodbgeo: requests | its units, 99 B | 344 B | 699 B | missed, extra, fails |"
    )
    yield "| --- " + "| --: " * 8 + "|"
    for row in rows:
        rivals = row["competitors"]
        theirs = [rivals.get(f"dynamodbgeo, {items} items") for items in ITEMS]
        cells = (row["row"], _times_ours(rivals.get("scan"), "rcu"))
        cells += tuple(_both(rivals.get(name)) for name in RIVALS)
        cells += (_times_ours(theirs[0], "requests"), *(_times_ours(one, "rcu") for one in theirs))
        yield f"| {' | '.join((*cells, _off(theirs[-1])))} |"


def _times_ours(rival: dict[str, Any] | None, what: str) -> str:
    return f"{rival[f'{what}_ratio_two_curves']:,.1f}" if rival else "-"


def _both(rival: dict[str, Any] | None) -> str:
    return f"{_times_ours(rival, 'requests')}, {_times_ours(rival, 'rcu')}" if rival else "-"


def _off(rival: dict[str, Any] | None) -> str:
    if not rival:
        return "-"
    return f"{rival['missed']}, {rival['extra']}, {rival['fails']} in {rival['lookups']}"


def _times(times: dict[str, dict[str, float]]) -> Iterator[str]:
    if not times:
        return
    yield from ("", "### Processor time", "")
    yield "| what | ms here | ms on the nominal machine | promised | calibration loops |"
    yield "| --- " + "| --: " * 4 + "|"
    for name, time in times.items():
        cells = (time["ms"], time["nominal_ms"], time["target_ms"], time["loops"])
        yield f"| {name} | {' | '.join(f'{value:.2f}' for value in cells)} |"


def _verdict(run: dict[str, Any]) -> Iterator[str]:
    for title, key in (
        ("Broken promises", "broken"),
        ("Not held by the first curve alone, which the register never uses so", "one_curve_short"),
    ):
        sentences = run.get(key, [])
        yield from ("", f"{title}: {'none.' if not sentences else ''}".rstrip(), "")
        yield from (f"- {sentence}" for sentence in sentences)


if __name__ == "__main__":
    sys.exit(main())
