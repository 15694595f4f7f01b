import re
from datetime import timedelta

import pytest

from chalicelib import links
from chalicelib.aws.tables import TokenItem
from chalicelib.aws.transaction import Transaction
from chalicelib.errors import LinkGone, StateConflict
from chalicelib.links.model import digest_of

DAY = timedelta(days=1)


def issued(now, purpose="manage", lives=DAY):
    transaction = Transaction()
    token = links.issue(transaction, purpose=purpose, subject="abc", lives=lives, now=now)
    transaction.commit()
    return token


def used(link, now):
    transaction = Transaction()
    links.use(transaction, link, now=now)
    transaction.commit()


def test_a_link_opens_what_it_was_issued_for(cloud, now):
    token = issued(now)
    assert links.open_link(token, "manage", now=now) == links.Link(
        links.Purpose.MANAGE, "abc", digest_of(token), used=False
    )


def test_the_table_does_not_hold_the_token(cloud, now):
    token = issued(now)
    stored = cloud("dynamodb").scan(TableName="tokens")["Items"]
    assert token not in str(stored)
    assert len(token) == 43


def test_a_link_for_one_purpose_opens_no_other(cloud, now):
    token = issued(now, purpose="answer")
    for purpose in ("confirm", "manage", "leave"):
        with pytest.raises(LinkGone):
            links.open_link(token, purpose, now=now)


@pytest.mark.parametrize("token", ["", "x", "a" * 43, "ä" * 10, "../../etc"])
def test_a_link_that_never_was_looks_like_one_that_is_over(cloud, now, token):
    with pytest.raises(LinkGone):
        links.open_link(token, "manage", now=now)


def test_a_link_ends_to_the_second_though_its_row_remains(cloud, now):
    token = issued(now)
    assert links.open_link(token, "manage", now=now + DAY - timedelta(microseconds=1))
    with pytest.raises(LinkGone):
        links.open_link(token, "manage", now=now + DAY)
    assert len(list(TokenItem.scan())) == 1


def test_opening_changes_nothing_and_using_counts_once(cloud, now):
    token = issued(now)
    link = links.open_link(token, "manage", now=now)
    used(link, now)
    assert links.open_link(token, "manage", now=now).used
    with pytest.raises(StateConflict):
        used(link, now)


def test_a_revoked_link_is_gone_and_cannot_be_used(cloud, now):
    token = issued(now)
    link = links.open_link(token, "manage", now=now)
    transaction = Transaction()
    links.revoke(transaction, link)
    transaction.commit()
    with pytest.raises(LinkGone):
        links.open_link(token, "manage", now=now)
    with pytest.raises(StateConflict):
        used(link, now)


def test_a_link_that_was_not_committed_opens_nothing(cloud, now):
    token = links.issue(Transaction(), purpose="manage", subject="abc", lives=DAY, now=now)
    with pytest.raises(LinkGone):
        links.open_link(token, "manage", now=now)


def test_ids_are_thirteen_characters_and_differ():
    made = {links.new_id() for _ in range(1000)}
    assert len(made) == 1000
    assert all(re.fullmatch("[a-z2-7]{13}", one) for one in made)


def test_addresses_in_letters_are_of_the_site_and_quoted(cloud):
    assert links.url("/my/{token}", token="a/../b") == "https://sightline.example/my/a%2F..%2Fb"
