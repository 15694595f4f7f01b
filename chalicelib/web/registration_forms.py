"""Reads what an owner says of themselves: who they are, and how we may reach them.

A programme with minimal fields is asked nothing else, and whatever else is sent is refused: what
it has promised not to keep must not even arrive.
"""

from chalicelib import clock
from chalicelib.cameras import Premises
from chalicelib.errors import InvalidInput
from chalicelib.jurisdictions import Jurisdiction
from chalicelib.language import say
from chalicelib.registrations import Contact
from chalicelib.registrations.model import checked
from chalicelib.web.entered import Entered
from chalicelib.web.requests import Form

CONTACT = ("name", "email", "phone")
TRAP = "website"
"""Nobody sees this field and nobody needs it: only a program that fills in everything does."""
BUTTONS = ("action", "camera_id", "source", TRAP)
LONGEST = 300


def texts(form: Form, names: tuple[str, ...]) -> dict[str, str]:
    """Return the named fields as texts, none longer than any of ours can be."""
    found = {name: form.text(name) for name in names}
    wrong = {name: say("This is too long") for name, text in found.items() if len(text) > LONGEST}
    if wrong:
        raise InvalidInput(fields=wrong)
    return found


def refuse_others(form: Form, wanted: tuple[str, ...]) -> None:
    """Refuse a field this programme does not ask for, without keeping what it holds."""
    if set(form.fields) - set(wanted) - set(BUTTONS):
        raise InvalidInput(say("This form asks for less than was sent. Nothing was kept."))


def trapped(form: Form) -> bool:
    """Say whether a program filled in what people cannot see."""
    return any(form.many(TRAP))


def person_fields(here: Jurisdiction) -> tuple[str, ...]:
    """Return the fields of the first step."""
    premises = () if here.fields == "minimal" else ("premises",)
    invitation = ("invite_code",) if here.invite_codes_required else ()
    return (*premises, "name", *invitation)


def reach_fields(here: Jurisdiction) -> tuple[str, ...]:
    """Return the fields of the third step."""
    language = ("language",) if len(here.languages) > 1 else ()
    return ("email", "phone", *language)


def read(form: Form, wanted: tuple[str, ...]) -> dict[str, str]:
    """Return a step's texts; what is wrong with them is for `check_...` to say."""
    refuse_others(form, wanted)
    return texts(form, wanted)


def check_person(entered: Entered, here: Jurisdiction) -> None:
    """Raise InvalidInput naming each field that cannot be used, as they stand in the first step."""
    wrong: dict[str, str] = {}
    if here.invite_codes_required and not here.accepts_invite(
        entered.invite_code, here.today(clock.now())
    ):
        wrong["invite_code"] = say("Enter the code from your invitation")
    if here.fields == "full" and entered.premises not in set(Premises):
        wrong["premises"] = say("Select whether your cameras are at a home or a business")
    wrong |= _wrong_contact(entered, person_fields(here))
    if wrong:
        raise InvalidInput(fields=wrong)


def check_reach(entered: Entered, here: Jurisdiction) -> None:
    """Raise InvalidInput naming each field of the third step that cannot be used."""
    wrong = _wrong_contact(entered, reach_fields(here))
    if entered.language and entered.language not in here.languages:
        wrong["language"] = say("Select one of these languages")
    if wrong:
        raise InvalidInput(fields=wrong)


def _wrong_contact(entered: Entered, asked: tuple[str, ...]) -> dict[str, str]:
    try:
        checked(Contact(entered.name, entered.email, entered.phone))
    except InvalidInput as error:
        return {name: text for name, text in error.fields.items() if name in asked}
    return {}
