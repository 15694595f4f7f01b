"""Which cameras along a route to leave alone: those whose view others have too."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from chalicelib.geo import Corridor
from chalicelib.incidents.covering import Candidate, Pieces, fewest, homes_of
from chalicelib.incidents.model import Fewest, Result, camera_minutes
from chalicelib.incidents.pieces import Piece, pieces, seen, within_reach


def fewest_along(route: Corridor, results: Sequence[Result], homes: Mapping[str, str]) -> Fewest:
    """Choose among results those of the fewest homes; `homes` names the home of each camera.

    A camera counts for what its sight has of the route. If nobody knows where it looks, it counts
    for what is within its reach, but only there where no camera is known to look.
    """
    candidates = tuple(
        _candidates(route, [one for one in results if one.camera_id in homes], homes)
    )
    chosen = fewest(candidates)
    asked = {one.camera_id for one in chosen}
    return Fewest(
        camera_ids=tuple(one.camera_id for one in results if one.camera_id in asked),
        homes=len(homes_of(chosen)),
        camera_minutes=sum(one.minutes for one in chosen),
        covered_m=_metres(route, chosen),
        coverable_m=_metres(route, candidates),
        length_m=route.length_m,
    )


def _candidates(
    route: Corridor, results: Sequence[Result], homes: Mapping[str, str]
) -> Iterator[Candidate]:
    known = {one.camera_id: _numbers(_seen(route, one)) for one in results}
    surely = frozenset[int]().union(*known.values())
    for one in results:
        mine = known[one.camera_id]
        if one.view.sight is None:
            mine = _numbers(within_reach(route, one.point, one.view)) - surely
        yield Candidate(
            one.camera_id, homes[one.camera_id], mine, camera_minutes([one]), one.distance_m
        )


def _seen(route: Corridor, result: Result) -> tuple[Piece, ...]:
    sight = result.view.sight
    return seen(route, result.point, sight) if sight else ()


def _numbers(found: Iterable[Piece]) -> Pieces:
    return frozenset(piece.number for piece in found)


def _metres(route: Corridor, candidates: Iterable[Candidate]) -> float:
    covered = frozenset[int]().union(*(one.pieces for one in candidates))
    return sum(piece.ends_m - piece.begins_m for piece in pieces(route) if piece.number in covered)
