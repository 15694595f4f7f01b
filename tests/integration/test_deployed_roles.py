"""Every verb of the story under the role it is deployed with, and what no role may do."""

import json

import boto3
import pytest
from botocore.exceptions import ClientError

from tests.evidence.builders import MP4 as CLIP
from tests.journeys.steps import eventually, link_in, rows

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def story(town):
    """An owner who was asked, and the officer's page of the request."""
    place = town.place()
    owner = town.owner("rolanda", place)
    page = town.ask(place)
    return owner, owner.letter("/answer/"), page.url


def managing(owner):
    """Ask for the link to one's own registration, as the page says."""
    owner.visitor.visit("/my-registration")
    owner.visitor.send("/my-registration", email=owner.email)
    return link_in(owner.letter("/my/"), "/my/")


def test_an_owner_does_everything_with_a_registration(town):
    owner = town.owner("ozzy", town.place())
    path = managing(owner)
    visit = owner.visitor
    visit.visit(path)
    assert visit.send("/pause").status == 200
    assert visit.send("/resume").status == 200
    visit.visit(f"{path}/contact")
    assert visit.send("/contact", name="Ozzy Newname").status == 200
    visit.visit(f"{path}/contact")
    assert visit.send("/contact", email="ozzy.new@residents.example").status == 200
    visit.visit(f"{path}/add-camera")
    added = {"place": town.place(), "kind": "fixed", "action": "continue"}
    assert visit.send("/add-camera", **added).status == 200
    held = json.loads(visit.visit(f"{path}/data.json").body)
    assert [len(held["cameras"]), held["contact"]["name"]] == [2, "Ozzy Newname"]
    first, second = [camera["id"] for camera in held["cameras"]]
    visit.visit(f"{path}/camera?id={first}")
    assert visit.send("/camera", label="Gate", action="continue").status == 200
    gone = visit.post(f"{path}/remove-camera", [("camera_id", second)])
    assert gone.status == 200
    visit.visit(f"{path}/leave")
    assert visit.send("/leave").status == 200
    town.local.sweep()
    assert [item["state"]["S"] for item in registration(town, held["registration"])] == ["erased"]


def test_a_clip_goes_every_way_it_can(town, story):
    owner, letter, _request = story
    clips = [owner.uploads(letter, CLIP + bytes([number])) for number in range(3)]
    for clip in clips:
        eventually(lambda clip=clip: state(town, clip) == "arrived", "the clip")
    answer = link_in(letter, "/answer/")
    assert owner.visitor.post(f"{answer}/clips/{clips[0]}/remove", []).status == 200
    detective = town.officer("clerk").visitor
    assert town.officer("clerk").accepts(clips[1]).status == 200
    detective.visit(f"/officer/clips/{clips[2]}")
    assert detective.send("/decline", reason="Shows another day.").status == 200
    detective.visit(f"/officer/clips/{clips[1]}")
    assert detective.send("/download").body == CLIP + b"\x01"
    assert [state(town, clip) for clip in clips] == ["removed", "accepted", "declined"]
    assert objects(town, clips[0]) == []


def test_a_request_is_reminded_of_and_closed(town):
    place = town.place()
    owner = town.owner("remy", place)
    request = town.ask(place).url
    owner.letter("/answer/")
    robin = town.officer().visitor
    robin.visit(request)
    assert robin.send("/remind").status == 200
    owner.letter("/answer/")
    assert robin.send("/close").status == 200
    assert "losed" in robin.page.words


def test_a_supervisor_revokes_and_reinstates(town):
    morgan, action = town.revoking(town.officer("detective"))
    assert morgan.send(action).status == 200
    town.officers.pop("detective")
    assert morgan.send(action.replace("/revoke", "/reinstate")).status == 200


def test_an_auditor_reads_the_day(town, story):
    alex = town.officer("auditor").visitor
    assert alex.visit("/officer/audit").status == 200


