"""Finding cameras round a scene from the geo index alone."""

from collections.abc import Iterable, Iterator
from heapq import nsmallest
from typing import NamedTuple

from aws_lambda_powertools.metrics import MetricUnit

from chalicelib.aws import index
from chalicelib.cameras.model import ACCURACY_MAX_M, Found, FoundCamera, View
from chalicelib.cameras.packing import unpacked
from chalicelib.geo import Circle, Point, bearing, geohash, plan
from chalicelib.geo.distance import arc_m, earthfixed
from chalicelib.telemetry import metrics

CAMERAS_MOST = 1000


class Sighting(NamedTuple):
    """An index entry, read and measured."""

    distance_m: float
    camera_id: str
    point: Point
    view: View


def near(circle: Circle) -> Found:
    """Return the cameras that are, or may be, within `circle`, nearest first.

    A camera whose place is known to `accuracy_m` counts if it may be inside; the index is read
    that much further out. At most 1000 are returned; `total` and `truncated` are exact.
    Raises Unavailable if any part of the index could not be read.
    """
    answer = index.read(plan(Circle(circle.centre, circle.radius_m + ACCURACY_MAX_M)))
    inside = list(_inside(circle, answer.entries))
    _measure(answer, len(inside))
    nearest = nsmallest(CAMERAS_MOST, inside, key=lambda sighting: (sighting[0], sighting[1]))
    return Found(
        cameras=tuple(_found(circle, sighting) for sighting in nearest),
        requests=answer.requests,
        entries_read=len(answer.entries),
        capacity_units=answer.capacity_units,
        truncated=len(inside) > CAMERAS_MOST,
        total=len(inside),
    )


def _inside(circle: Circle, entries: Iterable[index.Entry]) -> Iterator[Sighting]:
    centre = earthfixed(circle.centre)
    for entry in entries:
        point = geohash.place(geohash.number(entry.geohash))
        distance = arc_m(centre, earthfixed(point))
        view = unpacked(entry.view)
        if distance - view.accuracy_m <= circle.radius_m:
            yield Sighting(distance, entry.camera_id, point, view)


def _found(circle: Circle, sighting: Sighting) -> FoundCamera:
    surely = sighting.distance_m + sighting.view.accuracy_m <= circle.radius_m
    return FoundCamera(
        id=sighting.camera_id,
        point=sighting.point,
        distance_m=sighting.distance_m,
        bearing=bearing(circle.centre, sighting.point),
        view=sighting.view,
        certainty="definite" if surely else "possible",
        faces_scene=sighting.view.faces(sighting.point, circle.centre),
    )


def _measure(answer: index.Read, found: int) -> None:
    """Count what the lookup took; keys are addresses and stay out."""
    metrics.add_metric("LookupRequests", MetricUnit.Count, answer.requests)
    metrics.add_metric("LookupEntriesRead", MetricUnit.Count, len(answer.entries))
    metrics.add_metric("LookupCamerasFound", MetricUnit.Count, found)
    metrics.add_metric("LookupCapacityUnits", MetricUnit.Count, answer.capacity_units)
