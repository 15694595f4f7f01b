import json
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

from chalicelib.aws import tables
from chalicelib.settings import Settings
from infra import stack
from infra.render import ROOT

KEPT = (
    "AWS::DynamoDB::Table",
    "AWS::S3::Bucket",
    "AWS::KMS::Key",
    "AWS::Cognito::UserPool",
    "AWS::SecretsManager::Secret",
)


def test_cfn_lint_finds_nothing_in_any_region_of_ours(template, tmp_path):
    path = tmp_path / "template.json"
    path.write_text(json.dumps(template))
    regions = sorted({stack.read(name).region for name in stack.ids()})
    linter = Path(sys.executable).parent / "cfn-lint"
    command = [linter, "--template", path, "--regions", *regions]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own program
    assert (done.returncode, done.stdout) == (0, "")


def test_tables_keys_and_indexes_are_those_of_the_code(of_type):
    deployed = {
        key.lower(): picture(item["Properties"])
        for key, item in of_type("AWS::DynamoDB::Table").items()
    }
    assert deployed == {name: picture_of_model(model) for name, model in tables.ALL.items()}


def test_every_setting_and_table_name_is_in_every_functions_environment(of_type):
    expected = {field.name.upper() for field in fields(Settings)}
    expected |= {f"TABLE_{name.upper()}" for name in tables.ALL}
    for function in of_type("AWS::Lambda::Function").values():
        assert expected <= set(function["Properties"]["Environment"]["Variables"])


def test_what_holds_data_outlives_its_stack(resources):
    for item in resources.values():
        if item["Type"] in KEPT:
            assert item["DeletionPolicy"] == item["UpdateReplacePolicy"] == "Retain"


def test_a_stack_file_gives_what_the_template_asks_for(each_stack, template):
    asked = template["Parameters"]
    required = {name for name, item in asked.items() if "Default" not in item}
    given = set(each_stack.parameters) | {"ArtifactBucket", "ArtifactKey"}
    assert required - given == set()
    assert given - set(asked) == set()


def test_no_stack_file_weakens_a_deployed_stack(each_stack):
    local_only = {"IgnoreEndpointUrls", "ClipOrigin", "SignInUrl", "Edge", "Waf"}
    assert local_only.isdisjoint(each_stack.parameters)
    assert each_stack.parameters["SiteUrl"].startswith("https://")
    assert each_stack.parameters.get("OfficerMfa", "required") == "required"


def test_each_jurisdiction_has_its_stack_file():
    files = (ROOT / "chalicelib" / "jurisdictions").glob("*.toml")
    assert {path.name.partition(".")[0] for path in files} == set(stack.ids())


def test_what_was_linted_is_what_is_deployed(template):
    assert "Transform" not in template
    assert not [item for item in template["Resources"].values() if "Serverless" in item["Type"]]


def picture(properties):
    indexes = properties.get("GlobalSecondaryIndexes", [])
    return {
        "keys": {item["AttributeName"]: item["KeyType"] for item in properties["KeySchema"]},
        "types": {
            item["AttributeName"]: item["AttributeType"]
            for item in properties["AttributeDefinitions"]
        },
        "expires": properties.get("TimeToLiveSpecification", {}).get("AttributeName"),
        "indexes": {
            item["IndexName"]: (
                {key["AttributeName"]: key["KeyType"] for key in item["KeySchema"]},
                item["Projection"],
            )
            for item in indexes
        },
    }


def picture_of_model(model):
    known = {item.attr_name: item.attr_type for item in model.get_attributes().values()}
    indexes = [index._get_schema() for index in (model._indexes or {}).values()]  # noqa: SLF001 - PynamoDB has no public way
    keys = [model._hash_keyname, *filter(None, [model._range_keyname])]  # noqa: SLF001 - as above
    key_kinds = dict(zip(keys, ("HASH", "RANGE"), strict=False))
    index_keys = {
        item["index_name"]: {key["AttributeName"]: key["KeyType"] for key in item["key_schema"]}
        for item in indexes
    }
    used = set(keys).union(*index_keys.values())
    return {
        "keys": key_kinds,
        "types": {name: known[name] for name in used},
        "expires": "expires" if "expires" in known else None,
        "indexes": {
            item["index_name"]: (index_keys[item["index_name"]], projection(item["projection"]))
            for item in indexes
        },
    }


def projection(given):
    return {key: value for key, value in given.items() if value}
