"""Finding cameras for a search from the geo index alone."""

from bisect import bisect_left
from collections.abc import Iterable
from time import monotonic, perf_counter

from aws_lambda_powertools.metrics import MetricUnit

from chalicelib.aws import index
from chalicelib.cameras import density
from chalicelib.cameras.model import ACCURACY_MAX_M, Found, FoundCamera
from chalicelib.cameras.sightings import (
    Question,
    Sighting,
    sightings,
    teller,
    uncertain_sightings,
)
from chalicelib.cameras.store import UNCERTAIN
from chalicelib.geo import Curve, Plan, Region, best_plan, plan
from chalicelib.telemetry import metrics

CAMERAS_MOST = 750
"""No programme shows more than 200, and within the longest reach of a scene even 3000 cameras per
square kilometre are some 640: none that could face it is left out."""
UNCERTAIN_MOST = 100
NAMES = {Curve.PLAIN: index.GEO, Curve.SHIFTED: index.SHIFTED}


def find(region: Region, *, scene: Region, only_seeing: bool = False) -> Found:
    """Return the cameras that stand, or may stand, in `region`, nearest first.

    With `only_seeing`, instead, those that see `scene`, or may, wherever they stand. A camera
    whose place is known to `accuracy_m` counts if it may be inside; one whose direction is
    unknown may see whatever is within its reach. At most 750 are returned; `total` and
    `truncated` are exact. Cameras whose place is hardly known are returned apart.
    Raises Unavailable if any part of the index could not be read.
    """
    question, started = Question(region, scene, only_seeing), perf_counter()
    near = density.near(question.around, margin_m=_grown(question), at=monotonic())
    known = perf_counter()
    planned = best_plan(question.around, near.cameras_per_km2, margin_m=question.margin_m)
    ranges = [*_ranges(planned), *_uncertain_ranges(question, near.uncertain)]
    ready = perf_counter()
    answer = index.read(ranges)
    result = _found(question, answer, planned.curve)
    _measure(result, plan_s=ready - known, total_s=perf_counter() - started)
    return result


def _ranges(planned: Plan) -> list[index.Range]:
    return [index.Range(NAMES[planned.curve], *part) for part in planned.ranges]


def _grown(question: Question) -> float:
    """Return how far off a camera may be noted whose place is hardly known."""
    return ACCURACY_MAX_M + question.margin_m


def _uncertain_ranges(question: Question, partitions: frozenset[str]) -> list[index.Range]:
    """Return what to read of the partitions that hold cameras whose place is hardly known."""
    if not partitions:
        return []
    return [
        index.Range(index.GEO, UNCERTAIN + part.partition, part.low, part.high)
        for part in plan(question.around, 0.0, margin_m=_grown(question))
        if part.partition in partitions
    ]


def _found(question: Question, answer: index.Read, curve: Curve) -> Found:
    points, others = _apart(answer.entries)
    inside = list(sightings(question, points, curve))
    return Found(
        cameras=_nearest(question, inside, CAMERAS_MOST),
        uncertain=_nearest(question, uncertain_sightings(question, others), UNCERTAIN_MOST),
        requests=answer.requests,
        entries_read=len(answer.entries),
        capacity_units=answer.capacity_units,
        truncated=len(inside) > CAMERAS_MOST,
        total=len(inside),
    )


def _apart(entries: list[index.Entry]) -> tuple[list[index.Entry], list[index.Entry]]:
    """Return the points, and those whose place is hardly known; they come last."""
    first = bisect_left(entries, x=True, key=lambda entry: entry.partition.startswith(UNCERTAIN))
    return entries[:first], entries[first:]


def _nearest(question: Question, inside: Iterable[Sighting], most: int) -> tuple[FoundCamera, ...]:
    tell = teller(question)
    return tuple(map(tell, sorted(inside)[:most]))


def _measure(result: Found, *, plan_s: float, total_s: float) -> None:
    """Count what the lookup took; keys are addresses and stay out."""
    metrics.add_metric("LookupRequests", MetricUnit.Count, result.requests)
    metrics.add_metric("LookupEntriesRead", MetricUnit.Count, result.entries_read)
    metrics.add_metric("LookupCamerasFound", MetricUnit.Count, result.total)
    metrics.add_metric("LookupCapacityUnits", MetricUnit.Count, result.capacity_units)
    metrics.add_metric("LookupPlanTime", MetricUnit.Milliseconds, 1000 * plan_s)
    metrics.add_metric("LookupTime", MetricUnit.Milliseconds, 1000 * total_s)
