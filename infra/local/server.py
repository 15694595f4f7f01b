"""Run one jurisdiction on this machine: python -m infra.local.server [jurisdiction] [--port N]."""

import argparse
import signal
import sys
import time
from types import FrameType

from infra import stack
from infra.local import officers
from infra.local.cloud import DidNotDeploy, LocalCloud
from infra.local.ministack import DidNotStart, is_free
from infra.render import ROOT


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="script/server", description="Run Sightline on this machine, with invented data."
    )
    names = ", ".join(stack.ids())
    parser.add_argument("jurisdiction", nargs="?", default="demo", help=f"one of: {names}")
    parser.add_argument("--port", type=int, default=8000, help="where the site is (8000)")
    parser.add_argument("--no-demo", dest="demo", action="store_false", help="start without data")
    return parser.parse_args()


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _welcome(local: LocalCloud, seconds: float) -> str:
    return f"""
Sightline is running ({local.jurisdiction}, after {seconds:.0f} s). All of its data is invented.

  Residents    {local.url}/
  Officers     {local.url}/officer
  Letters      {local.url}/_outbox

Officers sign in with:
{officers.listing()}

Ctrl-C stops it and keeps its state in {local.folder.relative_to(ROOT)}.
"""


def main() -> None:
    """Start, say where everything is, and wait for Ctrl-C."""
    given = _arguments()
    stack.read(given.jurisdiction)  # says which there are
    if not is_free(given.port):
        sys.exit(f"Port {given.port} is taken. Choose another: script/server --port 8001")
    for number in (signal.SIGINT, signal.SIGTERM):  # a shell may have us ignore the first
        signal.signal(number, _stop)
    began = time.monotonic()
    local = LocalCloud(given.jurisdiction, ROOT / ".local" / given.jurisdiction, given.port)
    try:
        print("Starting the local cloud ...", flush=True)
        local.start(demo=given.demo)
        print(_welcome(local, time.monotonic() - began), flush=True)
        signal.pause()
    except (DidNotStart, DidNotDeploy) as error:
        sys.exit(str(error) or "The stack could not be deployed; the reason stands above.")
    except KeyboardInterrupt:
        print("\nStopping and saving ...", flush=True)
    finally:
        local.stop()


if __name__ == "__main__":
    main()
