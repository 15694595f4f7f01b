"""Old lists: whose they were, who was invited from them, and what became of that.

An import is named by a keyed digest of its list, and each entry by the import and its line. So
running the same list again goes on where a crash stopped it, and writes to nobody twice.
"""

import base64
import hashlib
import hmac
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from chalicelib import audit, clock, jurisdictions, limits
from chalicelib.audit import AuditEntry
from chalicelib.aws import reading, secrets
from chalicelib.aws.tables import RegistrationItem
from chalicelib.aws.transaction import Transaction
from chalicelib.errors import InvalidInput, NotFound, StateConflict, TooManyRequests
from chalicelib.officers import Officer
from chalicelib.registrations import joining, store
from chalicelib.registrations.listed_people import Listed
from chalicelib.registrations.model import Registration, State

IMPORT = "import"
LINES_MOST = 200
"""As many as one call can invite in time; a longer list comes in parts."""
RUNS_A_DAY = 40
DAY = timedelta(days=1)
ID_SIGNS = 13


class Origin(msgspec.Struct, frozen=True):
    """What a coordinator says of a list before anybody on it is written to."""

    source: str
    """Whose list it was."""
    basis: str
    """Why the force may use it to invite people."""
    listed_on: str
    """The day the list was made, ISO."""


class Run(msgspec.Struct, frozen=True):
    """How far an import has come."""

    origin: Origin
    entered_by: str
    lines: tuple[int, ...]
    """The lines somebody can be invited from."""
    known: tuple[int, ...] = ()
    """Those of them whose address takes part already."""
    refused: tuple[int, ...] = ()
    """Those of them that could not be invited after all."""
    finished: bool = False

    @property
    def asked(self) -> int:
        """How many people a coordinator may take for asked: who takes part is not told apart."""
        return len(self.lines) - len(self.refused)

    @property
    def invited(self) -> int:
        """How many were really written to, for the audit log alone."""
        return self.asked - len(self.known)


@dataclass(frozen=True, slots=True)
class Import:
    """One line of the register of imports."""

    id: str
    at: datetime
    run: Run


def import_id_of(text: str) -> str:
    """Name a list by its content: the same list is the same import."""
    return _name(f"list {' '.join(text.split())}")


def entry_id_of(import_id: str, line: int) -> str:
    """Name the entry a line becomes: a line becomes one entry, however often it is run."""
    return _name(f"line {import_id} {line}")


def run(  # noqa: PLR0913 - a list, where it came from, who runs it and when
    text: str,
    listed: Sequence[Listed],
    origin: Origin,
    *,
    officer: Officer,
    language: str,
    now: datetime,
) -> Import:
    """Invite everybody on the list who does not take part already."""
    if not 1 <= len(listed) <= LINES_MOST:
        raise InvalidInput(fields={"list": f"Run at most {LINES_MOST} lines at a time"})
    limits.count(f"import#{officer.id}", most=RUNS_A_DAY, window=DAY, now=now)
    import_id = import_id_of(text)
    before = _begin(import_id, listed, origin, officer, now)
    if before.run.finished:
        return before
    there = {one for one in listed if store.glance(entry_id_of(import_id, one.line))}
    known = [one.line for one in listed if one not in there and _takes_part(one)]
    refused = []
    for one in listed:
        if one in there or one.line in known:
            continue
        if not _invite(import_id, one, officer=officer, language=language, now=now):
            refused.append(one.line)
    return _finish(before, known, refused, officer, now)


def every() -> tuple[Import, ...]:
    """Return the register of imports, the newest first."""
    found = tuple(reading.every(lambda: RegistrationItem.due.query(IMPORT)))
    imports = [_find(item.id.removeprefix("import#")) for item in found]
    return tuple(one for one in reversed(imports) if one is not None)


def get(import_id: str) -> Import:
    """Return an import; raise NotFound."""
    found = _find(import_id)
    if found is None:
        raise NotFound
    return found


def outcomes(one: Import, *, now: datetime) -> dict[str, int]:
    """Count what became of the invitations: confirmed, waiting, refused or expired.

    Whoever takes part already counts as one who does not answer. A list of one line would
    otherwise tell whether that person takes part.
    """
    away = {*one.run.known, *one.run.refused}
    ids = [entry_id_of(one.id, line) for line in one.run.lines if line not in away]
    found = [registration for registration in map(store.glance, ids) if registration]
    counted = Counter(_outcome(registration) for registration in found)
    over = now >= one.at + timedelta(days=jurisdictions.current().retention.import_days)
    counted["expired" if over else "waiting"] += len(one.run.known)
    return {name: counted[name] for name in ("confirmed", "waiting", "refused", "expired")}


def _outcome(registration: Registration) -> str:
    if registration.state is State.PENDING:
        return "waiting"
    if registration.live or registration.merged_into:
        return "confirmed"
    events = audit.read_chain(f"registration#{registration.id}")
    return "expired" if any(_is_expiry(entry) for entry in events) else "refused"


def _is_expiry(entry: AuditEntry) -> bool:
    return entry.event == "registration:expire"


def _takes_part(one: Listed) -> bool:
    return bool(one.contact.email) and store.live_id_of(one.contact.email) is not None


def _invite(import_id: str, one: Listed, *, officer: Officer, language: str, now: datetime) -> bool:
    try:
        joining.invite(
            contact=one.contact,
            kind=one.premises,
            camera_details=(one.camera,),
            import_id=import_id,
            entered_by=officer.id,
            language=language,
            registration_id=entry_id_of(import_id, one.line),
            now=now,
        )
    except StateConflict:
        return True  # another click is inviting this line at the same moment
    except (InvalidInput, TooManyRequests):  # the latter: several lists with the same person
        return False
    return True


def _begin(
    import_id: str, listed: Sequence[Listed], origin: Origin, officer: Officer, now: datetime
) -> Import:
    """Note the import before anybody is invited, so that a crash leaves it on the register."""
    known = _find(import_id)
    if known is not None:
        return known
    begun = Import(import_id, now, Run(origin, officer.id, tuple(one.line for one in listed)))
    transaction = Transaction()
    transaction.put(_item(begun), RegistrationItem.id.does_not_exist())
    transaction.commit()
    return begun


def _finish(
    before: Import, known: Sequence[int], refused: Sequence[int], officer: Officer, now: datetime
) -> Import:
    after = Import(
        before.id,
        before.at,
        msgspec.structs.replace(
            before.run, known=tuple(known), refused=tuple(refused), finished=True
        ),
    )
    transaction = Transaction()
    transaction.put(_item(after), RegistrationItem.id.exists())
    audit.record(
        transaction,
        "import:run",
        chain=f"import#{before.id}",
        actor=officer.actor,
        now=now,
        import_id=before.id,
        lines=len(after.run.lines),
        invited=after.run.invited,
        known=len(known),
        refused=len(refused),
    )
    transaction.commit()
    return after


def _item(one: Import) -> RegistrationItem:
    return RegistrationItem(
        f"import#{one.id}",
        created_at=clock.stamp(one.at),
        waiting=IMPORT,
        due_at=clock.stamp(one.at),
        about=msgspec.to_builtins(one.run),
    )


def _find(import_id: str) -> Import | None:
    item = reading.one(RegistrationItem, f"import#{import_id}")
    if item is None or not item.about:
        return None
    return Import(import_id, clock.moment(item.created_at), msgspec.convert(item.about, Run))


def _name(text: str) -> str:
    digest = hmac.new(secrets.lookup_key(), text.encode(), hashlib.sha256).digest()
    return base64.b32encode(digest).decode().lower()[:ID_SIGNS]
