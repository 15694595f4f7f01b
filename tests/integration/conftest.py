from dataclasses import dataclass, field

import pytest

from chalicelib.jurisdictions import reader
from tests.journeys.steps import Officer, Owner, close_databases, spot, written
from tests.journeys.visitor import Visitor


@dataclass
class Town:
    """A whole service in which nobody is registered but by these tests."""

    local: object
    here: object
    officers: dict = field(default_factory=dict)
    clients: dict = field(default_factory=dict)

    def client(self, service):
        """Return the one client of a service: making one takes longer than all it does."""
        if service not in self.clients:
            self.clients[service] = self.local.client(service)
        return self.clients[service]

    def place(self):
        """Return somewhere out of sight of every place returned before."""
        return written(spot(self.local, self.here))

    def owner(self, name, place):
        """Return somebody who has confirmed a camera at `place`."""
        owner = self.person(f"Owner {name}")
        owner.registers(place=place)
        owner.confirms()
        return owner

    def person(self, name):
        """Return somebody who is not registered yet."""
        return Owner(self.local, self.here, name=name, invite_code="")

    def stranger(self):
        """Return a browser that nobody has used yet."""
        return Visitor(self.local.url)

    def officer(self, user_name="officer"):
        if user_name not in self.officers:
            self.officers[user_name] = Officer(self.local, self.here, user_name)
            self.officers[user_name].signs_in()
        return self.officers[user_name]

    def revoking(self, officer):
        """Return the supervisor's visitor and the form's address that revokes this officer."""
        supervisor = self.officer("supervisor").visitor
        who = self.client("cognito-idp").admin_get_user(
            UserPoolId=self.local.outputs["UserPool"], Username=officer.user_name
        )
        (sub,) = [one["Value"] for one in who["UserAttributes"] if one["Name"] == "sub"]
        page = supervisor.visit("/officer/people")
        return supervisor, page.form(f"/officer/people/{sub}/revoke").action

    def ask(self, place, **changes):
        """Let an officer ask everybody at `place`; return the page of the request."""
        officer = self.officer()
        officer.searches(place, **changes)
        officer.chooses_every_camera()
        page = officer.asks()
        assert page.status == 200, page.words
        return page


@pytest.fixture(scope="session")
def town(stack):
    town = Town(stack("demo", demo=False), reader.load("demo"))
    yield town
    close_databases()
    for client in town.clients.values():
        client.close()
