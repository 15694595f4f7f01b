"""Confirming from a letter, or saying "that was not me"."""

from dataclasses import replace
from datetime import datetime

from chalicelib import jurisdictions, letters, links, pilots
from chalicelib.aws.transaction import Transaction
from chalicelib.errors import LinkGone
from chalicelib.registrations import arrows, doubles, forms, references, settling, store, waits
from chalicelib.registrations.model import Contact, Registration, State, renewed

MERGED = "merged"


def confirm(token: str, *, now: datetime, another: bool = False) -> Registration:
    """Make the registration live; a second press changes nothing and answers the same.

    Who already takes part with this address gets the cameras added to that registration, but
    none twice, unless they say that each is `another` one. Who had lapsed or could not be reached
    is back: this letter arrived.
    """
    link = links.open_link(token, links.Purpose.CONFIRM, now=now)
    registration = store.get(link.subject)
    if registration is None:
        raise LinkGone
    if link.used:
        return _confirmed_before(registration)
    transaction = Transaction()
    links.use(transaction, link, now=now)
    live = _confirm(transaction, registration, another=another, now=now)
    live = arrows.commit(transaction, live, now=now)
    if live.id != registration.id:
        settling.resume(registration.id, now=now)
    return live


def _confirm(
    transaction: Transaction, registration: Registration, *, another: bool, now: datetime
) -> Registration:
    if registration.live and registration.new_contact:
        return _move_address(transaction, registration, now)
    check_confirmable(registration, now)
    existing = live_with_same_address(registration)
    if existing is not None:
        return _merge(transaction, registration, existing, another=another, now=now)
    return activate(transaction, registration, actor=arrows.owner(registration), now=now)


def check_confirmable(registration: Registration, now: datetime) -> None:
    """Refuse what is not waiting for confirmation any more, swept or not."""
    over = now >= registration.created_at + waits.keep_unconfirmed(registration)
    if registration.state is not State.PENDING or registration.contact is None or over:
        raise LinkGone


def live_with_same_address(registration: Registration) -> Registration | None:
    """Return the registration that a pending one will become a part of."""
    known = store.live_id_of(registration.contact.email) if registration.contact else None
    existing = store.get(known) if known else None
    return existing if existing is not None and existing.live else None


def _confirmed_before(registration: Registration) -> Registration:
    target = store.get(registration.merged_into) if registration.merged_into else registration
    if target is None or not target.live:
        raise LinkGone
    return target


def activate(
    transaction: Transaction, registration: Registration, *, actor: str, now: datetime
) -> Registration:
    """Make a pending registration active; who came from a list has now read the notice."""
    store.put_address(transaction, registration, now)
    pilots.keep_place(transaction, registration.id)
    registration = _agreeing(registration)
    return arrows.step(
        transaction,
        registration,
        replace(registration, state=State.ACTIVE, confirmed_at=now),
        "registration:confirm",
        actor=actor,
        now=now,
        camera_ids=registration.camera_ids,
        notice_version=registration.notice_version,
    )


def _agreeing(registration: Registration) -> Registration:
    """Return the registration with the notice its owner has read by now."""
    if not registration.import_id:
        return registration
    notice = jurisdictions.notice()
    return replace(registration, notice_version=notice.version, notice_hash=notice.sha256)


def _agreed(existing: Registration, pending: Registration) -> Registration:
    """Return the registration with the later of two agreements, and where a paper form is."""
    kept = replace(existing, paper=existing.paper or pending.paper)
    again = _agreeing(pending)
    if again.notice_version < kept.notice_version:
        return kept
    return replace(kept, notice_version=again.notice_version, notice_hash=again.notice_hash)


def _merge(
    transaction: Transaction,
    pending: Registration,
    existing: Registration,
    *,
    another: bool,
    now: datetime,
) -> Registration:
    same = () if another else doubles.among(pending.camera_ids, existing.camera_ids)
    new = tuple(one for one in pending.camera_ids if one not in same)
    camera_ids = existing.camera_ids + new
    forms.check_room(camera_ids)
    if new:
        letters.post(
            transaction,
            "camera_added",
            recipient=existing.id,
            subject_ids={"camera_id": new[0], "count": str(len(new))},
            now=now,
        )
    _give_up(transaction, pending, existing, same, now)
    back = existing.state is State.LAPSED or existing.unreachable_since is not None
    after = replace(
        _agreed(existing, pending),
        camera_ids=camera_ids,
        state=State.ACTIVE if back else existing.state,
        lapsed_at=None,
        unreachable_since=None,
    )
    return arrows.step(
        transaction,
        existing,
        renewed(after, now),
        "registration:add_camera",
        actor=arrows.owner(existing),
        now=now,
        camera_ids=new,
    )


def _give_up(
    transaction: Transaction,
    pending: Registration,
    existing: Registration,
    same: tuple[str, ...],
    now: datetime,
) -> None:
    """Erase the pending registration with the cameras that are in the register already."""
    gone = replace(arrows.erased(pending, merged_into=existing.id), camera_ids=same)
    references.delete(transaction, pending.id)
    store.put_tombstone(transaction, pending.id, MERGED, now)
    pilots.leave_cohort(transaction, pending.id)
    arrows.step(
        transaction,
        pending,
        gone,
        "registration:erase",
        actor=arrows.owner(existing),
        now=now,
        reserve=arrows.OWN_ACTIONS,
        reason=MERGED,
    )


def _moved(registration: Registration) -> Contact | None:
    """Return the contact as it is today with the new address: the rest may have changed since."""
    before, new = registration.contact, registration.new_contact
    return replace(before, email=new.email, reach=new.reach) if before and new else new


def _move_address(
    transaction: Transaction, registration: Registration, now: datetime
) -> Registration:
    """Let a new address, now confirmed from there, take the place of the old one.

    Who was paused because the old one was dead can be found again.
    """
    contact = _moved(registration)
    back = registration.unreachable_since is not None
    moved = replace(
        registration,
        contact=contact,
        reach=contact.reach if contact else registration.reach,
        new_contact=None,
        state=State.ACTIVE if back else registration.state,
        lapsed_at=None if back else registration.lapsed_at,
        unreachable_since=None,
    )
    store.delete_address(transaction, registration)
    store.put_address(transaction, moved, now)
    return arrows.step(
        transaction,
        registration,
        renewed(moved, now),
        "registration:change",
        actor=arrows.owner(registration),
        now=now,
        changed=["email"],
    )


def not_me(token: str, *, now: datetime) -> None:
    """Erase at once what somebody else entered with this address."""
    link = links.open_link(token, links.Purpose.CONFIRM, now=now)
    registration = store.get(link.subject)
    if registration is None or link.used:
        raise LinkGone
    transaction = Transaction()
    links.use(transaction, link, now=now)
    after = _disown(transaction, registration, now)
    arrows.commit(transaction, after, now=now)


def _disown(transaction: Transaction, registration: Registration, now: datetime) -> Registration:
    if registration.state is State.PENDING:
        return arrows.erase(
            transaction,
            registration,
            "registration:erase",
            actor=arrows.PUBLIC,
            now=now,
            reason="not_me",
        )
    if not registration.live or registration.new_contact is None:
        raise LinkGone
    return arrows.step(
        transaction,
        registration,
        replace(registration, new_contact=None),
        "registration:change",
        actor=arrows.PUBLIC,
        now=now,
        changed=["new_email"],
    )
