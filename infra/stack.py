"""plan, deploy or show one jurisdiction's stack: python -m infra.stack plan|deploy|outputs <id>.

The local run deploys through this module too: only AWS_ENDPOINT_URL and a few parameters differ.
"""

import argparse
import hashlib
import json
import sys
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError, WaiterError

from infra import build
from infra.render import ROOT, render

STACKS = ROOT / "infra" / "stacks"
CAPABILITIES = ["CAPABILITY_IAM"]


@dataclass(frozen=True, slots=True)
class Stack:
    """What infra/stacks/<id>.json says about one jurisdiction."""

    id: str
    region: str
    parameters: Mapping[str, str]
    tags: Mapping[str, str]

    @property
    def name(self) -> str:
        """The name CloudFormation knows it by."""
        return f"sightline-{self.id}"


def ids() -> tuple[str, ...]:
    """Return the jurisdictions that have a stack file."""
    return tuple(sorted(path.stem for path in STACKS.glob("*.json")))


def read(stack_id: str) -> Stack:
    """Read one stack file; say which there are if there is none."""
    path = STACKS / f"{stack_id}.json"
    if not path.exists():
        raise SystemExit(f"There is no jurisdiction {stack_id!r}. There are: {', '.join(ids())}.")
    content = json.loads(path.read_text())
    parameters = {"Jurisdiction": stack_id, **content["parameters"]}
    return Stack(stack_id, content["region"], parameters, content.get("tags", {}))


def outputs(stack: Stack) -> dict[str, str]:
    """Return the deployed stack's outputs."""
    client = boto3.client("cloudformation", region_name=stack.region)
    (found,) = client.describe_stacks(StackName=stack.name)["Stacks"]
    return {item["OutputKey"]: item["OutputValue"] for item in found["Outputs"]}


def deploy(stack: Stack, package: Path) -> dict[str, str]:
    """Create or update the stack with the code in `package`; return its outputs."""
    client = boto3.client("cloudformation", region_name=stack.region)
    change, kind = _change_set(client, stack, package)
    if change:
        client.execute_change_set(ChangeSetName=change, StackName=stack.name)
        finished = client.get_waiter(f"stack_{kind.lower()}_complete")
        finished.wait(StackName=stack.name, WaiterConfig=_patience(client))
    return outputs(stack)


def plan(stack: Stack, package: Path) -> list[str]:
    """Return what deploying would change, without changing it."""
    client = boto3.client("cloudformation", region_name=stack.region)
    change, kind = _change_set(client, stack, package)
    if not change:
        return []
    described = client.describe_change_set(ChangeSetName=change, StackName=stack.name)
    client.delete_change_set(ChangeSetName=change, StackName=stack.name)
    if kind == "CREATE":  # what is left is an empty stack, waiting for review
        client.delete_stack(StackName=stack.name)
    changes = [item["ResourceChange"] for item in described["Changes"]]
    return [
        f"{item['Action']:7} {item['ResourceType']} {item['LogicalResourceId']}" for item in changes
    ]


def _change_set(client: Any, stack: Stack, package: Path) -> tuple[str, str]:  # noqa: ANN401 - boto3 makes clients at run time
    bucket = _artifact_bucket(stack)
    code = _upload(bucket, package.read_bytes(), "zip", stack)
    template = json.dumps(render(stack.region), separators=(",", ":")).encode()
    parameters = {**stack.parameters, "ArtifactBucket": bucket, "ArtifactKey": code}
    kind = "UPDATE" if _exists(client, stack) else "CREATE"
    change = client.create_change_set(
        StackName=stack.name,
        ChangeSetName=f"deploy-{uuid.uuid4()}",
        ChangeSetType=kind,
        TemplateURL=_url(stack, bucket, _upload(bucket, template, "json", stack)),
        Parameters=_pairs("ParameterKey", "ParameterValue", parameters),
        Tags=_pairs("Key", "Value", {"jurisdiction": stack.id, **stack.tags}),
        Capabilities=CAPABILITIES,
    )["Id"]
    return _ready(client, stack, change), kind


