"""Which minutes to ask a camera for: the incident's, or those when an escape passed it."""

from datetime import datetime, timedelta

from chalicelib.cameras.model import IndexedView
from chalicelib.geo import Corridor, Point
from chalicelib.incidents.model import MINUTE, Incident, Travel, Window
from chalicelib.incidents.pieces import seen, within_reach


def window_of(
    incident: Incident, point: Point, view: IndexedView, *, clock_doubt: timedelta
) -> Window:
    """Return the window of a camera that stands at `point`.

    Without travel it is the incident's. With travel it begins when the fastest reach the first
    place of the route the camera may see and ends when the slowest leave the last, both moved
    apart by `clock_doubt` (no two clocks agree) and to whole minutes.
    """
    route, travel = incident.region, incident.travel
    if travel is None or not isinstance(route, Corridor):
        return Window(incident.starts_at, incident.ends_at)
    first, last = stretch(route, point, view)
    return _outward(
        incident.starts_at + timedelta(seconds=first / travel.fastest_mps) - clock_doubt,
        incident.starts_at + timedelta(seconds=last / travel.slowest_mps) + clock_doubt,
    )


def whole_window(incident: Incident, *, clock_doubt: timedelta) -> Window:
    """Return the window that holds those of all cameras there could be."""
    if incident.travel is None:
        return Window(incident.starts_at, incident.ends_at)
    return _outward(incident.starts_at - clock_doubt, incident.ends_at + clock_doubt)


def end_of_travel(route: Corridor, travel: Travel, starts_at: datetime) -> datetime:
    """Return the whole minute by which even the slowest have reached the end of the route."""
    slowest = timedelta(seconds=route.length_m / travel.slowest_mps)
    return _outward(starts_at, starts_at + slowest).ends_at


def stretch(route: Corridor, point: Point, view: IndexedView) -> tuple[float, float]:
    """Return the first and last metre along the route that a camera may see.

    That is what its sight may have of the route, given how well its place is known; if it looks
    elsewhere, or nobody knows where, what is within its reach; if nothing is, the place it stands
    nearest to. Where a route comes by twice, everything between counts too.
    """
    sight, doubt = view.sight, view.accuracy_m
    found = seen(route, point, sight, accuracy_m=doubt) if sight else ()
    found = found or within_reach(route, point, view, accuracy_m=doubt)
    if found:
        return found[0].begins_m, found[-1].ends_m
    nearest = route.nearest(point.latitude, point.longitude).along_m
    return max(nearest - doubt, 0.0), min(nearest + doubt, route.length_m)


def _outward(starts_at: datetime, ends_at: datetime) -> Window:
    start = starts_at.replace(second=0, microsecond=0)
    end = ends_at.replace(second=0, microsecond=0)
    end += MINUTE if end < ends_at else timedelta()
    return Window(start, max(end, start + MINUTE))
