"""Somebody does everything there is to do, leaves, and nothing is left: nor after a restore.

A form that was begun and never sent is sealed, belongs to no registration, and goes within a day.

What may stay is listed here and is nothing personal: random ids of the registration, its cameras,
asks and clips (audit log, searches, requests, outbox, links, the tombstone), what an officer
wrote, and clips that were accepted as evidence. A mail server keeps what was sent to its reader.
"""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from chalicelib import cameras, evidence, footage_requests, registrations
from chalicelib.aws import s3, tables
from chalicelib.aws.tables import CameraItem, LimitItem, OutboxItem, RegistrationItem
from chalicelib.footage_requests import Answer
from chalicelib.registrations import Contact, State, store
from chalicelib.registrations.model import Authority, Paper, Person, Site
from chalicelib.web import drafts, mailroom
from chalicelib.web.entered import Entered, EnteredCamera
from tests.evidence.builders import MP4, put
from tests.footage_requests.builders import a_request, an_answer_link
from tests.incidents.builders import off
from tests.letters.post_office import an_event, sent
from tests.log_book import BOOK
from tests.registrations.builders import a_camera, a_form, a_link
from tests.registrations.remains import QUEUE, digests, found, place, spellings

NAME, PHONE = "Quillon Featherstonehaugh", "785-555-0173"
OLD, NEW = "Quillon.Old@Featherstone.example", "q.new@featherstone.example"
STREET, LABEL, NOTE = "17 Quagmire Passage", "quagmire side gate", "the quarrelsome one in red"
FILE = "quagmire-2026.mp4"
POSTAL, FOLDER, SHOP = "9 quagmire mews", "quagmire room, folder 3", "quagmire corner shop"
GUARD = Person("quagmire guard", "guard@featherstone.example", "785-555-0174")
BUSINESS = Contact(
    NAME,
    OLD,
    PHONE,
    postal_address=POSTAL,
    second=Person("quagmire daughter", NEW),
    site=Site(
        SHOP,
        duty_manager=GUARD,
        out_of_hours=GUARD,
        data_protection=GUARD,
        authority=Authority.OWNER,
    ),
)
WORDS = {word.casefold() for word in (NAME, PHONE, OLD, NEW, STREET, LABEL, POSTAL, FOLDER, SHOP)}
WORDS |= {GUARD.role, GUARD.email, GUARD.phone} | digests(OLD)
RESTORED = ("registrations", "cameras", "requests", "clips", "searches", "tokens")
"""What operators bring back from a backup: see docs/operating.md."""


def canaries(story):
    texts = {NAME, PHONE, OLD, NEW, STREET, LABEL, NOTE, FILE, *NAME.split(), *story.tokens}
    words = {word for text in texts for word in spellings(text)}
    return words | digests(OLD) | digests(NEW) | place(story.camera.point)


def delivered(now):
    for item in list(OutboxItem.scan()):
        mailroom.deliver(item.id, now)


def everything_done(now):
    """Go through it all; return the ids, and every token that was ever in a letter."""
    camera = a_camera(point=off(40, 45), address=STREET, label=LABEL)
    contact = Contact(NAME, OLD, PHONE)
    entered = Entered(
        name=NAME, email=OLD, phone=PHONE, cameras=(EnteredCamera(place=STREET, label=LABEL),)
    )
    drafts.save(drafts.begun(now=now).holding(entered), now=now)
    draft = drafts.save(drafts.begun(now=now).holding(entered), now=now)
    form = a_form(now, contact=contact, camera=camera)
    pending = registrations.submit(**form, also=drafts.sending(draft, now=now))
    again = registrations.submit(**form)
    delivered(now)
    owner = registrations.confirm(a_link(pending.id, "confirm", now), now=now)
    owner = registrations.confirm(a_link(again.id, "confirm", now), now=now, another=True)
    owner = registrations.change_contact(owner, Contact(NAME, NEW, PHONE), now=now)
    delivered(now)
    owner = registrations.confirm(a_link(owner.id, "confirm", now), now=now)
    owner = registrations.resume(registrations.pause(owner, now=now), now=now)
    for email in (OLD, NEW, NEW):
        registrations.ask_for_manage_link(email, visitor="v", now=now)
    registrations.export(owner, now=now)
    clip = asked_and_answered(owner, now)
    mailroom.mail_event(bounce_of("manage_link", owner), now)
    delivered(now)
    kept = cameras.get(owner.camera_ids)[0]
    return SimpleNamespace(owner=owner, camera=kept, clip=clip, tokens=tokens_sent())


