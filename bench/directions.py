"""Where cameras look, out of the free text that real lists have for it.

Degrees, several at once, ranges, compass words in English and Korean, and words for all round.
What is none of these is not guessed at.
"""

import re
from typing import NamedTuple

ROUND = 360
WORDS = (
    "N",
    "NNE",
    "NE",
    "ENE",
    "E",
    "ESE",
    "SE",
    "SSE",
    "S",
    "SSW",
    "SW",
    "WSW",
    "W",
    "WNW",
    "NW",
)
COMPASS = {word: 22.5 * place for place, word in enumerate((*WORDS, "NNW"))}
LONG = {"NORTH": "N", "EAST": "E", "SOUTH": "S", "WEST": "W"}
KOREAN = {
    "정북": 0,
    "북동": 45,
    "정동": 90,
    "남동": 135,
    "정남": 180,
    "남서": 225,
    "정서": 270,
    "북서": 315,
    "동북": 45,
    "동남": 135,
    "서남": 225,
    "서북": 315,
    "북": 0,
    "동": 90,
    "남": 180,
    "서": 270,
}
"""Due north, north-east and so on; both orders of the two syllables are in use."""
ALL_ROUND = ("회전", "전방향", "사방", "전방위")
"""Turning, every direction, all four sides, all bearings."""
NUMBER = r"[-+]?\d+(?:\.\d+)?"
RANGE = re.compile(rf"({NUMBER})\s*-\s*({NUMBER})")
KOREAN_DEGREES = re.compile(rf"({NUMBER})\s*(?:도|°)?\s*(?:단?방향|방면|전방면|전방|전면)?")
KOREAN_WORD = re.compile(rf"({'|'.join(KOREAN)})(?:쪽|측|향|방향|방면)?")


class Facing(NamedTuple):
    """One direction, and how wide the view is where the text says so; both in degrees."""

    heading: int
    angle: int | None = None


def facings(text: str) -> tuple[Facing, ...] | None:
    """Return the directions an English text names, None if it names none we understand."""
    parts = [part.strip() for part in re.split(r"[;,:]", text) if part.strip()]
    read = [_facing(part) for part in parts]
    known = tuple(dict.fromkeys(facing for facing in read if facing))
    return known if parts and all(read) else None


def korean_facings(text: str) -> tuple[Facing, ...] | None:
    """Do the same for Korean; 360 degrees there means all round, any other number a bearing."""
    text = text.strip()
    if any(word in text for word in ALL_ROUND) or re.search(r"360\s*[도°]", text):
        return (Facing(0, ROUND),)
    if match := KOREAN_WORD.fullmatch(text):
        return (Facing(KOREAN[match[1]]),)
    parts = [KOREAN_DEGREES.fullmatch(part.strip()) for part in re.split(r"[,;/]", text)]
    read = [_bearing(float(part[1])) if part else None for part in parts]
    if not all(read):
        return None
    round_about = any(abs(float(part[1])) == ROUND for part in parts if part)
    return (Facing(0, ROUND),) if round_about else tuple(filter(None, read))


def _facing(part: str) -> Facing | None:
    if match := RANGE.fullmatch(part):
        return _between(float(match[1]), float(match[2]))
    if re.fullmatch(NUMBER, part):
        return _bearing(float(part))
    return _compass(part.upper())


def _between(first: float, last: float) -> Facing | None:
    """Return what lies clockwise from one bearing to another."""
    if max(abs(first), abs(last)) > ROUND:
        return None
    wide = (last - first) % ROUND or ROUND
    return Facing(round(first + wide / 2) % ROUND, max(1, round(wide)))


def _bearing(degrees: float) -> Facing | None:
    return Facing(round(degrees) % ROUND) if abs(degrees) <= ROUND else None


def _compass(word: str) -> Facing | None:
    """Understand N, NNE, north, northeast, and the way traffic goes: NB, northbound."""
    for ending in ("BOUND", "B"):
        if word.removesuffix(ending) != word:
            word = word.removesuffix(ending)
            break
    for long, short in LONG.items():
        word = word.replace(long, short)
    word = re.sub(r"[\s_-]", "", word)
    return Facing(round(COMPASS[word]) % ROUND) if word in COMPASS else None
