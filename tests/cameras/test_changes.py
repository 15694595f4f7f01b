"""Whatever owners do with their cameras, lookups and counters say what is so now."""

import random
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib import cameras
from chalicelib.aws import counters
from chalicelib.aws.transaction import Transaction
from chalicelib.cameras import CameraDetails
from chalicelib.geo import destination, index_key
from tests.cameras.looking import SEAM, circle, ids, look

STEPS = 60
SPREAD_M = 4000
ACTIONS = ("change", "hide", "show", "move", "remove")


class Town:
    """Cameras as their owners have left them, kept beside the tables."""

    def __init__(self, seed, now):
        self.dice = random.Random(seed)  # noqa: S311 - invented cameras
        self.now, self.cameras = now, {}

    def details(self):
        place = destination(SEAM, self.dice.uniform(0, 360), SPREAD_M * self.dice.random())
        return CameraDetails(place, accuracy_m=self.dice.choice([5, 90, 101, 1500]))

    def step(self):
        """Do one thing to one camera."""
        transaction = Transaction()
        if self.dice.random() < 0.4 or not self.cameras:
            after = self.added(transaction)
        else:
            before = self.cameras.pop(self.dice.choice(list(self.cameras)))
            after = self.done(self.dice.choice(ACTIONS), transaction, before)
        transaction.commit()
        if after is not None:
            self.cameras[after.id] = after

    def added(self, transaction):
        shown = self.dice.random() < 0.8
        return cameras.add(transaction, "r", self.details(), visible=shown, now=self.now)

    def done(self, action, transaction, camera):
        match action:
            case "hide":
                return cameras.hide(transaction, camera, now=self.now)
            case "show":
                return cameras.show(transaction, camera, now=self.now)
            case "move":
                return cameras.move_to(transaction, camera, "s", visible=True, now=self.now)
            case "remove":
                return cameras.remove(transaction, camera)
            case _:
                return cameras.change(transaction, camera, self.details(), now=self.now)

    def visible(self):
        return [camera for camera in self.cameras.values() if camera.visible]

    def counted(self):
        """Return what the counters must say."""
        cells = Counter()
        for camera in self.visible():
            partition, sort = index_key(camera.point.latitude, camera.point.longitude)
            cells[partition + (sort[0] if camera.is_point else "?")] += 1
        return dict(cells)


def stored():
    known = counters.read(list(counters.cells()))
    return {
        cell + counter: count
        for cell, counts in known.items()
        for counter, count in counts.items()
        if count
    }


@pytest.mark.parametrize("seed", range(4))
def test_lookups_and_counters_follow_everything_that_happens(cloud, expected, now, seed):
    town = Town(seed, now)
    for _ in range(STEPS):
        town.step()
    points = [camera for camera in town.visible() if camera.is_point]
    others = [camera for camera in town.visible() if not camera.is_point]
    for around in (circle(SEAM, 300), circle(SEAM, 2500), circle(destination(SEAM, 80, 900), 900)):
        found = look(around)
        assert ids(found.cameras) == expected(points, around)
        coarse = [replace(one, accuracy_m=-(-one.accuracy_m // 200) * 200) for one in others]
        assert ids(found.uncertain) == expected(coarse, around)
    counted, true = stored(), town.counted()
    assert {cell: count for cell, count in counted.items() if "?" not in cell} == {
        cell: count for cell, count in true.items() if "?" not in cell
    }
    assert all(counted.get(cell, 0) >= count for cell, count in true.items())
    cameras.recount(now=now + timedelta(days=1))
    assert stored() == true
