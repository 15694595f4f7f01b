"""All tables, keys and indexes in one picture; `infra/template.yaml` is tested against it.

| table         | key                  | indexes                                   |
| ------------- | -------------------- | ----------------------------------------- |
| registrations | id                   | due (waiting, due_at): sparse             |
| cameras       | i                    | geo (g, s) + v, shifted (h, t) + v:       |
|               |                      | sparse, see `cameras`                     |
| tokens        | digest               |                                           |
| searches      | id                   |                                           |
| requests      | request_id, part     | listed (listing, sent_at)                 |
|               |                      | of_registration (registration_id, request_id) |
| clips         | id                   | queued (queue, queued_at), of_request (request_id, id) |
| audit         | chain, seq           | by_day (day, at)                          |
| outbox        | id                   | due (waiting, due_at): sparse             |
| sessions      | digest               | of_officer (officer_id, digest)           |
| limits        | name                 |                                           |
| tombstones    | id                   |                                           |

Moments are text written by `chalicelib.clock.stamp`; `expires` is epoch seconds for DynamoDB's
own clean-up, which may come days late: whoever reads such an item compares it with `now`.
Names come from the environment because CloudFormation names the tables.
"""

from pynamodb.attributes import (
    BinaryAttribute,
    JSONAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UnicodeSetAttribute,
)
from pynamodb.models import Model

from chalicelib.aws.base_table import Table, name_of
from chalicelib.aws.table_indexes import (
    ByDayIndex,
    DueIndex,
    GeoIndex,
    ListedIndex,
    OfOfficerIndex,
    OfRegistrationIndex,
    OfRequestIndex,
    QueuedIndex,
    RegistrationDueIndex,
    ShiftedIndex,
)


class RegistrationItem(Table):
    """A registration; or which one something leads to.

    `email#<digest>` and `reference#<signs>` lead to a registration, `arriving#<id>` to cameras of a
    form that is still coming in. What a coordinator keeps about joining is here too, without a
    state: `campaign#<tag>` and `import#<id>`.
    """

    class Meta:
        table_name = name_of("registrations")

    id = UnicodeAttribute(hash_key=True)
    state = UnicodeAttribute(null=True)
    version = NumberAttribute(default=1)
    schema = NumberAttribute(default=1)
    created_at = UnicodeAttribute()
    confirmed_at = UnicodeAttribute(null=True)
    changed_at = UnicodeAttribute(null=True)
    kind = UnicodeAttribute(null=True)
    source = UnicodeAttribute(null=True)
    notice_version = UnicodeAttribute(null=True)
    notice_hash = UnicodeAttribute(null=True)
    language = UnicodeAttribute(null=True)
    contact = BinaryAttribute(legacy_encoding=False, null=True)
    new_contact = BinaryAttribute(legacy_encoding=False, null=True)
    paper = JSONAttribute(null=True)
    unreachable_since = UnicodeAttribute(null=True)
    reach = UnicodeAttribute(null=True)
    import_id = UnicodeAttribute(null=True)
    asked_at = UnicodeAttribute(null=True)
    reminded_at = UnicodeAttribute(null=True)
    lapsed_at = UnicodeAttribute(null=True)
    camera_ids = JSONAttribute(null=True)
    registration_id = UnicodeAttribute(null=True)
    due_at = UnicodeAttribute(null=True)
    waiting = UnicodeAttribute(null=True)
    about = JSONAttribute(null=True)
    due = RegistrationDueIndex()


class CameraItem(Table):
    """A camera. One-letter names because DynamoDB bills index entries by name length too."""

    class Meta:
        table_name = name_of("cameras")

    i = UnicodeAttribute(hash_key=True)
    g = UnicodeAttribute(null=True)
    s = UnicodeAttribute(null=True)
    h = UnicodeAttribute(null=True)
    t = UnicodeAttribute(null=True)
    v = BinaryAttribute(legacy_encoding=False, null=True)
    registration_id = UnicodeAttribute()
    version = NumberAttribute(default=1)
    schema = NumberAttribute(default=1)
    created_at = UnicodeAttribute()
    geohash = UnicodeAttribute()
    address = UnicodeAttribute(null=True)
    label = UnicodeAttribute(null=True)
    kind = UnicodeAttribute()
    premises = UnicodeAttribute()
    heading = NumberAttribute(null=True)
    view_angle = NumberAttribute(null=True)
    reach = NumberAttribute(null=True)
    accuracy = NumberAttribute()
    days_kept = NumberAttribute(null=True)
    days_most = NumberAttribute(null=True)
    days_from = UnicodeAttribute(null=True)
    clock = JSONAttribute(null=True)
    geo = GeoIndex()
    shifted = ShiftedIndex()


class TokenItem(Table):
    """Permission carried by a link: only its SHA-256 is stored."""

    class Meta:
        table_name = name_of("tokens")

    digest = UnicodeAttribute(hash_key=True)
    purpose = UnicodeAttribute()
    subject = UnicodeAttribute()
    created_at = UnicodeAttribute()
    expires_at = UnicodeAttribute()
    used_at = UnicodeAttribute(null=True)
    expires = NumberAttribute()


class SearchItem(Table):
    """What an officer searched for and which cameras were shown."""

    class Meta:
        table_name = name_of("searches")

    id = UnicodeAttribute(hash_key=True)
    officer_id = UnicodeAttribute()
    at = UnicodeAttribute()
    incident = JSONAttribute()
    camera_ids = JSONAttribute()
    expires = NumberAttribute()


