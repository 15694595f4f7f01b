"""The fewest homes to ask so that no stretch of a route is left out that anybody can see.

Finding the very fewest is a set cover, which no known method solves fast. Taking what covers most
of the rest, again and again, is never worse than it by more than the logarithm of the number of
pieces (Chvátal, Mathematics of Operations Research 4/3, 1979).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

Pieces = frozenset[int]


class Candidate(NamedTuple):
    """A camera, the home it belongs to and the pieces of the route it covers."""

    camera_id: str
    home: str
    pieces: Pieces
    minutes: int
    distance_m: float


def fewest(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Return cameras of the fewest homes that cover every piece that can be covered at all.

    Taken greedily home by home and, in case that is fewer, camera by camera; then without the
    homes and cameras that the others make superfluous. Among equals fewer minutes win, then the
    nearer, then the id, so that the same cameras always give the same answer.
    """
    useful = sorted((one for one in candidates if one.pieces), key=lambda one: one.camera_id)
    goal = _covered(useful)
    ways = (_homes_by_home(useful, goal), _homes_by_camera(useful, goal))
    chosen = (_cameras_of(homes, useful, goal) for homes in ways)
    return min(chosen, key=lambda cameras: (len(homes_of(cameras)), _minutes(cameras)))


def homes_of(candidates: Iterable[Candidate]) -> frozenset[str]:
    return frozenset(one.home for one in candidates)


def _homes_by_home(candidates: Sequence[Candidate], goal: Pieces) -> tuple[str, ...]:
    homes: dict[str, list[Candidate]] = {}
    for one in candidates:
        homes.setdefault(one.home, []).append(one)

    def cost(home: str, left: Pieces) -> tuple[float, ...]:
        asked = _greedy(homes[home], left & _covered(homes[home]))
        return _minutes(asked), min((one.distance_m for one in asked), default=0.0)

    pieces = {home: _covered(cameras) for home, cameras in homes.items()}
    return _taken(pieces, goal, cost)


def _homes_by_camera(candidates: Sequence[Candidate], goal: Pieces) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.home for one in _greedy(candidates, goal)))


def _cameras_of(
    homes: Sequence[str], candidates: Sequence[Candidate], goal: Pieces
) -> tuple[Candidate, ...]:
    """Drop superfluous homes, the last taken first; then take cameras of the others."""
    kept = list(homes)
    for home in reversed(homes):
        others = [one for one in candidates if one.home in kept and one.home != home]
        if _covered(others) == goal:
            kept.remove(home)
    asked = list(_greedy([one for one in candidates if one.home in kept], goal))
    for one in reversed(asked.copy()):
        if _covered(other for other in asked if other is not one) == goal:
            asked.remove(one)
    return tuple(asked)


def _greedy(candidates: Sequence[Candidate], goal: Pieces) -> tuple[Candidate, ...]:
    by_id = {one.camera_id: one for one in candidates}

    def cost(camera_id: str, left: Pieces) -> tuple[float, ...]:
        del left  # a camera is asked for its whole window whatever it adds
        return by_id[camera_id].minutes, by_id[camera_id].distance_m

    pieces = {camera_id: one.pieces for camera_id, one in by_id.items()}
    return tuple(by_id[camera_id] for camera_id in _taken(pieces, goal, cost))


def _taken(
    pieces: Mapping[str, Pieces], goal: Pieces, cost: Callable[[str, Pieces], tuple[float, ...]]
) -> tuple[str, ...]:
    """Take what covers most of what is left, the cheapest among equals, until nothing is left."""
    taken: list[str] = []
    left = goal
    while left:
        most = max(len(covered & left) for covered in pieces.values())
        best = [name for name, covered in pieces.items() if len(covered & left) == most]
        taken.append(min(best, key=lambda name: cost(name, left)))
        left -= pieces[taken[-1]]
    return tuple(taken)


def _covered(candidates: Iterable[Candidate]) -> Pieces:
    return frozenset[int]().union(*(one.pieces for one in candidates))


def _minutes(candidates: Iterable[Candidate]) -> int:
    return sum(one.minutes for one in candidates)
