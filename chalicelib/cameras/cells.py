"""In which square of about five kilometres each camera is: for figures, never for a place."""

from collections.abc import Iterator
from typing import NamedTuple

from chalicelib.aws import reading
from chalicelib.aws.tables import CameraItem

LENGTH = 5
"""Characters of a geohash that a square is made of."""
WANTED = ["registration_id", "geohash"]


class Placed(NamedTuple):
    """Whose a camera is and in which square it stands: nothing finer is read on."""

    registration_id: str
    square: str


def squares() -> Iterator[Placed]:
    """Give the square of every camera there is. Reads the whole table, so for the sweep alone."""
    for item in reading.some(lambda: CameraItem.scan(attributes_to_get=WANTED)):
        yield Placed(item.registration_id, item.geohash[:LENGTH])
