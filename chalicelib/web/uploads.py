"""Answering a request: the four answers, and sending clips in parts or with a plain form."""

from dataclasses import dataclass
from datetime import datetime

from chalice.app import Response
from msgspec import Struct

from chalicelib import cameras, clock, evidence, footage_requests
from chalicelib.errors import InvalidInput
from chalicelib.evidence import Clip
from chalicelib.footage_requests import Answer, Ask
from chalicelib.language import say
from chalicelib.web import answer_clocks, html
from chalicelib.web.double_clicks import answered_alike
from chalicelib.web.requests import FORM, current, form, json_body, media_type, query
from chalicelib.web.routes import Routes, json_response

KILO = 1000
UNITS = ("KB", "MB", "GB", "TB")

pages = Routes(__name__)


class NewClip(Struct, frozen=True, forbid_unknown_fields=True):
    """A file the owner has chosen."""

    name: str
    size: int
    type: str = ""


class NewPart(Struct, frozen=True, forbid_unknown_fields=True):
    """A stretch of that file and what it hashes to."""

    number: int
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Told:
    """What an owner has filled in on the page of the four answers."""

    chosen: str
    note: str
    clock: dict[str, str]


UNTOLD = Told("", "", answer_clocks.NOTHING)


@pages.get("/answer/{token}")
def ask(token: str) -> Response:
    return answer_page(token, {}, clock.now())


@pages.post("/answer/{token}")
def answer(token: str) -> Response:
    return answered_alike(lambda: take_answer(token))


def take_answer(token: str) -> Response:
    now = clock.now()
    sent = form(current())
    told = Told(
        sent.text("answer"),
        sent.text("note", multiline=True),
        answer_clocks.read(sent, now=now),
    )
    try:
        taken = take(token, told, now)
    except InvalidInput as error:
        return answer_page(token, error.fields, now, told)
    if taken.answer is Answer.HAVE_FOOTAGE:
        return html.redirect(f"/answer/{token}/upload")
    return html.page("owner/answered.html", token=token, answer=taken.answer)


def take(token: str, told: Told, now: datetime) -> Ask:
    """Take the answer and the clock check that may come with it; both, or nothing is changed."""
    _, asked, _ = footage_requests.of_answer_link(token, now=now)
    wrong: dict[str, str] = {}
    compared = None
    if told.chosen not in set(Answer):
        wrong["answer"] = say("Select what you found")
    try:
        compared = answer_clocks.compared(told.clock, asked, now=now)
    except InvalidInput as error:
        wrong |= error.fields
    if wrong:
        raise InvalidInput(fields=wrong)
    taken = footage_requests.answer(token, Answer(told.chosen), told.note, now=now)
    if compared is not None:
        answer_clocks.keep(token, compared, now=now)
    return taken


@pages.get("/answer/{token}/upload")
def upload(token: str) -> Response:
    return upload_page(token, {}, answer_clocks.NOTHING, clock.now())


@pages.post("/answer/{token}/clock")
def compare_clock(token: str) -> Response:
    return answered_alike(lambda: take_clock(token))


def take_clock(token: str) -> Response:
    now = clock.now()
    sent = form(current())
    entered = answer_clocks.NOTHING
    try:
        entered = answer_clocks.read(sent, now=now)
        answer_clocks.take(token, entered, now=now)
    except InvalidInput as error:
        return upload_page(token, error.fields, entered, now)
    return html.redirect(f"/answer/{token}/upload?done=clock")


@pages.post("/answer/{token}/clips", json=True)
def open_slot(token: str) -> Response:
    body = json_body(current(), NewClip)
    slot = evidence.open_slot(
        token, name=body.name, size=body.size, declared_type=body.type, now=clock.now()
    )
    opened = {"id": slot.clip.id, "part_size": slot.part_size, "part_count": slot.part_count}
    return json_response(opened, status=201)


@pages.post("/answer/{token}/clips/{clip_id}/parts", json=True)
def grant_part(token: str, clip_id: str) -> Response:
    body = json_body(current(), NewPart)
    grant = evidence.grant_part(
        token,
        clip_id,
        number=body.number,
        sha256_base64=body.sha256,
        size=body.size,
        now=clock.now(),
    )
    return json_response({"url": grant.url, "headers": dict(grant.headers)})


@pages.get("/answer/{token}/clips/{clip_id}/progress", json=True)
def progress(token: str, clip_id: str) -> Response:
    arrived = evidence.progress(token, clip_id, now=clock.now())
    return json_response({"parts": sorted(arrived)})


@pages.post("/answer/{token}/clips/{clip_id}/complete", json=True)
def complete(token: str, clip_id: str) -> Response:
    clip = evidence.complete(token, clip_id, now=clock.now())
    return json_response({"state": clip.state})


@pages.post("/answer/{token}/clips/{clip_id}/remove")
def remove(token: str, clip_id: str) -> Response:
    """Take a clip back; the script and the plain form both come here."""
    clip = evidence.remove(token, clip_id, now=clock.now())
    if media_type(current()) == FORM:
        return html.redirect(f"/answer/{token}/upload")
    return json_response({"state": clip.state})


@pages.post("/answer/{token}/form-slot")
def form_slot(token: str) -> Response:
    """Show a form that posts one file straight to the bucket: it works without scripts."""
    grant = evidence.form_grant(token, now=clock.now())
    return html.page("owner/form_upload.html", token=token, grant=grant)


@pages.get("/answer/{token}/sent/{clip_id}")
def sent(token: str, clip_id: str) -> Response:
    clip = evidence.own_clip(token, clip_id, now=clock.now())
    return html.page("owner/sent.html", token=token, clip=clip)


@pages.post("/answer/{token}/done")
def done(token: str) -> Response:
    now = clock.now()
    request, _, _ = footage_requests.of_answer_link(token, now=now)
    clips = evidence.own_clips(token, now=now)
    return html.page("owner/done.html", request=request, clips=clips, size_words=size_words)


def answer_page(token: str, errors: dict[str, str], now: datetime, told: Told = UNTOLD) -> Response:
    request, asked, _ = footage_requests.of_answer_link(token, now=now)
    owned = cameras.get(asked.camera_ids)
    return html.page(
        "owner/answer.html",
        status=400 if errors else 200,
        token=token,
        request=request,
        asked=asked,
        gone_after=footage_requests.first_overwritten(owned, asked),
        chosen=told.chosen,
        note=told.note or asked.note,
        entered=told.clock,
        errors=errors,
        answers=tuple(Answer),
        owned=owned,
        recorders=answer_clocks.shown(asked, owned),
    )


def upload_page(
    token: str, errors: dict[str, str], entered: dict[str, str], now: datetime
) -> Response:
    _, asked, _ = footage_requests.of_answer_link(token, now=now)
    owned = cameras.get(asked.camera_ids)
    return html.page(
        "owner/upload.html",
        status=400 if errors else 200,
        token=token,
        asked=asked,
        entered=entered,
        errors=errors,
        clips=evidence.own_clips(token, now=now),
        size_words=size_words,
        said=query(current()).text("done"),
        owned=owned,
        recorders=answer_clocks.shown(asked, owned),
    )


def size_words(clip: Clip) -> str:
    """Say how large a file is: 412 MB, 1.9 GB."""
    size = float((clip.size if clip.size is not None else clip.declared_size) or 0)
    power = next((power for power in (1, 2, 3) if size < KILO ** (power + 1)), 4)
    scaled = size / KILO**power
    return f"{scaled:.{0 if scaled >= 10 else 1}f} {UNITS[power - 1]}"  # noqa: PLR2004 - one decimal while it tells something
