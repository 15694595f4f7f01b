"""Ids that say nothing and cannot be guessed: 13 base32 characters, 65 random bits."""

import secrets

ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
LENGTH = 13


def is_id(text: str) -> bool:
    """Say whether this could be one of our ids."""
    return len(text) == LENGTH and set(text) <= set(ALPHABET)


def new_id() -> str:
    """Return a fresh id, safe in addresses, keys and object names."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
