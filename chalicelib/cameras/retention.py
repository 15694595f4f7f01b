"""How many days a recorder keeps: what its owner says, or an estimate from easy hints."""

from enum import StrEnum


class DaysFrom(StrEnum):
    """Where the number of days comes from; all but `said` are estimates."""

    SAID = "said"
    SERVICE = "service"
    DISK = "disk"
    OLDEST = "oldest"
