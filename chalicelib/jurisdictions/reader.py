"""Reads a programme's file, its area, its language's words and its country's law into one value."""

import json
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

import msgspec

from chalicelib import language, settings
from chalicelib.errors import InvalidInput, SightlineError
from chalicelib.geo import Outline, Point
from chalicelib.jurisdictions.model import Jurisdiction, Neighbour
from chalicelib.jurisdictions.tables import (
    Contact,
    Invitation,
    Limits,
    MapSettings,
    Pilot,
    Purpose,
    Retention,
    Setting,
    Texts,
    Theme,
)

HERE = Path(__file__).parent


class UnsafeProgramme(SightlineError):
    """A programme's file is missing something or says something we do not run."""


class MapTable(Setting, frozen=True):
    """`[map]`: the ground officers and owners see."""

    provider: Literal["outline", "geojson", "xyz", "pmtiles"]
    latitude: float
    longitude: float
    zoom: int
    attribution: str
    base_url: str = ""


class NeighbourTable(Setting, frozen=True):
    """One of `[[neighbours]]`; `outline` names a file `<outline>.outline.geojson`."""

    name: str
    link: str
    contact: str
    advice: str
    outline: str = ""


class Programme(Setting, frozen=True, kw_only=True):
    """A programme's TOML file; every key is here and no other is accepted."""

    programme: str
    force: str
    force_short: str
    country: Literal["US", "GB"]
    languages: tuple[Literal["en-US", "en-GB", "es", "cy"], ...]
    time_zone: str
    phase: Literal["live", "pilot"]
    fields: Literal["full", "minimal"]
    paper_entry: bool
    public_map: Literal["never"]
    units: Literal["feet", "metres"]
    speeds: Literal["mph", "km/h"]
    date_order: Literal["mdy", "dmy"]
    gazetteer: Literal["none", "file"]
    invite_codes_required: bool
    invitations: tuple[Invitation, ...] = ()
    pilot: Pilot | None = None
    map: MapTable
    theme: Theme
    words: dict[str, str]
    purposes: tuple[Purpose, ...]
    limits: Limits
    retention: Retention
    contact: Contact
    neighbours: tuple[NeighbourTable, ...]
    texts: dict[str, Any]


def ids() -> tuple[str, ...]:
    """Return the programmes there are, by name of file; `<id>.<language>.toml` is no programme."""
    found = {path.stem for folder in folders() for path in folder.glob("*.toml")}
    return tuple(sorted(name for name in found if "." not in name))


def current() -> Jurisdiction:
    """Return the programme this stack runs, in the language being spoken."""
    return load(settings.current().jurisdiction, language.spoken())


@cache
def load(jurisdiction_id: str, spoken: str = "") -> Jurisdiction:
    """Return a programme; raise UnsafeProgramme naming the first thing that is wrong in it.

    A language the programme does not offer is answered in its first.
    """
    return read(jurisdiction_id, spoken)


def read(jurisdiction_id: str, spoken: str = "") -> Jurisdiction:
    """Read a programme afresh from its files."""
    try:
        source = programme(jurisdiction_id)
        chosen = spoken if spoken in source.languages else source.languages[0]
        return _assembled(jurisdiction_id, source, chosen)
    except KeyError as error:
        raise UnsafeProgramme(f"texts: there is no word {error} to fill in.") from error
    except InvalidInput as error:
        raise UnsafeProgramme(f"outline: {error.sentence}") from error
    except (OSError, ValueError) as error:  # msgspec's and TOML's errors are ValueErrors
        raise UnsafeProgramme(f"{jurisdiction_id}.toml: {error}") from error


def programme(jurisdiction_id: str) -> Programme:
    """Read the TOML file alone, strictly: unknown and missing keys are errors."""
    text = path(f"{jurisdiction_id}.toml").read_bytes()
    return msgspec.toml.decode(text, type=Programme, strict=True)


def folders() -> tuple[Path, ...]:
    """Return where programmes are looked for: ours, then those of JURISDICTIONS_PATH.

    Only a deployer sets the variable; `script/stack` and the tests read a new programme with it.
    """
    more = os.environ.get("JURISDICTIONS_PATH", "")
    return (HERE, *(Path(folder) for folder in more.split(os.pathsep) if folder))


