"""Reads the form about one camera: where it is, what it sees and what its recorder keeps.

Whoever registers, an owner who adds or changes a camera, and a coordinator with a paper form use
the same fields.
"""

import re
import secrets
from datetime import datetime
from typing import Any

import msgspec

from chalicelib import clock, jurisdictions
from chalicelib.cameras import CameraDetails, Kind, Premises
from chalicelib.errors import InvalidInput, OutsideJurisdiction
from chalicelib.geo import Point
from chalicelib.jurisdictions import Jurisdiction
from chalicelib.language import say
from chalicelib.web import recorder_forms
from chalicelib.web.entered import EnteredCamera
from chalicelib.web.registration_forms import refuse_others, texts
from chalicelib.web.requests import Form

PLACE = ("place", "latitude", "longitude", "chosen")
DESCRIPTION = ("heading", "view_angle", "kind", "label")
ORDER = {name: place for place, name in enumerate((*PLACE, *DESCRIPTION, *recorder_forms.SENT))}
KEY = re.compile(r"[0-9a-f]{16}")
DEGREES = re.compile(r"[+-]?[0-9]{1,3}(\.[0-9]{0,15})?")
LOOKING_UP = frozenset({"find", "use"})
"""The buttons that put a place on the map and lead back to the form."""
CHOICES_MOST = 100
"""Nobody reads a longer list: who typed no more than the town's code types a street too."""
PIN_ACCURACY_M = 10
ADDRESS_ACCURACY_M = 25


def new_key() -> str:
    return secrets.token_hex(8)


def camera_fields(here: Jurisdiction) -> tuple[str, ...]:
    """Return the fields of a camera."""
    return PLACE if here.fields == "minimal" else (*PLACE, *DESCRIPTION, *recorder_forms.SENT)


def read_camera(
    form: Form, here: Jurisdiction, before: EnteredCamera, *, now: datetime
) -> EnteredCamera:
    """Return the camera as it was typed over `before`.

    An address that was changed while its coordinates stayed the same is looked up again.
    """
    refuse_others(form, camera_fields(here))
    found = texts(form, PLACE if here.fields == "minimal" else (*PLACE, *DESCRIPTION))
    recorder = recorder_forms.read(form, now=now) if here.fields == "full" else {}
    chosen = found.pop("chosen")
    place = chosen or found["place"]
    spot = (found["latitude"], found["longitude"])
    moved = place != before.place and spot == (before.latitude, before.longitude)
    if chosen or (moved and here.gazetteer != "none"):
        spot = ("", "")
    found |= {"place": place, "latitude": spot[0], "longitude": spot[1]}
    return msgspec.structs.replace(
        before,
        **found,
        recorder={name: text for name, text in recorder.items() if text},
        at=clock.stamp(now),
    )


def located(entered: EnteredCamera, here: Jurisdiction) -> EnteredCamera:
    """Return the camera with coordinates; raise InvalidInput for `place` if there are none."""
    if entered.latitude and entered.longitude:
        point = point_of(entered.latitude, entered.longitude)
        return msgspec.structs.replace(entered, **coordinates(point))
    found = jurisdictions.place_from_text(entered.place, here)
    return msgspec.structs.replace(entered, place=found.label, **coordinates(found.point))


def placed(entered: EnteredCamera, sent: Form, here: Jurisdiction) -> EnteredCamera:
    """Return the camera with its place as far as it is known; done, unless only looked up.

    Raises InvalidInput for a place that is none or several, OutsideJurisdiction for one elsewhere.
    """
    if choices(entered, here):
        if sent.one("action") == "find":
            return msgspec.structs.replace(entered, done=False)
        raise InvalidInput(fields={"chosen": say("Choose the address from the list")})
    entered = located(entered, here)
    if not here.covers(point_of(entered.latitude, entered.longitude)):
        raise OutsideJurisdiction
    return msgspec.structs.replace(entered, done=sent.one("action") not in LOOKING_UP)


