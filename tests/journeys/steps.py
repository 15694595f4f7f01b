"""What owners and officers do in a journey, over HTTP and as their pages let them."""

import base64
import hashlib
import re
import time
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from chalicelib.geo import Point
from tests.journeys.visitor import Visitor

PATIENCE_SECONDS = 30
TOO_QUICK = 429
PLACES = 12
PHONES = {"US": "816-555-0142", "GB": "01632 960142"}
FREE: dict[str, list[Point]] = {}
DATABASES: dict[str, object] = {}
REASON = "Burglary of a dwelling, entry from the street"
HAPPENED = "A house was broken into from the street side."
LOOKED_FOR = "A person on foot with a large bag."


def eventually(happened, what):
    """Wait for what functions do in the background, and return it."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not (found := happened()):
        assert time.monotonic() < until, f"it never happened: {what}"
        time.sleep(0.1)
    return found


def spot(local, here):
    """Return a place of the programme that no search near an earlier one reaches."""
    if local.url not in FREE:
        box, steps = here.outline.bounds, [step / PLACES for step in range(1, PLACES)]
        height, width = box.north - box.south, box.east - box.west
        grid = [
            Point(box.south + north * height, box.west + east * width)
            for north in steps
            for east in steps
        ]
        FREE[local.url] = [point for point in grid if here.covers(point)]
    return FREE[local.url].pop()


def written(point):
    return f"{point.latitude:.6f}, {point.longitude:.6f}"


@dataclass
class Owner:
    """Somebody with a camera, who reads letters and has no JavaScript."""

    local: object
    here: object
    name: str
    invite_code: str
    read: set[str] = field(default_factory=set)

    def __post_init__(self):
        self.visitor = Visitor(self.local.url)
        self.email = f"{self.name.lower().replace(' ', '.')}@residents.example"
        self.place = written(spot(self.local, self.here))

    @property
    def details(self):
        fields = {"name": self.name}
        if self.here.fields == "full":
            fields["premises"] = "home"
        if self.here.invite_codes_required:
            fields["invite_code"] = self.invite_code
        return fields

    @property
    def reach(self):
        return {"email": self.email, "phone": PHONES[self.here.country]}

    @property
    def camera(self):
        fields = {"place": self.place}
        if self.here.fields == "full":
            fields |= {"kind": "doorbell", "label": "Front door", "days_kept": "30"}
        return fields

    def gives_details(self, **changes):
        """Take the first step, of a new form also if one was begun."""
        if "/register/again" in self.visitor.visit("/register").html:
            self.visitor.send("/register/again", action="again")
        return self.visitor.send("/register/details", **{**self.details, **changes})

    def gives_camera(self, **changes):
        return self.visitor.send(
            "/register/camera", **{**self.camera, **changes}, action="continue"
        )

    def gives_contact(self, **changes):
        return self.visitor.send("/register/contact", **{**self.reach, **changes})

    def agrees(self):
        """Send the form; who was too quick waits as long as the page says and presses again."""
        page = self.visitor.send("/register/check", agree="yes")
        if page.status == TOO_QUICK and int(page.headers["retry-after"]) < PATIENCE_SECONDS:
            time.sleep(int(page.headers["retry-after"]))
            page = self.visitor.send("/register/check", agree="yes")
        return page

    def registers(self, **changes):
        """Go through the four steps; return the page that says what comes next."""
        self.gives_details()
        self.gives_camera(**changes)
        self.gives_contact()
        return self.agrees()

    def letter(self, path):
        """Return the owner's newest letter with a link to `path`, a pattern, not read yet."""
        return eventually(lambda: self._unread(path), f"a letter with {path}")

    def _unread(self, path):
        mine = [one for one in self.local.letters() if self.email in one["To"]]
        fresh = [
            one
            for one in mine
            if re.search(path, one["BodyText"]) and one["MessageId"] not in self.read
        ]
        if not fresh:
            return None
        self.read.add(fresh[-1]["MessageId"])
        return fresh[-1]

    def follows(self, letter, path):
        """Open the letter's link to `path`."""
        return self.visitor.visit(link_in(letter, path))

    def confirms(self):
        letter = self.letter("/confirm/")
        self.follows(letter, "/confirm/")
        self.visitor.send("/confirm/")
        return letter

    def takes_part(self):
        """Register and confirm; return the letter that asked for it."""
        self.registers()
        return self.confirms()

    def manages(self):
        """Ask for the link to the registration, and return it."""
        self.visitor.visit("/my-registration")
        self.visitor.send("/my-registration", email=self.email)
        return link_in(self.letter(r"/my/[\w-]+\s"), "/my/")

    def answers(self, letter, answer="have_footage"):
        self.follows(letter, "/answer/")
        return self.visitor.send("/answer/", answer=answer)

    def uploads(self, letter, content, name="door.mp4"):
        """Send a file as the page's script does: slot, hashed parts, complete."""
        clips = f"{link_in(letter, '/answer/')}/clips"
        chosen = {"name": name, "size": len(content), "type": "video/mp4"}
        status, slot = self.visitor.send_json(clips, chosen)
        assert status == 201, slot
        size = slot["part_size"]
        for number in range(1, slot["part_count"] + 1):
            part = content[(number - 1) * size : number * size]
            assert self.sends_part(f"{clips}/{slot['id']}", number, part) == 200
        status, complete = self.visitor.send_json(f"{clips}/{slot['id']}/complete", {})
        assert status == 200, complete
        return slot["id"]

    def sends_part(self, clip, number, part):
        digest = base64.b64encode(hashlib.sha256(part).digest()).decode()
        wanted = {"number": number, "size": len(part), "sha256": digest}
        status, grant = self.visitor.send_json(f"{clip}/parts", wanted)
        assert status == 200, grant
        return self.visitor.put(grant["url"], part, grant["headers"]).status


