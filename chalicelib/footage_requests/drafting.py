"""What sending would do, and what a request must say; no contact detail is read here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib import cameras, jurisdictions, letters, registrations
from chalicelib.cameras.model import Camera
from chalicelib.errors import InvalidInput
from chalicelib.footage_requests import store
from chalicelib.footage_requests.model import Draft, Plan, Question, hull
from chalicelib.incidents.model import Incident, Search, Window
from chalicelib.incidents.windows import whole_window, window_of
from chalicelib.jurisdictions.model import Jurisdiction
from chalicelib.letters import RequestValues
from chalicelib.links import url
from chalicelib.officers.model import Officer
from chalicelib.registrations.model import VISIBLE

LINE_MOST = 200
OWN_WORDS = "(each owner's own name for the camera)"
OWN_LINK = "(each owner's own link)"


@dataclass(frozen=True, slots=True)
class Wording:
    """What the officer writes: one neutral line, what to look for, and until when."""

    what_happened: str
    looking_for: str
    reply_by: datetime


def draft(search: Search, camera_ids: Iterable[str], *, officer: Officer, now: datetime) -> Draft:
    """Re-read the chosen cameras and say who could be asked now and which cameras drop out."""
    shown = {result.camera_id for result in search.shown}
    if search.officer_id != officer.id:
        raise InvalidInput(fields={"camera_ids": "Choose cameras of your own search."})
    return drafted(search.incident, camera_ids, shown, now=now)


def drafted(
    incident: Incident, camera_ids: Iterable[str], shown: Iterable[str], *, now: datetime
) -> Draft:
    """Return the draft for cameras chosen among those that were `shown`."""
    chosen = tuple(dict.fromkeys(camera_ids))
    if not chosen:
        raise InvalidInput(fields={"camera_ids": "Choose at least one camera."})
    if set(chosen) - set(shown):
        raise InvalidInput(fields={"camera_ids": "Choose cameras of this search only."})
    found = [camera for camera in cameras.get(chosen) if camera.visible]
    able = {owner for owner in {one.registration_id for one in found} if _may_ask(owner, now)}
    kept = tuple(camera for camera in found if camera.registration_id in able)
    gone = set(chosen) - {camera.id for camera in kept}
    unavailable = tuple(one for one in chosen if one in gone)
    return Draft(incident, kept, plan_for(incident, kept), unavailable)


def _may_ask(registration_id: str, now: datetime) -> bool:
    most = jurisdictions.current().limits.contacts_per_30_days
    if len(store.budget(registration_id, now).asked) >= most:
        return False
    return registrations.standing(registration_id) in VISIBLE


def plan_for(incident: Incident, found: Sequence[Camera]) -> Plan:
    """Group cameras by owner: one ask each, about all that any of the owner's cameras may show."""
    owners = dict.fromkeys(camera.registration_id for camera in found)
    return {
        owner: _question(incident, [one for one in found if one.registration_id == owner])
        for owner in owners
    }


def _question(incident: Incident, owned: Sequence[Camera]) -> Question:
    starts_at, ends_at = hull(_window(incident, camera) for camera in owned)
    return Question(tuple(camera.id for camera in owned), starts_at, ends_at)


def _window(incident: Incident, camera: Camera) -> Window:
    """Work out a camera's window from where it stands now, not from what the index said."""
    view, doubt = cameras.unpacked(cameras.packed(camera)), jurisdictions.current().clock_doubt
    return window_of(incident, camera.point, view, clock_doubt=doubt)


def checked(wording: Wording, *, now: datetime) -> Wording:
    """Return the wording without stray spaces; raise InvalidInput naming each bad field."""
    tidy = Wording(
        " ".join(wording.what_happened.split()),
        " ".join(wording.looking_for.split()),
        wording.reply_by,
    )
    if problems := _problems(tidy, jurisdictions.current(), now):
        raise InvalidInput(fields=problems)
    return tidy


def _problems(wording: Wording, jurisdiction: Jurisdiction, now: datetime) -> dict[str, str]:
    problems = {}
    limits = jurisdiction.limits
    if not 0 < len(wording.what_happened) <= LINE_MOST or not wording.what_happened.isprintable():
        problems["what_happened"] = f"Say what happened in one line of at most {LINE_MOST} signs."
    both = len(wording.what_happened) + len(wording.looking_for)
    if both > limits.request_text_max or not wording.looking_for.isprintable():
        problems["looking_for"] = f"Keep both texts under {limits.request_text_max} signs."
    if not now < wording.reply_by <= now + timedelta(days=limits.request_open_days):
        days = limits.request_open_days
        problems["reply_by"] = f"Choose a day within the next {days} days."
    return problems


def preview(incident: Incident, wording: Wording, *, officer: Officer) -> letters.Rendered:
    """Write the letter as owners will read it, without any owner's name, camera or link."""
    jurisdiction = jurisdictions.current()
    values = RequestValues(
        officer=name_of(officer),
        code="XXXX-XXXX",
        check_url=url("/request-check"),
        case_number=incident.case_number,
        what_happened=wording.what_happened,
        looking_for=wording.looking_for,
        window=window_words(incident, jurisdiction),
        cameras=(OWN_WORDS,),
        overwritten="",
        reply_by=jurisdiction.day_words(wording.reply_by),
        answer_url=OWN_LINK,
    )
    return letters.render("request", values)


def window_words(incident: Incident, jurisdiction: Jurisdiction) -> str:
    """Say the window, or between what times those lie that each owner gets."""
    starts_at, ends_at = whole_window(incident, clock_doubt=jurisdiction.clock_doubt)
    if incident.travel is None:
        return jurisdiction.window_words(starts_at, ends_at)
    first, last = jurisdiction.moment_words(starts_at), jurisdiction.moment_words(ends_at)
    return f"(each owner's own time, between {first} and {last})"


def name_of(officer: Officer) -> str:
    """Return what owners see of an officer: the name, and the number if the force gives one."""
    return f"{officer.name}, {officer.number}" if officer.number else officer.name
