import pytest

from chalicelib import registrations
from chalicelib.cameras import Kind
from chalicelib.errors import InvalidInput
from chalicelib.geo import Point
from chalicelib.jurisdictions import load
from chalicelib.registrations import State
from tests.registrations.builders import a_camera, a_form

BARE = {"label": None, "heading": None}


@pytest.fixture
def minimal(cloud, monkeypatch):
    from chalicelib import settings  # noqa: PLC0415 - the cache is cleared for this programme

    monkeypatch.setenv("JURISDICTION", "palos-park")
    settings.current.cache_clear()
    outline = load("palos-park").outline
    steps = [step / 20 for step in range(21)]
    south, west, north, east = outline.bounds
    grid = (
        Point(south + (north - south) * up, west + (east - west) * along)
        for up in steps
        for along in steps
    )
    return next(point for point in grid if outline.covers(point))


@pytest.mark.parametrize(
    "extra",
    [
        {"label": "door"},
        {"heading": 0},
        {"view_angle": 90},
        {"reach_m": 10},
        {"days_kept": 0},
        {"kind": Kind.DOME},
    ],
)
def test_a_programme_that_keeps_only_the_place_refuses_more(minimal, now, extra):
    camera = a_camera(**({"point": minimal} | BARE | extra))
    with pytest.raises(InvalidInput) as refused:
        registrations.submit(**a_form(now, camera=camera))
    assert set(refused.value.fields) == set(extra)


def test_place_and_contact_are_enough(minimal, now):
    camera = a_camera(point=minimal, **BARE)
    assert registrations.submit(**a_form(now, camera=camera)).state == State.PENDING
