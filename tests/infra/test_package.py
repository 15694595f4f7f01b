import os
import subprocess
import sys
import zipfile

import pytest

from infra import build

SERVICES = ("cognito-idp", "dynamodb", "kms", "s3", "secretsmanager", "sesv2", "sqs")
IMPORT = "import sys; sys.path.insert(0, sys.argv[1]); "


@pytest.fixture(scope="module")
def package():
    return build.build(for_lambda=False)


@pytest.fixture(scope="module")
def unpacked(package, tmp_path_factory):
    folder = tmp_path_factory.mktemp("package")
    zipfile.ZipFile(package).extractall(folder)
    return folder


def alone(unpacked, code):
    settings = {
        key: text for key, text in os.environ.items() if not key.startswith(("PYTHON", "COVERAGE"))
    }
    command = [sys.executable, "-I", "-S", "-B", "-c", IMPORT + code, str(unpacked)]
    return subprocess.run(command, env=settings, capture_output=True, text=True, check=False)  # noqa: S603 - our own program


def test_every_handler_imports_from_the_package_alone(unpacked, of_type):
    for function in of_type("AWS::Lambda::Function").values():
        module, _, name = function["Properties"]["Handler"].rpartition(".")
        done = alone(unpacked, f"import {module} as module; assert callable(module.{name})")
        assert (done.returncode, done.stderr) == (0, "")


def test_every_aws_client_can_be_made_from_the_package_alone(unpacked):
    code = f"from chalicelib.aws.clients import client; [client(name) for name in {SERVICES}]"
    done = alone(unpacked, code)
    assert (done.returncode, done.stderr) == (0, "")


def test_every_jurisdiction_can_be_read_from_the_package_alone(unpacked):
    code = "from chalicelib import jurisdictions as j; [j.load(name) for name in j.ids()]"
    done = alone(unpacked, code)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_package_holds_no_tools_and_no_secrets_of_this_machine(package):
    names = zipfile.ZipFile(package).namelist()
    forbidden = ("moto/", "pytest", "docutils/", "pip/", ".env", "tests/", "infra/", ".chalice/")
    assert [name for name in names if name.startswith(forbidden)] == []
    assert len(names) == len(set(names))


def test_the_package_carries_byte_code_and_no_dates(package):
    entries = zipfile.ZipFile(package).infolist()
    assert {entry.date_time for entry in entries} == {build.EPOCH}
    assert [entry for entry in entries if entry.filename.startswith("__pycache__/app.")]


def test_the_package_is_small_enough_to_start_quickly(package):
    assert package.stat().st_size < 15_000_000


def test_building_again_gives_the_same_bytes(package):
    before = package.read_bytes()
    package.unlink()
    assert build.build(for_lambda=False).read_bytes() == before
