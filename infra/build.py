"""Build the one code package that every stack's functions run: the same input, the same bytes.

Not `chalice package`: its zip carries compilers, the descriptions of 400 AWS services and no
byte code, which costs each cold start twice the time. `python -m infra.build` prints the path.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import chalice
from chalice import app as chalice_app

from chalicelib import language
from infra.render import ROOT

BUILD = ROOT / ".build"
SERVICES = {"cognito-idp", "dynamodb", "kms", "s3", "secretsmanager", "sesv2", "sqs", "sts"}
# Babel knows a thousand ways to write a date; these are the languages of our pages.
LOCALES = ("root", "en", "es", "cy")
# Packages that a dependency names but none of our code imports.
UNUSED = ("bin", "docutils", "pip", "setuptools", "tests", "wheel")
RUNTIME = f"{sys.version_info.major}.{sys.version_info.minor}"
# What Lambda's own machine accepts; left out, pip takes what suits this one (the local cloud).
LAMBDA_PLATFORM = ("manylinux2014_x86_64", "manylinux_2_17_x86_64", "manylinux_2_26_x86_64")
KEPT_PACKAGES = 4
EPOCH = (1980, 1, 1, 0, 0, 0)


def build(*, for_lambda: bool) -> Path:
    """Return the package, made anew only if something in it changed."""
    BUILD.mkdir(exist_ok=True)
    with (BUILD / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two builds at once would write into each other's folders
        return _build(for_lambda=for_lambda)


def _build(*, for_lambda: bool) -> Path:
    target = BUILD / f"{_content_hash(for_lambda=for_lambda)}.zip"
    if not target.exists():
        partial = target.with_suffix(".partial")
        shutil.copy(_dependencies(for_lambda=for_lambda), partial)
        _add(partial, _staged_application())
        partial.rename(target)
        _forget_all_but(target)
    return target


def _forget_all_but(target: Path) -> None:
    """Keep the newest few packages: several checkouts of a day, not a year of them."""
    packages = [path for path in BUILD.glob("*.zip") if not path.name.startswith("dependencies")]
    for old in sorted(packages, key=lambda path: path.stat().st_mtime)[:-KEPT_PACKAGES]:
        if old != target:
            old.unlink(missing_ok=True)


def _content_hash(*, for_lambda: bool) -> str:
    digest = hashlib.sha256(f"{RUNTIME} {for_lambda}".encode())
    for path in (ROOT / "requirements.txt", Path(__file__), *_sources()):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:24]


def _sources() -> Iterator[Path]:
    yield ROOT / "app.py"
    for path in sorted((ROOT / "chalicelib").rglob("*")):
        made = {"__pycache__", "compiled"} & set(path.parts)
        if path.is_file() and not made:
            yield path


def _staged_application() -> Path:
    staging = BUILD / "application"
    shutil.rmtree(staging, ignore_errors=True)
    for source in _sources():
        target = staging / source.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)
    for module in (chalice, chalice_app):  # all of Chalice that runs in a function
        target = staging / "chalice" / Path(str(module.__file__)).name
        target.parent.mkdir(exist_ok=True)
        shutil.copy(str(module.__file__), target)
    _compile_templates(staging)
    _compile_catalogues(staging)
    _compile(staging)
    return staging


def _compile_templates(staging: Path) -> None:
    # In a process of its own, and from the staged files: nothing of ours is imported here.
    code = "import sys; from chalicelib.web import html; html.compile_templates(sys.argv[1])"
    if "def compile_templates" not in _text(staging / "chalicelib" / "web" / "html.py"):
        return
    folder = staging / "chalicelib" / "web" / "compiled"
    subprocess.run([sys.executable, "-B", "-c", code, str(folder)], cwd=staging, check=True)


def _compile_catalogues(staging: Path) -> None:
    for source in (staging / "chalicelib" / "languages").glob("*.po"):
        source.with_suffix(".mo").write_bytes(language.compiled_from(source))
        source.unlink()


def _text(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def _dependencies(*, for_lambda: bool) -> Path:
    rules = f"{RUNTIME} {for_lambda} {sorted(SERVICES)} {UNUSED} {LOCALES}"
    content = (ROOT / "requirements.txt").read_bytes() + rules.encode()
    key = hashlib.sha256(content).hexdigest()[:24]
    target = BUILD / f"dependencies-{key}.zip"
    if not target.exists():
        partial = target.with_suffix(".partial")
        partial.unlink(missing_ok=True)
        _add(partial, _installed(for_lambda=for_lambda))
        partial.rename(target)
    return target


def _installed(*, for_lambda: bool) -> Path:
    folder = BUILD / "dependencies"
    shutil.rmtree(folder, ignore_errors=True)
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command += ["--no-deps", "--no-compile", "--require-hashes", "--target", str(folder)]
    if for_lambda:
        command += [f"--platform={name}" for name in LAMBDA_PLATFORM]
        command += [f"--python-version={RUNTIME}", "--implementation=cp"]
    command += ["-r", str(ROOT / "requirements.txt")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"The packages for the functions could not be fetched:\n{done.stderr}")
    _trim(folder)
    _compile(folder)
    return folder


def _trim(folder: Path) -> None:
    for path in (folder / "botocore" / "data").iterdir():
        if path.is_dir() and path.name not in SERVICES:
            shutil.rmtree(path)
    for path in sorted(folder.iterdir()):
        if path.name in UNUSED or path.name.partition("-")[0] in UNUSED:
            shutil.rmtree(path)
    for path in (folder / "babel" / "locale-data").iterdir():
        if path.stem.partition("_")[0] not in LOCALES:
            path.unlink()
    for path in folder.glob("*.dist-info/*"):
        if path.name != "METADATA":
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def _compile(folder: Path) -> None:
    """Compile in one fresh process: what else a process has seen shows in the bytes it writes."""
    command = [sys.executable, "-m", "compileall", "-q", "-q", "-f", "-j", "1"]
    command += ["-s", str(folder), "--invalidation-mode", "unchecked-hash", str(folder)]
    subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": "0"}, check=False)


def _add(archive: Path, folder: Path) -> None:
    with zipfile.ZipFile(archive, "a", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(str(path.relative_to(folder)), EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16  # the same whoever builds it
            package.writestr(entry, path.read_bytes())


if __name__ == "__main__":
    print(build(for_lambda=True))