def choices(entered: EnteredCamera, here: Jurisdiction) -> tuple[jurisdictions.Address, ...]:
    """Return the addresses that may be meant, if there is more than one and none is chosen."""
    if entered.latitude and entered.longitude:
        return ()
    found = jurisdictions.find(entered.place, here, CHOICES_MOST + 1)
    return found[:CHOICES_MOST] if len(found) > 1 else ()


def coordinates(point: Point) -> dict[str, str]:
    """Write a point as the form's fields do: six decimals are a hand's breadth."""
    return {"latitude": f"{point.latitude:.6f}", "longitude": f"{point.longitude:.6f}"}


def point_of(latitude: str, longitude: str) -> Point:
    """Read two plain numbers: Python's own reading also takes 1e2, 1_0, nan and other scripts."""
    if not (DEGREES.fullmatch(latitude) and DEGREES.fullmatch(longitude)):
        raise InvalidInput(fields={"latitude": say("Enter latitude and longitude as numbers")})
    return Point(float(latitude), float(longitude))


def camera_of(entered: EnteredCamera, here: Jurisdiction, premises: str) -> CameraDetails:
    """Return the camera of a form whose place is known; raise InvalidInput for what is wrong."""
    found: dict[str, Any] = {"point": here.map.centre}
    wrong: dict[str, str] = {}
    for read in (_place, _sight, _recorder):
        try:
            found |= read(entered, here)
        except InvalidInput as error:
            wrong |= error.fields
    try:
        details = CameraDetails(**found, premises=Premises(premises or Premises.HOME))
    except InvalidInput as error:
        raise InvalidInput(fields=_in_order(wrong | error.fields)) from error
    if wrong:
        raise InvalidInput(fields=_in_order(wrong))
    return details


def _in_order(wrong: dict[str, str]) -> dict[str, str]:
    """Name what is wrong from the top of the page to its end."""
    return dict(sorted(wrong.items(), key=lambda field: ORDER.get(field[0], len(ORDER))))


def _place(entered: EnteredCamera, here: Jurisdiction) -> dict[str, Any]:
    point = point_of(entered.latitude, entered.longitude)
    accuracy = _accuracy(entered.place, point, here)
    return {"point": point, "accuracy_m": accuracy, "address": entered.place or None}


def _sight(entered: EnteredCamera, here: Jurisdiction) -> dict[str, Any]:  # noqa: ARG001 - the parts of a camera are read alike
    wrong: dict[str, str] = {}
    heading = _whole(entered.heading, "heading", wrong)
    view_angle = _whole(entered.view_angle, "view_angle", wrong)
    if entered.kind and entered.kind not in set(Kind):
        wrong["kind"] = say("Select what kind of camera this is")
    if wrong:
        raise InvalidInput(fields=wrong)
    return {
        "kind": Kind(entered.kind or Kind.OTHER),
        "label": entered.label or None,
        "heading": None if heading is None else heading % 360,
        "view_angle": view_angle,
    }


def _recorder(entered: EnteredCamera, here: Jurisdiction) -> dict[str, Any]:
    """Read the fields as of the moment they were typed."""
    at = clock.moment(entered.at) if entered.at else clock.now()
    return recorder_forms.into_details(entered.recorder, here, now=at)


def _accuracy(place: str, point: Point, here: Jurisdiction) -> int:
    """Trust a pin more than the middle of a plot of land."""
    found = jurisdictions.find(place, here)
    known = {tuple(coordinates(address.point).values()) for address in found}
    there = tuple(coordinates(point).values()) in known
    return ADDRESS_ACCURACY_M if there else PIN_ACCURACY_M


def _whole(text: str, name: str, wrong: dict[str, str]) -> int | None:
    if text and not (text.isascii() and text.isdigit() and len(text) <= 4):  # noqa: PLR2004 - 9999 is beyond any of the fields
        wrong[name] = say("Enter a whole number, or leave this empty")
        return None
    return int(text) if text else None
