"""Reading the audit log by day, and checking that no entry was altered or left out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode

from chalice.app import Response

from chalicelib import audit, clock, jurisdictions
from chalicelib.audit import EVENTS, AuditEntry
from chalicelib.errors import InvalidInput
from chalicelib.officers import Role
from chalicelib.web import audit_reading, html
from chalicelib.web.guards import session, signed_in
from chalicelib.web.officer_html import officer_page
from chalicelib.web.requests import Form, current, query
from chalicelib.web.routes import Routes

FILTERS = ("event", "actor", "case_number")
AUDIT = "/officer/audit"
PAGE = 100
MANY = 5
DAY = timedelta(days=1)

pages = Routes(__name__)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table."""

    time: str
    event: str
    seq: int
    chain: str
    chain_link: str
    actor: str
    case_number: str | None
    detail: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What checking the chains has shown."""

    words: str
    kind: str


@dataclass(frozen=True, slots=True)
class Links:
    """Where one goes from here."""

    before: str = ""
    after: str = ""


@pages.get(AUDIT)
@signed_in(Role.AUDITOR)
def audit_page() -> Response:
    fields, now = query(current()), clock.now()
    if fields.text("chain"):
        return chain_page(fields.text("chain"), now=now)
    values = {name: fields.text(name) for name in FILTERS}
    values["day"] = fields.text("day") or written(now.date())
    try:
        day = day_of(values["day"])
    except InvalidInput as error:
        return shown(values, {"day": error.fields["date"]}, status=400)
    wanted = {name: values[name] for name in FILTERS if values[name]}
    entries = audit_reading.day_viewed(day, wanted, officer=session().officer, now=now)
    return of_day(day, values, entries, fields)


def chain_page(chain: str, *, now: datetime) -> Response:
    """Answer with everything recorded about one entity, checked."""
    entries = audit_reading.chain_viewed(chain, officer=session().officer, now=now)
    values = dict.fromkeys(FILTERS, "") | {"day": written(now.date())}
    return shown(
        values,
        {},
        rows=[entry_of(entry) for entry in entries],
        caption=f"{chain}: {caption(0, len(entries), len(entries))}",
        verdict=verdict(entries),
    )


def of_day(
    day: date, values: Mapping[str, str], entries: tuple[AuditEntry, ...], fields: Form
) -> Response:
    """Answer with one page of a day."""
    start = start_of(fields.text("from"), len(entries))
    rows = entries[start : start + PAGE]
    same = {**values, "from": str(start)}
    return shown(
        values,
        {},
        rows=[entry_of(entry) for entry in rows],
        caption=caption(start, len(rows), len(entries)),
        verdict=verdict(rows) if fields.one("check") else None,
        check_link=link({**same, "check": "yes"}) if rows else "",
        day_links=day_links(day, values),
        page_links=page_links(values, start, len(entries)),
    )


def shown(
    values: Mapping[str, str], errors: Mapping[str, str], *, status: int = 200, **more: object
) -> Response:
    empty: dict[str, object] = {
        "rows": (),
        "caption": "",
        "verdict": None,
        "check_link": "",
        "day_links": None,
        "page_links": Links(),
    }
    return officer_page(
        "audit.html",
        here="audit",
        status=status,
        values=values,
        errors=errors,
        event_names=sorted(EVENTS),
        **(empty | more),
    )


def day_of(text: str) -> date:
    return jurisdictions.current().parse_date(text)


def start_of(text: str, most: int) -> int:
    """Read where the page starts; anything odd is the beginning."""
    start = int(text) if text.isascii() and text.isdigit() and len(text) <= MANY else 0
    return start if start < most else 0


def caption(start: int, shown_now: int, every: int) -> str:
    if every in {shown_now, 0}:
        return f"{every} {'entry' if every == 1 else 'entries'}"
    return f"Entries {start + 1} to {start + shown_now} of {every}"


def entry_of(entry: AuditEntry) -> Entry:
    return Entry(
        time=jurisdictions.current().moment_words(entry.at, clock=24),
        event=entry.event,
        seq=entry.seq,
        chain=entry.chain,
        chain_link=link({"chain": entry.chain}),
        actor=entry.actor,
        case_number=entry.case_number,
        detail=tuple(
            (name.replace("_", " "), detail_words(value))
            for name, value in sorted(entry.detail.items())
        ),
    )


def detail_words(value: object) -> str:
    """Write a detail on one line; a long list of ids by its length."""
    if isinstance(value, (list, tuple)):
        few = len(value) <= MANY
        return ", ".join(str(one) for one in value) if few else f"{len(value)} of them"
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {one}" for name, one in sorted(value.items()))
    return moment_or_text(str(value)) if value not in {None, ""} else "none"


def moment_or_text(text: str) -> str:
    """Write a stored moment as people here read it, anything else as it is."""
    try:
        return jurisdictions.current().moment_words(clock.moment(text), clock=24)
    except ValueError:
        return text


def verdict(entries: Iterable[AuditEntry]) -> Verdict | None:
    """Check each chain the entries belong to from its first entry on."""
    chains = sorted({entry.chain for entry in entries})
    if not chains:
        return None
    broken = [(chain, seq) for chain in chains if (seq := audit.verify(chain)) is not None]
    if broken:
        places = "; ".join(f"{chain} at entry {seq}" for chain, seq in broken)
        return Verdict(f"Altered or missing: {places}. Tell your data protection lead.", "bad")
    count = f"{len(chains)} {'chain' if len(chains) == 1 else 'chains'}"
    return Verdict(f"{count} checked from first entry to last: nothing altered or missing.", "good")


def day_links(day: date, values: Mapping[str, str]) -> Links:
    after = day + DAY
    today = clock.now().date()
    return Links(
        before=link({**values, "day": written(day - DAY)}),
        after=link({**values, "day": written(after)}) if after <= today else "",
    )


def page_links(values: Mapping[str, str], start: int, every: int) -> Links:
    return Links(
        before=link({**values, "from": str(max(0, start - PAGE))}) if start else "",
        after=link({**values, "from": str(start + PAGE)}) if start + PAGE < every else "",
    )


def written(day: date) -> str:
    """Write a day the form can read; noon, so that no time zone moves it to the next."""
    return jurisdictions.current().date_text(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))


def link(parameters: Mapping[str, str]) -> str:
    sent = {name: value for name, value in parameters.items() if value}
    return html.url(f"{AUDIT}?{urlencode(sent)}")
