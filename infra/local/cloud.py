"""A whole Sightline on this machine: what script/server shows and the integration tests use."""

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import boto3

from infra import stack
from infra.local import front_door
from infra.local.ministack import ACCESS_KEY, SECRET_KEY, USUAL_PORT, MiniStack, free_port, is_free
from infra.local.officers import OFFICERS, DemoOfficer
from infra.render import ROOT

SCHEDULED: dict[str, Any] = {
    **dict.fromkeys(("version", "account", "region", "id", "time"), ""),
    "source": "aws.events",
    "detail-type": "Scheduled Event",
    "detail": {},
    "resources": [],
}
"""What the schedule sends; Chalice reads each of these names and fails where one is missing."""


class DidNotDeploy(Exception):
    """The stack could not be deployed to the local cloud; the reason was printed above."""


@dataclass(slots=True)
class LocalCloud:
    """The local cloud with one jurisdiction's stack and its front door."""

    jurisdiction: str
    folder: Path
    site_port: int
    keeps_state: bool = True
    quiet: bool = False
    outputs: dict[str, str] = field(default_factory=dict)
    officers: tuple[DemoOfficer, ...] = OFFICERS
    cloud: MiniStack = field(init=False)
    door: front_door.Server | None = None
    _earlier: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Choose the cloud's port: the one its saved state was made with, if there is any."""
        region = stack.read(self.jurisdiction).region
        self.cloud = MiniStack(self.folder, region, self._cloud_port(), self.keeps_state)

    @property
    def url(self) -> str:
        """Where a browser finds the site."""
        return f"http://localhost:{self.site_port}"

    def start(self, *, demo: bool = True) -> None:
        """Start, deploy, fill and open the door."""
        self.cloud.start()
        try:
            self._remember_ports()
            self._prepare(demo=demo)
            self.door = front_door.open_door(
                self.site_port,
                api=self.outputs["RestApiId"],
                cloud_port=self.cloud.port,
                letters=self.letters,
            )
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Close the door, keep the letters, stop the cloud."""
        if self.door:
            self.door.shutdown()
            self.door.server_close()
            self.door = None
        if self.keeps_state and self.outputs:
            self._letters_file.write_text(json.dumps(self.letters()))
        self.cloud.stop()

    def letters(self) -> list[dict[str, Any]]:
        """Return every letter sent, oldest first: the cloud itself forgets them when it stops."""
        return [*self._earlier, *self.cloud.letters()]

    def client(self, service: str) -> Any:  # noqa: ANN401 - boto3 makes clients at run time
        """Return a boto3 client of the local account's owner; functions have their own roles."""
        session = boto3.Session(ACCESS_KEY, SECRET_KEY, region_name=self.cloud.region)
        return session.client(service, endpoint_url=self.cloud.url)

    def function_environment(self) -> dict[str, str]:
        """Return what code needs in its environment to act as the deployed functions do."""
        found = self.client("lambda").get_function_configuration(
            FunctionName=self.outputs["ApiFunction"]
        )
        return {**self.cloud.environment, **found["Environment"]["Variables"]}

    def sweep(self) -> None:
        """Do now what the schedule does every five minutes."""
        answer = self.client("lambda").invoke(
            FunctionName=self.outputs["SweepFunction"], Payload=json.dumps(SCHEDULED)
        )
        if "FunctionError" in answer:
            raise RuntimeError(answer["Payload"].read().decode())

    @property
    def _letters_file(self) -> Path:
        return self.folder / "letters.json"

    def _cloud_port(self) -> int:
        ports = self.folder / "ports.json"
        if self.keeps_state and ports.exists():
            before = json.loads(ports.read_text())
            if before["site"] == self.site_port and is_free(before["cloud"]):
                return int(before["cloud"])
            shutil.rmtree(self.folder)  # addresses with those ports stand in all of its state
        usual = self.keeps_state and is_free(USUAL_PORT)
        return USUAL_PORT if usual else free_port()

    def _remember_ports(self) -> None:
        ports = {"site": self.site_port, "cloud": self.cloud.port}
        (self.folder / "ports.json").write_text(json.dumps(ports))
        if self._letters_file.exists():
            self._earlier = json.loads(self._letters_file.read_text())

    def _prepare(self, *, demo: bool) -> None:
        file = self.folder / "outputs.json"
        command = [sys.executable, "-B", "-m", "infra.local.prepare", self.jurisdiction]
        command += ["--site-url", self.url, "--outputs", str(file)]
        command += [] if demo else ["--no-demo"]
        done = subprocess.run(
            command, cwd=ROOT, env=self.cloud.environment, check=False, capture_output=self.quiet
        )
        if done.returncode:
            raise DidNotDeploy((done.stderr or b"").decode())
        self.outputs = json.loads(file.read_text())
