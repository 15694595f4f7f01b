from datetime import timedelta
from shutil import copyfile

import pytest

from chalicelib import audit, incidents, registrations, settings
from chalicelib.aws import clients
from chalicelib.aws.transaction import Transaction
from chalicelib.errors import InvalidInput, LimitExceeded, NotFound, TooManyRequests
from chalicelib.incidents import store
from chalicelib.incidents.geojson import region_as_json
from chalicelib.jurisdictions import reader
from tests.incidents.builders import (
    a_camera_at,
    a_circle,
    a_route,
    a_search,
    a_square,
    an_escape,
    an_incident,
    an_owner,
    off,
)
from tests.officers.people import PAT, SAM


def shown(search):
    return {result.camera_id for result in search.results}


def test_a_search_shows_the_cameras_within_reach_and_no_others(cloud, now):
    near = an_owner(now, "a@example.com", a_camera_at(40), a_camera_at(150))
    an_owner(now, "b@example.com", a_camera_at(400))
    assert shown(a_search(PAT, now)) == set(near.camera_ids)


def test_a_search_is_recorded_with_who_why_where_and_what_was_shown(cloud, now):
    owner = an_owner(now, "a@example.com")
    search = a_search(PAT, now)
    [entry] = audit.read_chain(f"search#{search.id}")
    assert (entry.event, entry.actor, entry.case_number) == (
        "search:run",
        "officer:pat",
        "26-104417",
    )
    assert entry.detail["camera_ids"] == list(owner.camera_ids)
    assert entry.detail["reason"] == "Burglary reported by the householder"


def test_a_result_tells_nothing_of_its_owner(cloud, now):
    an_owner(now, "a@example.com", a_camera_at(40, label="my secret label"))
    [result] = a_search(PAT, now).results
    assert not {"a@example.com", "my secret label", "40 Canary Street"} & {
        str(getattr(result, name)) for name in result.__slots__
    }


def test_a_refused_search_is_recorded_without_what_was_typed(cloud, now):
    with pytest.raises(InvalidInput):
        a_search(PAT, now, reason="my ex", case_number="Jane Doe, 12 Elm St\x00")
    [entry] = audit.read_chain("officer#pat")
    assert (entry.event, entry.case_number, entry.detail) == (
        "search:refused",
        None,
        {"reason": "invalid: case_number, reason"},
    )


def test_ones_own_search_can_be_opened_again_and_that_is_recorded(cloud, now):
    owner = an_owner(now, "a@example.com")
    search = a_search(PAT, now)
    again = incidents.view(search.id, PAT, now=now + timedelta(days=1))
    assert (again.incident, again.at, shown(again)) == (
        search.incident,
        now,
        set(owner.camera_ids),
    )
    assert [entry.event for entry in audit.read_chain(f"search#{search.id}")] == [
        "search:run",
        "search:view",
    ]


def test_a_search_of_somebody_else_or_of_long_ago_is_not_there(cloud, now):
    search = a_search(PAT, now)
    for officer, at in ((SAM, now), (PAT, now + timedelta(days=30))):
        with pytest.raises(NotFound):
            incidents.view(search.id, officer, now=at)
        with pytest.raises(NotFound):
            incidents.incident_of(search.id, officer, now=at)


def test_a_search_opened_again_shows_no_camera_that_came_or_went_since(cloud, now):
    an_owner(now, "stays@example.com", a_camera_at(30))
    goes = an_owner(now, "goes@example.com", a_camera_at(50))
    search = a_search(PAT, now)
    an_owner(now, "comes@example.com", a_camera_at(60))
    registrations.pause(goes, now=now)
    assert shown(incidents.view(search.id, PAT, now=now)) == shown(search) - set(goes.camera_ids)


def test_an_officer_sees_only_so_many_different_cameras_a_day(cloud, now):
    an_owner(now, "a@example.com")
    transaction = Transaction()
    store.add_seen(transaction, "pat", {f"camera {number}" for number in range(400)}, now)
    transaction.commit()
    with pytest.raises(TooManyRequests):
        a_search(PAT, now)
    assert [entry.detail for entry in audit.read_chain("officer#pat")] == [
        {"reason": "daily quota"}
    ]
    later = now + timedelta(days=1)
    assert incidents.search(an_incident(now), PAT, now=later).results