class RequestItem(Table):
    """A footage request (part `request`) or one of its asks (part `ask#<registration id>`)."""

    class Meta:
        table_name = name_of("requests")

    request_id = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True)
    version = NumberAttribute(default=1)
    schema = NumberAttribute(default=1)
    state = UnicodeAttribute()
    created_at = UnicodeAttribute()
    changed_at = UnicodeAttribute()
    body = JSONAttribute()
    listing = UnicodeAttribute(null=True)
    sent_at = UnicodeAttribute(null=True)
    registration_id = UnicodeAttribute(null=True)
    expires = NumberAttribute(null=True)
    listed = ListedIndex()
    of_registration = OfRegistrationIndex()


class ClipItem(Table):
    """A slot for an upload and, once bytes arrived, the clip in it."""

    class Meta:
        table_name = name_of("clips")

    id = UnicodeAttribute(hash_key=True)
    request_id = UnicodeAttribute()
    registration_id = UnicodeAttribute()
    version = NumberAttribute(default=1)
    schema = NumberAttribute(default=1)
    state = UnicodeAttribute()
    queue = UnicodeAttribute()
    queued_at = UnicodeAttribute()
    created_at = UnicodeAttribute()
    file_name = UnicodeAttribute()
    declared_type = UnicodeAttribute(null=True)
    declared_size = NumberAttribute(null=True)
    part_size = NumberAttribute(null=True)
    upload_id = UnicodeAttribute(null=True)
    parts = JSONAttribute(null=True)
    object_version = UnicodeAttribute(null=True)
    size = NumberAttribute(null=True)
    sha256 = UnicodeAttribute(null=True)
    sniffed_type = UnicodeAttribute(null=True)
    scan_result = UnicodeAttribute(null=True)
    arrived_at = UnicodeAttribute(null=True)
    decided_at = UnicodeAttribute(null=True)
    decided_by = UnicodeAttribute(null=True)
    reason = UnicodeAttribute(null=True)
    expires = NumberAttribute(null=True)
    queued = QueuedIndex()
    of_request = OfRequestIndex()


class AuditItem(Table):
    """One audit entry; seq 0 of each chain is its head (`last_seq`, `hash`) and has no day."""

    class Meta:
        table_name = name_of("audit")

    chain = UnicodeAttribute(hash_key=True)
    seq = NumberAttribute(range_key=True)
    last_seq = NumberAttribute(null=True)
    hash = UnicodeAttribute()
    previous = UnicodeAttribute(null=True)
    day = UnicodeAttribute(null=True)
    at = UnicodeAttribute(null=True)
    event = UnicodeAttribute(null=True)
    actor = UnicodeAttribute(null=True)
    case_number = UnicodeAttribute(null=True)
    detail = JSONAttribute(null=True)
    by_day = ByDayIndex()


class OutboxItem(Table):
    """A letter to be sent: ids only, its words are made at the moment of sending."""

    class Meta:
        table_name = name_of("outbox")

    id = UnicodeAttribute(hash_key=True)
    version = NumberAttribute(default=1)
    letter = UnicodeAttribute()
    recipient = UnicodeAttribute()
    subject_ids = JSONAttribute()
    state = UnicodeAttribute()
    attempts = NumberAttribute(default=0)
    lease_until = UnicodeAttribute(null=True)
    created_at = UnicodeAttribute()
    waiting = UnicodeAttribute(null=True)
    due_at = UnicodeAttribute()
    message_id = UnicodeAttribute(null=True)
    sealed = BinaryAttribute(legacy_encoding=False, null=True)
    expires = NumberAttribute(null=True)
    """None while a coordinator has to do it."""
    due = DueIndex()


class SessionItem(Table):
    """An officer's session, a sign-in under way, a revocation mark or a registration draft."""

    class Meta:
        table_name = name_of("sessions")

    digest = UnicodeAttribute(hash_key=True)
    kind = UnicodeAttribute()
    version = NumberAttribute(null=True)
    officer_id = UnicodeAttribute(null=True)
    created_at = UnicodeAttribute()
    seen_at = UnicodeAttribute(null=True)
    body = JSONAttribute(null=True)
    sealed = BinaryAttribute(legacy_encoding=False, null=True)
    expires = NumberAttribute()
    of_officer = OfOfficerIndex()


class LimitItem(Table):
    """A counter of a quota in a window of time, of a test run, or the overview's last figures.

    Counters of cameras are in `aws.counters`.
    """

    class Meta:
        table_name = name_of("limits")

    name = UnicodeAttribute(hash_key=True)
    tally = NumberAttribute(default=0)
    members = UnicodeSetAttribute(null=True)
    body = JSONAttribute(null=True)
    expires = NumberAttribute(null=True)


class TombstoneItem(Table):
    """What is left of somebody who left: an id, so that no backup can bring them back."""

    class Meta:
        table_name = name_of("tombstones")

    id = UnicodeAttribute(hash_key=True)
    erased_at = UnicodeAttribute()
    reason = UnicodeAttribute()


ALL: dict[str, type[Model]] = {
    "registrations": RegistrationItem,
    "cameras": CameraItem,
    "tokens": TokenItem,
    "searches": SearchItem,
    "requests": RequestItem,
    "clips": ClipItem,
    "audit": AuditItem,
    "outbox": OutboxItem,
    "sessions": SessionItem,
    "limits": LimitItem,
    "tombstones": TombstoneItem,
}
