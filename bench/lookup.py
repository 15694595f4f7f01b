"""What a search costs, against every usual way to do it, on the same cameras and the same meter.

Counts are exact and the same on every machine; milliseconds are not. Ends with 1 if one camera is
missed or wrongly found, or a promise is broken. `--quick` is a part of the rows, in under 50 s;
`--real PATH` looks among real cameras at real scenes instead. The last line is one JSON object.
"""

import argparse
import json
import os
import platform
import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from bench import county, emulator, environment, grid, real, targets, whole
from bench.report import Table, print_times
from bench.rows import Row


class Run(NamedTuple):
    """How much is done: the grid, the counties (cameras, lookups, dynamodbgeo's), the emulator."""

    fields: tuple[grid.Field, ...]
    counties: tuple[tuple[int, int, int], ...]
    emulated: tuple[int, int]


FULL = Run(grid.FULL, ((20_000, 600, 60), (1_000_000, 300, 20)), (10_000, 120))
QUICK = Run(grid.QUICK, ((20_000, 60, 6),), (1_000, 24))
REAL_SECONDS = 300
REAL_MEGABYTES = 2000


def main(words: list[str] | None = None) -> int:
    """Print the table; return 1 if anything was missed, wrongly found or dearer than promised."""
    parser = argparse.ArgumentParser(prog="script/bench lookup", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a fixed part of the rows")
    parser.add_argument("--real", type=Path, metavar="PATH", help="where the real data is")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args(words)
    environment.close()
    if arguments.real:
        return _real(arguments.real, arguments.seed)
    return _invented(QUICK if arguments.quick else FULL, arguments.seed)


def _invented(run: Run, seed: int) -> int:
    figures = _side_by_side(run, seed)
    emulated = emulator.compared(*run.emulated, seed)
    print(f"\nthe register's own search in a local DynamoDB: {emulated}")
    times = whole.processor_times(seed)
    print_times(times)
    problems = [*_problems(figures), *whole.broken(times)]
    if emulated["missed"] or emulated["extra"]:
        problems.append(f"in the local DynamoDB: {emulated}")
    return concluded({"seed": seed, "rows": figures, "emulator": emulated, "cpu": times}, problems)


def _side_by_side(run: Run, seed: int) -> list[dict[str, Any]]:
    """Make the rows of each field and county in a process of its own, and print them in order."""
    parts = [partial(grid.rows, [field], seed) for field in run.fields]
    parts += [partial(county.rows, *one, seed) for one in run.counties]
    table = Table()
    with ProcessPoolExecutor(os.cpu_count()) as processes:
        done = processes.map(_figures, parts)
        return [table.add(figures) for some in done for figures in some]


def _figures(rows: Callable[[], Iterable[Row]]) -> list[dict[str, Any]]:
    return [row.figures() for row in rows()]


def _real(data: Path, seed: int) -> int:
    if not (data / real.KOREA).exists():
        print(f"There are no real cameras in {data}.", file=sys.stderr)
        return 2
    started = time.perf_counter()
    about: dict[str, Any] = {}
    figures = tabled(real.rows(data, seed, about))
    took, memory = round(time.perf_counter() - started), real.memory_mb()
    problems = _problems(figures)
    if took > REAL_SECONDS or memory > REAL_MEGABYTES:
        problems.append(f"{took} s and {memory} MB, promised less than 300 s and 2000 MB")
    print(f"\n{took} s, {memory} MB")
    told = {"seed": seed, "seconds": took, "memory_mb": memory, "lists": about}
    return concluded(told | {"rows": figures}, problems)


def tabled(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Print each row as soon as there is one, and return their figures."""
    table = Table()
    return [table.add(row.figures()) for row in rows]


def concluded(told: dict[str, Any], problems: list[str]) -> int:
    """Print what it all comes to, the JSON object last, and return the exit status."""
    notes = [note for one in told["rows"] for note in targets.short_on_one_curve(one)]
    if notes:
        print(
            "\n".join(["", "On the first curve alone, which the register never uses so:", *notes])
        )
    print("\n".join(["", "Broken:", *problems]) if problems else "\nEvery promise is kept.")
    machine = {"python": platform.python_version(), "cores": os.cpu_count()}
    verdict = {"one_curve_short": notes, "broken": problems, "passed": not problems}
    print(json.dumps(machine | told | verdict))
    return 1 if problems else 0


def _problems(figures: list[dict[str, Any]]) -> list[str]:
    return [sentence for one in figures for sentence in targets.broken(one)]


if __name__ == "__main__":
    sys.exit(main())
