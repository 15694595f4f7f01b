"""Lengths as people of a place say them."""

METRES_PER_FOOT = 0.3048
FEET_PER_MILE = 5280


def feet_words(metres: float) -> str:
    """Say 45 ft, 1,000 ft or 1.2 miles."""
    feet = metres / METRES_PER_FOOT
    if feet < FEET_PER_MILE - 5:
        return f"{_rounded(feet):,} ft"
    return _far(feet / FEET_PER_MILE, "mile", "miles")


def metre_words(metres: float) -> str:
    """Say 98 m, 320 m or 1.2 km."""
    if metres < 995:  # noqa: PLR2004 - what would be rounded to a kilometre
        return f"{_rounded(metres)} m"
    return _far(metres / 1000, "km", "km")


def _rounded(length: float) -> int:
    """Round to tens from a hundred up: nobody's pin is better than that."""
    return round(length, -1 if length >= 100 else 0).__int__()  # noqa: PLR2004 - see docstring


def _far(length: float, one: str, many: str) -> str:
    text = f"{length:.1f}".removesuffix(".0")
    return f"{text} {one if text == '1' else many}"
