"""What must be nowhere: names in logs, tokens in tables, anything of somebody who has left."""

import base64
import json
import threading
from urllib.parse import quote

import pytest

from tests.evidence.builders import MP4 as CLIP
from tests.journeys.steps import link_in, rows

pytestmark = pytest.mark.integration

NAME = "Zephyrine Quillfeather"
EMAIL = "zephyrine.quillfeather@residents.example"
PHONE = "785 555 0142"
LABEL = "Wisteria porch"
REASON = "Larkspur burglary of a dwelling"
NOTE = "Thistledown was at the gate"
FILE = "marigold-evening.mp4"
OWNERS = (NAME, EMAIL, PHONE, LABEL, NOTE, FILE)


@pytest.fixture(scope="module")
def told(town):
    """The whole story of one owner with words that stand nowhere else, until they leave."""
    place = town.place()
    owner = town.person(NAME)
    owner.gives_details()
    owner.gives_camera(place=place, label=LABEL)
    owner.gives_contact(phone=PHONE)
    owner.agrees()
    letters = [owner.confirms()]
    town.ask(place, reason=REASON)
    letters.append(owner.letter("/answer/"))
    owner.follows(letters[-1], "/answer/")
    owner.visitor.send("/answer/", answer="have_footage", note=NOTE)
    clip = owner.uploads(letters[-1], CLIP, name=FILE)
    letters.append(owner.letter("/answer/"))  # the receipt, whose link to leave is not the next
    owner.visitor.visit("/my-registration")
    owner.visitor.send("/my-registration", email=EMAIL)
    letters.append(owner.letter("/my/"))
    owner.visitor.visit(f"{link_in(letters[-1], '/my/')}/data.json")
    held = json.loads(owner.visitor.visit(f"{link_in(letters[-1], '/my/')}/data.json").body)
    tokens = {word for letter in letters for word in tokens_in(letter)}
    return owner, letters, held, tokens, clip


def tokens_in(letter):
    paths = [path for path in ("/confirm/", "/answer/", "/my/") if path in letter["BodyText"]]
    return [link_in(letter, path).rsplit("/", 1)[1] for path in paths]


def spellings(secret):
    """Return a word as logs and addresses would write it."""
    plain = {
        secret,
        secret.lower(),
        quote(secret),
        quote(secret, safe=""),
        secret.replace(" ", "+"),
    }
    return plain | {base64.b64encode(secret.encode()).decode().rstrip("=")}


def seen(secrets, text):
    lower = text.lower()
    return {one for one in secrets for way in spellings(one) if way.lower() in lower}


def test_the_search_for_words_finds_them_where_they_are(town, told):
    _, letters, held, tokens, clip = told
    text = json.dumps([letters, held])
    assert seen({NAME, EMAIL, PHONE, LABEL, *tokens}, text) == {NAME, EMAIL, PHONE, LABEL, *tokens}
    assert seen({LABEL, NOTE, FILE}, everything(town)) == {LABEL, NOTE, FILE}
    (camera,) = held["cameras"]
    assert camera["id"] in str(rows(town.local)["Cameras"])
    assert clip in str(bucket(town))


def test_logs_hold_nobodys_words_and_no_links(town, told):
    text = logged(town)
    assert "START RequestId" in text
    assert seen({*OWNERS, REASON, *told[3]}, text) == set()


def test_the_cloud_itself_notes_no_path_with_a_link(town, told):
    """What the local cloud writes about requests; its list of recipients is SES's own."""
    lines = (town.local.folder / "cloud.log").read_text().splitlines()
    text = "\n".join(line for line in lines if "SendEmail" not in line)
    assert seen({*OWNERS, REASON, *told[3]}, text) == set()


def test_queues_hold_ids_only(town, told):
    text = json.dumps(waiting_messages(town))
    assert seen({*OWNERS, REASON, *told[3]}, text) == set()


def test_objects_are_named_and_described_by_ids_only(town, told):
    text = json.dumps(bucket(town))
    assert "clips/" in text
    assert seen({*OWNERS, REASON, *told[3]}, text) == set()


def test_keys_of_tables_are_ids_and_digests(town, told):
    text = json.dumps(keys(town))
    assert seen({*OWNERS, REASON, *told[3]}, text) == set()


def test_no_link_and_no_contact_stands_readable_in_any_table(town, told):
    assert seen({NAME, EMAIL, PHONE, *told[3]}, everything(town)) == set()


def test_a_known_and_an_unknown_address_get_the_same_answer(town, told):
    stranger = town.person("Nobody Atall")
    answers = []
    for email in (EMAIL, stranger.email):
        stranger.visitor.visit("/my-registration")
        page = stranger.visitor.send("/my-registration", email=email)
        kept = {name: page.headers[name] for name in ("content-type", "cache-control")}
        answers.append((page.status, page.body, kept))
    assert answers[0] == answers[1]


def test_who_left_is_nowhere_after_the_sweep(town, told):
    owner, letters, held, tokens, clip = told
    owner.visitor.visit(f"{link_in(letters[-1], '/my/')}/leave")
    assert owner.visitor.send("/leave").status == 200
    town.local.sweep()
    text = everything(town) + json.dumps(bucket(town)) + logged(town)
    assert seen({*OWNERS, *tokens}, text) == set()
    assert [key for key in bucket(town) if clip in key] == []
    tables = rows(town.local)
    naming = {name for name in tables if held["registration"] in str(tables[name])}
    cameras = [camera["id"] for camera in held["cameras"]]
    kept = {"Audit", "Clips", "Limits", "Outbox", "Registrations", "Requests", "Tokens"}
    assert naming <= kept | {"Tombstones"}
    assert [one for one in cameras if one in str(tables["Cameras"])] == []
    (left,) = [row for row in tables["Registrations"] if row["id"]["S"] == held["registration"]]
    assert set(left) <= {"id", "state", "version", "schema", "created_at", "changed_at"}
    for path in (f"{link_in(letters[-1], '/my/')}", link_in(letters[1], "/answer/")):
        assert owner.visitor.visit(path).status == 410


