"""The six bytes `v` of an index entry: all a search says of a camera besides its place.

| field      | bits | all ones       |
| ---------- | ---- | -------------- |
| format     | 2    | (now 0)        |
| heading    | 9    | unknown        |
| view angle | 9    | unknown        |
| reach      | 8    | unknown        |
| accuracy   | 7    | never          |
| kind       | 3    | to be added    |
| premises   | 1    | (business)     |
| days kept  | 9    | unknown        |
"""

from chalicelib.cameras.model import Camera, CameraDetails, Kind, Premises, View

LENGTH = 6
WIDTHS = (2, 9, 9, 8, 7, 3, 1, 9)
KINDS = tuple(Kind)
PREMISES = tuple(Premises)
FORMAT = 0


def packed(camera: Camera | CameraDetails) -> bytes:
    """Return the six bytes of `camera`; its details have been checked to fit."""
    values = (
        FORMAT,
        camera.heading,
        camera.view_angle,
        camera.reach_m,
        camera.accuracy_m,
        KINDS.index(camera.kind),
        PREMISES.index(camera.premises),
        camera.days_kept,
    )
    bits = 0
    for value, width in zip(values, WIDTHS, strict=True):
        bits = bits << width | ((1 << width) - 1 if value is None else value)
    return bits.to_bytes(LENGTH)


def unpacked(entry: bytes) -> View:
    """Return what six bytes say; raises ValueError if `packed` cannot have written them."""
    bits = int.from_bytes(entry)
    values = []
    for width in reversed(WIDTHS):
        values.append(bits & (1 << width) - 1)
        bits >>= width
    days_kept, premises, kind, accuracy, reach, angle, heading, format_ = values
    if len(entry) != LENGTH or format_ != FORMAT or kind >= len(KINDS):
        raise ValueError("not an index entry of this version")
    return View(
        heading=_known(heading, 9),
        view_angle=_known(angle, 9),
        reach_m=_known(reach, 8),
        accuracy_m=accuracy,
        kind=KINDS[kind],
        premises=PREMISES[premises],
        days_kept=_known(days_kept, 9),
    )


def _known(value: int, width: int) -> int | None:
    return None if value == (1 << width) - 1 else value
