"""Telling when somebody registers the same camera once more."""

from collections.abc import Iterable

from chalicelib import cameras
from chalicelib.cameras import Camera
from chalicelib.geo import distance_m

SAME_PLACE_M = 2


def among(new_ids: Iterable[str], old_ids: Iterable[str]) -> tuple[str, ...]:
    """Return those of the new cameras that are one of the old ones."""
    old = cameras.get(old_ids)
    return tuple(
        camera.id for camera in cameras.get(new_ids) if any(is_same(camera, other) for other in old)
    )


def is_same(one: Camera, other: Camera) -> bool:
    """Say whether both are one camera: same place, kind and name, and no other direction."""
    return (
        one.kind is other.kind
        and _named(one) == _named(other)
        and _may_look_alike(one.heading, other.heading)
        and distance_m(one.point, other.point) <= SAME_PLACE_M
    )


def _named(camera: Camera) -> str:
    return (camera.label or "").casefold()


def _may_look_alike(heading: int | None, other: int | None) -> bool:
    return heading is None or other is None or heading == other
