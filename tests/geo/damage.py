"""Copies of the code with a piece of it replaced, and checks run on them."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
CALM, RED = 0, 3
"""What the process of a check exits with; 1 would be Python's own, for code that does not run."""


class Mutant(NamedTuple):
    """The check that must go red, and for each file what to replace by what.

    A piece of code is given exactly as it stands; spaces and line breaks do not count.
    """

    name: str
    check: str
    changes: tuple[tuple[str, str, str], ...]


def damage(package, mutant):
    """Replace in a copied package; each piece must be there once."""
    for name, old, new in mutant.changes:
        path = package / f"{name}.py"
        text, times = _pattern(old).subn(lambda _, new=new: new, path.read_text())
        assert times == 1, f"{path.name} says {times} times, not once: {old}"
        path.write_text(text)


def _pattern(text):
    return re.compile(r"\s*".join(map(re.escape, re.findall(r"\w+|\S", text))))


def copied(folder, names):
    """Copy these files and packages, to be imported instead of the package itself."""
    copy = folder / "chalicelib"
    copy.mkdir()
    for name in ("__init__.py", *names):
        source = ROOT / "chalicelib" / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("*.pyc"))
        else:
            shutil.copy(source, copy)
    return copy


def checked(copy, module, check):
    """Run a check of a module on a copy in a process of its own."""
    return subprocess.run(  # noqa: S603 - this Python and a name from these tests
        [sys.executable, "-B", "-m", module, check],
        cwd=copy.parent,
        env={**os.environ, "PYTHONPATH": f"{copy.parent}{os.pathsep}{ROOT}"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def told(checks, name):
    """Say the first thing a check complains of, if there is one, and exit accordingly."""
    complaint = next(iter(checks[name]()), None)
    sys.stdout.write(f"{complaint}\n")
    sys.exit(RED if complaint else CALM)