def asked_and_answered(owner, now):
    """A search shows the camera, an officer asks, the owner answers and sends a clip."""
    request = a_request(now, owner)
    delivered(now)
    token = an_answer_link(request, owner, now)
    footage_requests.answer(token, Answer.HAVE_FOOTAGE, NOTE, now=now)
    clip = evidence.open_slot(
        token, name=FILE, size=len(MP4), declared_type="video/mp4", now=now
    ).clip
    s3.abort(clip.key, clip.upload_id)
    put(clip.id, MP4 + NAME.encode())
    return clip


def bounce_of(letter, owner):
    row = next(
        item for item in OutboxItem.scan() if (item.letter, item.recipient) == (letter, owner.id)
    )
    return an_event("Bounce", row.id, bounce={"bounceType": "Permanent"})


def tokens_sent():
    """Every secret that stood in a letter."""
    words = (word for mail in sent() for word in mail.body.replace('"', " ").split("/"))
    return {word.split()[0] for word in words if word.split() and len(word.split()[0]) == 43}


def gone(story, now):
    """Leave, and let the clock and the mailer do the rest."""
    owner = registrations.get(story.owner.id)
    registrations.leave(owner, now=now)
    evidence.owner_left(owner.id, now=now)
    a_day_later(now)


def a_day_later(now):
    for hours in (1, 23, 25):
        mailroom.sweep(now + timedelta(hours=hours))
        footage_requests.sweep(now=now + timedelta(hours=hours))
        evidence.sweep(now=now + timedelta(hours=hours))
        delivered(now + timedelta(hours=hours))


@pytest.fixture
def story(cloud, now):
    began = len(BOOK.lines)
    story = everything_done(now)
    story.logged = lambda: BOOK.lines[began:]
    return story


def test_before_leaving_the_search_finds_what_it_should(cloud, story):
    kept = found(cloud, canaries(story))
    assert {"cameras", "registrations", "requests", "clips"} <= {where for where, _ in kept}
    assert any(where.startswith("file") for where, _ in kept)
    assert len(story.tokens) > 4


def test_nothing_personal_is_left_of_somebody_who_left(cloud, story, now):
    gone(story, now)
    assert registrations.standing(story.owner.id) == State.ERASED
    assert found(cloud, canaries(story), story.logged()) == []
    (draft,) = [item for item in tables.ALL["sessions"].scan() if item.sealed]
    assert draft.expires <= (now + timedelta(days=1)).timestamp()
    assert "you have left" in sent()[-1].subject


def test_nothing_is_left_of_who_never_confirmed_or_lapsed(cloud, story, now):
    owner = registrations.get(story.owner.id)
    registrations.reconfirm(owner, now=now)
    for days in (365, 395, 425, 456, 457):
        a_day_later(now + timedelta(days=days))
    assert registrations.standing(story.owner.id) == State.ERASED
    assert found(cloud, canaries(story), story.logged()) == []


@pytest.mark.parametrize(("how", "days"), [("form", 8), ("list", 61)])
def test_nothing_is_left_of_who_never_said_yes(cloud, now, how, days):
    form = a_form(now, contact=BUSINESS, camera=a_camera(address=STREET, label=LABEL))
    line = {name: form[name] for name in ("contact", "kind", "camera_details", "language", "now")}
    began = len(BOOK.lines)
    if how == "form":
        registrations.submit(**form)
    else:
        registrations.invite(**line, import_id="i-1", entered_by="c-1")
    delivered(now)
    assert found(cloud, WORDS) != []

    a_day_later(now + timedelta(days=days))

    assert found(cloud, WORDS | set(tokens_sent()), BOOK.lines[began:]) == []


