import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass

import pytest

from chalicelib.jurisdictions import linter, reader
from infra.local.ministack import free_port
from infra.local.officers import OFFICERS
from infra.render import ROOT
from tests.journeys.conftest import Programme
from tests.journeys.steps import HAPPENED

pytestmark = pytest.mark.integration

ID = "maple-ridge"
TOML = f"chalicelib/jurisdictions/{ID}.toml"
OUTLINE = f"chalicelib/jurisdictions/{ID}.outline.geojson"
STACK = f"infra/stacks/{ID}.json"
SOURCES = ("app.py", "requirements.txt", "chalicelib", "infra", ".chalice")
BEFORE = "files.json"
MADE = {"__pycache__", "compiled", "deployments"}
NAMES = {
    "LookoutForLiberty": "Maple Ridge Watch",
    "Liberty Police Department": "Maple Ridge Police Department",
    "Liberty PD": "Maple Ridge PD",
    'town = "Liberty"': 'town = "Maple Ridge"',
    "Missouri": "Kansas",
    "39.2461": "38.5020",
    "-94.4191": "-98.4980",
}
SQUARE = [[-98.55, 38.45], [-98.45, 38.45], [-98.45, 38.55], [-98.55, 38.55], [-98.55, 38.45]]
CLIP = b"\0\0\0\x18ftypmp42" + bytes(range(256)) * 1000
PATIENCE_SECONDS = 120


@dataclass(frozen=True)
class Served:
    """A site that another process serves."""

    url: str
    officers: tuple[object, ...] = OFFICERS

    def letters(self):
        with urllib.request.urlopen(f"{self.url}/_outbox.json") as answer:  # noqa: S310 - our own address
            return json.load(answer)


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """Return a copy of the code with three files more."""
    folder = tmp_path_factory.mktemp("copy")
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(*MADE))
        else:
            shutil.copy(ROOT / name, folder / name)
    (folder / ".build").mkdir()
    for packed in (ROOT / ".build").glob("dependencies-*.zip"):  # else they are packed again
        shutil.copy(packed, folder / ".build")
    (folder / BEFORE).write_text(json.dumps(files(folder)))
    add_programme(folder)
    return folder


def add_programme(folder):
    text = (ROOT / "chalicelib/jurisdictions/liberty.toml").read_text()
    text = text.replace('["en-US", "es"]', '["en-US"]')  # another language is another file
    for before, after in NAMES.items():
        text = text.replace(before, after)
    (folder / TOML).write_text(text)
    area = {"type": "Polygon", "coordinates": [SQUARE]}
    outline = {"type": "Feature", "properties": {}, "geometry": area}
    (folder / OUTLINE).write_text(json.dumps(outline))
    stack = json.loads((ROOT / "infra/stacks/liberty.json").read_text())
    stack["tags"]["jurisdiction"] = ID
    (folder / STACK).write_text(json.dumps(stack))


@pytest.fixture(scope="module")
def seventh(copy):
    """Serve the copy as script/server does, from its own folder."""
    served = Served(f"http://localhost:{free_port()}")
    command = [sys.executable, "-B", "-m", "infra.local.server", ID, "--no-demo", "--port"]
    with (copy / "server.log").open("wb") as log:
        server = subprocess.Popen(  # noqa: S603 - our own module
            [*command, served.url.rpartition(":")[2]],
            cwd=copy,
            env=plain(),
            stdout=log,
            stderr=log,
        )
    try:
        wait_for(served, server, copy / "server.log")
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("JURISDICTIONS_PATH", str((copy / TOML).parent))
            yield Programme(served, reader.read(ID))
    finally:
        server.terminate()
        server.wait(60)


def plain():
    return {name: os.environ[name] for name in ("HOME", "PATH") if name in os.environ}


def wait_for(served, server, log):
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(served.url).close()  # noqa: S310 - our own address
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail(log.read_text())


def files(folder):
    """Return each file of the code with its content's hash."""
    paths = [path for name in SOURCES for path in [folder / name, *(folder / name).rglob("*")]]
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in paths
        if path.is_file() and not MADE & set(path.parts)
    }


def test_the_linter_has_nothing_against_it(copy):
    command = [sys.executable, "-B", "-m", "chalicelib.jurisdictions.linter", ID]

    done = subprocess.run(  # noqa: S603 - our own module
        command, cwd=copy, env=plain(), capture_output=True, text=True, check=False
    )

    assert (done.returncode, "refused" in done.stdout) == (0, False), done.stdout


def test_the_linter_refuses_it_when_a_promise_is_missing(copy, tmp_path, monkeypatch):
    text = (copy / TOML).read_text()
    start, end = text.index("promises = ["), text.index("notice_version")
    (tmp_path / f"{ID}.toml").write_text(text[:start] + "promises = []\n" + text[end:])
    shutil.copy(copy / OUTLINE, tmp_path)
    monkeypatch.setenv("JURISDICTIONS_PATH", str(tmp_path))

    assert any("texts.promises" in sentence for sentence in linter.problems(ID))


def test_its_pages_speak_in_its_name(seventh):
    page = seventh.visitor.visit("/")

    assert (page.status, "Maple Ridge Watch" in page.words) == (200, True)
    assert [one for one in seventh.here.texts.promises if one not in page.words] == []


def test_a_clip_comes_from_a_doorbell_to_the_case(seventh):
    # Given an owner in a town no code has heard of, and an officer who found their camera
    owner, officer = seventh.owner("Orla Fern"), seventh.officer("detective")
    letter = owner.takes_part()
    assert "Maple Ridge Watch" in letter["Subject"]
    assert "1 camera " in officer.searches(owner.place).words

    # When the officer asks and the owner sends a clip
    officer.chooses_every_camera()
    officer.asks()
    asked = owner.letter("/answer/")
    owner.answers(asked)
    clip = owner.uploads(asked, CLIP)

    # Then it is received, accepted and recorded like any other
    assert HAPPENED in asked["BodyText"]
    assert hashlib.sha256(CLIP).hexdigest() in owner.letter("SHA-256")["BodyText"]
    assert "Accepted" in officer.accepts(clip).words
    audit = seventh.officer("auditor").visitor.visit("/officer/audit?check=yes").words
    assert ("clip:accept" in audit, "nothing altered or missing" in audit) == (True, True)


def test_only_three_files_were_added_and_no_code_was_changed(copy, seventh):
    before, after = json.loads((copy / BEFORE).read_text()), files(copy)

    assert set(after) - set(before) == {TOML, OUTLINE, STACK}
    assert {name: after[name] for name in before} == before
