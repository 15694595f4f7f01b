"""How long common services keep recordings, as their public pages said in November 2026.

Where owners can choose, the least is what a new camera is set to: whoever has shortened it knows
the number and says so. A service that is not listed is `other`.

| service | days                                   | public source                                |
| ------- | -------------------------------------- | -------------------------------------------- |
| ring    | 60 (Europe 30) unless changed, most 180 | support.ring.com, "Understanding and        |
|         |                                        | adjusting your video storage time"           |
| blink   | 60 (Europe 30)                         | support.blinkforhome.com, "Storage options"  |
| nest    | 30 or 60 by plan                       | support.google.com/googlenest, video history |
| arlo    | 30 or 60 by plan                       | arlo.com/support, cloud recording by plan    |
| other   | 7, 14 or 30 are usual                  | support.tuya.com and support.aurumbach.com,  |
|         |                                        | cloud storage packages                       |
| card    | 4 days all day, a month by movement    | osigodirect.kb.help, 32 GB card              |
| none    | nothing is recorded                    | support.ring.com, "Video recordings"         |
"""

from collections.abc import Mapping
from dataclasses import dataclass

from chalicelib.cameras.retention import DaysFrom, Estimate, between

EUROPE = "GB"


@dataclass(frozen=True, slots=True)
class Service:
    """For how many days a plan keeps recordings."""

    least: int
    most: int
    least_in_europe: int | None = None
    most_in_europe: int | None = None

    def kept(self, country: str) -> Estimate:
        """Return the days in that country; the sources know Europe and elsewhere."""
        least, most = self.least, self.most
        if country == EUROPE:
            least = least if self.least_in_europe is None else self.least_in_europe
            most = most if self.most_in_europe is None else self.most_in_europe
        return between(least, most, DaysFrom.SERVICE)


SERVICES: Mapping[str, Service] = {
    "ring": Service(60, 180, least_in_europe=30),
    "blink": Service(60, 60, least_in_europe=30, most_in_europe=30),
    "nest": Service(30, 60),
    "arlo": Service(30, 60),
    "other": Service(7, 30),
    "card": Service(2, 30),
    "none": Service(0, 0),
}
