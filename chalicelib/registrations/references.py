"""The short reference of an entry: what people without e-mail read out on the phone.

Seven signs of Crockford's base32 from a keyed digest of the entry's id, and an eighth that
catches one wrong sign or two that changed places. It is on their letters and nowhere else, and it
is the only way by which a coordinator can open an entry: nobody is looked up by name or address.
"""

import hashlib
import hmac
from datetime import datetime

from chalicelib import clock
from chalicelib.aws import reading, secrets
from chalicelib.aws.tables import RegistrationItem
from chalicelib.aws.transaction import Transaction
from chalicelib.errors import InvalidInput

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MISREAD = str.maketrans("OIL", "011", "- ")
LENGTH = 8


def written(registration_id: str) -> str:
    """Return the reference of an entry as people see it: K7Q2-9F3X."""
    signs = _of(registration_id)
    return f"{signs[:4]}-{signs[4:]}"


def read(text: str) -> str:
    """Return the signs of a reference as somebody typed it; raise InvalidInput for `reference`."""
    signs = text.upper().translate(MISREAD)
    known = len(signs) == LENGTH and set(signs) <= set(SIGNS)
    if not known or _check(signs[:-1]) != signs[-1]:
        sentence = "Enter the reference from the letter, such as K7Q2-9F3X; ask again for each sign"
        raise InvalidInput(fields={"reference": sentence})
    return signs


def put(transaction: Transaction, registration_id: str, now: datetime) -> str:
    """Let the reference lead to the entry; StateConflict if it leads to another."""
    item = RegistrationItem(
        _key(_of(registration_id)), registration_id=registration_id, created_at=clock.stamp(now)
    )
    free = RegistrationItem.id.does_not_exist()
    transaction.put(item, free | (RegistrationItem.registration_id == registration_id))
    return written(registration_id)


def delete(transaction: Transaction, registration_id: str) -> None:
    """Let the reference lead nowhere."""
    transaction.delete(RegistrationItem(_key(_of(registration_id))))


def find(text: str) -> str | None:
    """Return the id of the entry a reference leads to."""
    item = reading.one(RegistrationItem, _key(read(text)))
    return item.registration_id if item else None


def _of(registration_id: str) -> str:
    digest = hmac.new(secrets.lookup_key(), f"reference {registration_id}".encode(), hashlib.sha256)
    number = int.from_bytes(digest.digest()[:8])
    signs = "".join(SIGNS[number >> 5 * place & 31] for place in range(LENGTH - 1))
    return signs + _check(signs)


def _check(signs: str) -> str:
    """Return the sign that makes the weighted sum come out even: Luhn's rule with 32 signs."""
    total = 0
    for place, sign in enumerate(reversed(signs)):
        weighted = SIGNS.index(sign) * (2 - place % 2)
        total += weighted // len(SIGNS) + weighted % len(SIGNS)
    return SIGNS[-total % len(SIGNS)]


def _key(signs: str) -> str:
    return f"reference#{signs}"
