import subprocess
import sys
from pathlib import Path

from bench.pages import MAP_MOST, PAGE_MOST, Measured

ROOT = Path(__file__).parents[2]


def weighed(*words):
    """Weigh in a process of its own: the settings and the AWS of these tests are others."""
    command = [sys.executable, "-B", "-m", "bench.pages", "--bytes", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - our own program


def a_page(**changes):
    given = {"html": 3000, "assets": 20_000, "map": 0, "best_ms": 1.0, "nominal_ms": 1.0}
    return Measured("demo", "es", "/", **(given | changes))


def test_no_public_page_weighs_more_than_promised():
    run = weighed("demo", "lancashire", "palos-park")

    lines = run.stdout.splitlines()
    assert run.returncode == 0, "\n".join(line for line in lines if "HEAVY" in line) or run.stderr
    assert len([line for line in lines if "/register/camera" in line]) == 6
    assert lines[-1].endswith(" 0 over a promise")


def test_one_byte_too_many_is_too_heavy():
    assert a_page(html=PAGE_MOST - 20_000).heavy is False
    assert a_page(html=PAGE_MOST - 19_999).heavy is True
    assert a_page(map=MAP_MOST - 23_000).heavy is False
    assert a_page(map=MAP_MOST - 22_999).heavy is True


def test_a_page_that_takes_too_long_is_slow_whatever_the_machine():
    assert (a_page(nominal_ms=15.0).slow, a_page(nominal_ms=15.1).slow) == (False, True)
