"""The coordinator's desk: where its pages are, and the campaigns posters are printed for."""

from chalice.app import Response

from chalicelib import clock, letters
from chalicelib.errors import InvalidInput
from chalicelib.officers import Role
from chalicelib.registrations import campaigns
from chalicelib.web import html
from chalicelib.web.coordinator_html import DESK, desk_page, desk_pages, language_choices
from chalicelib.web.guards import session, signed_in
from chalicelib.web.requests import current, form, query
from chalicelib.web.routes import Routes

CAMPAIGNS = f"{DESK}/campaigns"
ABOUT = {
    "paper": "Type in a signed form. Its owner takes part at once.",
    "by_hand": "Letters to print and calls to make for owners without email.",
    "entry": "Change, pause or end an entry whose owner calls or writes with its reference.",
    "imports": "Invite the people on an old list to confirm that they still want to take part.",
    "campaigns": "Posters and leaflets with a code of their own, to see which brings people.",
    "overview": "How many joined, from where, and how many wait, as counts.",
    "pilot": "Testers, their feedback, and what happens at the end.",
}
SAID = {"add": "The campaign is on the list.", "remove": "The campaign is off the list."}

pages = Routes(__name__)


@pages.get(DESK)
@signed_in(Role.COORDINATOR)
def desk() -> Response:
    now = clock.now()
    waiting = letters.by_hand.waiting()
    return desk_page(
        "register_desk.html",
        desk="desk",
        tasks=[(page, ABOUT[page.id]) for page in desk_pages() if page.id in ABOUT],
        waiting=len(waiting),
        overdue=sum(row.due_at < now for row in waiting),
    )


@pages.get(CAMPAIGNS)
@signed_in(Role.COORDINATOR)
def campaigns_page() -> Response:
    return shown({"tag": "", "words": ""}, SAID.get(query(current()).one("done"), ""))


@pages.post(CAMPAIGNS)
@signed_in(Role.COORDINATOR)
def add_campaign() -> Response:
    sent = form(current())
    values = {"tag": sent.text("tag"), "words": sent.text("words")}
    try:
        campaigns.add(**values, actor=session().officer.actor, now=clock.now())
    except InvalidInput as error:
        return shown(values, errors=error.fields)
    return html.redirect(f"{CAMPAIGNS}?done=add")


@pages.post(f"{CAMPAIGNS}/{{tag}}/remove")
@signed_in(Role.COORDINATOR)
def remove_campaign(tag: str) -> Response:
    campaigns.remove(tag, actor=session().officer.actor, now=clock.now())
    return html.redirect(f"{CAMPAIGNS}?done=remove")


def shown(values: dict[str, str], said: str = "", errors: dict[str, str] | None = None) -> Response:
    return desk_page(
        "register_campaigns.html",
        desk="campaigns",
        status=400 if errors else 200,
        campaigns=campaigns.every(),
        values=values,
        errors=errors or {},
        said=said,
        languages_offered=language_choices(),
    )
