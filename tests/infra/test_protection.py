import json

from chalicelib.cameras.cells import WANTED as CELL
from chalicelib.evidence.model import key_of
from chalicelib.registrations.store import GLANCED
from infra.render import ROOT

LONG_ENOUGH = {"Ref": "LogRetentionDays"}
SOME_ONLY = {"dynamodb:Select": "SPECIFIC_ATTRIBUTES"}


def properties(items):
    return [item["Properties"] for item in items.values()]


def statements(document):
    for statement in document["Statement"]:
        chosen = statement.get("Fn::If")
        yield chosen[1] if chosen else statement  # the first way is the one on AWS


def as_list(value):
    return value if isinstance(value, list) else [value]


def test_tables_are_encrypted_recoverable_and_protected(of_type):
    for table in properties(of_type("AWS::DynamoDB::Table")):
        assert table["SSESpecification"] == {
            "SSEEnabled": True,
            "SSEType": "KMS",
            "KMSMasterKeyId": {"Ref": "DataKey"},
        }
        assert table["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
        assert table["DeletionProtectionEnabled"] is True
        assert table["BillingMode"] == "PAY_PER_REQUEST"


def test_the_clip_bucket_is_private_versioned_and_encrypted(of_type):
    (bucket,) = properties(of_type("AWS::S3::Bucket"))
    (rule,) = bucket["BucketEncryption"]["ServerSideEncryptionConfiguration"]
    assert rule["ServerSideEncryptionByDefault"]["SSEAlgorithm"] == "aws:kms"
    assert bucket["VersioningConfiguration"] == {"Status": "Enabled"}
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    assert bucket["OwnershipControls"] == {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}


def test_browsers_may_only_upload_and_only_from_our_site(of_type):
    (bucket,) = properties(of_type("AWS::S3::Bucket"))
    (rule,) = bucket["CorsConfiguration"]["CorsRules"]
    assert rule["AllowedOrigins"] == [{"Ref": "SiteUrl"}]
    assert sorted(rule["AllowedMethods"]) == ["POST", "PUT"]
    assert "*" not in json.dumps(rule)


def test_the_bucket_refuses_plain_http_and_old_signatures(of_type):
    (policy,) = properties(of_type("AWS::S3::BucketPolicy"))
    refused = {item["Sid"]: item for item in statements(policy["PolicyDocument"])}
    assert {item["Effect"] for item in refused.values()} == {"Deny"}
    assert refused["OnlyOverTls"]["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    minutes = refused["PresignedLinksLiveMinutes"]["Condition"]["NumericGreaterThan"]
    assert minutes == {"s3:signatureAge": 15 * 60 * 1000}


def test_abandoned_uploads_go_and_nothing_else_expires_by_itself(of_type):
    (bucket,) = properties(of_type("AWS::S3::Bucket"))

    (rule,) = bucket["LifecycleConfiguration"]["Rules"]

    # An expiry of old versions could take a clip whose grant was used twice.
    assert rule == {
        "Id": "AbandonedUploads",
        "Status": "Enabled",
        "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7},
    }


def test_no_role_has_a_star_for_action_or_resource(of_type):
    for role in properties(of_type("AWS::IAM::Role")):
        for policy in role["Policies"]:
            for statement in policy["PolicyDocument"]["Statement"]:
                assert not [name for name in as_list(statement["Action"]) if "*" in name]
                resource = statement["Resource"]
                chosen = resource["Fn::If"][1] if "Fn::If" in resource else resource
                assert "*" not in as_list(chosen)
                assert '":*"' not in json.dumps(chosen)


def test_audit_entries_and_tombstones_cannot_be_deleted_by_any_function():
    for path in (ROOT / ".chalice" / "policies").glob("*.json"):
        for statement in json.loads(path.read_text())["Statement"]:
            tables = {item["Fn::GetAtt"][0] for item in resource_list(statement)}
            if tables & {"Audit", "Tombstones"}:
                assert "dynamodb:DeleteItem" not in statement["Action"]


def resource_list(statement):
    return [item for item in as_list(statement["Resource"]) if "Fn::GetAtt" in item]


def policies():
    for path in (ROOT / ".chalice" / "policies").glob("*.json"):
        statements = json.loads(path.read_text())["Statement"]
        yield path.stem, [(item["Action"], as_list(item["Resource"])) for item in statements]


def allowed(statements, action, resource):
    return any(action in actions and resource in resources for actions, resources in statements)


def scans():
    """Which attributes of which table each function may read a whole table for; None: of all."""
    for path in (ROOT / ".chalice" / "policies").glob("*.json"):
        for statement in json.loads(path.read_text())["Statement"]:
            if "dynamodb:Scan" in statement["Action"]:
                condition = statement.get("Condition", {})
                wanted = condition.get("ForAllValues:StringEquals", {}).get("dynamodb:Attributes")
                assert not wanted or condition["StringEqualsIfExists"] == SOME_ONLY
                for one in statement["Resource"]:
                    yield path.stem, next(iter(one.values())), wanted


def test_whole_tables_are_read_without_what_says_who_or_where_somebody_is():
    key = "i"
    read = {(name, str(where)): wanted for name, where, wanted in scans()}
    assert read == {
        ("api_handler", "['Sessions', 'Arn']"): None,
        ("sweep", "${Cameras.Arn}/index/geo"): None,
        ("sweep", "['Cameras', 'Arn']"): [key, *CELL],
        ("sweep", "['Limits', 'Arn']"): None,
        ("sweep", "['Outbox', 'Arn']"): ["id", "state"],
        ("sweep", "['Registrations', 'Arn']"): GLANCED,
    }
    assert not set(GLANCED) & {"contact", "new_contact", "paper", "about"}


def test_whoever_changes_cameras_may_count_them_and_the_sweep_may_count_them_all():
    cameras, limits = ({"Fn::GetAtt": [name, "Arn"]} for name in ("Cameras", "Limits"))
    index = {"Fn::Sub": "${Cameras.Arn}/index/geo"}
    changing = {
        name: allowed(statements, "dynamodb:UpdateItem", limits)
        for name, statements in policies()
        if allowed(statements, "dynamodb:PutItem", cameras)
    }
    # The table itself may be read too, but only two attributes of it: see `scans`.
    scanning = {
        name: [allowed(statements, "dynamodb:Scan", one) for one in (index, limits, cameras)]
        for name, statements in policies()
    }
    assert changing == {"api_handler": True, "mail_events": True, "sweep": True}
    assert scanning.pop("sweep") == [True, True, True]
    assert not any(map(any, scanning.values()))


def test_functions_reach_the_objects_of_clips_and_no_others():
    prefix = key_of("x").partition("/")[0]
    for path in (ROOT / ".chalice" / "policies").glob("*.json"):
        for statement in json.loads(path.read_text())["Statement"]:
            if statement["Sid"] == "Clips":
                assert statement["Resource"] == [{"Fn::Sub": f"${{ClipBucket.Arn}}/{prefix}/*"}]


def test_each_function_has_a_role_and_a_log_group_of_its_own(of_type):
    functions = of_type("AWS::Lambda::Function")
    roles = [json.dumps(item["Role"]) for item in properties(functions)]
    assert len(set(roles)) == len(functions)
    groups = properties(of_type("AWS::Logs::LogGroup"))
    named = {item["LogGroupName"]["Fn::Sub"] for item in groups}
    assert named == {f"/aws/lambda/${{{name}}}" for name in functions}
    assert all(item["RetentionInDays"] == LONG_ENOUGH for item in groups)


def test_a_letter_is_tried_five_times_alone_and_then_kept(of_type, resources):
    queue = resources["OutboxQueue"]["Properties"]
    (mapping,) = properties(of_type("AWS::Lambda::EventSourceMapping"))
    assert queue["RedrivePolicy"]["maxReceiveCount"] >= 5
    assert queue["VisibilityTimeout"] >= 6 * resources["Mailer"]["Properties"]["Timeout"]
    assert mapping["BatchSize"] == 1


def test_every_queue_and_topic_is_encrypted(of_type):
    for kind in ("AWS::SQS::Queue", "AWS::SNS::Topic"):
        for item in properties(of_type(kind)):
            assert item["KmsMasterKeyId"] == {"Ref": "DataKey"}


def test_events_that_fail_are_kept_and_raise_an_alarm(resources):
    for name in ("Intake", "MailEvents", "Sweep"):
        letters = resources[name]["Properties"]["DeadLetterConfig"]
        assert letters == {"TargetArn": {"Fn::GetAtt": ["FailedEvents", "Arn"]}}
    for name in ("LettersFailed", "EventsFailed", "PagesFail"):
        assert resources[name]["Properties"]["AlarmActions"] == [{"Ref": "Alarms"}]


def test_officers_are_made_by_an_administrator_and_need_a_second_factor(resources):
    pool = resources["Officers"]["Properties"]
    assert pool["AdminCreateUserConfig"] == {"AllowAdminCreateUserOnly": True}
    assert pool["MfaConfiguration"]["Fn::If"][:2] == ["MfaRequired", "ON"]
    client = resources["OfficerPages"]["Properties"]
    assert client["AllowedOAuthFlows"] == ["code"]
    assert client["CallbackURLs"] == [{"Fn::Sub": "${SiteUrl}/officer/signed-in"}]


def test_the_firewall_stands_before_the_api_unless_switched_off(template, resources):
    assert template["Parameters"]["Waf"]["Default"] == "on"
    stage = resources["FirewallOnApi"]["Properties"]["ResourceArn"]["Fn::Sub"]
    assert stage.endswith("/restapis/${RestAPI}/stages/api")


def test_an_unknown_path_is_a_page_that_says_so(resources):
    body = resources["RestAPI"]["Properties"]["Body"]
    answer = body["x-amazon-apigateway-gateway-responses"]["MISSING_AUTHENTICATION_TOKEN"]
    assert answer["statusCode"] == 404
    assert "Page not found" in answer["responseTemplates"]["application/json"]


def test_no_response_of_the_api_opens_it_to_other_sites(resources):
    assert "Access-Control-Allow-Origin" not in json.dumps(resources["RestAPI"])


def test_the_api_asks_the_stacks_own_user_pool(resources):
    definitions = resources["RestAPI"]["Properties"]["Body"]["securityDefinitions"]
    authorizer = definitions["officers"]["x-amazon-apigateway-authorizer"]
    assert authorizer["providerARNs"] == [{"Fn::GetAtt": ["Officers", "Arn"]}]


def test_only_the_function_that_searches_may_ask_where_cameras_stand():
    index, limits = {"Fn::Sub": "${Cameras.Arn}/index/*"}, {"Fn::GetAtt": ["Limits", "Arn"]}
    asking = {name for name, rules in policies() if allowed(rules, "dynamodb:Query", index)}
    assert asking == {"api_handler"}
    assert allowed(dict(policies())["api_handler"], "dynamodb:BatchGetItem", limits)
