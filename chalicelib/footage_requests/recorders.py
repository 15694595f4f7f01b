"""What owners are told of their recorders: where on them to look, and until when.

A recorder whose clock was compared and is off gets the times it will show itself. One that nobody
has compared gets the true times, and its owner the advice to look somewhat earlier and later. A
programme with minimal fields keeps nothing of recorders and says nothing of them.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from chalicelib.cameras import Camera, clocks
from chalicelib.cameras.clocks import Shown
from chalicelib.footage_requests.model import Ask
from chalicelib.jurisdictions import Jurisdiction
from chalicelib.letters import ClockLine


def camera_words(camera: Camera, jurisdiction: Jurisdiction) -> str:
    """Name a camera in its owner's words, else by its kind."""
    kind = jurisdiction.kind_words(camera.kind)
    return camera.label or kind or jurisdiction.words["camera_unnamed"]


def clock_lines(
    owned: Iterable[Camera], ask: Ask, jurisdiction: Jurisdiction
) -> tuple[ClockLine, ...]:
    """Say what each recorder shows whose clock is off; cameras with the same answer share it."""
    lines: dict[tuple[str, ...], list[str]] = {}
    every = tuple(owned)
    for camera in every:
        check, zone = camera.clock, jurisdiction.zone
        if check is None or not clocks.notable(check, ask.starts_at, ask.ends_at, zone):
            continue
        shown = clocks.shown_window(check, ask.starts_at, ask.ends_at, zone)
        words = tuple(_words(one, jurisdiction) for one in shown)
        lines.setdefault(words, []).append(camera_words(camera, jurisdiction))
    return tuple(
        ClockLine(names="; ".join(names) if len(every) > 1 else "", shows=words)
        for words, names in lines.items()
    )


def clock_unknown(owned: Iterable[Camera], jurisdiction: Jurisdiction) -> bool:
    """Say whether any recorder's clock may be off without anybody knowing by how much."""
    return jurisdiction.fields == "full" and any(camera.clock is None for camera in owned)


def _words(shown: Shown, jurisdiction: Jurisdiction) -> str:
    """Say times of no zone as they stand: in UTC no hour comes twice or never."""
    plain = replace(jurisdiction, time_zone="UTC")
    return plain.window_words(_as_utc(shown.starts_at), _as_utc(shown.ends_at))


def _as_utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC)