def test_nothing_is_left_of_a_business_that_came_on_paper(cloud, now):
    form = a_form(now, contact=BUSINESS, camera=a_camera(address=STREET, label=LABEL))
    for name in ("invite_code", "visitor"):
        form.pop(name)
    entered = registrations.enter_paper(**form, paper=Paper("2026-11-02", FOLDER, "c-1"))
    delivered(now)
    assert FOLDER in str(found(cloud, WORDS))

    registrations.leave(entered, now=now)
    a_day_later(now)

    assert found(cloud, WORDS | set(tokens_sent())) == []


def test_a_clip_that_was_accepted_stays_with_its_case_and_nothing_else(cloud, story, now):
    """Whoever has to prove where a clip came from keeps it as it is; the pages say so."""
    before = {where for where, _ in found(cloud, canaries(story)) if where.startswith("file")}
    item = tables.ALL["clips"].get(story.clip.id)
    item.update(actions=[type(item).state.set("accepted")])
    gone(story, now)
    places = {where for where, _ in found(cloud, canaries(story), story.logged())}
    assert places <= before | {"clips", "clips/queued", "clips/of_request"}


def snapshot(cloud, names):
    pages = {
        name: cloud("dynamodb")
        .get_paginator("scan")
        .paginate(TableName=tables.ALL[name].Meta.table_name)
        for name in names
    }
    return {
        name: [item for page in found for item in page["Items"]] for name, found in pages.items()
    }


def restore(cloud, kept):
    for name, items in kept.items():
        table = tables.ALL[name]
        for item in list(table.scan()):
            item.delete()
        for item in items:
            cloud("dynamodb").put_item(TableName=table.Meta.table_name, Item=item)


def test_who_a_backup_brings_back_is_erased_again(cloud, story, now):
    kept = snapshot(cloud, RESTORED)
    gone(story, now)
    restore(cloud, kept)
    assert found(cloud, canaries(story)) != []
    later = now + timedelta(days=3)
    assert mailroom.replay_tombstones(later) == (story.owner.id,)
    assert mailroom.replay_tombstones(later) == ()
    a_day_later(later)
    assert found(cloud, canaries(story), story.logged()) == []
    assert registrations.standing(story.owner.id) == State.ERASED


def test_who_came_back_as_somebody_new_keeps_the_address(cloud, story, now):
    kept = snapshot(cloud, ("cameras",))
    old = RegistrationItem.get(story.owner.id)
    gone(story, now)
    now += timedelta(days=2)
    new = registrations.submit(**a_form(now, contact=Contact(NAME, NEW), visitor="w"))
    new = registrations.confirm(a_link(new.id, "confirm", now), now=now)
    old.save()
    restore(cloud, {"cameras": [*kept["cameras"], *snapshot(cloud, ("cameras",))["cameras"]]})
    assert mailroom.replay_tombstones(now) == (story.owner.id,)
    assert registrations.of_address(store.digest_of(NEW)) == new
    assert {item.registration_id for item in CameraItem.scan()} == {new.id}


@pytest.mark.parametrize("spot", ["row", "index", "file", "message", "log"])
def test_the_search_would_find_what_somebody_forgot(cloud, story, now, spot):
    gone(story, now)
    (digest,) = digests(NEW) & {store.digest_of(NEW)}
    lines = []
    if spot == "row":
        LimitItem(f"letter#{digest}", tally=1).save()
    elif spot == "index":
        RegistrationItem("x", created_at="x", waiting=LABEL, due_at="x").save()
    elif spot == "file":
        cloud("s3").put_object(Bucket="clips", Key=f"clips/{FILE}", Body=b"")
    elif spot == "message":
        cloud("sqs").send_message(QueueUrl=QUEUE, MessageBody=f"write to {OLD}")
    else:
        lines = [f"a letter for {NEW.upper()}"]
    assert found(cloud, canaries(story), lines) != []
