"""What letters about a registration say: found from ids at the moment of sending.

Each is written in the language its owner chose. Who is written to on paper or called has no
address here: such a letter waits for a coordinator.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from chalicelib import cameras, jurisdictions, language, letters, links, registrations
from chalicelib.aws.transaction import Transaction
from chalicelib.errors import NotFound
from chalicelib.letters import LetterContext, OutboxRow
from chalicelib.letters.values import Values
from chalicelib.registrations import Contact, Registration, State, waits
from chalicelib.registrations.model import Reach

NEW_ADDRESS = {"address": "new"}
DIGEST = "email#"
ASKED = frozenset({State.RECONFIRM_DUE, State.PAUSED})
Written = Callable[[OutboxRow, Registration, Transaction, datetime], Values | None]


def to_owner(write: Written, *, essential: bool = False) -> letters.Context:
    """Make the context of a letter to an owner, with the link by which they can leave.

    Who cannot be reached gets only what they have just asked for.
    """

    def context(row: OutboxRow, transaction: Transaction, now: datetime) -> LetterContext | None:
        registration = owner_of(row)
        if registration is None or (registration.unreachable_since and not essential):
            return None
        with language.speaking(registration.language):
            values = write(row, registration, transaction, now)
            contact = _contact(row, registration)
            if values is None or contact is None:
                return None
            leave_url = leave_url_of(registration, transaction, now)
        return _addressed(registration, contact, values, leave_url)

    return context


def with_way_out(context: letters.Context) -> letters.Context:
    """Write a letter about a request in its owner's language, and add the link to leave by."""

    def found(row: OutboxRow, transaction: Transaction, now: datetime) -> LetterContext | None:
        registration = owner_of(row)
        if registration is None:
            return context(row, transaction, now)
        with language.speaking(registration.language):
            given = context(row, transaction, now)
            if given is None or not registration.live:
                return given
            if row.subject_ids.get("to", "owner") != "owner":
                # Who reads letters for an owner may not take the owner's cameras out.
                return replace(given, language=registration.language)
            leave_url = leave_url_of(registration, transaction, now)
            return replace(given, leave_url=leave_url, language=registration.language)

    return found


def owner_of(row: OutboxRow) -> Registration | None:
    """Return whom a letter is to; only here is found out whether an address is known at all."""
    if row.recipient.startswith(DIGEST):
        return registrations.of_address(row.recipient.removeprefix(DIGEST))
    try:
        return registrations.get(row.recipient)
    except NotFound:
        return None


def leave_url_of(registration: Registration, transaction: Transaction, now: datetime) -> str:
    lives = jurisdictions.current().link_life("leave")
    token = _issue("leave", registration, transaction, lives, now)
    return links.url("/my/{token}/leave", token=token)


def _contact(row: OutboxRow, registration: Registration) -> Contact | None:
    """Return the address that is meant: a new one is written to once only, to confirm it."""
    if row.subject_ids == NEW_ADDRESS:
        return registration.new_contact if registration.live else None
    return registration.contact


def _addressed(
    registration: Registration, contact: Contact, values: Values, leave_url: str
) -> LetterContext:
    by_mail = contact.reach is Reach.EMAIL
    return LetterContext(
        contact.email if by_mail else "",
        contact.name,
        values,
        leave_url,
        language=registration.language,
        registration_id=registration.id,
    )


def _confirm(
    row: OutboxRow, registration: Registration, transaction: Transaction, now: datetime
) -> Values | None:
    new = row.subject_ids == NEW_ADDRESS and registration.new_contact is not None
    if not new and registration.state is not State.PENDING:
        return None
    lives = _life_of_confirmation(registration, now)
    token = _issue("confirm", registration, transaction, lives, now)
    return letters.ConfirmValues(
        camera=_camera(registration.camera_ids),
        confirm_url=links.url("/confirm/{token}", token=token),
        expires=jurisdictions.current().date_words(now + lives),
    )


def _invitation(
    _row: OutboxRow, registration: Registration, transaction: Transaction, now: datetime
) -> Values | None:
    if registration.state is not State.PENDING:
        return None
    lives = _life_of_confirmation(registration, now)
    token = _issue("confirm", registration, transaction, lives, now)
    return letters.InvitationValues(
        count=len(registration.camera_ids),
        camera=_camera(registration.camera_ids),
        confirm_url=links.url("/confirm/{token}", token=token),
        expires=jurisdictions.current().date_words(now + lives),
    )


def _life_of_confirmation(registration: Registration, now: datetime) -> timedelta:
    """No link outlives what it confirms; that of an invitation lives as long as its entry."""
    usual = jurisdictions.current().link_life("confirm")
    if registration.live:
        return usual
    left = registration.created_at + waits.keep_unconfirmed(registration) - now
    return left if registration.import_id else min(usual, left)


