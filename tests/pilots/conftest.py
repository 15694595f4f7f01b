"""A programme that is a test run, small enough to be filled."""

import hashlib
import shutil
from datetime import date

import pytest

from chalicelib import jurisdictions, settings
from chalicelib.jurisdictions import reader

CODE = "TRY-IT-FIRST"
ENDS, LAST = date(2026, 12, 1), date(2026, 12, 15)
PLACES = 5


@pytest.fixture
def pilot(cloud, monkeypatch, tmp_path):
    """Run a copy of the demonstration programme whose phase is pilot."""
    text = (reader.HERE / "demo.toml").read_text("utf-8")
    text = text.replace('phase = "live"', 'phase = "pilot"')
    text = text.replace("invite_codes_required = false", "invite_codes_required = true")
    digest = hashlib.sha256(CODE.encode()).hexdigest()
    tables = f"""[pilot]
ends_on = {LAST}

[[invitations]]
digest = "{digest}"
ends_on = {ENDS}
places = {PLACES}

[map]
"""
    text = text.replace("[map]\n", tables, 1)
    text = text.replace(
        "[texts]\n", '[texts]\nphase_banner = "A test."\nfeedback = "Tell us."\n', 1
    )
    (tmp_path / "trial.toml").write_text(text, "utf-8")
    outline = reader.HERE / "demo.outline.geojson"
    shutil.copy(outline, tmp_path / "trial.outline.geojson")
    for name in ("harrow-county", "demo"):
        if (reader.HERE / name).is_dir():
            shutil.copytree(reader.HERE / name, tmp_path / name.replace("demo", "trial"))
    monkeypatch.setenv("JURISDICTIONS_PATH", str(tmp_path))
    monkeypatch.setenv("JURISDICTION", "trial")
    settings.current.cache_clear()
    jurisdictions.load.cache_clear()
    yield jurisdictions.current()
    settings.current.cache_clear()
    jurisdictions.load.cache_clear()
