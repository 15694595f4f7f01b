"""Reads the two forms an owner fills in: how to reach them, and where a camera is.

A programme with minimal fields is asked nothing else, and whatever else is sent is refused: what
it has promised not to keep must not even arrive.
"""

import re
from collections.abc import Mapping

from chalicelib import jurisdictions
from chalicelib.cameras import CameraDetails, Kind, Premises
from chalicelib.errors import InvalidInput
from chalicelib.geo import Point
from chalicelib.jurisdictions import Jurisdiction
from chalicelib.registrations import Contact
from chalicelib.registrations.model import checked
from chalicelib.web.drafts import Entered
from chalicelib.web.requests import Form

PLACE = ("place", "latitude", "longitude", "chosen")
DESCRIPTION = ("kind", "label", "heading", "view_angle", "days_kept")
CONTACT = ("name", "email", "phone")
BUTTONS = ("action", "camera_id", "source")
LONGEST = 300
DEGREES = re.compile(r"[+-]?[0-9]{1,3}(\.[0-9]{0,15})?")
PIN_ACCURACY_M = 10
ADDRESS_ACCURACY_M = 25


def texts(form: Form, names: tuple[str, ...]) -> dict[str, str]:
    """Return the named fields as texts, none longer than any of ours can be."""
    found = {name: form.text(name) for name in names}
    wrong = {name: "This is too long" for name, text in found.items() if len(text) > LONGEST}
    if wrong:
        raise InvalidInput(fields=wrong)
    return found


def contact_fields(here: Jurisdiction) -> tuple[str, ...]:
    """Return the fields of the first step."""
    premises = () if here.fields == "minimal" else ("premises",)
    invitation = ("invite_code",) if here.invite_codes_required else ()
    return (*CONTACT, *premises, *invitation)


def camera_fields(here: Jurisdiction) -> tuple[str, ...]:
    """Return the fields of the second step."""
    return PLACE if here.fields == "minimal" else (*PLACE, *DESCRIPTION)


def refuse_others(form: Form, wanted: tuple[str, ...]) -> None:
    """Refuse a field this programme does not ask for, without keeping what it holds."""
    if set(form.fields) - set(wanted) - set(BUTTONS):
        raise InvalidInput("This form asks for less than was sent. Nothing was kept.")


def read_details(form: Form, here: Jurisdiction) -> dict[str, str]:
    """Return the first step's texts; what is wrong with them is `check_details`'s business."""
    refuse_others(form, contact_fields(here))
    return texts(form, contact_fields(here))


def check_details(entered: Entered, here: Jurisdiction) -> None:
    """Raise InvalidInput naming each field of the first step that cannot be used."""
    wrong: dict[str, str] = {}
    if here.invite_codes_required and not here.accepts_invite(entered.invite_code):
        wrong["invite_code"] = "Enter the code from your invitation"
    try:
        checked(Contact(entered.name, entered.email, entered.phone))
    except InvalidInput as error:
        wrong |= error.fields
    if here.fields == "full" and entered.premises not in set(Premises):
        wrong["premises"] = "Select where your cameras are"
    if wrong:
        raise InvalidInput(fields=wrong)


def read_camera(form: Form, here: Jurisdiction, before: Entered) -> dict[str, str]:
    """Return the second step's texts, with the place's coordinates if they can be found.

    An address that was changed while its coordinates stayed the same is looked up again.
    """
    refuse_others(form, camera_fields(here))
    found = texts(form, camera_fields(here))
    chosen = found.pop("chosen")
    place = chosen or found["place"]
    spot = (found["latitude"], found["longitude"])
    moved = place != before.place and spot == (before.latitude, before.longitude)
    if chosen or (moved and here.gazetteer != "none"):
        spot = ("", "")
    return {**found, "place": place, "latitude": spot[0], "longitude": spot[1]}


def located(entered: Mapping[str, str], here: Jurisdiction) -> dict[str, str]:
    """Return the texts with coordinates; raise InvalidInput for `place` if there are none."""
    if entered["latitude"] and entered["longitude"]:
        point = point_of(entered["latitude"], entered["longitude"])
        return {**entered, **coordinates(point)}
    found = jurisdictions.place_from_text(entered["place"], here)
    return {**entered, "place": found.label, **coordinates(found.point)}


def coordinates(point: Point) -> dict[str, str]:
    """Write a point as the form's fields do: six decimals are a hand's breadth."""
    return {"latitude": f"{point.latitude:.6f}", "longitude": f"{point.longitude:.6f}"}


def point_of(latitude: str, longitude: str) -> Point:
    """Read two plain numbers: Python's own reading also takes 1e2, 1_0, nan and other scripts."""
    if not (DEGREES.fullmatch(latitude) and DEGREES.fullmatch(longitude)):
        raise InvalidInput(fields={"latitude": "Enter latitude and longitude as numbers"})
    return Point(float(latitude), float(longitude))


def camera_of(entered: Entered, here: Jurisdiction) -> CameraDetails:
    """Return the camera of a form whose place is known; raise InvalidInput for what is wrong."""
    wrong: dict[str, str] = {}
    if here.fields == "full" and entered.kind not in set(Kind):
        wrong["kind"] = "Select what kind of camera this is"
    numbers = {
        name: _whole(getattr(entered, name), name, wrong)
        for name in ("heading", "view_angle", "days_kept")
    }
    try:
        details = _details(entered, numbers)
    except InvalidInput as error:
        raise InvalidInput(fields=wrong | error.fields) from error
    if wrong:
        raise InvalidInput(fields=wrong)
    return details


def _details(entered: Entered, numbers: Mapping[str, int | None]) -> CameraDetails:
    point = point_of(entered.latitude, entered.longitude)
    return CameraDetails(
        point=point,
        address=entered.place or None,
        label=entered.label or None,
        kind=Kind(entered.kind) if entered.kind in set(Kind) else Kind.OTHER,
        premises=Premises(entered.premises) if entered.premises else Premises.HOME,
        heading=None if numbers["heading"] is None else numbers["heading"] % 360,
        view_angle=numbers["view_angle"],
        accuracy_m=_accuracy(entered.place, point),
        days_kept=numbers["days_kept"],
    )


def _accuracy(place: str, point: Point) -> int:
    """Trust a pin more than the middle of a plot of land."""
    found = jurisdictions.find(place, jurisdictions.current())
    known = {tuple(coordinates(address.point).values()) for address in found}
    there = tuple(coordinates(point).values()) in known
    return ADDRESS_ACCURACY_M if there else PIN_ACCURACY_M


def _whole(text: str, name: str, wrong: dict[str, str]) -> int | None:
    if text and not (text.isascii() and text.isdigit() and len(text) <= 4):  # noqa: PLR2004 - 9999 is beyond any of the fields
        wrong[name] = "Enter a whole number, or leave this empty"
        return None
    return int(text) if text else None
