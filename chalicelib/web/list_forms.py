"""Reads a posted list of cameras, and turns its lines into cameras of a draft."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

from chalicelib import clock, jurisdictions
from chalicelib.cameras import Camera, CameraDetails, Kind, lists
from chalicelib.cameras.list_cells import EIGHTHS, Spoken
from chalicelib.cameras.lists import CameraList, ListedCamera, WrongLine
from chalicelib.cameras.retention import DaysFrom
from chalicelib.jurisdictions import Jurisdiction
from chalicelib.language import gettext, say
from chalicelib.web import camera_forms
from chalicelib.web.entered import EnteredCamera
from chalicelib.web.registration_forms import refuse_others
from chalicelib.web.requests import Form, current, form

SAID = ("good", "new", "there")
FIELDS = ("list", *SAID)
ADD, ADD_ALL = "add", "add_all"
BODY_BYTES = 512 * 1024
"""Five hundred lines of two hundred signs, of which a form makes three where they are accented."""
LIST_MOST = 150_000
TOO_LONG = say("This list is too long. Put it in as two lists")


@dataclass(frozen=True, slots=True)
class Sent:
    """A list as it was sent, with what the page it comes from said and which button was pressed."""

    text: str
    action: str
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """What a list holds, and what adding it would do."""

    found: CameraList
    there: int
    """How many cameras there are already."""
    most: int
    sent: Sent

    @property
    def said(self) -> tuple[str, ...]:
        """Return what the page says: good lines, new lines, cameras that are there."""
        numbers = (len(self.found.cameras), len(self.found.new), self.there)
        return tuple(str(number) for number in numbers)

    @property
    def chosen(self) -> tuple[ListedCamera, ...]:
        return self.found.cameras if self.sent.action == ADD_ALL else self.found.new

    @property
    def agreed(self) -> bool:
        """Say whether the button was pressed on a page that said what is true now."""
        adding = self.sent.action in {ADD, ADD_ALL} and self.chosen
        return bool(adding) and self.sent.said == self.said and self.fits(self.chosen)

    def fits(self, new: Sequence[ListedCamera]) -> bool:
        return self.there + len(new) <= self.most

    @property
    def errors(self) -> dict[str, str]:
        """Return what keeps the list from being added; a bad line only keeps itself out."""
        if not self.found.cameras:
            return {"list": nothing_in(self.found)}
        if not self.fits(self.chosen):
            return {"list": too_many(len(self.chosen), self.there, self.most)}
        return {}


def sent() -> Sent:
    """Read the form, which may be longer than any other."""
    posted = posted_form()
    refuse_others(posted, FIELDS)
    return Sent(
        text=posted.text("list", multiline=True),
        action=posted.one("action"),
        said=tuple(posted.one(name) for name in SAID),
    )


def posted_form() -> Form:
    return form(current(), most=BODY_BYTES)


def judged(sent: Sent, known: Sequence[CameraDetails | Camera], here: Jurisdiction) -> Judged:
    """Return what the list holds beside the cameras that are there."""
    if len(sent.text) > LIST_MOST:
        found = CameraList(wrong=(WrongLine(1, "", TOO_LONG),))
    else:
        found = read(sent.text, here, known)
    return Judged(found, len(known), here.limits.cameras_per_registration, sent)


def read(text: str, here: Jurisdiction, known: Iterable[CameraDetails | Camera]) -> CameraList:
    """Return what the list holds, in the words of this programme and language."""
    found = lists.read(
        text,
        locate=cache(lambda address: jurisdictions.place_from_text(address, here).point),
        covers=here.covers,
        known=known,
        spoken=spoken(here),
    )
    return replace(found, cameras=tuple(_said(one) for one in found.cameras))


def spoken(here: Jurisdiction) -> Spoken:
    """Return what the page calls the columns, kinds and directions."""
    words = here.words
    columns = {gettext("Latitude"): "latitude", gettext("Longitude"): "longitude"}
    named = ("address", "label", "heading", "view_angle", "days_kept")
    columns |= {words[f"{name}_label"]: name for name in named}
    kinds = {words[f"kind_{kind}"]: kind for kind in Kind}
    kinds |= {words[f"kind_short_{kind}"]: kind for kind in Kind}
    compass = {words[f"compass_{name}"]: place * 45 for place, name in enumerate(EIGHTHS)}
    return Spoken(columns, kinds, compass)


def entered(details: CameraDetails, now: datetime) -> EnteredCamera:
    """Write a camera of the list as the form would hold it."""
    recorder = (
        {"days_from": DaysFrom.SAID.value, "days_kept": str(details.days_kept)}
        if details.days_kept is not None
        else {}
    )
    return EnteredCamera(
        key=camera_forms.new_key(),
        done=True,
        place=details.address or "",
        kind=details.kind,
        label=details.label or "",
        heading="" if details.heading is None else str(details.heading),
        view_angle="" if details.view_angle is None else str(details.view_angle),
        recorder=recorder,
        at=clock.stamp(now),
        **camera_forms.coordinates(details.point),
    )


def nothing_in(found: CameraList) -> str:
    """Say why no line of the list can be used, if it is for one reason."""
    if len(found.wrong) == 1 and not found.wrong[0].column:
        return found.wrong[0].sentence
    return say("No line of this list can be used yet")


def too_many(new: int, there: int, most: int) -> str:
    return say(
        "One registration can have at most %(most)s cameras: you have %(there)s and this list "
        "adds %(new)s",
        most=most,
        there=there,
        new=new,
    )


def _said(one: ListedCamera) -> ListedCamera:
    """Note that the owner said how many days are kept: a list holds no estimates."""
    if one.details.days_kept is None:
        return one
    return replace(one, details=replace(one.details, days_from=DaysFrom.SAID))
