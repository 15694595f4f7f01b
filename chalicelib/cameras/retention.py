"""How many days a recorder keeps: what its owner says, or an estimate from easy hints.

An estimate is a range. Its cautious end decides by when somebody has to ask; its other end says
from when on nothing can be left. Units: gigabytes of 10^9 bytes as disks are sold, kilobits of
1,000 bits a second, whole days.

    bytes a day of one camera = kbit/s x 1,000 / 8 x 86,400 = kbit/s x 10.8 MB

At the 2,048 kbit/s that is usual for 1080p that is 22 GB: 1 TB keeps 45 days of one camera and
11 of four (support.luda.farm, "How long can I store video").
"""

import math
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

DAYS_MOST = 500
"""No estimate says more: the index has nine bits for it."""
GB_A_DAY_PER_KBIT = 86_400 * 1000 / 8 / 10**9
DISK_USABLE = 0.9
"""What a recorder writes at least before it starts over: some room is for its system, and cards
are cleared in portions (up to a fifth: support.hanwhavision.eu, SD card specifications)."""
MOVING_LEAST, MOVING_MOST = 0.1, 0.5
"""Which part of a day is recorded when only movement is: a quiet yard, a busy street. A 32 GB
card that lasts 4 days all day lasts a month or more with movement only (osigodirect.kb.help)."""


class DaysFrom(StrEnum):
    """Where the number of days comes from; all but `said` are estimates."""

    SAID = "said"
    SERVICE = "service"
    DISK = "disk"
    OLDEST = "oldest"


class Resolution(StrEnum):
    """How fine a picture is, by the names on the box."""

    HD = "720p"
    FULL_HD = "1080p"
    MP4 = "4mp"
    MP5 = "5mp"
    UHD = "4k"
    UNKNOWN = "unknown"


KBITS: dict[Resolution, tuple[int, int]] = {
    Resolution.HD: (768, 2048),
    Resolution.FULL_HD: (1536, 4096),
    Resolution.MP4: (2048, 6144),
    Resolution.MP5: (2560, 7168),
    Resolution.UHD: (4096, 10_240),
    Resolution.UNKNOWN: (1536, 10_240),
}
"""Least and most kbit/s of one camera: from H.265 at 15 pictures a second to H.264 at 30.

1080p takes 2,000 to 4,000 and 720p 1,000 to 2,000 with H.264 (unifore.net, "Simple guide of IP
camera bitrate setting"); 4K takes 10,000 with H.264 and half of that with H.265 (safebusy.com,
"Understanding camera bit rate"). Who does not know has one of the sizes sold today."""


class Recorded(StrEnum):
    """Whether a recorder writes all day or only when something moves."""

    ALL_DAY = "all_day"
    MOVEMENT = "movement"
    UNKNOWN = "unknown"


SHARES: dict[Recorded, tuple[float, float]] = {
    Recorded.ALL_DAY: (1.0, 1.0),
    Recorded.MOVEMENT: (MOVING_LEAST, MOVING_MOST),
    Recorded.UNKNOWN: (MOVING_LEAST, 1.0),
}
"""The least and the largest part of a day that is written."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """For how many days a recording is kept: surely `least`, at most `most`."""

    least: int
    most: int
    days_from: DaysFrom


def estimate(
    disk_gb: float,
    cameras: int,
    resolution: Resolution = Resolution.UNKNOWN,
    recorded: Recorded = Recorded.UNKNOWN,
) -> Estimate:
    """Estimate from the size of a disk or card, and how many cameras write to it.

    Cautious on both sides: the least days are of the highest bitrate on nine tenths of the disk,
    the most of the lowest bitrate on all of it.
    """
    if not (disk_gb >= 0 and math.isfinite(disk_gb) and cameras >= 1):
        raise ValueError("a disk and at least one camera")
    slowest, fastest = KBITS[resolution]
    share_least, share_most = SHARES[recorded]
    least = disk_gb * DISK_USABLE / _gb_a_day(cameras, fastest, share_most)
    most = disk_gb / _gb_a_day(cameras, slowest, share_least)
    return between(math.floor(least), math.ceil(most), DaysFrom.DISK)


def since(oldest: date, today: date) -> Estimate:
    """Estimate from the day of the oldest recording that can be played.

    A recorder that is not full yet will keep more: what is lost first is certain, and there is
    nothing better to say of the rest.
    """
    days = (today - oldest).days
    if days < 0:
        raise ValueError("recorded after today")
    return between(days, days, DaysFrom.OLDEST)


def between(least: int, most: int, days_from: DaysFrom) -> Estimate:
    """Return a range that the index can hold."""
    return Estimate(min(least, DAYS_MOST), min(most, DAYS_MOST), days_from)


def _gb_a_day(cameras: int, kbits: int, share: float) -> float:
    return cameras * kbits * GB_A_DAY_PER_KBIT * share
