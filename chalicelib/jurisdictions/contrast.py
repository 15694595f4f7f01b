"""How well one colour can be read on another.

Source: Web Content Accessibility Guidelines 2.2, "relative luminance" and "contrast ratio",
https://www.w3.org/TR/WCAG22/#dfn-relative-luminance.
"""

import re

AA_TEXT = 4.5
"""Success criterion 1.4.3 for text of ordinary size."""
WHITE = "#ffffff"
ERROR_RED = "#ca3535"
HEX = re.compile(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})")


def ratio(one: str, other: str) -> float:
    """Return how far apart two colours are, from 1 (equal) to 21 (black on white)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def channels(colour: str) -> tuple[int, int, int]:
    """Read `#14284b`; raise ValueError for anything else."""
    match = HEX.fullmatch(colour.lower())
    if match is None:
        raise ValueError(colour)
    return int(match[1], 16), int(match[2], 16), int(match[3], 16)


def near_error_red(colour: str) -> bool:
    """Say whether a colour could be taken for the red of an error message."""
    apart = zip(channels(colour), channels(ERROR_RED), strict=True)
    return sum((one - other) ** 2 for one, other in apart) < 60**2


def _linear(channel: float) -> float:
    if channel <= 0.04045:  # noqa: PLR2004 - the guidelines' own constant
        return channel / 12.92
    return float(((channel + 0.055) / 1.055) ** 2.4)
