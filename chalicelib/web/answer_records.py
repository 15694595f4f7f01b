"""A record of a request for a business's own files: what it needs to justify what it shared."""

from chalice.app import Response

from chalicelib import cameras, clock, evidence, footage_requests, jurisdictions
from chalicelib.web import html
from chalicelib.web.routes import Routes

pages = Routes(__name__)


@pages.get("/answer/{token}/record")
def record(token: str) -> Response:
    now = clock.now()
    request, asked, registration = footage_requests.of_answer_link(token, now=now)
    purpose = jurisdictions.current().purpose(request.incident.purpose)
    contact = registration.contact
    return html.page(
        "owner/record.html",
        token=token,
        request=request,
        asked=asked,
        purpose=purpose.label if purpose else "",
        owned=cameras.get(asked.camera_ids),
        clips=[clip for clip in evidence.own_clips(token, now=now) if clip.arrived_at],
        site=contact.site if contact else None,
        now=now,
    )
