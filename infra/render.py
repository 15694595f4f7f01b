"""Make one plain CloudFormation template of app.py, .chalice/ and infra/template.yaml.

Offline: no region, no credentials, no code package. It leans on Chalice's internals, which is why
Chalice is pinned and why nothing else in the project imports them.
"""

import json
import logging
import os
import sys
from pathlib import Path
from typing import Any

import boto3
from chalice.cli.factory import CLIFactory
from chalice.deploy.appgraph import ApplicationGraphBuilder, DependencyBuilder
from chalice.deploy.deployer import (
    BaseDeployStep,
    BuildStage,
    InjectDefaults,
    LambdaEventSourcePolicyInjector,
    PolicyGenerator,
    SwaggerBuilder,
)
from chalice.deploy.swagger import CFNSwaggerGenerator
from chalice.deploy.validate import validate_configuration
from chalice.package import (
    ResourceBuilder,
    SAMTemplateGenerator,
    TemplateDeepMerger,
    YAMLTemplateSerializer,
)
from chalice.policy import AppPolicyGenerator
from chalice.utils import OSUtils
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = ROOT / "infra" / "template.yaml"
STAGE = "prod"
# It complains about metrics of its own that nobody collects.
logging.getLogger("samtranslator.metrics.metrics").setLevel(logging.ERROR)


class NoPackage(BaseDeployStep):
    """Stands where Chalice would build its zip; infra/build.py makes ours."""

    def handle_deploymentpackage(self, _config: Any, resource: Any) -> None:  # noqa: ANN401 - Chalice is untyped
        """Name a file that nobody reads."""
        resource.filename = "./deployment.zip"


class Principals:
    """Stands in for Chalice's options, which would ask for a region."""

    def service_principal(self, service: str) -> str:
        """Name the service in the standard partition."""
        return f"{service}.amazonaws.com"


def _build_stage() -> BuildStage:
    system = OSUtils()
    policies = PolicyGenerator(policy_gen=AppPolicyGenerator(osutils=system), osutils=system)
    swagger = SwaggerBuilder(swagger_generator=CFNSwaggerGenerator())
    injector = LambdaEventSourcePolicyInjector()
    return BuildStage(steps=[InjectDefaults(), NoPackage(), policies, swagger, injector])


def chalice_template(root: Path = ROOT) -> dict[str, Any]:
    """Return what `chalice package` would write for the application in `root`."""
    config = CLIFactory(str(root), environ=dict(os.environ)).create_config_obj(STAGE)
    validate_configuration(config)
    builder = ResourceBuilder(ApplicationGraphBuilder(), DependencyBuilder(), _build_stage())
    generator = SAMTemplateGenerator(config, Principals())
    return dict(generator.generate(builder.construct_resources(config, STAGE)))


def _with_ours(template: dict[str, Any]) -> dict[str, Any]:
    ours = YAMLTemplateSerializer().load_template(TEMPLATE.read_text(), TEMPLATE.name)
    merged = json.loads(json.dumps(TemplateDeepMerger().merge(ours, template)))
    # Chalice's own outputs name the stage's bare address, which nobody should use.
    merged["Outputs"] = json.loads(json.dumps(ours["Outputs"]))
    return dict(merged)


def _with_code(template: dict[str, Any]) -> dict[str, Any]:
    # The transform refuses intrinsics in CodeUri written as a URL, not as bucket and key.
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            code = {"Bucket": {"Ref": "ArtifactBucket"}, "Key": {"Ref": "ArtifactKey"}}
            resource["Properties"]["CodeUri"] = code
    return template


def render(region: str, root: Path = ROOT) -> dict[str, Any]:
    """Return the finished template: what was linted and tested is what is deployed."""
    session = boto3.Session(region_name=region)
    template = _with_code(_with_ours(chalice_template(root)))
    translated = Translator({}, Parser(), boto_session=session).translate(
        template, parameter_values={}
    )
    return dict(json.loads(json.dumps(translated)))


def main() -> None:
    """Print the template for the region named as argument."""
    region = sys.argv[1] if len(sys.argv) > 1 else "eu-west-2"
    json.dump(render(region), sys.stdout, indent=1)


if __name__ == "__main__":
    main()
