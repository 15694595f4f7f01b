"""How often something may be done: letters to an address, forms from a visitor, searches a day."""

from chalicelib.limits.actions import count, peek

__all__ = ["count", "peek"]
