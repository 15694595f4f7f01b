"""Which characters people type, and which only programs send."""

import unicodedata

LINE_ENDS = frozenset("\r\n\t")
# These make text read otherwise than it is stored: "evil\u202egpj.exe".
DIRECTION_MARKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029")


def printable(text: str) -> bool:
    """Say whether `text` has no control characters (line ends aside) and no lone surrogates."""
    return not any(forbidden(character) for character in text)


def forbidden(character: str) -> bool:
    """Say whether a character has no place in anything a person types."""
    if character in LINE_ENDS:
        return False
    return character in DIRECTION_MARKS or unicodedata.category(character) in {"Cc", "Cs"}
