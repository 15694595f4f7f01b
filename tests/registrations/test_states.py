"""Whatever owners, strangers and the clock do, in whatever order: the promises hold."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)
from hypothesis.strategies import booleans, sampled_from

from chalicelib import audit, cameras, registrations
from chalicelib.aws import clients, tables
from chalicelib.aws.tables import CameraItem, RegistrationItem
from chalicelib.aws.transaction import Transaction
from chalicelib.errors import SightlineError
from chalicelib.geo import Circle, destination
from chalicelib.registrations import Contact, State, settling, store
from chalicelib.registrations.model import Paper, Reach
from tests.registrations.builders import CANARY, LABEL, a_camera, a_form, a_link

PERSONAL = (CANARY.name, CANARY.phone, LABEL, "Canary Street", "canary@")
LEAVES = {State.WITHDRAWN}
ARROWS = {
    State.PENDING: {State.PENDING, State.ACTIVE, State.ERASED} | LEAVES,
    State.ACTIVE: {State.ACTIVE, State.PAUSED, State.RECONFIRM_DUE} | LEAVES,
    State.PAUSED: {State.PAUSED, State.ACTIVE, State.LAPSED} | LEAVES,
    State.RECONFIRM_DUE: {State.RECONFIRM_DUE, State.ACTIVE, State.PAUSED, State.LAPSED} | LEAVES,
    State.LAPSED: {State.LAPSED, State.ACTIVE, State.ERASED} | LEAVES,
    State.WITHDRAWN: {State.WITHDRAWN, State.ERASED},
    State.ERASED: {State.ERASED},
}
SPOTS = (0, 5)
"""Places of cameras, in metres: on one of them the same camera comes back."""
runs = count()


class Killed(BaseException):
    """The process ends right before or right after a write."""


class Owners(RuleBasedStateMachine):
    """Two addresses, any number of registrations, stale pages, clock jumps and crashes."""

    ids = Bundle("ids")

    def __init__(self):
        super().__init__()
        self.run = next(runs)
        self.now = datetime(2026, 11, 20, 12, tzinfo=UTC) + timedelta(days=4000 * self.run)
        self.known = {}
        self.more = False
        self.dies = None

    def act(self, registration_id, action):
        """Do what an owner may try; a refusal changes nothing, anything else is one arrow."""
        before = {one: self.seen(one) for one in self.known}
        try:
            self.mortal(lambda: action(registrations.get(registration_id)))
        except SightlineError:
            assert {one: self.seen(one) for one in self.known} == before

    def mortal(self, work):
        """Do the work, or die at the write that was drawn."""
        listener, self.dies = self.dies, None
        if listener is None:
            return work()
        moment, number = listener
        written = count()

        def reaped(model, **_other):
            if model.name == "TransactWriteItems" and next(written) == number:
                raise Killed

        events = clients.connection().client.meta.events
        events.register(moment, reaped, unique_id="states")
        try:
            return work()
        except Killed:
            return None
        finally:
            events.unregister(moment, reaped, unique_id="states")

    def seen(self, registration_id):
        found = store.glance(registration_id)
        return found.state, found.version

    @rule(moment=sampled_from(["before-call", "after-call"]), number=sampled_from([0, 1]))
    def die_next_time(self, moment, number):
        self.dies = moment, number

    @rule(target=ids, who=sampled_from(["ann", "bob"]), spot=sampled_from(SPOTS))
    def submit(self, who, spot):
        email = f"canary@{who}{self.run}.example.com"
        contact = Contact(CANARY.name, email, CANARY.phone)
        camera = a_camera(point=destination(a_camera().point, 0, spot))
        form = a_form(self.now, contact=contact, visitor=f"{who}{self.now}", camera=camera)
        return self.begun(lambda: registrations.submit(**form))

    @rule(target=ids, who=sampled_from(["ann", "bob"]))
    def invite(self, who):
        contact = Contact(CANARY.name, f"canary@{who}{self.run}.example.com", CANARY.phone)
        form = a_form(self.now, contact=contact)
        names = ("contact", "kind", "camera_details", "language", "now")
        line = {name: form[name] for name in names}
        return self.begun(lambda: registrations.invite(**line, import_id="i-1", entered_by="c-1"))

    @rule(target=ids)
    def enter_paper(self):
        letter = {"reach": Reach.LETTER, "postal_address": "1 Canary Street"}
        form = a_form(self.now, contact=Contact(CANARY.name, "", **letter))
        for name in ("invite_code", "visitor"):
            form.pop(name)
        paper = Paper("2026-11-02", "folder 3", "c-1")
        return self.begun(lambda: registrations.enter_paper(**form, paper=paper))

    def begun(self, work):
        """Return the id of a new registration; a process that died may have made one too."""
        try:
            self.mortal(work)
        except SightlineError:
            return multiple()
        made = [item.id for item in RegistrationItem.scan() if item.state]
        new = [one for one in made if one not in self.known]
        self.known |= {one: self.seen(one) for one in new}
        return multiple(*new)

    @rule(one=ids, another=booleans())
    def confirm(self, one, another):
        token = a_link(one, "confirm", self.now)
        self.more |= another
        self.act(one, lambda _: registrations.confirm(token, now=self.now, another=another))

    @rule(one=ids)
    def confirm_twice(self, one):
        token = a_link(one, "confirm", self.now)
        for _ in range(2):
            self.act(one, lambda _: registrations.confirm(token, now=self.now))

    @rule(one=ids)
    def disown(self, one):
        token = a_link(one, "confirm", self.now)
        self.act(one, lambda _: registrations.not_me(token, now=self.now))

    @rule(one=ids, action=sampled_from([registrations.pause, registrations.resume]))
    def turn(self, one, action):
        self.act(one, lambda found: action(found, now=self.now))

    @rule(one=ids, stay_paused=booleans())
    def reconfirm(self, one, stay_paused):
        token = a_link(one, "reconfirm", self.now)
        self.act(
            one,
            lambda _: registrations.reconfirm(token, now=self.now, stay_paused=stay_paused),
        )

    @rule(one=ids)
    def confirm_by_phone(self, one):
        self.act(
            one,
            lambda found: registrations.confirm_by_phone(found, actor="officer:c-1", now=self.now),
        )

    @rule(one=ids)
    def bounce(self, one):
        self.act(one, lambda _: registrations.mark_unreachable(one, now=self.now))

    @rule(one=ids)
    def move(self, one):
        contact = Contact(CANARY.name, f"canary@moved{one}.example.com")
        self.act(one, lambda found: registrations.change_contact(found, contact, now=self.now))

    @rule(one=ids)
    def add(self, one):
        self.more = True
        self.act(one, lambda found: registrations.add_camera(found, a_camera(), now=self.now))

    @rule(one=ids)
    def remove(self, one):
        self.act(
            one,
            lambda found: registrations.remove_camera(
                found, (found.camera_ids or ("none",))[0], now=self.now
            ),
        )

    @rule(one=consumes(ids))
    def leave(self, one):
        self.act(one, lambda found: registrations.leave(found, now=self.now))

    @rule(days=sampled_from([0, 1, 7, 30, 60, 365]))
    def wait_and_sweep(self, days):
        self.now += timedelta(days=days, hours=1)
        self.mortal(lambda: registrations.sweep(now=self.now, ending=lambda _: None))

    @invariant()
    def only_drawn_arrows_and_each_counts_one(self):
        for one, (state, version) in self.known.items():
            after = self.seen(one)
            steps = audit.read_chain(f"registration#{one}")
            assert after[1] == len(steps)
            assert after[0] in reached(state, after[1] - version)
            self.known[one] = after

    @invariant()
    def found_if_and_only_if_visible(self):
        for one in self.known:
            settling.resume(one, now=self.now)
        expected = {
            camera_id
            for one in self.known
            for camera_id in store.glance(one).camera_ids
            if store.glance(one).state in {State.ACTIVE, State.RECONFIRM_DUE}
        }
        place = a_camera().point
        here = Circle(place.latitude, place.longitude, 50)
        found = cameras.find(here, scene=here)
        assert {camera.id for camera in found.cameras} & self.own_cameras() == expected

    @invariant()
    def nothing_personal_is_left_of_who_is_erased(self):
        for one in self.known:
            if registrations.standing(one) == State.ERASED:
                item = str(RegistrationItem.get(one).to_simple_dict())
                assert not [text for text in PERSONAL if text in item]
                assert RegistrationItem.get(one).contact is None
        owners = {item.registration_id for item in CameraItem.scan()}
        assert all(registrations.standing(one) != State.ERASED for one in owners)

    @invariant()
    def an_address_leads_to_one_live_registration(self):
        addresses = [
            item.registration_id for item in RegistrationItem.scan() if item.id[:6] == "email#"
        ]
        live = [one for one in self.known if store.glance(one).live]
        with_address = {one for one in live if registrations.get(one).contact.email}
        assert with_address == set(addresses)
        assert len(addresses) == len(set(addresses))

    @invariant()
    def nobody_has_the_same_camera_twice_without_saying_so(self):
        for one in self.known:
            owned = cameras.get(store.glance(one).camera_ids)
            spots = [camera.point for camera in owned]
            assert self.more or len(spots) == len(set(spots))

    @invariant()
    def what_was_agreed_to_is_known_of_everybody_who_takes_part(self):
        for one in self.known:
            found = store.glance(one)
            assert found.notice_version or not found.live

    @invariant()
    def only_who_may_has_moved_it(self):
        for one in self.known:
            actors = {entry.actor for entry in audit.read_chain(f"registration#{one}")}
            into = store.glance(one).merged_into
            assert actors <= {f"owner:{one}", f"owner:{into}", *OTHERS}

    def own_cameras(self):
        return {item.i for item in CameraItem.scan() if item.registration_id in self.known}

    def teardown(self):
        # All of it: the stand-in copies the tables of a transaction whole.
        for model in tables.ALL.values():
            for item in list(model.scan()):
                item.delete()


OTHERS = {"public", "system:sweep", "system:mail_events", "officer:c-1"}


def reached(state, steps):
    """Where so many arrows can lead; a page that was sent twice may follow two at once."""
    states = {state}
    for _ in range(steps):
        states = {after for one in states for after in ARROWS[one]}
    return states


@pytest.mark.timeout(240)
def test_the_promises_hold_whatever_happens_in_whatever_order(cloud):
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large]
    run_state_machine_as_test(
        Owners,
        settings=settings(
            max_examples=8,
            stateful_step_count=14,
            phases=[Phase.generate],
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=checks,
        ),
    )


def test_the_check_of_these_promises_would_see_a_camera_that_stayed_visible(cloud):
    owners = Owners()
    owners.submit("ann", 0)
    owners.found_if_and_only_if_visible()
    (one,) = owners.known
    transaction = Transaction()
    for camera in cameras.get(store.glance(one).camera_ids):
        cameras.show(transaction, camera, now=owners.now)
    transaction.commit()
    with pytest.raises(AssertionError):
        owners.found_if_and_only_if_visible()