def path(name: str) -> Path:
    """Return the file `name` in the first folder that has it; ours win."""
    if ".." in Path(name).parts or Path(name).is_absolute():
        raise FileNotFoundError(f"{name} is not inside a folder of programmes")
    for folder in folders():
        if (folder / name).is_file():
            return folder / name
    raise FileNotFoundError(f"there is no file {name}")


def has(name: str) -> bool:
    return any((folder / name).is_file() for folder in folders())


def outline(name: str) -> Outline:
    """Read `<name>.outline.geojson`: a Polygon or MultiPolygon, bare or as a feature."""
    return Outline.from_geojson(json.loads(path(f"{name}.outline.geojson").read_text("utf-8")))


def language_words(language: str) -> dict[str, str]:
    """Return the words every programme in a language shares."""
    return msgspec.toml.decode(path(f"words/{language}.toml").read_bytes(), type=dict[str, str])


def translation(name: str, spoken: str) -> dict[str, Any]:
    """Read what `<name>.<language>.toml` says in another language; {} where there is no file."""
    file = f"{name}.{spoken}.toml"
    return msgspec.toml.decode(path(file).read_bytes()) if has(file) else {}


def _assembled(jurisdiction_id: str, source: Programme, spoken: str) -> Jurisdiction:
    source = _translated(jurisdiction_id, source, spoken)
    words = _words(source, spoken)
    plain = msgspec.structs.asdict(source)
    pilot = plain.pop("pilot")
    plain |= {
        "id": jurisdiction_id,
        "pilot_ends_on": pilot.ends_on if pilot else None,
        "language": spoken,
        "outline": outline(jurisdiction_id),
        "neighbours": tuple(_neighbour(one) for one in source.neighbours),
        "map": _map(source.map),
        "words": words,
        "texts": _texts(source, words, spoken),
    }
    return Jurisdiction(**plain)


def _translated(jurisdiction_id: str, source: Programme, spoken: str) -> Programme:
    """Lay what the programme's file in another language says over its own words and texts."""
    if spoken == source.languages[0]:
        return source
    plain = msgspec.to_builtins(source)
    for table, other in translation(jurisdiction_id, spoken).items():
        plain[table] = _laid_over(table, plain[table], other)
    return msgspec.convert(plain, type=Programme)


def _laid_over(table: str, own: Any, other: Any) -> object:  # noqa: ANN401 - any shape TOML can have
    if table == "neighbours":
        return [one | words for one, words in zip(own, other, strict=False)]
    if table == "purposes":
        return [one | {"label": other.get(one["id"], one["label"])} for one in own]
    return own | other


def _words(source: Programme, spoken: str) -> Mapping[str, str]:
    shared = language_words(spoken)
    names = _names(source, source.words)
    return MappingProxyType(_filled(shared, names) | source.words)


def _texts(source: Programme, words: Mapping[str, str], spoken: str) -> Texts:
    """Lay the programme's texts over its country's, and fill in the {names} in both."""
    shared = msgspec.toml.decode(path(f"texts/{source.country}.toml").read_bytes())
    if spoken != source.languages[0]:
        shared |= translation(f"texts/{source.country}", spoken)
    return msgspec.convert(_filled(shared | source.texts, _names(source, words)), type=Texts)


def _names(source: Programme, words: Mapping[str, str]) -> dict[str, str]:
    numbers = msgspec.to_builtins(source.retention) | msgspec.to_builtins(source.limits)
    return {
        **words,
        **{name: str(number) for name, number in numbers.items()},
        "programme": source.programme,
        "force": source.force,
        "force_short": source.force_short,
        "contact": source.contact.name,
        "email": source.contact.email,
        "phone": source.contact.phone,
        "post": source.contact.address,
    }


def _filled(value: Any, names: dict[str, str]) -> Any:  # noqa: ANN401 - any shape TOML can have
    match value:
        case str():
            return " ".join(value.format_map(names).split())
        case list():
            return [_filled(one, names) for one in value]
        case dict():
            return {key: _filled(one, names) for key, one in value.items()}
    return value


def _neighbour(table: NeighbourTable) -> Neighbour:
    return Neighbour(
        name=table.name,
        outline=outline(table.outline) if table.outline else None,
        link=table.link,
        contact=table.contact,
        advice=table.advice,
    )


def _map(table: MapTable) -> MapSettings:
    return MapSettings(
        provider=table.provider,
        centre=Point(table.latitude, table.longitude),
        zoom=table.zoom,
        attribution=table.attribution,
        base_url=table.base_url,
    )
