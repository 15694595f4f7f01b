from datetime import timedelta

import pytest

from chalicelib import audit, incidents, registrations
from chalicelib.cameras import Premises
from chalicelib.errors import InvalidInput, NotFound
from chalicelib.incidents import Fewest, camera_minutes
from chalicelib.incidents.thinning import fewest_along
from tests.incidents.builders import a_camera_at, a_search, an_escape, an_owner
from tests.officers.people import PAT, SAM

DAY = timedelta(days=1)


def along(metres, **changes):
    """A camera by the route that sees 40 m of it either way."""
    return a_camera_at(metres, 90, **({"view_angle": 360, "reach_m": 40} | changes))


def fewest(search, now, officer=PAT):
    return incidents.fewest(search.id, officer, now=now)


def test_the_fewest_homes_cover_all_that_any_camera_covers(cloud, now):
    corner = an_owner(now, "corner@example.com", along(212.5), along(712.5))
    an_owner(now, "left@example.com", along(150))
    an_owner(now, "right@example.com", along(775))
    search = a_search(PAT, now, an_escape(now))
    found = fewest(search, now)
    # In pieces of 25 m: 150 to 275 and 650 to 775 m, and from the neighbours 100 to 200 and
    # 725 to 825 m, of which half is new.
    assert (found.homes, found.coverable_m) == (3, pytest.approx(350, abs=0.1))
    assert found.covered_m == pytest.approx(found.coverable_m)
    assert set(corner.camera_ids) <= set(found.camera_ids)


def test_a_home_whose_view_others_have_too_is_left_alone(cloud, now):
    wide = an_owner(now, "wide@example.com", along(500, reach_m=118))
    an_owner(now, "narrow@example.com", along(450), along(550))
    search = a_search(PAT, now, an_escape(now))
    [result] = [one for one in search.results if one.camera_id == wide.camera_ids[0]]
    assert fewest(search, now) == Fewest(
        camera_ids=wide.camera_ids,
        homes=1,
        camera_minutes=camera_minutes([result]),
        covered_m=pytest.approx(250, abs=0.1),
        coverable_m=pytest.approx(250, abs=0.1),
        length_m=pytest.approx(1000, abs=0.1),
    )


def test_one_home_with_two_cameras_is_better_than_two_homes_with_one(cloud, now):
    both = an_owner(now, "both@example.com", along(212.5), along(712.5))
    an_owner(now, "one@example.com", along(212.5))
    an_owner(now, "other@example.com", along(712.5))
    found = fewest(a_search(PAT, now, an_escape(now)), now)
    assert (found.homes, set(found.camera_ids)) == (1, set(both.camera_ids))


def test_recordings_that_are_gone_cover_nothing(cloud, now):
    an_owner(now, "gone@example.com", along(500, reach_m=120, days_kept=0))
    left = an_owner(now, "left@example.com", along(500))
    found = fewest(a_search(PAT, now, an_escape(now, starts_at=now - DAY)), now)
    assert found.camera_ids == left.camera_ids


def test_a_camera_that_has_gone_since_covers_nothing(cloud, now):
    wide = an_owner(now, "wide@example.com", along(500, reach_m=120))
    stays = an_owner(now, "stays@example.com", along(500))
    search = a_search(PAT, now, an_escape(now))
    registrations.pause(wide, now=now)
    assert fewest(search, now).camera_ids == stays.camera_ids


def test_who_may_look_that_way_counts_only_where_nobody_surely_does(cloud, now):
    unknown = {"view_angle": None, "heading": None}
    surely = an_owner(now, "surely@example.com", along(500))
    wider = an_owner(now, "wider@example.com", along(500, **unknown, reach_m=120))
    an_owner(now, "there@example.com", along(500, **unknown, reach_m=30))
    found = fewest(a_search(PAT, now, an_escape(now)), now)
    assert set(found.camera_ids) == {*surely.camera_ids, *wider.camera_ids}


def test_a_camera_that_no_home_has_any_more_is_not_counted_on(cloud, now):
    an_owner(now, "a@example.com", along(500, reach_m=120))
    other = an_owner(now, "b@example.com", along(500))
    search = a_search(PAT, now, an_escape(now))
    found = fewest_along(search.incident.region, search.results, {other.camera_ids[0]: "b"})
    assert (found.camera_ids, found.coverable_m) == (other.camera_ids, pytest.approx(100, abs=0.1))


def test_a_camera_that_looks_away_or_is_hardly_located_is_not_counted_on(cloud, now):
    an_owner(now, "away@example.com", a_camera_at(20, 0, heading=0, view_angle=60, reach_m=60))
    an_owner(now, "vague@example.com", along(500, accuracy_m=1000))
    search = a_search(PAT, now, an_escape(now))
    found = fewest(search, now)
    assert len(search.shown) == 2
    assert (found.camera_ids, found.homes, found.coverable_m) == ((), 0, 0)


def test_where_there_is_no_camera_nobody_is_asked(cloud, now):
    found = fewest(a_search(PAT, now, an_escape(now)), now)
    assert (found.camera_ids, found.homes, found.camera_minutes) == ((), 0, 0)


def test_choosing_the_fewest_is_recorded_without_saying_who_they_are(cloud, now):
    owner = an_owner(now, "a@example.com", along(500, premises=Premises.BUSINESS))
    search = a_search(PAT, now, an_escape(now))
    found = fewest(search, now)
    *_, entry = audit.read_chain(f"search#{search.id}")
    assert (entry.event, entry.actor, entry.case_number) == (
        "search:fewest",
        "officer:pat",
        "26-104417",
    )
    assert entry.detail == {
        "search_id": search.id,
        "camera_ids": list(owner.camera_ids),
        "homes": 1,
        "camera_minutes": found.camera_minutes,
    }
    assert owner.id not in str(found)


def test_only_ones_own_search_along_a_route_can_be_thinned_out(cloud, now):
    route, circle = a_search(PAT, now, an_escape(now)), a_search(PAT, now)
    with pytest.raises(NotFound):
        fewest(route, now, officer=SAM)
    with pytest.raises(InvalidInput) as refused:
        fewest(circle, now)
    assert set(refused.value.fields) == {"route"}
