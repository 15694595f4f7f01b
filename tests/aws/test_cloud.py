from chalicelib.aws import kms, queue, secrets, ses, tables


def test_a_new_cloud_has_every_table_and_nothing_in_it(cloud):
    names = set(cloud("dynamodb").list_tables()["TableNames"])
    assert names == set(tables.ALL)
    assert [table.count() for table in tables.ALL.values()] == [0] * len(tables.ALL)


def test_what_is_sealed_opens_only_with_the_same_context(cloud):
    sealed = kms.seal(b"me@example.com", {"registration": "a", "jurisdiction": "demo"})
    assert b"example" not in sealed
    assert kms.unseal(sealed, {"registration": "a", "jurisdiction": "demo"}) == b"me@example.com"


def test_the_lookup_key_is_the_secret(cloud):
    assert secrets.lookup_key() == b"pepper"


def test_a_wake_is_a_message_with_the_outbox_id(cloud):
    queue.wake("abc")
    url = "https://sqs.us-east-1.amazonaws.com/123456789012/outbox"
    assert cloud("sqs").receive_message(QueueUrl=url)["Messages"][0]["Body"] == "abc"


def test_a_mail_has_an_id(cloud):
    assert ses.send(ses.Mail("me@example.com", "Subject", "text", "<p>text</p>", "abc"))
