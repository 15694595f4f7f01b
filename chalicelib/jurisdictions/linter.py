"""Refuses a programme's file with a missing or unsafe setting, and says which.

`python -m chalicelib.jurisdictions.linter [id ...]` prints both lists; `script/stack` calls it.
"""

import math
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from chalicelib.errors import SightlineError
from chalicelib.jurisdictions import bounds, contrast, reader, translations
from chalicelib.jurisdictions.model import Jurisdiction

PLACEHOLDER = re.compile(
    r"\.(example|test|invalid)\b|example\.(org|com|net)|555-01\d\d|01632 960"
    r"|[Pp]laceholder|\bSample\b"
)
TRIAL_CODE = "STAFFS-PILOT-2026"
Sentences = Iterator[str]


def problems(jurisdiction_id: str) -> tuple[str, ...]:
    """Return a sentence for each thing that keeps the programme from being deployed."""
    try:
        programme = reader.read(jurisdiction_id)
    except SightlineError as error:
        return (error.sentence,)
    return tuple(sentence for check in CHECKS for sentence in check(programme))


def warnings(jurisdiction_id: str) -> tuple[str, ...]:
    """Return a sentence for each thing the force still has to replace or look at."""
    programme = reader.read(jurisdiction_id)
    found = [
        f"{key}: “{text}” is a placeholder; the force replaces it before going live."
        for key, text in _leaves("", _plain(programme))
        if PLACEHOLDER.search(text)
    ]
    return (*found, *_trial_code(programme), *_reddish(programme))


def _words(programme: Jurisdiction) -> Sentences:
    own = set(reader.programme(programme.id).words)
    shared = set(reader.language_words(programme.language))
    yield from (f"words.{key}: is missing." for key in sorted(bounds.LOCAL_WORDS - own))
    unknown = sorted(own - bounds.LOCAL_WORDS - shared)
    yield from (f"words.{key}: no page asks for this word." for key in unknown)
    yield from (f"words.{key}: is empty." for key, word in programme.words.items() if not word)


def _languages(programme: Jurisdiction) -> Sentences:
    """Each further language must have all that the first has, so that no page is half of each."""
    for spoken in programme.languages[1:]:
        yield from translations.problems(programme.id, spoken)


