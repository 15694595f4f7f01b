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
from hypothesis.strategies import sampled_from

from chalicelib import audit, cameras, registrations
from chalicelib.aws.tables import CameraItem, RegistrationItem
from chalicelib.errors import SightlineError
from chalicelib.geo import Circle
from chalicelib.registrations import Contact, State, store
from tests.registrations.builders import CANARY, LABEL, a_camera, a_form, a_link

PERSONAL = (CANARY.name, CANARY.phone, LABEL, "Canary Street", "canary@")
ARROWS = {
    State.PENDING: {State.PENDING, State.ACTIVE, State.WITHDRAWN, State.ERASED},
    State.ACTIVE: {State.ACTIVE, State.PAUSED, State.WITHDRAWN},
    State.PAUSED: {State.PAUSED, State.ACTIVE, State.WITHDRAWN},
    State.WITHDRAWN: {State.WITHDRAWN, State.ERASED},
    State.ERASED: {State.ERASED},
}
runs = count()


class Owners(RuleBasedStateMachine):
    """Two addresses, any number of registrations, and pages that may be out of date."""

    ids = Bundle("ids")

    def __init__(self):
        super().__init__()
        self.run = next(runs)
        self.now = datetime(2026, 11, 20, 12, tzinfo=UTC) + timedelta(days=400 * self.run)
        self.known = {}

    def act(self, registration_id, action):
        """Do what an owner may try; a refusal changes nothing, anything else is one arrow."""
        before = {one: self.seen(one) for one in self.known}
        try:
            action(registrations.get(registration_id))
        except SightlineError:
            assert {one: self.seen(one) for one in self.known} == before

    def seen(self, registration_id):
        found = store.glance(registration_id)
        return found.state, found.version

    @rule(target=ids, who=sampled_from(["ann", "bob"]))
    def submit(self, who):
        email = f"canary@{who}{self.run}.example.com"
        contact = Contact(CANARY.name, email, CANARY.phone)
        form = a_form(self.now, contact=contact, visitor=f"{who}{self.now}")
        try:
            made = registrations.submit(**form)
        except SightlineError:
            return multiple()
        self.known[made.id] = (made.state, made.version)
        return made.id

    @rule(one=ids)
    def confirm(self, one):
        token = a_link(one, "confirm", self.now)
        self.act(one, lambda _: registrations.confirm(token, now=self.now))

    @rule(one=ids)
    def disown(self, one):
        token = a_link(one, "confirm", self.now)
        self.act(one, lambda _: registrations.not_me(token, now=self.now))

    @rule(one=ids, action=sampled_from([registrations.pause, registrations.resume]))
    def turn(self, one, action):
        self.act(one, lambda found: action(found, now=self.now))

    @rule(one=ids)
    def add(self, one):
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

    @rule(days=sampled_from([0, 1, 7]))
    def wait_and_sweep(self, days):
        self.now += timedelta(days=days, hours=1)
        registrations.erase_due(now=self.now)

    @invariant()
    def only_drawn_arrows_and_each_counts_one(self):
        for one, (state, version) in self.known.items():
            after = self.seen(one)
            assert after[0] in ARROWS[state]
            assert after[1] - version in {0, 1}
            assert after[1] == len(audit.read_chain(f"registration#{one}"))
            self.known[one] = after

    @invariant()
    def found_if_and_only_if_active(self):
        expected = {
            camera_id
            for one in self.known
            for camera_id in store.glance(one).camera_ids
            if store.glance(one).state == State.ACTIVE
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
        assert set(live) <= set(addresses)
        assert len(addresses) == len(set(addresses))

    def own_cameras(self):
        return {item.i for item in CameraItem.scan() if item.registration_id in self.known}

    def teardown(self):
        for model in (CameraItem, RegistrationItem):
            for item in model.scan():
                item.delete()


@pytest.mark.timeout(120)
def test_the_promises_hold_whatever_happens_in_whatever_order(cloud):
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large]
    run_state_machine_as_test(
        Owners,
        settings=settings(
            max_examples=12,
            stateful_step_count=14,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=checks,
        ),
    )


def test_the_check_of_these_promises_would_see_a_camera_that_stayed_visible(cloud):
    class Careless(Owners):
        @rule(one=Owners.ids)
        def show_anyway(self, one):
            from chalicelib.aws.transaction import Transaction  # noqa: PLC0415 - only here

            for camera in cameras.get(registrations.get(one).camera_ids):
                transaction = Transaction()
                cameras.show(transaction, camera, now=self.now)
                transaction.commit()

    with pytest.raises(AssertionError):
        run_state_machine_as_test(
            Careless,
            settings=settings(
                max_examples=20,
                stateful_step_count=8,
                suppress_health_check=[HealthCheck.too_slow],
                deadline=None,
                derandomize=True,
                database=None,
                phases=[Phase.generate],
            ),
        )
