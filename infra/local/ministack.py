"""The local cloud's process: started on loopback only, stopped so that it keeps its state."""

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

USUAL_PORT = 4566
OWN_PORTS = range(20_000, 32_000)
TRIES = 100
ACCESS_KEY = "000000000000"  # the local account's id: what it takes for its owner
SECRET_KEY = "local"  # noqa: S105 - opens nothing but this machine's own stand-in
START_SECONDS = 60
STOP_SECONDS = 30


class DidNotStart(Exception):
    """The local cloud's process ended or never answered."""


def is_free(port: int) -> bool:
    """Return whether this port of this machine can be listened on."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """Return some port that nobody listens on, and that no outgoing connection is given.

    It is bound seconds later: a port of the system's own range could be in use by then.
    """
    ports = (secrets.choice(OWN_PORTS) for _ in range(TRIES))
    return next(port for port in ports if is_free(port))


@dataclass(slots=True)
class MiniStack:
    """One MiniStack with its state in `folder`."""

    folder: Path
    region: str
    port: int
    keeps_state: bool = True
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        """Where programs and browsers on this machine reach it; one spelling everywhere."""
        return f"http://localhost:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """What a program needs in its environment to talk to this cloud and no other."""
        kept = {key: text for key, text in os.environ.items() if not key.startswith("AWS_")}
        return {
            **kept,
            "AWS_ENDPOINT_URL": self.url,
            "AWS_ACCESS_KEY_ID": ACCESS_KEY,
            "AWS_SECRET_ACCESS_KEY": SECRET_KEY,
            "AWS_DEFAULT_REGION": self.region,
            "AWS_EC2_METADATA_DISABLED": "true",
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.folder.mkdir(parents=True, exist_ok=True)
        _end_leftover(self.folder / "pid")
        with (self.folder / "cloud.log").open("wb") as log:
            # A session of its own: Ctrl-C must reach us first, or it would not save its state.
            self.process = subprocess.Popen(
                [sys.executable, "-m", "ministack"],
                env=self._own_environment(),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        (self.folder / "pid").write_text(str(self.process.pid))
        self._wait()

    def stop(self) -> None:
        """Ask it to end, which is when it writes its state, and wait for that."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
        (self.folder / "pid").unlink(missing_ok=True)

    def letters(self) -> list[dict[str, Any]]:
        """Return the letters sent since the start, oldest first."""
        url = f"{self.url}/_ministack/ses/messages"
        with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 - always our own http address
            by_account = json.load(answer)["messages"]
        letters = [letter for account in by_account.values() for letter in account]
        return sorted(letters, key=lambda letter: float(letter["Timestamp"]))

    def _own_environment(self) -> dict[str, str]:
        keeps = "1" if self.keeps_state else "0"
        return {
            **self.environment,
            "AUTH": "true",
            "BIND_HOST": "127.0.0.1",
            "GATEWAY_PORT": str(self.port),
            "IOT_MTLS_ENABLED": "0",
            "MINISTACK_REGION": self.region,
            "PERSIST_STATE": keeps,
            "S3_PERSIST": keeps,
            "STATE_DIR": str(self.folder / "state"),
            "S3_DATA_DIR": str(self.folder / "objects"),
            "TMPDIR": str(_made(self.folder / "tmp")),
        }

    def _wait(self) -> None:
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            if self.process is None or self.process.poll() is not None:
                break
            if self._answers():
                return
            time.sleep(0.1)
        raise DidNotStart(f"The local cloud did not start; see {self.folder / 'cloud.log'}.")

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/_ministack/health", timeout=2) as answer:  # noqa: S310 - as above
                return bool(answer.status == 200)  # noqa: PLR2004 - HTTP's own word for well
        except OSError:
            return False


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _end_leftover(pid_file: Path) -> None:
    """End the process of a run that was killed, if the number still belongs to one of ours."""
    if not pid_file.exists():
        return
    pid = int(pid_file.read_text() or "0")
    listing = ["ps", "-o", "command=", "-p", str(pid)]
    if "ministack" in subprocess.run(listing, capture_output=True, text=True, check=False).stdout:
        os.kill(pid, signal.SIGTERM)
        for _ in range(STOP_SECONDS * 10):
            if (
                "ministack"
                not in subprocess.run(listing, capture_output=True, text=True, check=False).stdout
            ):
                break
            time.sleep(0.1)
    pid_file.unlink()
