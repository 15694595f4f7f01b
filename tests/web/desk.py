"""A coordinator at the desk of the register, for tests of its pages."""

import re

from werkzeug.test import Client

from app import app
from chalicelib import clock, jurisdictions, letters
from chalicelib.letters import store as outbox
from chalicelib.officers import Role
from chalicelib.web import mailroom, paper_forms
from tests.gateway import Gateway
from tests.web.people import CSRF, a_session

DESK = "/officer/register"
REFERENCE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}")


class Coordinator:
    """Asks and posts as somebody with the role; `role` may be another one, to be refused."""

    def __init__(self, role=Role.COORDINATOR, officer_id="o-coord"):
        self.session = a_session(role, cookie=f"cookie-{officer_id}", officer_id=officer_id)
        self.client = Client(Gateway(app), use_cookies=False)

    def look(self, path=""):
        return self.client.get(f"{DESK}{path}", headers=self.session.headers)

    def do(self, path, **fields):
        data = {"csrf": CSRF, **fields}
        return self.client.post(f"{DESK}{path}", data=data, headers=self.session.headers)

    def enters(self, **changed):
        """Enter a paper form and return its reference."""
        answer = self.do("/paper", **a_paper(**changed))
        assert answer.status_code == 200, answer.text
        return REFERENCE.search(answer.text).group()

    def opens(self, reference, reason="owner_calls"):
        return self.do("/entry", reference=reference, reason=reason)

    def acts(self, reference, action, **fields):
        return self.do(f"/entry/{reference}/{action}", **fields)


def a_paper(**changed):
    """The fields of a paper form from somebody who wants to be called."""
    here, now = jurisdictions.current(), clock.now()
    centre = here.map.centre
    return {
        "entry": "abcdefghijklm",
        "dated": here.date_text(now),
        "signed": "yes",
        "kept_at": "records room, folder 3",
        "checked": "phone",
        "notice": next(iter(paper_forms.notices(here))),
        "language": here.language,
        "name": "Canary Yellowhammer",
        "reach": "phone",
        "email": "",
        "phone": "785-555-0199",
        "postal_address": "",
        "premises": "home",
        "place": "1 Canary Street",
        "latitude": str(centre.latitude),
        "longitude": str(centre.longitude),
        "kind": "doorbell",
        "label": "porch",
        "days_from": "said",
        "days_kept": "14",
        **changed,
    }


def deliver_all(now=None):
    """Do what the mailer does with every letter that waits."""
    now = now or clock.now()
    for outbox_id in outbox.due(now):
        mailroom.deliver(outbox_id, now)
    return letters.by_hand.waiting()