def test_whoever_has_seen_enough_cannot_feel_their_way_to_the_others(cloud, now, asked):
    an_owner(now, "a@example.com")
    transaction = Transaction()
    store.add_seen(transaction, "pat", {f"camera {number}" for number in range(400)}, now)
    transaction.commit()
    asked.clear()
    for _ in range(7):
        with pytest.raises(TooManyRequests):
            a_search(PAT, now)
    assert len(asked) == 5
    with pytest.raises(TooManyRequests):  # even where nobody is: the answer tells nothing
        a_search(PAT, now, region=a_circle(10, off(900)))
    assert a_search(SAM, now).results
    assert len(audit.read_chain("officer#pat")) == 8


@pytest.fixture
def small_programme(cloud, tmp_path, monkeypatch):
    """The demo town, where a search shows two cameras at most."""
    text = (reader.HERE / "demo.toml").read_text("utf-8")
    text = text.replace("cameras_per_search = 200", "cameras_per_search = 2")
    text = text.replace('gazetteer = "file"', 'gazetteer = "none"')
    (tmp_path / "small.toml").write_text(text, "utf-8")
    copyfile(reader.HERE / "demo.outline.geojson", tmp_path / "small.outline.geojson")
    monkeypatch.setenv("JURISDICTIONS_PATH", str(tmp_path))
    monkeypatch.setenv("JURISDICTION", "small")
    settings.current.cache_clear()


def test_more_than_may_be_shown_are_left_out_and_that_is_said(cloud, now, small_programme):
    sure = [a_camera_at(metres) for metres in (60, 20, 40)]
    near = an_owner(now, "a@example.com", *sure, a_camera_at(10, accuracy_m=500))
    search = a_search(PAT, now)
    assert [(one.number, one.camera_id) for one in search.shown] == [
        (1, near.camera_ids[1]),
        (2, near.camera_ids[2]),
    ]
    assert search.truncated
    assert incidents.view(search.id, PAT, now=now) == search


def test_the_same_cameras_count_once(cloud, now):
    an_owner(now, "a@example.com")
    a_search(PAT, now)
    a_search(PAT, now)
    transaction = Transaction()
    assert store.add_seen(transaction, "pat", (), now) == 1


@pytest.fixture
def meanwhile(cloud):
    """Run something, once, when the next transaction is on its way to the tables."""
    events, waiting = clients.connection().client.meta.events, []

    def before(**_):
        if waiting:
            waiting.pop()()

    events.register("before-call.dynamodb.TransactWriteItems", before)
    yield waiting.append
    events.unregister("before-call.dynamodb.TransactWriteItems", before)


def test_searching_in_two_windows_at_once_refuses_neither(cloud, now, meanwhile):
    an_owner(now, "a@example.com")
    others = []
    meanwhile(lambda: others.append(a_search(PAT, now, case_number="26-2")))

    mine = a_search(PAT, now)

    assert [len(search.results) for search in (mine, *others)] == [1, 1]
    for search, case in ((mine, "26-104417"), (others[0], "26-2")):
        [entry] = audit.read_chain(f"search#{search.id}")
        assert (entry.event, entry.case_number) == ("search:run", case)


@pytest.mark.parametrize(
    ("region", "shape", "size"),
    [
        (a_circle(152), "circle", {"radius_m": 152}),
        (a_square(200), "area", {"area_m2": 40_000}),
        (a_route(1000, 60), "route", {"half_width_m": 60, "length_m": 1000}),
    ],
)
def test_the_record_names_the_shape_its_size_and_where_it_was(cloud, now, region, shape, size):
    search = a_search(PAT, now, region=region, only_seeing=True)
    [entry] = audit.read_chain(f"search#{search.id}")
    detail = dict(entry.detail)
    area = detail["size"].get("area_m2")
    assert detail["shape"] == shape
    assert detail["size"] == pytest.approx(size, rel=0.01)
    assert area is None or isinstance(area, int)
    assert detail["region"] == region_as_json(region, 5)
    assert (detail["only_seeing"], detail["speeds"]) == (True, None)
    assert audit.verify(f"search#{search.id}") is None


