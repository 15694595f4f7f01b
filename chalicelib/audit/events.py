"""Everything that is ever recorded: a closed list, each event with exactly its own fields.

Fields hold ids, counts and codes, never contact details or what an owner wrote. The words a
person reads for each event are in `docs/audit.md`, which a test holds to this list.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Event:
    """A kind of entry and the fields it must have: no more, no fewer."""

    name: str
    required_fields: frozenset[str]


def _event(name: str, *fields: str) -> Event:
    return Event(name, frozenset(fields))


EVENTS = {
    event.name: event
    for event in (
        _event("registration:submit", "kind", "source", "notice_version", "camera_ids"),
        _event("registration:confirm", "camera_ids", "notice_version"),
        _event("registration:enter_paper", "source", "notice_version", "camera_ids"),
        _event("registration:invite", "import_id", "camera_ids"),
        _event("registration:reconfirm_due"),
        _event("registration:remind"),
        _event("registration:reconfirm", "notice_version"),
        _event("registration:lapse"),
        _event("registration:unreachable"),
        _event("registration:change", "changed"),
        _event("registration:pause"),
        _event("registration:resume"),
        _event("registration:leave", "camera_ids", "reason"),
        _event("registration:erase", "reason"),
        _event("registration:expire"),
        _event("registration:download"),
        _event("registration:add_camera", "camera_ids"),
        _event("registration:remove_camera", "camera_id"),
        _event("officer:sign_in", "roles"),
        _event("officer:sign_out"),
        _event("officer:refused", "reason"),
        _event("officer:revoke", "officer_id"),
        _event("officer:reinstate", "officer_id"),
        _event(
            "search:run",
            *("search_id", "purpose", "reason", "shape", "size", "region", "only_seeing"),
            *("speeds", "starts_at", "ends_at", "camera_ids"),
        ),
        _event("search:view", "search_id", "camera_ids"),
        _event("search:fewest", "search_id", "camera_ids", "homes", "camera_minutes"),
        _event("search:refused", "reason"),
        _event(
            "request:send",
            *("request_id", "search_id", "purpose", "camera_ids", "registration_ids"),
        ),
        _event("request:close", "request_id", "reason"),
        _event("request:remind", "request_id", "registration_ids"),
        _event("request:view", "request_id"),
        _event("ask:answer", "request_id", "registration_id", "answer"),
        _event("ask:bounce", "request_id", "registration_id"),
        _event("ask:mailed", "request_id", "registration_id"),
        _event("clip:open_slot", "clip_id", "request_id", "declared_size"),
        _event("clip:complete", "clip_id"),
        _event("clip:receive", "clip_id", "object_version", "size", "sha256", "sniffed_type"),
        _event("clip:integrity_failed", "clip_id", "object_version", "reason"),
        _event("clip:accept", "clip_id", "sha256"),
        _event("clip:decline", "clip_id", "reason"),
        _event("clip:download", "clip_id", "object_version", "sha256"),
        _event("clip:remove", "clip_id"),
        _event("clip:expire", "clip_id", "reason"),
        _event("audit:view", "filters", "shown"),
        _event("overview:view", "shown"),
        _event("pilot:ask"),
        _event("pilot:keep", "notice_version"),
        _event("letter:failed", "outbox_id", "letter", "reason"),
        _event("letter:by_hand", "outbox_id", "letter", "step"),
        _event("registration:view", "reason"),
        _event("import:run", "import_id", "lines", "invited", "known", "refused"),
        _event("campaign:add", "campaign"),
        _event("campaign:remove", "campaign"),
    )
}


def check(event: str, detail: dict[str, object]) -> None:
    """Raise TypeError unless `event` is on the list and `detail` has exactly its fields."""
    if event not in EVENTS:
        raise TypeError(f"no audit event is called {event}")
    if wrong := EVENTS[event].required_fields ^ detail.keys():
        raise TypeError(f"{event}: missing or extra fields: {', '.join(sorted(wrong))}")
