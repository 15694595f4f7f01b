"""Recorders as officers and clerks read them: how far a clock is off, how sure a date is.

What a recording shows is never corrected: the offset stands beside it, with who found it and how
far it may be wrong.
"""

from collections.abc import Iterable

from chalicelib.cameras import Camera
from chalicelib.cameras.clocks import NOTABLE_S, ClockCheck, ClockMethod
from chalicelib.cameras.retention import DaysFrom
from chalicelib.incidents.model import DAY, Result
from chalicelib.jurisdictions import Jurisdiction

UNITS = ((86_400, "d"), (3600, "h"), (60, "min"), (1, "s"))
METHODS = {
    ClockMethod.LIVE: "compared by the owner",
    ClockMethod.TYPED: "compared by the owner with another clock",
    ClockMethod.SAYS_CORRECT: "not compared, the owner says so",
}
ESTIMATES = {
    DaysFrom.SERVICE: "the plan of the owner",
    DaysFrom.DISK: "the size of the disk",
    DaysFrom.OLDEST: "the oldest recording",
}


def length_words(seconds: int) -> str:
    """Say a length of time to the second: 3 min 12 s, 1 h 2 min."""
    parts: list[str] = []
    left = abs(seconds)
    for size, unit in UNITS:
        if left >= size:
            parts.append(f"{left // size} {unit}")
        left %= size
    return " ".join(parts) or "0 s"


def clock_words(check: ClockCheck, jurisdiction: Jurisdiction) -> str:
    """Say by how much a recorder's clock was off, when, who found that, and how surely."""
    way = "fast" if check.offset_s > 0 else "slow"
    off = f"{length_words(check.offset_s)} {way}" if abs(check.offset_s) >= NOTABLE_S else "right"
    day, doubt = jurisdiction.date_words(check.checked_at), length_words(check.doubt_s)
    return f"recorder {off}, ± {doubt}; {METHODS[check.method]}, {day}"


def clocks_words(cameras: Iterable[Camera], jurisdiction: Jurisdiction) -> str:
    """Say it for all cameras of an ask, the same only once; "" if nobody has compared any."""
    checks = [camera.clock for camera in cameras if camera.clock is not None]
    every = dict.fromkeys(clock_words(check, jurisdiction) for check in checks)
    return "; or: ".join(every)


def estimate_words(camera: Camera, result: Result, jurisdiction: Jurisdiction) -> str:
    """Say what an overwrite date is worked out from and until when a recording may last."""
    source = ESTIMATES.get(camera.days_from) if camera.days_from else None
    if source is None:
        return ""
    if not camera.days_most or camera.days_most == camera.days_kept:
        return f"Estimated from {source}"
    last = jurisdiction.date_words(result.ends_at + DAY * camera.days_most)
    return f"Estimated from {source}; surely gone by {last}"