def test_a_revoked_officer_is_refused_at_the_next_call(town):
    officer = town.officer("detective")
    token = {"Authorization": f"Bearer {officer.token()}"}
    assert officer.visitor.visit("/officer/search").url.endswith("/officer/search")
    assert api(officer, "/api/v1/requests", token) == 200
    morgan, action = town.revoking(officer)
    assert morgan.send(action).status == 200
    try:
        assert "/officer/search" not in officer.visitor.visit("/officer/search").url.split("?")[0]
        assert api(officer, "/api/v1/requests", token) in {401, 403}
    finally:
        assert morgan.send(action.replace("/revoke", "/reinstate")).status == 200
        town.officers.pop("detective")


def test_of_two_who_close_at_once_one_does_and_the_chain_holds(town):
    place = town.place()
    town.owner("twofold", place)
    page = town.ask(place)
    request = page.url.rsplit("/", 1)[1].partition("?")[0]
    officers = [town.officer("officer"), town.officer("supervisor")]
    for officer in officers:
        officer.visitor.visit(f"/officer/requests/{request}")
    statuses = together([lambda one=one: one.visitor.send("/close").status for one in officers])
    assert sorted(statuses) == [200, 409]
    chain = [row for row in rows(town.local)["Audit"] if row["chain"]["S"] == f"request#{request}"]
    assert [row["event"]["S"] for row in chain if "event" in row].count("request:close") == 1
    assert linked(chain)


def test_answers_that_come_at_once_leave_one_answer_and_a_chain_that_holds(town):
    place = town.place()
    owner = town.owner("manifold", place)
    town.ask(place)
    path = link_in(owner.letter("/answer/"), "/answer/")
    tries = ["have_footage", "nothing_there", "cannot_help", "have_footage"]
    send = [lambda one=one: given(town, path, one) for one in tries]
    statuses = together(send)
    assert set(statuses) <= {200, 409}
    assert 200 in statuses
    chains = {}
    for row in rows(town.local)["Audit"]:
        chains.setdefault(row["chain"]["S"], []).append(row)
    assert all(linked(chain) for chain in chains.values())
    answered = [row for row in rows(town.local)["Audit"] if is_answer(row)]
    mine = [row for row in answered if newest_registration(town) in row["chain"]["S"]]
    assert len(mine) == statuses.count(200)


# --- how to look ------------------------------------------------------------------------


def is_answer(row):
    return row.get("event", {}).get("S") == "ask:answer"


def newest_registration(town):
    found = [row for row in rows(town.local)["Registrations"] if "contact" in row]
    return max(found, key=lambda row: row["created_at"]["S"])["id"]["S"]


def given(town, path, answer):
    return town.stranger().post(path, [("answer", answer), ("note", "")]).status


def together(jobs):
    """Run the jobs at the same moment; return what each gave."""
    gate, found = threading.Barrier(len(jobs)), [None] * len(jobs)

    def run(number):
        gate.wait()
        found[number] = jobs[number]()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(jobs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def linked(chain):
    """Say whether each entry names the hash of the one before, and the head that of the last."""
    ordered = sorted(chain, key=lambda row: int(row["seq"]["N"]))
    head, entries = ordered[0], ordered[1:]
    before = ["0" * 64, *[row["hash"]["S"] for row in entries]]
    return (
        [row["previous"]["S"] for row in entries] == before[:-1]
        and head["hash"]["S"] == before[-1]
        and int(head["last_seq"]["N"]) == len(entries)
    )


def api(officer, path, headers):
    return officer.visitor._once("GET", f"{officer.local.url}{path}", None, headers).status  # noqa: SLF001 - a GET with a token


def everything(town):
    """Return all tables as text; binary values byte for byte."""
    return "\n".join(plain(row) for table in rows(town.local).values() for row in table)


def plain(row):
    return json.dumps(row, default=lambda value: bytes(value).decode("latin-1"), ensure_ascii=False)


def keys(town):
    client = town.client("dynamodb")
    found = []
    for name in client.list_tables()["TableNames"]:
        schema = client.describe_table(TableName=name)["Table"]
        parts = {part["AttributeName"] for part in schema["AttributeDefinitions"]}
        table = client.get_paginator("scan").paginate(TableName=name)
        found += [
            {key: row[key] for key in parts & set(row)} for page in table for row in page["Items"]
        ]
    return found


def logged(town):
    client = town.client("logs")
    groups = [group["logGroupName"] for group in client.describe_log_groups()["logGroups"]]
    pages = [
        page
        for group in groups
        for page in client.get_paginator("filter_log_events").paginate(logGroupName=group)
    ]
    return "\n".join(event["message"] for page in pages for event in page["events"])


def waiting_messages(town):
    client = town.client("sqs")
    return [
        client.receive_message(QueueUrl=url, MaxNumberOfMessages=10, VisibilityTimeout=0)
        for url in client.list_queues().get("QueueUrls", [])
    ]


def bucket(town):
    """Return each version's key with its metadata and tags."""
    s3, name = town.client("s3"), town.local.outputs["ClipBucket"]
    found = {}
    for one in s3.list_object_versions(Bucket=name).get("Versions", []):
        which = {"Bucket": name, "Key": one["Key"], "VersionId": one["VersionId"]}
        head = s3.head_object(**which)
        tags = s3.get_object_tagging(**which)["TagSet"]
        found[one["Key"]] = [head["Metadata"], head.get("ContentDisposition", ""), tags]
    return found
