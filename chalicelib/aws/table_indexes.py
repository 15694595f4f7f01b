"""The indexes of the tables: what may be looked up besides a table's own key."""

from typing import Any

from pynamodb.attributes import BinaryAttribute, UnicodeAttribute
from pynamodb.indexes import (
    AllProjection,
    GlobalSecondaryIndex,
    IncludeProjection,
    KeysOnlyProjection,
)


class RegistrationDueIndex(GlobalSecondaryIndex[Any]):
    """Registrations by what they wait for: `registrations.waits` says what, and until when."""

    class Meta:
        index_name = "due"
        projection = KeysOnlyProjection()

    waiting = UnicodeAttribute(hash_key=True)
    due_at = UnicodeAttribute(range_key=True)


class GeoIndex(GlobalSecondaryIndex[Any]):
    """Cameras by place: an entry of 35 bytes, present only while the camera may be found."""

    class Meta:
        index_name = "geo"
        projection = IncludeProjection(["v"])

    g = UnicodeAttribute(hash_key=True)
    s = UnicodeAttribute(range_key=True)
    v = BinaryAttribute(legacy_encoding=False)


class ShiftedIndex(GlobalSecondaryIndex[Any]):
    """The same cameras on the shifted curve, for what lies across a seam of the plain one."""

    class Meta:
        index_name = "shifted"
        projection = IncludeProjection(["v"])

    h = UnicodeAttribute(hash_key=True)
    t = UnicodeAttribute(range_key=True)
    v = BinaryAttribute(legacy_encoding=False)


class ListedIndex(GlobalSecondaryIndex[Any]):
    """Requests by state, newest last."""

    class Meta:
        index_name = "listed"
        projection = AllProjection()

    listing = UnicodeAttribute(hash_key=True)
    sent_at = UnicodeAttribute(range_key=True)


class OfRegistrationIndex(GlobalSecondaryIndex[Any]):
    """The asks one owner has received."""

    class Meta:
        index_name = "of_registration"
        projection = KeysOnlyProjection()

    registration_id = UnicodeAttribute(hash_key=True)
    request_id = UnicodeAttribute(range_key=True)


class QueuedIndex(GlobalSecondaryIndex[Any]):
    """Clips by where they wait, oldest first."""

    class Meta:
        index_name = "queued"
        projection = AllProjection()

    queue = UnicodeAttribute(hash_key=True)
    queued_at = UnicodeAttribute(range_key=True)


class OfRequestIndex(GlobalSecondaryIndex[Any]):
    """The clips of one request."""

    class Meta:
        index_name = "of_request"
        projection = AllProjection()

    request_id = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)


class ByDayIndex(GlobalSecondaryIndex[Any]):
    """Audit entries of one UTC day, in order of time."""

    class Meta:
        index_name = "by_day"
        projection = AllProjection()

    day = UnicodeAttribute(hash_key=True)
    at = UnicodeAttribute(range_key=True)


class DueIndex(GlobalSecondaryIndex[Any]):
    """Letters that still have to leave; the attribute `waiting` is removed when one is done."""

    class Meta:
        index_name = "due"
        projection = AllProjection()

    waiting = UnicodeAttribute(hash_key=True)
    due_at = UnicodeAttribute(range_key=True)


class OfOfficerIndex(GlobalSecondaryIndex[Any]):
    """The live sessions of one officer."""

    class Meta:
        index_name = "of_officer"
        projection = KeysOnlyProjection()

    officer_id = UnicodeAttribute(hash_key=True)
    digest = UnicodeAttribute(range_key=True)
