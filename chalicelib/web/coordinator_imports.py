"""Old lists: checked line by line, then everybody on them is asked whether they take part."""

from dataclasses import dataclass
from datetime import datetime

from chalice.app import Response

from chalicelib import clock, jurisdictions
from chalicelib.errors import InvalidInput
from chalicelib.jurisdictions import Jurisdiction
from chalicelib.officers import Role
from chalicelib.registrations import importing, listed_people
from chalicelib.registrations.importing import LINES_MOST, Origin
from chalicelib.registrations.listed_people import BadLine, Listed
from chalicelib.web import html, list_forms
from chalicelib.web.coordinator_html import DESK, desk_page, language_choices
from chalicelib.web.guards import session, signed_in
from chalicelib.web.paper_forms import wrong_date
from chalicelib.web.registration_forms import texts
from chalicelib.web.requests import Form, current, form
from chalicelib.web.routes import Routes

IMPORTS = f"{DESK}/imports"
ORIGIN = ("source", "basis", "listed_on", "language")
ORIGIN_MOST = 200
LIST_MOST = 40_000
"""What a form may carry, with room for what its encoding adds."""

pages = Routes(__name__)


@dataclass(frozen=True, slots=True)
class Checked:
    """A list as it was read."""

    good: tuple[Listed, ...]
    bad: tuple[BadLine, ...]
    ignored: tuple[str, ...]

    @property
    def by_email(self) -> int:
        return sum(bool(one.contact.email) for one in self.good)


@pages.get(IMPORTS)
@signed_in(Role.COORDINATOR)
def imports_page() -> Response:
    here = jurisdictions.current()
    empty = dict.fromkeys((*ORIGIN, "list"), "") | {"language": here.language}
    return shown(empty)


@pages.post(IMPORTS)
@signed_in(Role.COORDINATOR)
def take() -> Response:
    """Show what the list holds; on the second press, with nothing changed, invite them."""
    here, now, sent = jurisdictions.current(), clock.now(), form(current())
    values = texts(sent, ORIGIN) | {"list": sent.text("list", multiline=True)}
    try:
        origin = origin_of(values, here, now)
        checked = checked_list(values["list"], here)
    except InvalidInput as error:
        return shown(values, errors=error.fields)
    if not pressed_again(sent, values):
        return shown(values, checked)
    try:
        done = importing.run(
            values["list"],
            checked.good,
            origin,
            officer=session().officer,
            language=values["language"],
            now=now,
        )
    except InvalidInput as error:
        return shown(values, checked, error.fields)
    return html.redirect(f"{IMPORTS}/{done.id}")


@pages.get(f"{IMPORTS}/{{import_id}}")
@signed_in(Role.COORDINATOR)
def import_page(import_id: str) -> Response:
    one = importing.get(import_id)
    return desk_page(
        "register_import.html",
        desk="imports",
        one=one,
        run=one.run,
        outcomes=importing.outcomes(one, now=clock.now()),
    )


def pressed_again(sent: Form, values: dict[str, str]) -> bool:
    """Say whether the button stood under a check of this very list."""
    return sent.one("action") == "run" and sent.one("checked") == importing.import_id_of(
        values["list"]
    )


def origin_of(values: dict[str, str], here: Jurisdiction, now: datetime) -> Origin:
    """Read where the list came from; raise InvalidInput naming each field that is wrong."""
    wrong = {
        name: f"Enter {what}, at most {ORIGIN_MOST} characters"
        for name, what in (
            ("source", "where the list came from"),
            ("basis", "why the force may use it to invite people"),
        )
        if not 1 <= len(values[name]) <= ORIGIN_MOST
    }
    if late := wrong_date(values["listed_on"], here, now):
        sentence = late["dated"].replace("beside the signature", "the list was made")
        wrong["listed_on"] = sentence
    if values["language"] not in here.languages:
        wrong["language"] = "Select one of these languages"
    if not 1 <= len(values["list"]) <= LIST_MOST:
        wrong["list"] = f"Paste the list, at most {LIST_MOST:,} characters at a time"
    if wrong:
        raise InvalidInput(fields=wrong)
    return Origin(
        values["source"], values["basis"], here.parse_date(values["listed_on"]).isoformat()
    )


def checked_list(text: str, here: Jurisdiction) -> Checked:
    """Read the list; raise InvalidInput for `list` if nobody on it can be invited."""
    found = list_forms.read(text, here, ())
    good, bad = listed_people.read(text, found.cameras)
    wrong = [BadLine(one.line, str(one.sentence)) for one in found.wrong]
    if here.fields == "minimal":
        good = tuple(listed_people.least(one) for one in good)
    if len(good) > LINES_MOST:
        sentence = f"{len(good)} people are on this list. Run at most {LINES_MOST} at a time"
        raise InvalidInput(fields={"list": sentence})
    bad = tuple(sorted((*wrong, *bad), key=lambda one: one.line))
    if not good and not bad:
        raise InvalidInput(fields={"list": "There is nobody on this list"})
    return Checked(good, bad, ignored_of(found.ignored))


def ignored_of(headings: tuple[str, ...]) -> tuple[str, ...]:
    """Return the columns that neither people nor cameras have."""
    return tuple(one for one in headings if one.casefold() not in listed_people.HEADINGS)


def shown(
    values: dict[str, str],
    checked: Checked | None = None,
    errors: dict[str, str] | None = None,
) -> Response:
    here = jurisdictions.current()
    return desk_page(
        "register_imports.html",
        desk="imports",
        status=400 if errors else 200,
        values=values,
        checked=checked,
        digest=importing.import_id_of(values["list"]) if checked else "",
        errors=errors or {},
        imports=importing.every(),
        most=LINES_MOST,
        days=here.retention.import_days,
        language_choices=language_choices(),
    )
