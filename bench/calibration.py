"""How fast this machine is at this moment, so that processor time can be judged anywhere.

A fixed loop of what a lookup is made of (bits, roots, lists, dictionaries) is timed between the
lookups. A time is judged as a multiple of the loop's; `NOMINAL_MS` turns multiples back into the
milliseconds of the nominal machine: an x86-64 (AMD EPYC) with two cores to itself, Python 3.11.
"""

import math
import statistics
import time
from collections.abc import Callable, Iterable
from typing import NamedTuple

ROUNDS = 4000
NOMINAL_MS = 1.05


class Timed(NamedTuple):
    """Median processor milliseconds, as measured here and as the nominal machine would take."""

    here_ms: float
    nominal_ms: float


def loop() -> int:
    """Do a fixed amount of everyday work; the result keeps it from being left out."""
    total, seen = 0, {}
    for number in range(ROUNDS):
        spread = (number | number << 8) & 0x00FF00FF
        spread = (spread | spread << 4) & 0x0F0F0F0F
        root = math.sqrt(spread + 1.5)
        seen[number & 255] = root
        total += int(root) ^ spread
    parts = [(value, key) for key, value in seen.items() if value > 1]
    return total + len(sorted(parts))


def processor_ms(work: Callable[[], object]) -> float:
    """Return what a piece of work takes of one core, the time it waits for others not counted."""
    started = time.process_time()
    work()
    return 1000 * (time.process_time() - started)


def timed(works: Iterable[Callable[[], object]], *, best_of: int = 3) -> Timed:
    """Time each piece of work beside the loop, a few times, and return the medians.

    The best of a few goes is what it takes; the rest is other programs in the caches.
    """
    here, ratios = [], []
    for work in works:
        beside = min(processor_ms(loop) for _ in range(best_of))
        took = min(processor_ms(work) for _ in range(best_of))
        here.append(took)
        ratios.append(took / beside)
    return Timed(statistics.median(here), statistics.median(ratios) * NOMINAL_MS)
