"""Somebody who fills in the registration form, in a browser without scripts."""

import re
from datetime import timedelta

from werkzeug.test import Client

from app import app
from chalicelib import clock
from chalicelib.aws.tables import SessionItem
from tests.gateway import Gateway

SITE = "https://sightline.example"
PERSON = {"name": "Jordan Reyes", "premises": "home"}
CAMERA = {"place": "206 Millrace Street", "latitude": "40.0", "longitude": "-98.0"}
REACH = {"email": "jordan@example.org"}
AGREED = {"agree": "yes"}
DRAFT = "__Host-draft"


class Applicant:
    """One browser with one set of cookies."""

    def __init__(self):
        self.browser = Client(Gateway(app))

    def opens(self, path):
        return self.browser.get(path, base_url=SITE)

    def sends(self, step, **fields):
        if step == "check":
            fields = {"seen": self.seen(), **fields}
        return self.browser.post(f"/register/{step}", data=fields, base_url=SITE)

    def seen(self):
        """Return what the last page says of itself, "" if it cannot be seen."""
        found = re.search(r'name="seen" value="([^"]*)"', self.opens("/register/check").text)
        return found[1] if found else ""

    def goes_through(self, **camera):
        """Fill in the first three steps, and stand before the last."""
        self.sends("details", **PERSON)
        self.sends("camera", **{**CAMERA, **camera})
        self.sends("contact", **REACH)

    def takes_their_time(self, time=timedelta(minutes=4)):
        """Let the form be as old as if a person had filled it in."""
        for item in drafts():
            item.created_at = clock.stamp(clock.moment(item.created_at) - time)
            item.save()

    def registers(self, **camera):
        self.goes_through(**camera)
        self.takes_their_time()
        return self.sends("check", **AGREED)

    @property
    def cookie(self):
        return self.browser.get_cookie(DRAFT, "sightline.example").value

    def has_cookie(self, value):
        self.browser.set_cookie(DRAFT, value, domain="sightline.example", secure=True)


def drafts():
    return [item for item in SessionItem.scan() if item.kind == "draft"]


def keys_in(page):
    """Return the keys of the cameras whose buttons are on a page."""
    return list(dict.fromkeys(re.findall(r'name="camera_id" value="([0-9a-f]+)"', page.text)))
