import os
import shutil
import subprocess
import sys

import pytest

from infra.render import ROOT


@pytest.fixture
def copy(tmp_path):
    for name in ("chalicelib", "infra", ".chalice"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "app.py", tmp_path)
    return tmp_path


def plan(folder, jurisdiction):
    without_aws = {key: text for key, text in os.environ.items() if not key.startswith("AWS_")}
    return subprocess.run(  # noqa: S603 - our own program with our own arguments
        [sys.executable, "-B", "-m", "infra.stack", "plan", jurisdiction],
        cwd=folder,
        env={**without_aws, "AWS_EC2_METADATA_DISABLED": "true", "HOME": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_sound_programme_is_in_order_even_without_aws(copy):
    done = plan(copy, "lancashire")

    assert done.returncode == 0
    assert done.stdout.startswith("lancashire: the programme, its stack file and the template are")
    assert "is a placeholder" in done.stderr


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("window_max_minutes = 120", "window_max_minutes = 1200", "window_max_minutes"),
        ('time_zone = "Europe/London"', 'time_zone = "Europe/Preston"', "time_zone"),
        ('programme = "NICE2SHARE"', "", "programme"),
    ],
)
def test_a_missing_or_unsafe_setting_is_refused_by_its_name(copy, before, after, said):
    file = copy / "chalicelib" / "jurisdictions" / "lancashire.toml"
    text = file.read_text()
    assert before in text
    file.write_text(text.replace(before, after))

    done = plan(copy, "lancashire")

    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
