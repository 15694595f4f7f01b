"""Deploy the real stack to a running local cloud, then add officers and demo data.

A program of its own, because AWS settings belong to a process: the caller keeps its own.
"""

import argparse
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import boto3

from infra import build, stack
from infra.local import officers
from infra.render import render

SOURCE = "https://example.org/sightline"


def _parameters(site_url: str, cloud_url: str) -> dict[str, str]:
    return {
        "SiteUrl": site_url,
        "ClipOrigin": cloud_url,
        "SignInUrl": cloud_url,
        "IgnoreEndpointUrls": "false",  # the one address they must not ignore here
        "Edge": "off",  # the front door stands in for it
        "Waf": "off",  # the local cloud has none
        "OfficerMfa": "optional",
        "TestMailbox": "",  # the outbox page is the mailbox
        "LetterAllowList": "",
        "CertificateArn": "",
        "AlarmAddress": "",
    }


def _say(text: str) -> None:
    print(text, flush=True)


def _function_environment(region: str, function: str) -> dict[str, str]:
    client = boto3.client("lambda", region_name=region)
    found = client.get_function_configuration(FunctionName=function)
    return dict(found["Environment"]["Variables"])


def _add_gateway_responses(client: Any, api: str, template: dict[str, Any]) -> None:  # noqa: ANN401 - boto3 makes clients at run time
    """Do what AWS does when it imports the API: the local cloud passes over this part of it."""
    body = template["Resources"]["RestAPI"]["Properties"]["Body"]
    for kind, answer in body["x-amazon-apigateway-gateway-responses"].items():
        given = {key: answer[key] for key in ("responseParameters", "responseTemplates")}
        if "statusCode" in answer:
            given["statusCode"] = str(answer["statusCode"])
        client.put_gateway_response(restApiId=api, responseType=kind, **given)
    client.create_deployment(restApiId=api, stageName="api")


def _seed(deployed: dict[str, str], region: str) -> None:
    """Run the seeding with what a deployed function sees in its environment."""
    environment = {**os.environ, **_function_environment(region, deployed["ApiFunction"])}
    subprocess.run([sys.executable, "-B", "-m", "infra.local.seed"], env=environment, check=True)


def prepare(jurisdiction: str, site_url: str, *, demo: bool) -> dict[str, str]:
    """Bring the local cloud up to date; return the stack's outputs."""
    cloud_url = os.environ["AWS_ENDPOINT_URL"]
    _say("Packing the code ...")
    package = build.build(for_lambda=False)
    _say("Deploying the stack ...")
    ours = stack.read(jurisdiction)
    parameters = {"SourceUrl": SOURCE, **ours.parameters, **_parameters(site_url, cloud_url)}
    deployed = stack.deploy(replace(ours, parameters=parameters), package)
    gateway = boto3.client("apigateway", region_name=ours.region)
    _add_gateway_responses(gateway, deployed["RestApiId"], render(ours.region))
    officers.create(boto3.client("cognito-idp", region_name=ours.region), deployed["UserPool"])
    if demo:
        _say("Adding demo data (invented people and cameras) ...")
        _seed(deployed, ours.region)
    return deployed


def main() -> None:
    """Prepare, and leave the outputs in the file named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("jurisdiction")
    parser.add_argument("--site-url", required=True)
    parser.add_argument("--outputs", type=Path, required=True)
    parser.add_argument("--no-demo", dest="demo", action="store_false")
    given: Any = parser.parse_args()
    deployed = prepare(given.jurisdiction, given.site_url, demo=given.demo)
    given.outputs.write_text(json.dumps(deployed))


if __name__ == "__main__":
    main()
