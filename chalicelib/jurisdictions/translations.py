"""What a programme's file says in another language: `<id>.<language>.toml`, laid over its own.

Such a file has every sentence the public may read, in the order of the programme's own file, with
the same {names} to fill in. Names of the force and the programme, numbers and addresses stay.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from chalicelib.errors import SightlineError
from chalicelib.jurisdictions import reader
from chalicelib.jurisdictions.tables import Setting

NAME = re.compile(r"\{(\w+)\}")
NOT_TRANSLATED = frozenset({"notice_version", "officer_notice"})
"""A date, and what only officers read: their pages speak the programme's first language."""


class MapWords(Setting, frozen=True):
    """`[map]`: what stands below the map."""

    attribution: str


class ContactWords(Setting, frozen=True):
    """`[contact]`: how the person or team is called, and when they can be reached."""

    name: str
    hours: str


class NeighbourWords(Setting, frozen=True):
    """One of `[[neighbours]]`, in the programme's order."""

    name: str
    contact: str
    advice: str


class Translation(Setting, frozen=True):
    """A programme's file in another language; every key is here and no other is accepted."""

    map: MapWords
    words: dict[str, str]
    purposes: dict[str, str]
    """What each reason for a search is called, by its id."""
    contact: ContactWords
    neighbours: tuple[NeighbourWords, ...]
    texts: dict[str, Any]


def problems(jurisdiction_id: str, spoken: str) -> Iterator[str]:
    """Say what a programme lacks in one of its further languages."""
    try:
        for key, own, other in _pairs(jurisdiction_id, spoken):
            yield from differences(key, own, other)
        reader.read(jurisdiction_id, spoken)
    except SightlineError as error:
        yield f"languages: {spoken}: {error.sentence}"
    except (OSError, ValueError) as error:  # msgspec's and TOML's errors are ValueErrors
        yield f"languages: {spoken}: {error}"


def _pairs(jurisdiction_id: str, spoken: str) -> Iterator[tuple[str, object, object]]:
    """Yield what belongs together: its key, the original and the translation."""
    source = reader.programme(jurisdiction_id)
    first, country = source.languages[0], f"texts/{source.country}"
    for key, file in ((f"words/{spoken}", f"words/{first}"), (f"{country}.{spoken}", country)):
        yield key, _table(file), _table(key)
    file = f"{jurisdiction_id}.{spoken}"
    other = msgspec.toml.decode(reader.path(f"{file}.toml").read_bytes(), type=Translation)
    for name, words in msgspec.to_builtins(other).items():
        own = msgspec.to_builtins(getattr(source, name))
        yield f"{file}: {name}", _same_keys(own, words), words


def _table(name: str) -> dict[str, Any]:
    return msgspec.toml.decode(reader.path(f"{name}.toml").read_bytes(), type=dict[str, Any])


def _same_keys(own: Any, words: Any) -> object:  # noqa: ANN401 - any shape TOML can have
    """Leave out what a translation has no place for: numbers, addresses, the map's settings."""
    if isinstance(words, dict) and isinstance(own, list | tuple):
        return {one["id"]: one["label"] for one in own}
    if isinstance(own, list | tuple):
        return [_same_keys(one, words[0]) for one in own] if words else own
    fixed = {"address", "email", "phone", "link", "outline", "zoom", "provider"}
    return {key: own[key] for key in own if key in words} if fixed & own.keys() else own


def differences(key: str, own: object, other: object) -> Iterator[str]:
    """Say where a translation is not shaped as the text it translates."""
    match own, other:
        case str(), str():
            yield from _names(key, own, other)
        case Mapping(), Mapping():
            yield from _keys(key, own, other)
        case list() | tuple(), list() | tuple():
            yield from _items(key, own, other)
        case _:
            yield f"{key}: is of another kind."


def _names(key: str, own: str, other: str) -> Iterator[str]:
    if own.strip() and not other.strip():
        yield f"{key}: is empty."
    if set(NAME.findall(own)) != set(NAME.findall(other)):
        yield f"{key}: must fill in {sorted(set(NAME.findall(own)))} as the original does."


def _keys(key: str, own: Mapping[str, object], other: Mapping[str, object]) -> Iterator[str]:
    wanted = own.keys() - NOT_TRANSLATED
    yield from (f"{key}.{name}: is missing." for name in sorted(wanted - other.keys()))
    yield from (f"{key}.{name}: is not in the original." for name in sorted(other.keys() - wanted))
    for name in sorted(wanted & other.keys()):
        yield from differences(f"{key}.{name}", own[name], other[name])


def _items(
    key: str, own: list[object] | tuple[object, ...], other: list[object] | tuple[object, ...]
) -> Iterator[str]:
    if len(own) != len(other):
        yield f"{key}: has {len(other)} items where the original has {len(own)}."
    for number, (one, same) in enumerate(zip(own, other, strict=False), 1):
        yield from differences(f"{key} {number}", one, same)