def _manage_link(
    _row: OutboxRow, registration: Registration, transaction: Transaction, now: datetime
) -> Values | None:
    if not registration.live:
        return None
    here = jurisdictions.current()
    lives = here.link_life("manage")
    token = _issue("manage", registration, transaction, lives, now)
    return letters.ManageValues(
        manage_url=links.url("/my/{token}", token=token),
        expires=here.moment_words(now + lives),
    )


def _camera_added(
    row: OutboxRow, registration: Registration, _transaction: Transaction, _now: datetime
) -> Values | None:
    if not registration.live:
        return None
    count = int(row.subject_ids["count"])
    camera = _camera((row.subject_ids["camera_id"],)) if count == 1 else ""
    return letters.AddedValues(camera=camera, count=count)


def _reconfirm(
    _row: OutboxRow, registration: Registration, transaction: Transaction, now: datetime
) -> Values | None:
    asked_at, confirmed_at = registration.asked_at, registration.confirmed_at
    if registration.state not in ASKED or asked_at is None or confirmed_at is None:
        return None
    here = jurisdictions.current()
    return letters.ReconfirmValues(
        count=len(registration.camera_ids),
        camera=_camera(registration.camera_ids),
        confirmed=here.date_words(confirmed_at),
        right_url=_right_url(registration, transaction, now),
        hidden_on=here.date_words(asked_at + timedelta(days=here.retention.lapse_days)),
    )


def _lapsed(
    _row: OutboxRow, registration: Registration, transaction: Transaction, now: datetime
) -> Values | None:
    if registration.state is not State.LAPSED or registration.lapsed_at is None:
        return None
    here = jurisdictions.current()
    erased_on = registration.lapsed_at + timedelta(days=here.retention.lapsed_days)
    return letters.LapsedValues(
        right_url=_right_url(registration, transaction, now),
        erased_on=here.date_words(erased_on),
    )


def _right_url(registration: Registration, transaction: Transaction, now: datetime) -> str:
    """Issue a link that says "still right" for as long as the entry may still be there."""
    kept = jurisdictions.current().retention
    lives = timedelta(days=kept.lapse_days + kept.lapsed_days)
    token = _issue("reconfirm", registration, transaction, lives, now)
    return links.url("/still-right/{token}", token=token)


def _left(row: OutboxRow, transaction: Transaction, now: datetime) -> LetterContext | None:
    """Write to the sealed one-time address; nothing else of the owner is left to read."""
    del transaction, now  # this letter has no links and says when they left, not when it leaves
    if row.sealed is None:
        return None
    contact = registrations.one_time_contact(row.recipient, row.sealed)
    spoken = row.subject_ids.get("language", "")
    with language.speaking(spoken):
        here = jurisdictions.current()
        erased_by = row.created_at + timedelta(hours=here.retention.withdrawn_hours)
        values = letters.LeftValues(
            left=here.date_words(row.created_at), erased_by=here.date_words(erased_by)
        )
    return LetterContext(contact.email, contact.name, values, language=spoken)


def _unreachable(row: OutboxRow, transaction: Transaction, now: datetime) -> LetterContext | None:
    """Tell the coordinator, by the entry's id alone; nothing if it has been put right."""
    del transaction, now  # this letter has no links
    registration = owner_of(row)
    if registration is None or registration.unreachable_since is None or not registration.live:
        return None
    here = jurisdictions.current()
    values = letters.UnreachableValues(
        registration_id=registration.id, since=here.date_words(registration.unreachable_since)
    )
    return LetterContext(here.contact.email, here.contact.name, values)


def _issue(
    purpose: str,
    registration: Registration,
    transaction: Transaction,
    lives: timedelta,
    now: datetime,
) -> str:
    return links.issue(transaction, purpose=purpose, subject=registration.id, lives=lives, now=now)


def _camera(camera_ids: tuple[str, ...]) -> str:
    """Name the camera as its owner does, or by its kind; "" where neither is kept."""
    here = jurisdictions.current()
    for camera in cameras.get(camera_ids[:1]):
        return camera.label or here.kind_words(camera.kind)
    return ""


CONTEXTS: Mapping[str, letters.Context] = {
    "confirm": to_owner(_confirm, essential=True),
    "invitation": to_owner(_invitation),
    "manage_link": to_owner(_manage_link, essential=True),
    "camera_added": to_owner(_camera_added),
    "reconfirm": to_owner(_reconfirm),
    "reconfirm_reminder": to_owner(_reconfirm),
    "lapsed": to_owner(_lapsed),
    "left": _left,
    "unreachable": _unreachable,
}
