"""Joining: by the form, from an old list, or typed in from paper by a coordinator."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from chalicelib import audit, letters, links, pilots
from chalicelib.aws.transaction import Transaction
from chalicelib.cameras.model import CameraDetails, Premises
from chalicelib.errors import InvalidInput, StateConflict
from chalicelib.language import say
from chalicelib.registrations import arriving, arrows, forms, references, store
from chalicelib.registrations.model import (
    Contact,
    Paper,
    Registration,
    State,
    is_address,
)

IMPORT = "import"
TRIES = 8
"""How often a form is written anew when others take the places of its invitation."""


def submit(  # noqa: PLR0913 - the fields of one form, all keyword-only
    *,
    contact: Contact,
    kind: Premises,
    camera_details: Sequence[CameraDetails],
    notice_version: str,
    notice_hash: str,
    language: str,
    invite_code: str,
    source: str,
    visitor: str,
    now: datetime,
    also: Callable[[Transaction], None] | None = None,
) -> Registration:
    """Keep a registration nobody can find yet, and write to its address for confirmation.

    `visitor` is a hash of where the form came from; it is counted and not kept. `also` adds to
    the same transaction, so that a form is sent and its draft gone at the same moment.
    """
    contact = _checked(contact, camera_details)
    pilots.check_places(invite_code, now=now)
    forms.count_form(visitor, now)
    forms.count_letter(contact.email, now)
    registration = _new(
        contact,
        now=now,
        kind=kind,
        source=source,
        notice_version=notice_version,
        notice_hash=notice_hash,
        language=language,
    )
    transaction = Transaction()
    if also is not None:
        also(transaction)
    pilots.take_place(transaction, invite_code, registration.id, now=now)
    letters.post(transaction, "confirm", recipient=registration.id, subject_ids={}, now=now)
    return _begin(
        transaction,
        registration,
        camera_details,
        "registration:submit",
        again=partial(pilots.check_places, invite_code, now=now) if invite_code else None,
        actor=arrows.PUBLIC,
        now=now,
        kind=registration.kind,
        source=registration.source,
        notice_version=registration.notice_version,
    )


def invite(  # noqa: PLR0913 - one line of an old list, all keyword-only
    *,
    contact: Contact,
    kind: Premises,
    camera_details: Sequence[CameraDetails],
    import_id: str,
    entered_by: str,
    language: str,
    now: datetime,
    registration_id: str = "",
) -> Registration:
    """Keep an entry of an old list that nobody can find, and ask its owner to confirm it.

    Given the same `registration_id` again it raises StateConflict: a line is invited once.
    """
    contact = _checked(contact, camera_details)
    if contact.email:
        forms.count_letter(contact.email, now)
    registration = _new(
        contact,
        registration_id,
        now=now,
        kind=kind,
        source=IMPORT,
        notice_version="",
        notice_hash="",
        language=language,
        import_id=import_id,
    )
    transaction = Transaction()
    references.put(transaction, registration.id, now)
    letters.post(transaction, "invitation", recipient=registration.id, subject_ids={}, now=now)
    return _begin(
        transaction,
        registration,
        camera_details,
        "registration:invite",
        actor=f"officer:{entered_by}",
        now=now,
        import_id=import_id,
    )


def enter_paper(  # noqa: PLR0913 - the fields of one paper form, all keyword-only
    *,
    contact: Contact,
    kind: Premises,
    camera_details: Sequence[CameraDetails],
    paper: Paper,
    language: str,
    notice_version: str,
    notice_hash: str,
    source: str,
    now: datetime,
    registration_id: str = "",
) -> Registration:
    """Type in a signed paper form: its cameras can be found at once.

    Whose address takes part already is asked there whether to add them, as anybody who sends the
    form would be: whoever types in a paper does not learn who takes part.

    Given the same `registration_id` again it raises StateConflict: a form is entered once.
    """
    contact = _checked(contact, camera_details)
    if not paper.dated or not paper.kept_at:
        raise InvalidInput(fields={"kept_at": "Enter the date on the form and where it is kept."})
    if contact.email:
        forms.count_letter(contact.email, now)
    there = store.live_id_of(contact.email) is not None
    registration = _new(
        contact,
        registration_id,
        now=now,
        active=not there,
        kind=kind,
        source=source,
        notice_version=notice_version,
        notice_hash=notice_hash,
        language=language,
        paper=paper,
    )
    transaction = Transaction()
    references.put(transaction, registration.id, now)
    if not there:
        store.put_address(transaction, registration, now)
    letter = "confirm" if there else "paper_welcome"
    letters.post(transaction, letter, recipient=registration.id, subject_ids={}, now=now)
    detail: dict[str, Any] = {"kind": kind} if there else {}
    return _begin(
        transaction,
        registration,
        camera_details,
        "registration:submit" if there else "registration:enter_paper",
        actor=f"officer:{paper.entered_by}",
        now=now,
        source=source,
        notice_version=notice_version,
        **detail,
    )


def _new(
    contact: Contact,
    registration_id: str = "",
    *,
    now: datetime,
    active: bool = False,
    **said: Any,  # noqa: ANN401 - the fields of Registration, whatever their types
) -> Registration:
    """Return a registration as it begins, without its cameras."""
    return Registration(
        id=registration_id or links.new_id(),
        state=State.ACTIVE if active else State.PENDING,
        version=1,
        created_at=now,
        confirmed_at=now if active else None,
        contact=contact,
        camera_ids=(),
        reach=contact.reach,
        **said,
    )


def _checked(contact: Contact, camera_details: Sequence[CameraDetails]) -> Contact:
    contact = forms.check_contact(contact)
    forms.check_all(camera_details)
    forms.check_room(camera_details)
    return contact


def _begin(  # noqa: PLR0913 - what begins, by whom, when: all keyword-only
    transaction: Transaction,
    registration: Registration,
    camera_details: Sequence[CameraDetails],
    event: str,
    *,
    actor: str,
    now: datetime,
    again: Callable[[], None] | None = None,
    **detail: Any,  # noqa: ANN401 - whatever the event records
) -> Registration:
    """Write the registration once all its cameras are there.

    Where it meets another at the places of one invitation, `again` says whether to try anew.
    """
    camera_ids = arriving.bring(
        transaction,
        registration.id,
        camera_details=camera_details,
        visible=registration.visible,
        now=now,
    )
    at_once = not registration.visible or len(camera_ids) <= arriving.BATCH
    registration = replace(registration, camera_ids=camera_ids, settled=at_once)
    store.put_new(transaction, registration, now)
    audit.record(
        transaction,
        event,
        chain=arrows.chain(registration),
        actor=actor,
        now=now,
        camera_ids=camera_ids,
        **detail,
    )
    return _written(transaction, registration, again, now)


def _written(
    transaction: Transaction,
    registration: Registration,
    again: Callable[[], None] | None,
    now: datetime,
) -> Registration:
    for _ in range(TRIES):
        try:
            return arrows.commit(transaction, registration, now=now)
        except StateConflict:
            if again is None:
                raise
            again()
    raise StateConflict


def ask_for_manage_link(email: str, *, visitor: str, now: datetime) -> None:
    """Post a letter to the address, known or not: only the mailer finds out, nobody is told."""
    if not is_address(email.strip()):
        sentence = say("Enter an email address, such as name@example.com")
        raise InvalidInput(fields={"email": sentence})
    forms.count_form(visitor, now)
    forms.count_letter(email, now)
    transaction = Transaction()
    letters.post(
        transaction,
        "manage_link",
        recipient=f"email#{store.digest_of(email)}",
        subject_ids={},
        now=now,
    )
    transaction.commit()