def _ready(client: Any, stack: Stack, change: str) -> str:  # noqa: ANN401 - as above
    names = {"ChangeSetName": change, "StackName": stack.name}
    try:
        waiter = client.get_waiter("change_set_create_complete")
        waiter.wait(**names, WaiterConfig=_patience(client))
    except WaiterError:
        reason = client.describe_change_set(**names).get("StatusReason", "")
        if "didn't contain changes" not in reason and "No updates" not in reason:
            raise
        client.delete_change_set(**names)
        return ""
    return change


def _patience(client: Any) -> dict[str, int]:  # noqa: ANN401 - as above
    local = "amazonaws.com" not in client.meta.endpoint_url
    return {"Delay": 1 if local else 10, "MaxAttempts": 240}


def _exists(client: Any, stack: Stack) -> bool:  # noqa: ANN401 - as above
    try:
        (found,) = client.describe_stacks(StackName=stack.name)["Stacks"]
    except ClientError as error:
        if "does not exist" not in str(error):
            raise
        return False
    return bool(found["StackStatus"] != "REVIEW_IN_PROGRESS")


def _artifact_bucket(stack: Stack) -> str:
    account = boto3.client("sts", region_name=stack.region).get_caller_identity()["Account"]
    name = f"sightline-artifacts-{account}-{stack.region}"
    s3 = boto3.client("s3", region_name=stack.region)
    try:
        s3.head_bucket(Bucket=name)
    except ClientError:
        place = {"LocationConstraint": stack.region}
        where = {} if stack.region == "us-east-1" else {"CreateBucketConfiguration": place}
        s3.create_bucket(Bucket=name, ObjectOwnership="BucketOwnerEnforced", **where)
        blocked = (
            "BlockPublicAcls",
            "IgnorePublicAcls",
            "BlockPublicPolicy",
            "RestrictPublicBuckets",
        )
        s3.put_public_access_block(
            Bucket=name, PublicAccessBlockConfiguration=dict.fromkeys(blocked, True)
        )
    return name


def _upload(bucket: str, content: bytes, suffix: str, stack: Stack) -> str:
    key = f"{hashlib.sha256(content).hexdigest()}.{suffix}"
    boto3.client("s3", region_name=stack.region).put_object(Bucket=bucket, Key=key, Body=content)
    return key


def _url(stack: Stack, bucket: str, key: str) -> str:
    endpoint = boto3.client("s3", region_name=stack.region).meta.endpoint_url
    return f"{endpoint}/{bucket}/{key}"


def _pairs(key: str, value: str, content: Mapping[str, str]) -> list[dict[str, str]]:
    return [{key: name, value: text} for name, text in sorted(content.items())]


def _refuse_problems(stack_id: str) -> None:
    from chalicelib.jurisdictions import linter  # noqa: PLC0415 - outputs needs no jurisdiction

    problems = linter.problems(stack_id)
    for problem in problems:
        print(f"{stack_id}: {problem}", file=sys.stderr)
    if problems:
        raise SystemExit(1)
    for warning in linter.warnings(stack_id):
        print(f"{stack_id}: {warning}", file=sys.stderr)


def main() -> None:
    """Run one of the three commands."""
    parser = argparse.ArgumentParser(prog="script/stack", description=__doc__)
    parser.add_argument("command", choices=("plan", "deploy", "outputs"))
    parser.add_argument("jurisdiction", help=", ".join(ids()))
    given = parser.parse_args()
    stack = read(given.jurisdiction)
    try:
        _run(given.command, stack)
    except (BotoCoreError, ClientError) as error:
        raise SystemExit(f"AWS said no: {error}") from error


def _run(command: str, stack: Stack) -> None:
    if command == "outputs":
        print(json.dumps(outputs(stack), indent=2))
        return
    _refuse_problems(stack.id)
    if command == "deploy":
        print(json.dumps(deploy(stack, build.build(for_lambda=True)), indent=2))
        return
    render(stack.region)
    print(f"{stack.id}: the programme, its stack file and the template are in order.")
    if boto3.Session().get_credentials() is None:
        print("Sign in to AWS to see what deploying would change.")
        return
    changes = plan(stack, build.build(for_lambda=True))
    print("\n".join(changes) or "Nothing would change.")


if __name__ == "__main__":
    main()
