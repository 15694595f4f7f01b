"""Programmes as data: what each force has promised, its area, its limits, its words and its law."""

from chalicelib.jurisdictions.addresses import Address, Place, find, nearest, place_from_text
from chalicelib.jurisdictions.model import Jurisdiction, Neighbour
from chalicelib.jurisdictions.notices import Notice, earlier, notice
from chalicelib.jurisdictions.reader import UnsafeProgramme, current, ids, load
from chalicelib.jurisdictions.tables import Paragraph, Purpose

__all__ = [
    "Address",
    "Jurisdiction",
    "Neighbour",
    "Notice",
    "Paragraph",
    "Place",
    "Purpose",
    "UnsafeProgramme",
    "current",
    "earlier",
    "find",
    "ids",
    "load",
    "nearest",
    "notice",
    "place_from_text",
]
