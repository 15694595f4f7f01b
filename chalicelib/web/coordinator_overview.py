"""How the register grows and where it lacks: figures for a coordinator, never a map of cameras."""

from chalice.app import Response

from chalicelib import clock, jurisdictions
from chalicelib.officers import Role
from chalicelib.registrations import overview as counting
from chalicelib.registrations.figures import Figures
from chalicelib.web import html
from chalicelib.web.coordinator_html import DESK, desk_page
from chalicelib.web.guards import session, signed_in
from chalicelib.web.overview_plot import plot
from chalicelib.web.overview_tables import as_file, overview, square_size
from chalicelib.web.routes import Routes

FILE_HEADERS: dict[str, str | list[str]] = {
    "Content-Type": "text/csv; charset=utf-8",
    "Content-Disposition": 'attachment; filename="overview.csv"',
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

pages = Routes(__name__)


@pages.get(f"{DESK}/overview")
@signed_in(Role.COORDINATOR)
def overview_page() -> Response:
    counted = viewed("page")
    shown = overview(counted, jurisdictions.current()) if counted else None
    return desk_page(
        "overview.html",
        desk="overview",
        shown=shown,
        plot=plot(shown.weeks) if shown else None,
        size=square_size(jurisdictions.current()),
    )


@pages.get(f"{DESK}/overview.csv")
@signed_in(Role.COORDINATOR)
def overview_file() -> Response:
    counted = viewed("file")
    if counted is None:
        return html.redirect(f"{DESK}/overview")
    return Response(as_file(overview(counted, jurisdictions.current())), headers=dict(FILE_HEADERS))


def viewed(shown: str) -> Figures | None:
    """Return the last figures; that somebody looked is recorded."""
    officer = session().officer
    return counting.viewed(shown, actor=officer.actor, officer_id=officer.id, now=clock.now())
