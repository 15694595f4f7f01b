"""Cameras in their table. `g`, `s` and `v` exist only while a camera may be found."""

from collections.abc import Iterable

from chalicelib import clock
from chalicelib.aws import reading
from chalicelib.aws.tables import CameraItem
from chalicelib.aws.transaction import Transaction
from chalicelib.cameras.model import Camera, Kind, Premises
from chalicelib.cameras.packing import packed
from chalicelib.geo import geohash
from chalicelib.geo.plan import PARTITION_LENGTH


def item_of(camera: Camera) -> CameraItem:
    text = geohash.encode(camera.point)
    item = CameraItem(
        camera.id,
        registration_id=camera.registration_id,
        version=camera.version,
        created_at=clock.stamp(camera.created_at),
        geohash=text,
        address=camera.address,
        label=camera.label,
        kind=camera.kind.value,
        premises=camera.premises.value,
        heading=camera.heading,
        view_angle=camera.view_angle,
        reach=camera.reach_m,
        accuracy=camera.accuracy_m,
        days_kept=camera.days_kept,
    )
    if camera.visible:
        item.g, item.s = text[:PARTITION_LENGTH], text[PARTITION_LENGTH:]
        item.v = packed(camera)
    return item


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
