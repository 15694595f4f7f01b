"""Who is signed in, and locking somebody out at once."""

from chalice.app import Response

from chalicelib import clock, officers
from chalicelib.officers import Role
from chalicelib.web import html
from chalicelib.web.guards import session, signed_in
from chalicelib.web.officer_html import officer_page
from chalicelib.web.requests import current, query
from chalicelib.web.routes import Routes

DONE = {
    "revoke": "Access withdrawn. Their next click is refused.",
    "reinstate": "Access given back. They can sign in again.",
}

pages = Routes(__name__)


@pages.get("/officer/people")
@signed_in(Role.SUPERVISOR)
def people_page() -> Response:
    return officer_page(
        "people.html",
        here="people",
        sessions=officers.active_sessions(now=clock.now()),
        revoked=officers.revoked_officers(),
        said=DONE.get(query(current()).one("done"), ""),
    )


@pages.post("/officer/people/{officer_id}/revoke")
@signed_in(Role.SUPERVISOR)
def revoke(officer_id: str) -> Response:
    officers.revoke(officer_id, by=session().officer, now=clock.now())
    return html.redirect("/officer/people?done=revoke")


@pages.post("/officer/people/{officer_id}/reinstate")
@signed_in(Role.SUPERVISOR)
def reinstate(officer_id: str) -> Response:
    officers.reinstate(officer_id, by=session().officer, now=clock.now())
    return html.redirect("/officer/people?done=reinstate")
