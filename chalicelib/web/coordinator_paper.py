"""Typing in a paper form: the owner takes part at once, with the same rights as by e-mail."""

from dataclasses import dataclass
from datetime import datetime

from chalice.app import Response

from chalicelib import cameras, clock, jurisdictions, links, registrations
from chalicelib.cameras import Kind
from chalicelib.errors import InvalidInput, NotFound, StateConflict
from chalicelib.jurisdictions import Jurisdiction
from chalicelib.officers import Officer, Role
from chalicelib.registrations import references
from chalicelib.registrations.forms import check_contact
from chalicelib.web import camera_forms, paper_forms
from chalicelib.web.coordinator_html import DESK, desk_page, language_choices
from chalicelib.web.entered import EnteredCamera
from chalicelib.web.guards import session, signed_in
from chalicelib.web.paper_forms import PaperForm
from chalicelib.web.requests import current, form
from chalicelib.web.routes import Routes

PAPER = f"{DESK}/paper"
SOURCE = "paper"
REFUSED = (
    "This form could not be entered. Press the button again; "
    "if this page was used for another form before, begin a new one"
)

pages = Routes(__name__)


@dataclass(frozen=True, slots=True)
class Typed:
    """The page as it was typed so far."""

    entered: dict[str, str]
    camera: EnteredCamera


@pages.get(PAPER)
@signed_in(Role.COORDINATOR)
def paper_page() -> Response:
    here = here_on_paper()
    empty = dict.fromkeys(paper_forms.FIELDS, "")
    newest = next(iter(paper_forms.notices(here)))
    given = {"language": here.language, "notice": newest, "entry": links.new_id()}
    return form_page(Typed(empty | given, EnteredCamera()), here)


@pages.post(PAPER)
@signed_in(Role.COORDINATOR)
def enter() -> Response:
    here, now, sent = here_on_paper(), clock.now(), form(current())
    typed = Typed(paper_forms.read(sent, here), paper_forms.read_camera(sent, here, now=now))
    if sent.one("action") == "find":
        return find(typed, here)
    try:
        return entered_page(kept(typed, here, session().officer, now))
    except InvalidInput as error:
        return form_page(typed, here, error.fields or {"place": error.sentence})


def here_on_paper() -> Jurisdiction:
    """Return the programme, if it takes forms on paper."""
    here = jurisdictions.current()
    if not here.paper_entry:
        raise NotFound
    return here


def find(typed: Typed, here: Jurisdiction) -> Response:
    """Show the page again with the place of the address on the map."""
    try:
        camera = camera_forms.located(typed.camera, here)
    except InvalidInput as error:
        return form_page(typed, here, error.fields)
    return form_page(Typed(typed.entered, camera), here)


def kept(typed: Typed, here: Jurisdiction, officer: Officer, now: datetime) -> str:
    """Enter the form, once; return the id of the entry."""
    read = paper_forms.paper_form_of(typed.entered, typed.camera, here, officer, now)
    entry = typed.entered["entry"]
    if not links.is_id(entry):
        raise InvalidInput(fields={"dated": "Reload this page and enter the form again"})
    try:
        return registrations.enter_paper(
            contact=read.contact,
            kind=read.premises,
            camera_details=(read.camera,),
            paper=read.paper,
            language=read.language,
            notice_version=read.notice_version,
            notice_hash=read.notice_hash,
            source=SOURCE,
            registration_id=entry,
            now=now,
        ).id
    except StateConflict as error:
        if is_there(entry, read):
            return entry  # the button was pressed twice
        raise InvalidInput(fields={"dated": REFUSED}) from error


def is_there(registration_id: str, read: PaperForm) -> bool:
    """Say whether this very form was entered before, and by this officer."""
    try:
        there = registrations.get(registration_id)
    except NotFound:
        return False
    owned = [(one.address, one.label, one.heading) for one in cameras.get(there.camera_ids[:1])]
    typed = (read.camera.address, read.camera.label, read.camera.heading)
    same = (there.paper, there.contact) == (read.paper, check_contact(read.contact))
    return same and owned == [typed]


def form_page(typed: Typed, here: Jurisdiction, errors: dict[str, str] | None = None) -> Response:
    return desk_page(
        "register_paper.html",
        desk="paper",
        status=400 if errors else 200,
        values=typed.entered,
        entered=typed.camera,
        errors=errors or {},
        choices=camera_forms.choices(typed.camera, here),
        kinds=tuple(Kind),
        reach=tuple(paper_forms.REACH.items()),
        checked=tuple(paper_forms.CHECKED.items()),
        signed=tuple(paper_forms.SIGNED.items()),
        premises=tuple(paper_forms.PREMISES.items()),
        notices=paper_forms.notices(here),
        language_choices=language_choices(),
    )


def entered_page(registration_id: str) -> Response:
    registration = registrations.get(registration_id)
    return desk_page(
        "register_entered.html",
        desk="paper",
        reference=references.written(registration_id),
        by_email=registration.contact is not None and bool(registration.contact.email),
    )
