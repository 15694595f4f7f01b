"""Makes spellings of streets and addresses alike: case, punctuation and the usual abbreviations."""

import re

ABBREVIATIONS = {
    "st": "street",
    "str": "street",
    "ave": "avenue",
    "av": "avenue",
    "rd": "road",
    "ln": "lane",
    "dr": "drive",
    "ct": "court",
    "pl": "place",
    "cir": "circle",
    "ter": "terrace",
    "hwy": "highway",
    "n": "north",
    "s": "south",
    "e": "east",
    "w": "west",
}


def folded(text: str) -> str:
    """Return `text` in words that compare: 12 Mill St. and 12 mill street are the same."""
    words = re.sub(r"[^\w ]+", " ", text.casefold()).split()
    return " ".join(ABBREVIATIONS.get(word, word) for word in words)
