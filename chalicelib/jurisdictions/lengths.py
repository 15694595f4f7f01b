"""Lengths and speeds as people of a place say them.

Numbers and the metric signs are the same in all our languages; speeds and areas only officers read.
"""

from chalicelib.language import Sentence, say

METRES_PER_FOOT = 0.3048
FEET_PER_MILE = 5280
MPS_PER_MPH = METRES_PER_FOOT * FEET_PER_MILE / 3600
MPS_PER_KMH = 1 / 3.6


def feet_words(metres: float) -> Sentence:
    """Say 45 ft, 1,000 ft or 1.2 miles."""
    feet = metres / METRES_PER_FOOT
    if feet < FEET_PER_MILE - 5:
        return say("%(length)s ft", length=f"{_rounded(feet):,}")
    miles = _tenths(feet / FEET_PER_MILE)
    return say("1 mile") if miles == "1" else say("%(length)s miles", length=miles)


def metre_words(metres: float) -> str:
    """Say 98 m, 320 m or 1.2 km."""
    if metres < 995:  # noqa: PLR2004 - what would be rounded to a kilometre
        return f"{_rounded(metres)} m"
    return f"{_tenths(metres / 1000)} km"


def square_mile_words(square_metres: float) -> str:
    """Say 0.5 square miles."""
    return f"{_fine(square_metres / (METRES_PER_FOOT * FEET_PER_MILE) ** 2)} square miles"


def square_kilometre_words(square_metres: float) -> str:
    """Say 1.3 square kilometres."""
    return f"{_fine(square_metres / 1_000_000)} square kilometres"


def _fine(number: float) -> str:
    return f"{number:.2f}".rstrip("0").removesuffix(".")


def mph_words(mps: float) -> str:
    """Say 3 mph, 2.5 mph or 60 mph."""
    return f"{_tenths(mps / MPS_PER_MPH)} mph"


def kmh_words(mps: float) -> str:
    """Say 5 km/h, 4.5 km/h or 100 km/h."""
    return f"{_tenths(mps / MPS_PER_KMH)} km/h"


def _tenths(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def _rounded(length: float) -> int:
    """Round to tens from a hundred up: nobody's pin is better than that."""
    return round(length, -1 if length >= 100 else 0).__int__()  # noqa: PLR2004 - see docstring
