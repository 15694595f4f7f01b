"""Reads what a coordinator types in from a paper form."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib import jurisdictions
from chalicelib.cameras import CameraDetails, Premises
from chalicelib.errors import InvalidInput
from chalicelib.jurisdictions import Jurisdiction
from chalicelib.language import speaking
from chalicelib.officers import Officer
from chalicelib.registrations import Contact
from chalicelib.registrations.model import Paper, Reach, checked
from chalicelib.web import camera_forms
from chalicelib.web.entered import EnteredCamera
from chalicelib.web.registration_forms import texts
from chalicelib.web.requests import Form

REACH = {
    Reach.EMAIL: "By email",
    Reach.LETTER: "By letter",
    Reach.PHONE: "By phone call",
}
CHECKED = {
    "in_person": "They handed the form in themselves",
    "phone": "We called the number on the form",
    "letter": "The welcome letter goes to the address on the form",
}
PREMISES = {Premises.HOME: "At a home", Premises.BUSINESS: "At a business or other organization"}
SIGNED = {"yes": "Yes", "no": "No"}
CONTACT = ("name", "email", "phone", "reach", "language")
PAPER = ("dated", "kept_at", "signed", "checked", "notice", "premises", "entry")
FIELDS = (*CONTACT, "postal_address", *PAPER)
ORDER = (
    *("dated", "signed", "kept_at", "checked", "notice"),
    *("name", "reach", "email", "phone", "postal_address", "language", "premises"),
)
"""The fields as they stand on the page, and a problem of each in the summary above."""
KEPT_AT_MOST = 100
ADDRESS_MOST = 500


@dataclass(frozen=True, slots=True)
class PaperForm:
    """A paper form, read."""

    contact: Contact
    premises: Premises
    camera: CameraDetails
    paper: Paper
    language: str
    notice_version: str
    notice_hash: str


def read(form: Form, here: Jurisdiction) -> dict[str, str]:
    """Return the texts of everything but the camera."""
    found = texts(form, (*CONTACT, *PAPER))
    address = form.text("postal_address", multiline=True)
    if len(address) > ADDRESS_MOST:
        raise InvalidInput(fields={"postal_address": "This is too long"})
    return {**found, "postal_address": address, "language": found["language"] or here.language}


def read_camera(form: Form, here: Jurisdiction, *, now: datetime) -> EnteredCamera:
    """Return the camera as it was typed, with its place found if it can be."""
    wanted = camera_forms.camera_fields(here)
    own = Form({name: value for name, value in form.fields.items() if name in wanted})
    return camera_forms.read_camera(own, here, EnteredCamera(), now=now)


def paper_form_of(
    entered: dict[str, str],
    camera: EnteredCamera,
    here: Jurisdiction,
    officer: Officer,
    now: datetime,
) -> PaperForm:
    """Return the form; raise InvalidInput naming everything that is wrong with it."""
    wrong = wrong_paper(entered, here, now)
    details = None
    try:
        details = camera_of(camera, here, entered["premises"])
    except InvalidInput as error:
        wrong |= error.fields or {"place": error.sentence}
    contact = contact_of(entered)
    wrong |= wrong_contact(contact)
    if wrong or details is None:
        raise InvalidInput(fields=in_order(wrong))
    version, fingerprint = notices(here)[entered["notice"]]
    return PaperForm(
        contact=contact,
        premises=Premises(entered["premises"] or Premises.HOME),
        camera=details,
        paper=Paper(
            here.parse_date(entered["dated"]).isoformat(),
            entered["kept_at"],
            officer.id,
            entered["checked"],
        ),
        language=entered["language"],
        notice_version=version,
        notice_hash=fingerprint,
    )


def in_order(wrong: dict[str, str]) -> dict[str, str]:
    """Return the problems in the order of the page; those of the camera stand last."""
    last = len(ORDER)
    place = {name: number for number, name in enumerate(ORDER)}
    return dict(sorted(wrong.items(), key=lambda one: place.get(one[0], last)))


def camera_of(camera: EnteredCamera, here: Jurisdiction, premises: str) -> CameraDetails:
    """Return the camera of the form; raise InvalidInput if its place is nowhere or not ours."""
    found = camera_forms.located(camera, here)
    known = premises if premises in set(Premises) else ""
    details = camera_forms.camera_of(found, here, known)
    if not here.covers(details.point):
        raise InvalidInput(fields={"place": "This place is outside the area of the programme"})
    return details


def contact_of(entered: dict[str, str]) -> Contact:
    reach = entered["reach"]
    return Contact(
        name=entered["name"],
        email=entered["email"],
        phone=entered["phone"],
        reach=Reach(reach) if reach in set(Reach) else Reach.EMAIL,
        postal_address=tidy(entered["postal_address"]),
    )


def tidy(address: str) -> str:
    """Return an address without empty lines and stray spaces."""
    lines = (" ".join(line.split()) for line in address.splitlines())
    return "\n".join(line for line in lines if line)


def notices(here: Jurisdiction) -> dict[str, tuple[str, str]]:
    """Return version and fingerprint of each text a form may have been printed with.

    The key is what stands at the foot of the form; the newest text in the usual language is first.
    """
    found: dict[str, tuple[str, str]] = {}
    for code in here.languages:
        with speaking(code):
            given, printed_in = jurisdictions.notice(), jurisdictions.current()
        versions = {given.version: given.sha256, **jurisdictions.earlier(printed_in)}
        found |= {
            f"{version}, {print_[:12]}": (version, print_) for version, print_ in versions.items()
        }
    return found


def wrong_contact(contact: Contact) -> dict[str, str]:
    wrong = {}
    try:
        checked(contact)
    except InvalidInput as error:
        wrong = dict(error.fields)
    if contact.reach is not Reach.EMAIL and contact.email:
        wrong["email"] = "Leave this empty: whoever has an email address is reached by email"
    return wrong


def wrong_paper(entered: dict[str, str], here: Jurisdiction, now: datetime) -> dict[str, str]:
    """Say what is wrong with the paper itself."""
    wrong = wrong_date(entered["dated"], here, now)
    if entered["reach"] not in set(Reach):
        wrong["reach"] = "Select how they want to be reached"
    if here.fields == "full" and entered["premises"] not in set(Premises):
        wrong["premises"] = "Select where the cameras are"
    if not 1 <= len(entered["kept_at"]) <= KEPT_AT_MOST:
        wrong["kept_at"] = f"Enter where the paper is kept, at most {KEPT_AT_MOST} characters"
    if entered["signed"] != "yes":
        wrong["signed"] = "Only a signed form can be entered: send it back, or ask them to sign"
    if entered["checked"] not in CHECKED:
        wrong["checked"] = "Select how you made sure that the form is theirs"
    if entered["notice"] not in notices(here):
        wrong["notice"] = "Select the text that is printed on the form"
    if entered["language"] not in here.languages:
        wrong["language"] = "Select one of these languages"
    return wrong


def wrong_date(dated: str, here: Jurisdiction, now: datetime) -> dict[str, str]:
    try:
        day = here.parse_date(dated)
    except InvalidInput as error:
        return {"dated": error.fields["date"]}
    if day > now.astimezone(here.zone).date():
        return {"dated": "Enter the date beside the signature; it cannot be in the future"}
    return {}
