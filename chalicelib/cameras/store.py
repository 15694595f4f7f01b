"""Cameras in their table. The keys of the indexes and `v` exist only while one may be found.

One write changes an item and thereby both its index entries: `g` and `s` on the plain curve, `h`
and `t` on the shifted one. A camera whose place is hardly known has a partition of its own kind,
on the plain index only, so that no lookup of places reads it.
"""

from collections.abc import Iterable

import msgspec

from chalicelib import clock
from chalicelib.aws import reading
from chalicelib.aws.tables import CameraItem
from chalicelib.aws.transaction import Transaction
from chalicelib.cameras.clocks import ClockCheck
from chalicelib.cameras.model import Camera, Kind, Premises
from chalicelib.cameras.packing import packed
from chalicelib.cameras.retention import DaysFrom
from chalicelib.geo import Curve, geohash, index_key

UNCERTAIN = "?"
"""Before the four characters of a partition of cameras whose place is hardly known."""


def item_of(camera: Camera) -> CameraItem:
    item = CameraItem(
        camera.id,
        registration_id=camera.registration_id,
        version=camera.version,
        created_at=clock.stamp(camera.created_at),
        geohash=geohash.encode(camera.point),
        address=camera.address,
        label=camera.label,
        kind=camera.kind.value,
        premises=camera.premises.value,
        heading=camera.heading,
        view_angle=camera.view_angle,
        reach=camera.reach_m,
        accuracy=camera.accuracy_m,
        days_kept=camera.days_kept,
        days_most=camera.days_most,
        days_from=camera.days_from,
        clock=msgspec.to_builtins(camera.clock),
    )
    if camera.visible:
        _index(item, camera)
    return item


def keys_of(camera: Camera) -> tuple[str, str]:
    """Return the partition and sort key a camera has in the plain index while it is visible."""
    partition, sort = index_key(camera.point.latitude, camera.point.longitude)
    return (partition if camera.is_point else UNCERTAIN + partition), sort


def _index(item: CameraItem, camera: Camera) -> None:
    item.v = packed(camera)
    item.g, item.s = keys_of(camera)
    if camera.is_point:
        latitude, longitude = camera.point.latitude, camera.point.longitude
        item.h, item.t = index_key(latitude, longitude, Curve.SHIFTED)


def camera_of(item: CameraItem) -> Camera:
    return Camera(
        id=item.i,
        registration_id=item.registration_id,
        point=geohash.decode(item.geohash),
        address=item.address,
        label=item.label,
        kind=Kind(item.kind),
        premises=Premises(item.premises),
        heading=_whole(item.heading),
        view_angle=_whole(item.view_angle),
        reach_m=_whole(item.reach),
        accuracy_m=int(item.accuracy),
        days_kept=_whole(item.days_kept),
        days_most=_whole(item.days_most),
        days_from=DaysFrom(item.days_from) if item.days_from else None,
        clock=msgspec.convert(item.clock, ClockCheck) if item.clock else None,
        version=int(item.version),
        created_at=clock.moment(item.created_at),
        visible=item.g is not None,
    )


def _whole(number: float | None) -> int | None:
    return None if number is None else int(number)


def put_new(transaction: Transaction, camera: Camera) -> None:
    transaction.put(item_of(camera), CameraItem.i.does_not_exist())


def replace(transaction: Transaction, before: Camera, after: Camera) -> None:
    """Write `after`, whole, if nobody has changed the camera since `before` was read."""
    transaction.put(item_of(after), CameraItem.version == before.version)


def delete(transaction: Transaction, camera: Camera) -> None:
    transaction.delete(CameraItem(camera.id), CameraItem.version == camera.version)


def read(camera_ids: Iterable[str]) -> tuple[Camera, ...]:
    """Return the cameras as of all finished writes, in the order of the ids; gone ones absent."""
    ids = list(dict.fromkeys(camera_ids))
    items = reading.every(lambda: CameraItem.batch_get(ids, consistent_read=True)) if ids else ()
    cameras = {item.i: camera_of(item) for item in items}
    return tuple(cameras[camera_id] for camera_id in ids if camera_id in cameras)


def registrations_of(camera_ids: Iterable[str]) -> dict[str, str]:
    """Return whose each camera is that may be found, as of all finished writes; ids alone."""
    ids = list(dict.fromkeys(camera_ids))
    wanted = ["i", "registration_id", "g"]
    items = reading.every(
        lambda: CameraItem.batch_get(ids, consistent_read=True, attributes_to_get=wanted)
    )
    return {item.i: item.registration_id for item in items if item.g is not None}
