"""A thousand people register at once, from a thousand networks: python -m tests.integration.crowd.

Runs with a deployed function's environment; every form is sent twice at the same moment, as by an
impatient browser with two tabs.
"""

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter

from chalicelib import clock, jurisdictions, registrations
from chalicelib.aws import tables
from chalicelib.cameras import CameraDetails, Premises
from chalicelib.errors import SightlineError
from chalicelib.geo import destination
from chalicelib.registrations import Contact
from chalicelib.web import drafts, mailroom
from chalicelib.web.entered import Entered

CONNECTIONS = 16
PRESSES = range(2)
"""Of the same button at the same moment; and the queue delivers each letter as often."""


def main(count):
    now = clock.now()
    began = perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        forms = list(pool.map(lambda number: a_form(number, now), range(count)))
        presses = pool.map(lambda form: sent(form, now), (form for form in forms for _ in PRESSES))
        answers = list(zip(*[presses] * len(PRESSES), strict=True))
        registering = perf_counter() - began
        rows = [item.id for item in tables.ALL["outbox"].scan() if item.letter == "confirm"]
        asked = [row for row in rows for _ in PRESSES]
        list(pool.map(lambda row: mailroom.deliver(row, clock.now()), asked))
    took = {"registering": registering, "all": perf_counter() - began}
    sys.stdout.write(json.dumps({"answers": answers, "seconds": took}) + "\n")


def a_form(number, now):
    """Return what somebody has filled in, and the draft that holds it."""
    here = jurisdictions.current()
    email = f"a{number}@crowd.example"
    draft = drafts.save(drafts.begun(now=now).holding(Entered(name="Ann", email=email)), now=now)
    point = destination(here.map.centre, number * 360 / 997, 20 + number / 4)
    form = {
        "contact": Contact("Ann", email),
        "kind": Premises.HOME,
        "camera_details": (CameraDetails(point=point, label=f"crowd {number}"),),
        "notice_version": "v",
        "notice_hash": "h",
        "language": here.language,
        "invite_code": "",
        "source": "web",
        "visitor": f"network {number}",
    }
    return form, draft


def sent(filled_in, now):
    """Send a form; return what came of it."""
    form, draft = filled_in
    try:
        return registrations.submit(**form, now=now, also=drafts.sending(draft, now=now)).id
    except SightlineError as error:
        return type(error).__name__


if __name__ == "__main__":
    main(int(sys.argv[1]))
