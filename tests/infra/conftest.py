import json
import subprocess
import sys

import pytest

from infra import stack


@pytest.fixture(scope="session")
def template():
    # A process of its own: Chalice keeps what it imported, and AWS settings belong to a process.
    command = [sys.executable, "-B", "-m", "infra.render", "us-east-2"]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)  # noqa: S603 - our own program


@pytest.fixture(scope="session")
def resources(template):
    return template["Resources"]


@pytest.fixture(scope="session")
def of_type(resources):
    def chosen(kind):
        found = {key: item for key, item in resources.items() if item["Type"] == kind}
        assert found, f"no {kind}"
        return found

    return chosen


@pytest.fixture(params=stack.ids())
def each_stack(request):
    return stack.read(request.param)