@dataclass
class Officer:
    """Somebody of the force, by the name they sign in with."""

    local: object
    here: object
    user_name: str = "officer"

    def __post_init__(self):
        self.visitor = Visitor(self.local.url)

    def signs_in(self, to="/officer/search"):
        self.visitor.visit(f"/officer/sign-in?return={to.replace('/', '%2F')}")
        self.visitor.send("/officer/sign-in")
        return self.visitor.send(username=self.user_name, password=self.account.password)

    @property
    def account(self):
        (who,) = [one for one in self.local.officers if one.user_name == self.user_name]
        return who

    def incident(self, place, /, **changes):
        """Return a search form about the hour before last."""
        ends = datetime.now(UTC) - timedelta(hours=1)
        return {
            "case_number": "26-004512",
            "purpose": "burglary",
            "reason": REASON,
            "shape": "circle",
            "place": place,
            "radius_m": str(self.here.limits.radius_choices_m[0]),
            **self.moment("starts_at", ends - timedelta(hours=1)),
            **self.moment("ends_at", ends),
            **changes,
        }

    def moment(self, name, at):
        local = at.astimezone(self.here.zone)
        return {f"{name}_date": self.here.date_text(at), f"{name}_time": f"{local:%H:%M}"}

    def searches(self, place, /, **changes):
        self.visitor.visit("/officer/search")
        return self.visitor.send("/officer/searches", **self.incident(place, **changes))

    def asks_near(self, place):
        """Search, choose every camera found, write and send."""
        self.searches(place)
        self.chooses_every_camera()
        return self.asks()

    def searches_by_program(self, place):
        """Do the same through the JSON API, with the token an officer's program gets."""
        ends = datetime.now(UTC) - timedelta(hours=1)
        latitude, longitude = map(float, place.split(", "))
        radius = self.here.limits.radius_choices_m[0]
        incident = {
            "case_number": "26-004512",
            "purpose": "burglary",
            "reason": REASON,
            "label": "Scene",
            "region": {
                "type": "Point",
                "coordinates": [longitude, latitude],
                "radius_m": radius,
            },
            "starts_at": (ends - timedelta(hours=1)).isoformat(),
            "ends_at": ends.isoformat(),
        }
        status, found = self.calls("/api/v1/searches", incident)
        assert status == 201, found
        return found

    def calls(self, path, content):
        """Call the JSON API; return status and answer."""
        token = {"Authorization": f"Bearer {self.token()}"}
        return self.visitor.send_json(path, content, token)

    def token(self):
        """Return an ID token, which a program gets by SRP: here the pool's owner asks for it."""
        pool, app = self.local.outputs["UserPool"], self.local.outputs["UserPoolClient"]
        names, flow = {"UserPoolId": pool, "ClientId": app}, "ADMIN_USER_PASSWORD_AUTH"
        with closing(self.local.client("cognito-idp")) as client:
            client.update_user_pool_client(**names, ExplicitAuthFlows=[f"ALLOW_{flow}"])
            secret = {"USERNAME": self.user_name, "PASSWORD": self.account.password}
            given = client.admin_initiate_auth(**names, AuthFlow=flow, AuthParameters=secret)
        return given["AuthenticationResult"]["IdToken"]

    def chooses_every_camera(self):
        form = self.visitor.page.form("/request")
        return self.visitor.send("/request", camera=form.choices["camera"])

    def asks(self):
        """Write the request and send it; return the page that follows its answers."""
        return self.visitor.send(
            "/officer/requests", what_happened=HAPPENED, looking_for=LOOKED_FOR
        )

    def accepts(self, clip_id):
        self.visitor.visit(f"/officer/clips/{clip_id}")
        return self.visitor.send("/accept")


def link_in(letter, path):
    """Return the letter's link to `path`, as a path of the site."""
    found = re.search(rf"https?://\S+?({re.escape(path)}[A-Za-z0-9_-]+)", letter["BodyText"])
    assert found, letter["BodyText"]
    return urlsplit(found[0]).path


def rows(local, *, only=()):
    """Return every stored item by table, for comparing before with after."""
    client = database(local)
    return {
        name.split("-")[-2]: [
            item
            for page in client.get_paginator("scan").paginate(TableName=name)
            for item in page["Items"]
        ]
        for name in client.list_tables()["TableNames"]
        if not only or name.split("-")[-2] in only
    }


def database(local):
    """Return the one client of a stack's tables: making one takes longer than all it does."""
    if local.url not in DATABASES:
        DATABASES[local.url] = local.client("dynamodb")
    return DATABASES[local.url]


def close_databases():
    while DATABASES:
        DATABASES.popitem()[1].close()


def counted(local):
    """Return how many items each table has; counters of attempts come and go."""
    return {name: len(items) for name, items in rows(local).items() if name != "Limits"}


def attributes(tables):
    """Return each table's attributes, those inside maps too."""
    return {name: {key for item in items for key in names(item)} for name, items in tables.items()}


def names(item):
    for name, value in item.items():
        yield name
        yield from (f"{name}.{inner}" for inner in names(value.get("M", {})))


def moment_of(letter):
    """Return when a letter was sent."""
    return datetime.fromtimestamp(letter["Timestamp"], UTC)
