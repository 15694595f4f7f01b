"""Judging index entries: which cameras a search wants, and what it says of them.

Exact on WGS84. The index only narrows down what is looked at here.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple

from chalicelib.aws.index import Entry
from chalicelib.cameras.model import (
    POINT_ACCURACY_MAX_M,
    REACH_MAX_M,
    Camera,
    Certainty,
    FoundCamera,
)
from chalicelib.cameras.packing import accuracy_in, packed, unpacked
from chalicelib.cameras.store import UNCERTAIN
from chalicelib.geo import Circle, Corridor, Curve, Point, Region, bearing, position
from chalicelib.geo.distance import earthfixed_at, horizon_at

Place = tuple[float, float]
"""Latitude and longitude: lookups make thousands, and a Point is checked anew each time."""


class Question(NamedTuple):
    """What a search asks for: who stands in `region`, or, wherever it stands, sees `scene`."""

    region: Region
    scene: Region
    only_seeing: bool

    @property
    def around(self) -> Region:
        """Return what to look around for cameras."""
        return self.scene if self.only_seeing else self.region

    @property
    def margin_m(self) -> float:
        """Return how far from there a camera may stand that counts."""
        return REACH_MAX_M if self.only_seeing else POINT_ACCURACY_MAX_M


class Sighting(NamedTuple):
    """An index entry that counts, measured; sorted, the nearest comes first."""

    distance_m: float
    camera_id: str
    place: Place
    view: bytes
    certainty: Certainty


def sightings(question: Question, entries: Iterable[Entry], curve: Curve) -> Iterator[Sighting]:
    """Give those of the `entries` of the points on `curve` that the question asks for."""
    depth_m, margin, distance_m = question.around.depth_m, question.margin_m, _measure(question)
    judge = _seeing if question.only_seeing else _standing
    for camera_id, partition, sort, view in entries:
        place = position(partition, sort, curve)
        depth = depth_m(*place)
        if depth >= -margin:
            certainty = judge(question, place, depth, view)
            if certainty:
                yield Sighting(distance_m(place, depth), camera_id, place, view, certainty)


def _standing(_question: Question, _place: Place, depth: float, view: bytes) -> Certainty | None:
    if depth >= POINT_ACCURACY_MAX_M:
        return "definite"
    accuracy = accuracy_in(view)
    if depth < -accuracy:
        return None
    return "definite" if depth >= accuracy else "possible"


def _seeing(question: Question, place: Place, depth: float, packed_view: bytes) -> Certainty | None:
    view = unpacked(packed_view)
    sight = view.sight
    if sight is None:
        return "possible" if depth >= -view.reaches_m else None
    if not sight.sees(question.scene, *place):
        return None
    return "definite" if depth >= view.accuracy_m - view.reaches_m else "possible"


def uncertain_sightings(question: Question, entries: Iterable[Entry]) -> Iterator[Sighting]:
    """Give those whose place is hardly known that may be where the question asks."""
    distance_m = _measure(question)
    for entry in entries:
        place = position(entry.partition.removeprefix(UNCERTAIN), entry.sort)
        reach = unpacked(entry.view).reaches_m if question.only_seeing else 0
        depth = question.around.depth_m(*place)
        if depth >= -(accuracy_in(entry.view) + reach):
            away = distance_m(place, depth)
            yield Sighting(away, entry.camera_id, place, entry.view, "uncertain")


def _measure(question: Question) -> Callable[[Place, float], float]:
    """Return a function that gives the distance of a place of some depth.

    In the region, depth says it already, and measuring is most of what a lookup costs.
    """
    region = question.region
    if question.only_seeing:
        return lambda place, _depth: region.distance_m(*place)
    match region:
        case Circle():
            return lambda _place, depth: region.radius_m - depth
        case Corridor():
            return lambda _place, depth: region.half_width_m - depth
        case _:
            return lambda _place, depth: max(0.0, -depth)


def teller(question: Question) -> Callable[[Sighting], FoundCamera]:
    """Return a function that tells of a sighting as a search shows it."""
    bearing_of, scene = _bearings(question.region), question.scene

    def tell(sighting: Sighting) -> FoundCamera:
        place, view = sighting.place, unpacked(sighting.view)
        sight = view.sight if sighting.certainty != "uncertain" else None
        faces = sight is not None and sight.sees(scene, *place)
        detail = sight.detail(scene.distance_m(*place)) if sight and faces else None
        return FoundCamera(
            id=sighting.camera_id,
            point=Point(*place),
            distance_m=sighting.distance_m,
            bearing=bearing_of(*place),
            view=view,
            certainty=sighting.certainty,
            faces=faces,
            detail=detail,
        )

    return tell


def as_found(
    camera: Camera, region: Region, *, scene: Region, only_seeing: bool = False
) -> FoundCamera:
    """Return a camera, wherever it is by now, as a search shows it."""
    question = Question(region, scene, only_seeing)
    place, view = (camera.point.latitude, camera.point.longitude), packed(camera)
    depth = question.around.depth_m(*place)
    judge = _seeing if only_seeing else _standing
    certainty: Certainty = judge(question, place, depth, view) or "possible"
    if not camera.is_point:
        certainty = "uncertain"
    away = _measure(question)(place, depth)
    return teller(question)(Sighting(away, camera.id, place, view, certainty))


def _bearings(region: Region) -> Callable[[float, float], float]:
    """Return a function that gives the direction of a place."""
    if isinstance(region, Corridor):
        return partial(_bearing_from_route, region)
    middle = horizon_at(region.middle.latitude, region.middle.longitude)
    return lambda lat, lon: middle.bearing(earthfixed_at(lat, lon))


def _bearing_from_route(route: Corridor, lat: float, lon: float) -> float:
    return bearing(route.at(route.nearest(lat, lon).along_m), Point(lat, lon))
