"""Damage the geometry on purpose, one piece at a time: a check must see each of them."""

import pytest

from tests.geo.checks import CHECKS
from tests.geo.damage import CALM, RED, checked, copied, damage
from tests.geo.mutants import MUTANTS


@pytest.fixture
def copy(tmp_path):
    return copied(tmp_path, ["geo", "errors.py", "language.py"])


@pytest.mark.parametrize("check", CHECKS)
def test_the_code_as_it_is_leaves_nothing_to_complain_of(check):
    assert next(iter(CHECKS[check]()), None) is None


def test_a_copy_is_what_a_check_of_it_looks_at_and_as_good_as_the_code(copy):
    run = checked(copy, "tests.geo.checks", "a_hole_is_outside")
    assert (run.returncode, run.stderr) == (CALM, "")
    (copy / "geo" / "__init__.py").write_text("raise SystemExit(7)")
    assert checked(copy, "tests.geo.checks", "a_hole_is_outside").returncode == 7


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_damage_is_seen(copy, mutant):
    damage(copy / "geo", mutant)
    run = checked(copy, "tests.geo.checks", mutant.check)
    assert run.returncode in (CALM, RED), run.stderr
    assert run.returncode == RED, f"{mutant.check} did not see it."