def test_a_bounce_and_an_arrival_are_noted_once_however_often_they_come(town):
    place = town.place()
    owner = town.owner("bouncer", place)
    town.ask(place)
    owner.letter("/answer/")
    (row,) = eventually(lambda: sent_to(town, owner), "the letter's row")
    for kind in ("Delivery", "Bounce", "Bounce", "Delivery"):
        assert invoked(town, "MailEvents", ses_event(kind, row["id"]["S"])) == {}
    standing = registration(town, row["recipient"]["S"])
    assert [item["state"]["S"] for item in standing] == ["paused"]
    assert [item["state"]["S"] for item in items(town, "Outbox", id=row["id"]["S"])] == ["bounced"]
    chain = f"registration#{row['recipient']['S']}"
    paused = items(town, "Audit", chain=chain, event="registration:unreachable")
    assert len(paused) == 1


def test_a_letter_named_five_times_by_the_queue_is_sent_once(town, story):
    before = len(town.local.letters())
    (row, *_) = items(town, "Outbox", letter="confirm")
    record = {
        "messageId": "m",
        "receiptHandle": "r",
        "body": row["id"]["S"],
        "attributes": {},
        "messageAttributes": {},
        "eventSource": "aws:sqs",
        "eventSourceARN": "arn:aws:sqs:us-east-2:000000000000:outbox",
    }
    assert [invoked(town, "Mailer", {"Records": [record]}) for _ in range(5)] == [{}] * 5
    assert len(town.local.letters()) == before


def test_an_arrival_told_twice_is_one_clip(town):
    place = town.place()
    owner = town.owner("echo", place)
    town.ask(place)
    clip = owner.uploads(owner.letter("/answer/"), CLIP)
    eventually(lambda: state(town, clip) == "arrived", "the clip")
    before = items(town, "Clips", id=clip), len(items(town, "Audit", chain=f"clip#{clip}"))
    (version,) = objects(town, clip)
    for told in (version, "", "another"):
        assert invoked(town, "Intake", created(town, clip, told)) == {}
    after = items(town, "Clips", id=clip), len(items(town, "Audit", chain=f"clip#{clip}"))
    assert (after, objects(town, clip)) == (before, [version])


def test_an_event_about_nothing_of_ours_is_passed_over(town):
    assert invoked(town, "Intake", created(town, "aaaaaaaaaaaaa", "v")) == {}
    assert invoked(town, "MailEvents", ses_event("Bounce", "aaaaaaaaaaaaa")) == {}


# --- what is denied -----------------------------------------------------------------------

FUNCTIONS = ("APIHandler", "Intake", "MailEvents", "Mailer", "Sweep")


@pytest.mark.parametrize("function", FUNCTIONS)
def test_no_function_deletes_or_edits_the_audit(town, story, function):
    dynamodb, table = as_role(town, function, "dynamodb"), table_of(town, "Audit")
    (entry, *_) = items(town, "Audit", event="registration:submit")
    key = {name: entry[name] for name in ("chain", "seq")}
    denied(dynamodb.delete_item, TableName=table, Key=key)
    denied(dynamodb.scan, TableName=table)
    edit = {
        "UpdateExpression": "SET actor = :x",
        "ExpressionAttributeValues": {":x": {"S": "nobody"}},
    }
    denied(dynamodb.update_item, TableName=table, Key=key, **edit)
    denied(dynamodb.delete_table, TableName=table)


@pytest.mark.parametrize("function", ["Mailer", "MailEvents"])
def test_who_writes_letters_reads_no_clip(town, function):
    s3, bucket = as_role(town, function, "s3"), town.local.outputs["ClipBucket"]
    denied(s3.get_object, Bucket=bucket, Key="clips/aaaaaaaaaaaaa/original")
    denied(s3.put_object, Bucket=bucket, Key="clips/aaaaaaaaaaaaa/original", Body=b"x")


@pytest.mark.parametrize("function", ["APIHandler", "Intake", "MailEvents", "Sweep"])
def test_only_the_mailer_sends_letters(town, function):
    mail = {"Simple": {"Subject": {"Data": "s"}, "Body": {"Text": {"Data": "t"}}}}
    denied(
        as_role(town, function, "sesv2").send_email,
        FromEmailAddress="cameras@alder-falls.example",
        Destination={"ToAddresses": ["a@residents.example"]},
        Content=mail,
    )


@pytest.mark.parametrize("function", ["Intake", "MailEvents", "Mailer"])
def test_only_pages_and_the_sweep_read_searches_and_sessions(town, function):
    dynamodb = as_role(town, function, "dynamodb")
    for table in ("Searches", "Sessions"):
        denied(dynamodb.scan, TableName=table_of(town, table))


