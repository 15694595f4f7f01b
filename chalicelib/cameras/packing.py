"""The six bytes `v` of an index entry: all a search says of a camera besides its place.

| field      | bits | all ones; else |
| ---------- | ---- | -------------- |
| format     | 2    | (now 0)        |
| heading    | 9    | unknown        |
| view angle | 9    | unknown        |
| reach      | 8    | unknown        |
| accuracy   | 7    | never; 0 to 100 metres, 101 to 126: 200, 400 ... 5200 metres |
| kind       | 3    | to be added    |
| premises   | 1    | (business)     |
| days kept  | 9    | unknown        |
"""

from chalicelib.cameras.model import (
    POINT_ACCURACY_MAX_M,
    Camera,
    CameraDetails,
    IndexedView,
    Kind,
    Premises,
)

LENGTH = 6
WIDTHS = (2, 9, 9, 8, 7, 3, 1, 9)
KINDS = tuple(Kind)
PREMISES = tuple(Premises)
FORMAT = 0
FIELDS = tuple((sum(WIDTHS[at + 1 :]), (1 << width) - 1) for at, width in enumerate(WIDTHS))
"""How far right each field stands, and its largest value, all ones."""
ACCURACY_FROM, ACCURACY_ONES = FIELDS[4]
UNKNOWN, UNKNOWN_REACH = FIELDS[1][1], FIELDS[3][1]
ACCURACY_STEP_M = 200
"""Above 100 m accuracy is kept in steps of 200 m, rounded up: never better than it is."""


def packed(camera: Camera | CameraDetails) -> bytes:
    """Return the six bytes of `camera`; its details have been checked to fit."""
    values = (
        FORMAT,
        camera.heading,
        camera.view_angle,
        camera.reach_m,
        _accuracy_code(camera.accuracy_m),
        KINDS.index(camera.kind),
        PREMISES.index(camera.premises),
        camera.days_kept,
    )
    bits = 0
    for value, width in zip(values, WIDTHS, strict=True):
        bits = bits << width | ((1 << width) - 1 if value is None else value)
    return bits.to_bytes(LENGTH)


def unpacked(entry: bytes) -> IndexedView:
    """Return what six bytes say; raises ValueError if `packed` cannot have written them."""
    bits = int.from_bytes(entry)
    values = [bits >> shift & ones for shift, ones in FIELDS]
    format_, heading, angle, reach, accuracy, kind, premises, days_kept = values
    if len(entry) != LENGTH or format_ != FORMAT or kind >= len(KINDS):
        raise ValueError("not an index entry of this version")
    return IndexedView(
        heading=None if heading == UNKNOWN else heading,
        view_angle=None if angle == UNKNOWN else angle,
        reach_m=None if reach == UNKNOWN_REACH else reach,
        accuracy_m=_accuracy_of(accuracy),
        kind=KINDS[kind],
        premises=PREMISES[premises],
        days_kept=None if days_kept == UNKNOWN else days_kept,
    )


def accuracy_in(entry: bytes) -> int:
    """Return the accuracy alone, in metres: most entries a lookup reads need no more of theirs."""
    if len(entry) != LENGTH or entry[0] >> 6 != FORMAT:
        raise ValueError("not an index entry of this version")
    return _accuracy_of(int.from_bytes(entry) >> ACCURACY_FROM & ACCURACY_ONES)


def _accuracy_code(metres: int) -> int:
    if metres <= POINT_ACCURACY_MAX_M:
        return metres
    return POINT_ACCURACY_MAX_M + -(-metres // ACCURACY_STEP_M)


def _accuracy_of(code: int) -> int:
    if code <= POINT_ACCURACY_MAX_M:
        return code
    return (code - POINT_ACCURACY_MAX_M) * ACCURACY_STEP_M
