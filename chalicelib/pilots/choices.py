"""Who was asked at the end of a test run and who chose to stay: marks outside the register.

A mark names a registration by its random id and goes when that is erased.
"""

from collections.abc import Iterable

from chalicelib.aws.transaction import Transaction
from chalicelib.pilots import store

ASKED, STAYS = "asked", "stays"


def note_asked(transaction: Transaction, registration_id: str) -> None:
    """Remember that the letter is posted; the transaction fails if it was before."""
    store.put_once(transaction, f"{ASKED}#{registration_id}")


def note_choice(transaction: Transaction, registration_id: str) -> None:
    """Remember that the owner stays; the transaction fails if that is known."""
    store.put_once(transaction, f"{STAYS}#{registration_id}")


def asked(registration_ids: Iterable[str]) -> frozenset[str]:
    """Return which of them have been asked."""
    return _marked(ASKED, registration_ids)


def chose_to_stay(registration_ids: Iterable[str]) -> frozenset[str]:
    """Return which of them stay."""
    return _marked(STAYS, registration_ids)


def forget(transaction: Transaction, registration_id: str) -> None:
    """Take away the marks of a registration that is erased."""
    names = [f"{kind}#{registration_id}" for kind in (ASKED, STAYS)]
    for name in store.counts(names):
        store.remove(transaction, name)


def _marked(kind: str, registration_ids: Iterable[str]) -> frozenset[str]:
    names = {f"{kind}#{one}": one for one in dict.fromkeys(registration_ids)}
    return frozenset(names[name] for name in store.counts(names)) if names else frozenset()
