from dataclasses import dataclass

import pytest

from chalicelib.jurisdictions import reader
from tests.journeys.steps import Officer, Owner, close_databases
from tests.journeys.visitor import Visitor

PROGRAMMES = ("liberty", "independence", "lancashire", "palos-park", "staffordshire")
INVITATION = "STAFFS-PILOT-2026"
"""What a pilot in its trial asks for; the other programmes have no field for it."""


@dataclass(frozen=True)
class Programme:
    """One programme's stack, with nobody registered but by its own tests."""

    local: object
    here: object

    def owner(self, name, **more):
        return Owner(self.local, self.here, name, **{"invite_code": INVITATION, **more})

    @property
    def visitor(self):
        return Visitor(self.local.url)

    def officer(self, user_name="officer"):
        officer = Officer(self.local, self.here, user_name)
        officer.signs_in()
        return officer


@pytest.fixture(scope="module")
def run(module_stack):
    """Give a function that starts a programme's stack, or finds it running."""
    yield lambda name: Programme(module_stack(name, demo=False), reader.load(name))
    close_databases()


@pytest.fixture(params=PROGRAMMES)
def programme(request, run):
    return run(request.param)
