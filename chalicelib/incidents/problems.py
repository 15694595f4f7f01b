"""What can stand in the way of a search."""

from enum import Enum, auto
from typing import NamedTuple


class Kind(Enum):
    """How a problem is answered: each kind is an error of its own."""

    WRONG = auto()
    OVER = auto()
    """Fine in itself, but more than the programme allows."""
    ELSEWHERE = auto()
    """Fine in itself, but another force's."""


class Problem(NamedTuple):
    """One field and one sentence about it."""

    field: str
    sentence: str
    kind: Kind = Kind.WRONG
