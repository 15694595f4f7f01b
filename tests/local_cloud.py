"""The whole service on this machine, for the tests that need one."""

import os
from pathlib import Path

import pytest

from infra.local.cloud import LocalCloud
from infra.local.ministack import free_port
from tests import log_book

QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
"""Chromium looks for its maker's servers unless told not to."""


@pytest.fixture(scope="session")
def stack(tmp_path_factory):
    """Return a function that starts a jurisdiction's whole stack, once for each jurisdiction."""
    yield from stacks(tmp_path_factory)


@pytest.fixture(scope="module")
def module_stack(tmp_path_factory):
    """Do the same for one module: its stacks hold its own story only and end with it."""
    yield from stacks(tmp_path_factory)


def stacks(tmp_path_factory):
    running = {}

    def started(jurisdiction="demo", *, demo=True):
        if (jurisdiction, demo) not in running:
            folder = tmp_path_factory.mktemp(f"cloud-{jurisdiction}")
            local = LocalCloud(jurisdiction, folder, free_port(), keeps_state=False, quiet=True)
            local.start(demo=demo)
            running[jurisdiction, demo] = local
        return running[jurisdiction, demo]

    yield started
    for local in running.values():
        try:
            log_book.keep(local)
        finally:
            local.stop()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Use the machine's own Chromium, which script/test has found or installed."""
    chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    if not Path(chromium).exists():
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail("Chromium is required; set CHROMIUM to its path.")
        pytest.skip("Chromium is not installed.")
    arguments = [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    return {**browser_type_launch_args, "executable_path": chromium, "args": arguments}