def _habits(programme: Jurisdiction) -> Sentences:
    country = bounds.COUNTRIES[programme.country]
    if programme.language != country.language:
        yield f"languages: the first must be {country.language} in {programme.country}."
    if programme.date_order != country.date_order:
        yield f"date_order: people there read dates as {country.date_order}."
    if programme.units != country.units:
        yield f"units: people there measure in {country.units}."
    try:
        ZoneInfo(programme.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        yield f"time_zone: there is no time zone {programme.time_zone}."
        return
    if not programme.time_zone.startswith(country.zones):
        yield f"time_zone: {programme.time_zone} is not in {programme.country}."


def _phase(programme: Jurisdiction) -> Sentences:
    if programme.pilot and not programme.invite_codes_required:
        yield "invite_codes_required: must be true while the phase is pilot."
    if programme.pilot and programme.pilot_ends_on is None:
        yield "pilot.ends_on: a test run needs its last day while the phase is pilot."
    yield from _invitations(programme)
    for key in ("phase_banner", "feedback"):
        if programme.pilot and not getattr(programme.texts, key):
            yield f"texts.{key}: is needed while the phase is pilot."


def _invitations(programme: Jurisdiction) -> Sentences:
    if programme.invite_codes_required and not programme.invitations:
        yield "invitations: needs the SHA-256 of at least one invite code."
    digests = [one.digest for one in programme.invitations]
    if not all(re.fullmatch(r"[0-9a-f]{64}", digest) for digest in digests):
        yield "invitations: each digest must be a SHA-256 in hexadecimal, never the code itself."
    if len(set(digests)) < len(digests):
        yield "invitations: one code is listed twice."
    least, most = bounds.PLACES
    for one in programme.invitations:
        if not least <= one.places <= most:
            yield f"invitations.places: {one.places} is not between {least} and {most}."
        if programme.pilot_ends_on and one.ends_on > programme.pilot_ends_on:
            yield f"invitations.ends_on: {one.ends_on} is after the test run ends."


def _area(programme: Jurisdiction) -> Sentences:
    box, country = programme.outline.bounds, bounds.COUNTRIES[programme.country]
    corners = ((box.south, box.west), (box.north, box.east))
    if not all(country.holds(latitude, longitude) for latitude, longitude in corners):
        yield f"outline: reaches outside {programme.country}."
    if not programme.covers(programme.map.centre):
        yield "map: its centre is outside the outline."


def _ground(programme: Jurisdiction) -> Sentences:
    chosen = programme.map
    if chosen.provider != "outline" and not chosen.base_url.startswith("/"):
        yield "map.base_url: must begin with /, so that no other host learns where officers look."
    if not chosen.attribution:
        yield "map.attribution: say where the map comes from."
    wanted = [("map.provider", "base.geojson")] if chosen.provider == "geojson" else []
    wanted += [("gazetteer", "addresses.json")] if programme.gazetteer == "file" else []
    for key, name in wanted:
        if not reader.has(f"{programme.id}/{name}"):
            yield f"{key}: there is no file {programme.id}/{name}."


def _neighbours(programme: Jurisdiction) -> Sentences:
    if sum(one.outline is None for one in programme.neighbours) != 1:
        yield "neighbours: exactly one must have no outline; it answers for everywhere else."
    for place in programme.neighbours:
        if not place.link.startswith("https://"):
            yield f"neighbours: the link of {place.name} must begin with https://."
        if not (place.name and place.contact and place.advice):
            yield f"neighbours: {place.name or 'one'} needs a name, a contact and advice."


def _theme(programme: Jurisdiction) -> Sentences:
    colours = msgspec.to_builtins(programme.theme)
    wrong = [key for key, colour in colours.items() if not contrast.HEX.fullmatch(colour.lower())]
    if wrong:
        yield from (f"theme.{key}: must be a colour such as #14284b." for key in wrong)
        return
    for key, behind in bounds.THEME_PAIRS.items():
        found = contrast.ratio(colours[key], colours.get(behind, behind))
        if found < contrast.AA_TEXT:
            yield f"theme.{key}: has contrast {found:.1f} with {behind}; 4.5 is the least."


def _purposes(programme: Jurisdiction) -> Sentences:
    if not programme.purposes:
        yield "purposes: needs at least one."
    counts = Counter(one.id for one in programme.purposes)
    yield from (f"purposes: {key} is listed twice." for key, count in counts.items() if count > 1)
    for one in programme.purposes:
        group = bounds.PURPOSES.get(one.id)
        if group is None:
            yield f"purposes: {one.id} is not a reason a register may be searched for."
        elif one.group != group:
            yield f"purposes: {one.id} belongs to the group “{group}”."
        if bounds.NEVER_A_PURPOSE.search(f"{one.id} {one.label}"):
            yield f"purposes: {one.label} may never be searched for."


def _limits(programme: Jurisdiction) -> Sentences:
    limits = programme.limits
    yield from _within("limits", limits, bounds.LIMITS)
    yield from _choices("radius", limits.radius_choices_m, limits.radius_max_m)
    yield from _choices("half_width", limits.half_width_choices_m, limits.half_width_max_m)
    if math.pi * limits.radius_max_m**2 > limits.area_max_m2:
        yield "limits.radius_max_m: its circle is larger than limits.area_max_m2."
    windows = [getattr(limits, f"window_{name}_minutes") for name in ("min", "max", "supervisor")]
    if windows != sorted(windows):
        yield "limits.window_max_minutes: must lie between the least and the supervised window."
    if 2 * limits.clock_doubt_minutes > limits.window_max_minutes:
        yield "limits.clock_doubt_minutes: twice that is longer than limits.window_max_minutes."
    if limits.cameras_per_form > limits.cameras_per_registration:
        yield "limits.cameras_per_form: is larger than limits.cameras_per_registration."
    if limits.clip_max_bytes > limits.answer_max_bytes:
        yield "limits.clip_max_bytes: is larger than limits.answer_max_bytes."


def _choices(name: str, choices: tuple[int, ...], most: int) -> Sentences:
    key = f"limits.{name}_choices_m"
    if not choices or list(choices) != sorted(choices) or min(choices) <= 0:
        yield f"{key}: needs lengths, the smallest first."
    if choices and max(choices) > most:
        yield f"{key}: one is larger than limits.{name}_max_m."


def _retention(programme: Jurisdiction) -> Sentences:
    yield from _within("retention", programme.retention, bounds.RETENTION)


def _contact(programme: Jurisdiction) -> Sentences:
    contact = msgspec.to_builtins(programme.contact)
    yield from (
        f"contact.{key}: is missing." for key, value in contact.items() if not value.strip()
    )
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", contact["email"]):
        yield "contact.email: must be an e-mail address."


def _texts(programme: Jurisdiction) -> Sentences:
    texts = programme.texts
    for key, least in bounds.TEXTS.items():
        if len(getattr(texts, key)) < least:
            wanted = f"needs at least {least}" if least > 1 else "is missing"
            yield f"texts.{key}: {wanted}."
    try:
        date.fromisoformat(texts.notice_version)
    except ValueError:
        yield "texts.notice_version: must be the date of the notice, such as 2026-11-16."
    for key, text in _leaves("texts", msgspec.to_builtins(texts)):
        if claim := bounds.NEVER_CLAIMED.search(text):
            yield f"{key}: never claim “{claim[0]}”; nothing here proves it."
    if "law" not in texts.records_law.lower():
        yield "texts.records_law: must say that confidentiality ends where the law says so."


CHECKS: tuple[Callable[[Jurisdiction], Sentences], ...] = (
    *(_words, _languages, _habits, _phase, _area, _ground, _neighbours),
    *(_theme, _purposes, _limits, _retention, _contact, _texts),
)


def _within(
    table: str, values: msgspec.Struct, allowed: Mapping[str, tuple[int, int]]
) -> Sentences:
    for key, (least, most) in allowed.items():
        value = getattr(values, key)
        if not least <= value <= most:
            yield f"{table}.{key}: {value} is not between {least} and {most}."


def _trial_code(programme: Jurisdiction) -> Sentences:
    if programme.invitation(TRIAL_CODE, date.min):
        yield "invitations: still has the trial code that anybody can read in the source."


def _reddish(programme: Jurisdiction) -> Sentences:
    for key in ("button", "link"):
        if contrast.near_error_red(getattr(programme.theme, key)):
            yield f"theme.{key}: can be taken for the red of an error message."


def _plain(programme: Jurisdiction) -> dict[str, object]:
    source = reader.programme(programme.id)
    return {
        "words": source.words,
        "contact": msgspec.to_builtins(source.contact),
        "neighbours": msgspec.to_builtins(source.neighbours),
        "texts": source.texts,
    }


def _leaves(key: str, value: object) -> Iterator[tuple[str, str]]:
    """Walk tables and lists down to every text, with its dotted key."""
    match value:
        case str():
            yield key, value
        case dict():
            for name, one in value.items():
                yield from _leaves(f"{key}.{name}".removeprefix("."), one)
        case list() | tuple():
            for one in value:
                yield from _leaves(key, one)


def main(chosen: list[str]) -> int:
    """Print what is wrong and what is left to do; return 1 if anything is wrong."""
    refused = False
    for jurisdiction_id in chosen or reader.ids():
        found = problems(jurisdiction_id)
        refused = refused or bool(found)
        remarks = () if found else warnings(jurisdiction_id)
        for kind, sentences in (("refused", found), ("warning", remarks)):
            for sentence in sentences:
                sys.stdout.write(f"{jurisdiction_id}: {kind}: {sentence}\n")
    return int(refused)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