def test_the_intake_learns_and_forges_no_identity(town):
    dynamodb = as_role(town, "Intake", "dynamodb")
    item = {"id": {"S": "aaaaaaaaaaaaa"}}
    denied(dynamodb.put_item, TableName=table_of(town, "Registrations"), Item=item)
    denied(as_role(town, "Intake", "secretsmanager").list_secrets)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_no_function_changes_the_account_the_keys_or_the_bucket(town, function):
    bucket = town.local.outputs["ClipBucket"]
    denied(as_role(town, function, "iam").list_users)
    denied(as_role(town, function, "kms").create_key)
    denied(as_role(town, function, "s3").put_bucket_policy, Bucket=bucket, Policy="{}")
    denied(as_role(town, function, "lambda").list_functions)
    denied(
        as_role(town, function, "s3").put_bucket_versioning,
        Bucket=bucket,
        VersioningConfiguration={"Status": "Suspended"},
    )


def denied(call, **arguments):
    with pytest.raises(ClientError) as refusal:
        call(**arguments)
    assert "AccessDenied" in refusal.value.response["Error"]["Code"], refusal.value


# --- how to look ------------------------------------------------------------------------


def function_named(town, name):
    found = town.client("lambda").list_functions()["Functions"]
    (one,) = [item for item in found if f"-{name}-" in item["FunctionName"]]
    return one


def as_role(town, function, service):
    """Return a client with the rights of a deployed function and no others."""
    if (function, service) not in town.clients:
        town.clients[function, service] = session_of(town, function).client(
            service, endpoint_url=town.local.cloud.url
        )
    return town.clients[function, service]


def session_of(town, function):
    given = town.client("sts").assume_role(
        RoleArn=function_named(town, function)["Role"], RoleSessionName="test"
    )["Credentials"]
    return boto3.Session(
        given["AccessKeyId"],
        given["SecretAccessKey"],
        given["SessionToken"],
        region_name=town.local.cloud.region,
    )


def invoked(town, function, event):
    """Invoke a function; return what it says went wrong, or nothing."""
    answer = town.client("lambda").invoke(
        FunctionName=function_named(town, function)["FunctionName"],
        Payload=json.dumps(event).encode(),
    )
    said = json.loads(answer["Payload"].read() or b"null")
    return said if answer.get("FunctionError") else {}


def ses_event(kind, outbox_id):
    detail = {"eventType": kind, "mail": {"tags": {"outbox": [outbox_id]}}}
    if kind == "Bounce":
        detail["bounce"] = {"bounceType": "Permanent"}
    return event_of("aws.ses", f"Email {kind}", detail)


def created(town, clip, version):
    stored = {"key": f"clips/{clip}/original", "version-id": version, "size": 1}
    bucket = {"name": town.local.outputs["ClipBucket"]}
    return event_of("aws.s3", "Object Created", {"bucket": bucket, "object": stored})


def event_of(source, kind, detail):
    return {
        "version": "0",
        "id": "1",
        "detail-type": kind,
        "source": source,
        "account": "000000000000",
        "time": "2026-11-21T08:00:00Z",
        "region": "us-east-2",
        "resources": [],
        "detail": detail,
    }


def items(town, table, **wanted):
    found = rows(town.local, only=(table,))[table]
    return [
        item
        for item in found
        if all(item.get(name, {}).get("S") == value for name, value in wanted.items())
    ]


def table_of(town, table):
    names = town.client("dynamodb").list_tables()["TableNames"]
    (name,) = [name for name in names if f"-{table}-" in name]
    return name


def registration(town, registration_id):
    return items(town, "Registrations", id=registration_id)


def state(town, clip):
    return items(town, "Clips", id=clip)[0]["state"]["S"]


def sent_to(town, owner):
    """Return the outbox row of the request that went to the newest registration."""
    asked = list(items(town, "Outbox", letter="request", state="sent"))
    return sorted(asked, key=lambda row: row["created_at"]["S"])[-1:]


def objects(town, clip):
    s3 = town.client("s3")
    found = s3.list_object_versions(Bucket=town.local.outputs["ClipBucket"]).get("Versions", [])
    return [one["VersionId"] for one in found if clip in one["Key"]]
