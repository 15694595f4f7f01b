"""Campaigns: the tags of posters and leaflets, so that a force sees which of them brings people.

A tag is part of the address in a QR code and becomes the source of the registrations that come
by it. It says where a poster hung, never who read it.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from chalicelib import audit, clock
from chalicelib.aws import reading
from chalicelib.aws.tables import RegistrationItem
from chalicelib.aws.transaction import Transaction
from chalicelib.errors import InvalidInput, NotFound, StateConflict

TAG = re.compile(r"[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?")
OURS = frozenset({"web", "form", "brochure", "poster", "paper", "letter", "import"})
"""Sources that mean something already."""
WORDS_MOST = 100
MOST = 100
CAMPAIGN = "campaign"
CHAIN = "campaigns"


@dataclass(frozen=True, slots=True)
class Campaign:
    """One place or occasion posters are made for."""

    tag: str
    words: str
    begun_at: datetime


def add(tag: str, words: str, *, actor: str, now: datetime) -> Campaign:
    """Begin a campaign; raise InvalidInput for a tag that is taken or cannot be one."""
    campaign = Campaign(tag.strip().lower(), " ".join(words.split()), now)
    _check(campaign)
    transaction = Transaction()
    item = RegistrationItem(
        _key(campaign.tag),
        created_at=clock.stamp(now),
        waiting=CAMPAIGN,
        due_at=clock.stamp(now),
        about={"words": campaign.words},
    )
    transaction.put(item, RegistrationItem.id.does_not_exist())
    _record(transaction, "campaign:add", campaign.tag, actor, now)
    try:
        transaction.commit()
    except StateConflict as error:
        raise InvalidInput(fields={"tag": "There is a campaign with this tag already"}) from error
    return campaign


def remove(tag: str, *, actor: str, now: datetime) -> None:
    """Take a campaign off the list; posters that still hang somewhere go on working."""
    get(tag)
    transaction = Transaction()
    transaction.delete(RegistrationItem(_key(tag)), RegistrationItem.id.exists())
    _record(transaction, "campaign:remove", tag, actor, now)
    transaction.commit()


def every() -> tuple[Campaign, ...]:
    """Return all campaigns, the oldest first."""
    found = tuple(reading.every(lambda: RegistrationItem.due.query(CAMPAIGN)))
    campaigns = (_find(item.id.removeprefix("campaign#")) for item in found)
    return tuple(one for one in campaigns if one is not None)


def get(tag: str) -> Campaign:
    """Return the campaign of a tag; raise NotFound."""
    found = _find(tag)
    if found is None:
        raise NotFound
    return found


def is_known(tag: str) -> bool:
    """Say whether a poster may carry this tag."""
    return tag in OURS or (TAG.fullmatch(tag) is not None and _find(tag) is not None)


def _find(tag: str) -> Campaign | None:
    item = reading.one(RegistrationItem, _key(tag))
    if item is None:
        return None
    return Campaign(tag, (item.about or {}).get("words", ""), clock.moment(item.created_at))


def _check(campaign: Campaign) -> None:
    wrong = {}
    if not TAG.fullmatch(campaign.tag):
        wrong["tag"] = "Enter a tag of small letters, digits and hyphens, such as library-2026"
    elif campaign.tag in OURS:
        wrong["tag"] = "This tag means something already; choose another"
    if not 1 <= len(campaign.words) <= WORDS_MOST:
        wrong["words"] = f"Enter where or for what it is, at most {WORDS_MOST} characters"
    if not wrong and len(every()) >= MOST:
        wrong["tag"] = f"There are {MOST} campaigns; remove one that is over first"
    if wrong:
        raise InvalidInput(fields=wrong)


def _record(transaction: Transaction, event: str, tag: str, actor: str, now: datetime) -> None:
    audit.record(transaction, event, chain=CHAIN, actor=actor, now=now, campaign=tag)


def _key(tag: str) -> str:
    return f"campaign#{tag}"
