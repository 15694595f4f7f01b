"""Damage how a search judges cameras, one piece at a time: a check must see each of them."""

import pytest

from tests.cameras.checks import CHECKS
from tests.geo.damage import CALM, RED, Mutant, checked, copied, damage

FILES = ["clock.py", "errors.py", "language.py", "settings.py", "telemetry.py"]
PACKAGES = ["aws", "audit", "cameras", "geo", "limits", "links"]
MUTANTS = [
    Mutant(
        "a camera that may stand exactly on the rim is left out",
        "a_camera_that_may_just_be_inside_is_found",
        (("sightings", "if depth < -accuracy:", "if depth <= -accuracy:"),),
    ),
    Mutant(
        "a camera that may stand outside is definite",
        "a_camera_that_may_just_be_inside_is_found",
        (("sightings", '"definite" if depth >= accuracy', '"definite" if depth >= -accuracy'),),
    ),
    Mutant(
        "a camera that cannot stand further out than the rim is only possible",
        "a_camera_that_must_just_be_inside_is_definite",
        (("sightings", "depth >= accuracy else", "depth > accuracy else"),),
    ),
    Mutant(
        "nobody outside is looked at",
        "a_camera_that_may_just_be_inside_is_found",
        (("sightings", "if depth >= -margin:", "if depth >= 0:"),),
    ),
    Mutant(
        "who sees the scene is looked for in the region",
        "a_camera_that_sees_the_scene_is_found_wherever_it_stands",
        (
            (
                "sightings",
                "return self.scene if self.only_seeing else self.region",
                "return self.region",
            ),
        ),
    ),
    Mutant(
        "where a camera looks does not matter",
        "a_camera_that_sees_the_scene_is_found_wherever_it_stands",
        (("sightings", "if not sight.sees(question.scene, *place):", "if False:"),),
    ),
    Mutant(
        "a camera of unknown direction sees nothing at the end of its reach",
        "a_camera_of_unknown_direction_counts_up_to_its_reach",
        (("sightings", "if depth >= -view.reaches_m else", "if depth > -view.reaches_m else"),),
    ),
    Mutant(
        "entries of the shifted curve are read as those of the plain one",
        "a_camera_that_may_just_be_inside_is_found",
        (
            (
                "sightings",
                "position(partition, sort, curve)",
                "position(partition, sort)",
            ),
        ),
    ),
    Mutant(
        "a camera hardly located is where it is noted",
        "a_camera_hardly_located_is_uncertain_up_to_its_doubt",
        (("sightings", "if depth >= -(accuracy_in(entry.view) + reach):", "if depth >= -reach:"),),
    ),
]


@pytest.fixture
def copy(tmp_path):
    return copied(tmp_path, PACKAGES + FILES)


@pytest.mark.parametrize("check", CHECKS)
def test_the_code_as_it_is_leaves_nothing_to_complain_of(check):
    assert next(iter(CHECKS[check]()), None) is None


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_damage_is_seen(copy, mutant):
    damage(copy / "cameras", mutant)
    run = checked(copy, "tests.cameras.checks", mutant.check)
    assert run.returncode in (CALM, RED), run.stderr
    assert run.returncode == RED, f"{mutant.check} did not see it."
