import pytest

from chalicelib.aws import kms, queue, secrets, ses, tables
from chalicelib.errors import Unavailable


def test_a_new_cloud_has_every_table_and_nothing_in_it(cloud):
    names = set(cloud("dynamodb").list_tables()["TableNames"])
    assert names == set(tables.ALL)
    assert [table.count() for table in tables.ALL.values()] == [0] * len(tables.ALL)


def test_what_is_sealed_opens_only_with_the_same_context(cloud):
    sealed = kms.seal(b"me@example.com", {"registration": "a", "jurisdiction": "demo"})
    assert b"example" not in sealed
    assert kms.unseal(sealed, {"registration": "a", "jurisdiction": "demo"}) == b"me@example.com"


@pytest.mark.parametrize("length", [0, 1, 4096, 4097, 50_000])
def test_text_of_any_length_is_sealed_piece_by_piece(cloud, length):
    plain = bytes(number % 251 for number in range(length))
    sealed = kms.seal_long(plain, {"draft": "a"})
    assert kms.unseal_long(sealed, {"draft": "a"}) == plain


def test_pieces_open_in_their_own_place_and_number_only(cloud):
    sealed = kms.seal_long(b"a" * 4096 + b"b" * 4096, {"draft": "a"})
    length = 2 + int.from_bytes(sealed[:2])
    first, second = sealed[:length], sealed[length:]
    for forged in (second + first, first, first + second + second):
        with pytest.raises(Unavailable):
            kms.unseal_long(forged, {"draft": "a"})


def test_the_lookup_key_is_the_secret(cloud):
    assert secrets.lookup_key() == b"pepper"


def test_a_wake_is_a_message_with_the_outbox_id(cloud):
    queue.wake("abc")
    url = "https://sqs.us-east-1.amazonaws.com/123456789012/outbox"
    assert cloud("sqs").receive_message(QueueUrl=url)["Messages"][0]["Body"] == "abc"


def test_a_mail_has_an_id(cloud):
    assert ses.send(ses.Mail("me@example.com", "Subject", "text", "<p>text</p>", "abc"))