def test_the_record_of_an_escape_names_its_speeds(cloud, now):
    search = a_search(PAT, now, an_escape(now, slowest_mps=1.5, fastest_mps=5))
    [entry] = audit.read_chain(f"search#{search.id}")
    assert (entry.detail["shape"], entry.detail["speeds"]) == ("route", [1.5, 5])


def test_an_area_finds_what_stands_in_it_and_no_more(cloud, now):
    inside = an_owner(now, "a@example.com", a_camera_at(95, 0), a_camera_at(130, 45))
    an_owner(now, "b@example.com", a_camera_at(125, 0), a_camera_at(160, 45))
    search = a_search(PAT, now, region=a_square(200))
    assert shown(search) == set(inside.camera_ids)
    assert {result.distance_m for result in search.results} == {0}


def test_along_an_escape_each_camera_has_a_window_of_its_own(cloud, now):
    owner = an_owner(now, "a@example.com", *[a_camera_at(metres, 90) for metres in (900, 100, 500)])
    search = a_search(PAT, now, an_escape(now))
    found = {result.camera_id: result for result in search.results}
    far, near, middle = (found[camera_id] for camera_id in owner.camera_ids)
    assert near.starts_at < middle.starts_at < far.starts_at
    assert near.ends_at < middle.ends_at < far.ends_at
    assert [round(one.along_m) for one in (near, middle, far)] == [100, 500, 900]
    again = incidents.view(search.id, PAT, now=now)
    assert again == search


def test_only_those_who_can_see_it_may_be_asked_for(cloud, now):
    looks = a_camera_at(60, 0, heading=180, view_angle=60, reach_m=80)
    away = a_camera_at(50, 0, heading=0, view_angle=60, reach_m=80)
    outside = a_camera_at(200, 90, heading=270, view_angle=60, reach_m=250)
    owner = an_owner(now, "a@example.com", looks, away, outside)
    every = a_search(PAT, now, region=a_circle(100))
    seeing = a_search(PAT, now, region=a_circle(100), only_seeing=True)
    near, turned, far = owner.camera_ids
    assert (shown(every), shown(seeing)) == ({near, turned}, {near, far})
    assert [(one.camera_id, one.faces) for one in seeing.results] == [(near, True), (far, True)]


def test_a_camera_hardly_located_is_shown_apart_numbered_on_and_recorded(cloud, now):
    sure = an_owner(now, "a@example.com", a_camera_at(40))
    vague = an_owner(now, "b@example.com", a_camera_at(100, accuracy_m=1000))
    search = a_search(PAT, now)
    assert [(one.number, one.camera_id, one.certainty) for one in search.shown] == [
        (1, sure.camera_ids[0], "definite"),
        (2, vague.camera_ids[0], "uncertain"),
    ]
    assert shown(search) == set(sure.camera_ids)
    [entry] = audit.read_chain(f"search#{search.id}")
    assert entry.detail["camera_ids"] == [*sure.camera_ids, *vague.camera_ids]
    assert incidents.view(search.id, PAT, now=now) == search


@pytest.fixture
def asked(cloud):
    """The calls to the index, by name."""
    events, names = clients.client(clients.INDEX).meta.events, []

    def note(model, **_):
        names.append(model.name)

    events.register("before-call.dynamodb", note)
    yield names
    events.unregister("before-call.dynamodb", note)


@pytest.mark.parametrize("region", [a_circle(700), a_route(half_width_m=200), a_square(2000)])
def test_nothing_is_looked_up_for_a_search_that_may_not_be_run(now, asked, region):
    with pytest.raises(LimitExceeded):
        a_search(PAT, now, region=region)
    assert asked == []
    a_search(PAT, now)
    assert set(asked) == {"Query"}
