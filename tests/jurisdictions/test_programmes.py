import json
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from chalicelib.geo import Point
from chalicelib.jurisdictions import linter, load, reader

ROOT = Path(__file__).parents[2]
REAL = ("independence", "lancashire", "liberty", "palos-park", "staffordshire")
ALL = (*REAL, "demo")
CRIME, MISSING = "Criminal investigation", "Missing person"

INSIDE = {
    "liberty": Point(39.2461, -94.4191),
    "independence": Point(39.0911, -94.4155),
    "palos-park": Point(41.6675, -87.8300),
    "lancashire": Point(53.7632, -2.7031),
    "staffordshire": Point(52.8070, -2.1170),
    "demo": Point(40.0, -98.0),
}


def said(programme):
    texts = json.dumps(linter.msgspec.to_builtins(programme.texts), ensure_ascii=False)
    return " ".join(
        [texts, *programme.words.values(), *(one.advice for one in programme.neighbours)]
    )


def test_there_are_five_real_programmes_and_the_demo():
    assert set(reader.ids()) >= set(ALL)


@pytest.mark.parametrize("name", ALL)
def test_each_programme_lints_clean(name):
    assert linter.problems(name) == ()


def test_all_programmes_have_the_same_words():
    assert len({frozenset(load(name).words) for name in ALL}) == 1
    american, british = reader.language_words("en-US"), reader.language_words("en-GB")
    assert list(american) == list(british)


def test_no_word_hides_behind_a_method_of_its_mapping():
    assert not set(load("demo").words) & set(dir({}))


@pytest.mark.parametrize("name", ALL)
def test_no_text_has_an_unfilled_name_or_a_broken_line(name):
    filled = json.dumps(linter.msgspec.to_builtins(load(name).texts))
    assert "{force}" not in filled
    assert "\\n" not in filled


@pytest.mark.parametrize(("name", "point"), INSIDE.items())
def test_each_area_covers_its_own_place_and_no_other(name, point):
    assert [other for other in ALL if load(other).covers(point)] == [name]


def test_somebody_outside_is_told_where_to_go_instead():
    liberty = load("liberty")
    smithville, plymouth = Point(39.387, -94.581), Point(50.37, -4.14)
    assert liberty.neighbour_for(smithville).name == "Smithville Police Department"
    assert liberty.neighbour_for(INSIDE["independence"]).name == "Independence Police Department"
    assert liberty.neighbour_for(plymouth).name == "the police where the camera is"


def test_liberty_may_look_for_missing_people_and_two_others_may_not():
    groups = {name: {one.group for one in load(name).purposes} for name in REAL}
    assert groups == {
        "liberty": {CRIME, MISSING},
        "lancashire": {CRIME, MISSING},
        "staffordshire": {CRIME, MISSING},
        "independence": {CRIME},
        "palos-park": {CRIME},
    }


def test_only_palos_park_keeps_the_minimum_and_only_the_brochure_has_a_paper_form():
    assert [name for name in REAL if load(name).fields == "minimal"] == ["palos-park"]
    assert [name for name in REAL if load(name).paper_entry] == ["independence"]


def test_only_staffordshire_asks_for_an_invite_code_and_shows_a_banner():
    assert [name for name in REAL if load(name).pilot] == ["staffordshire"]
    assert [name for name in REAL if load(name).invite_codes_required] == ["staffordshire"]
    assert load("staffordshire").texts.phase_banner.startswith("This is an internal test.")


def test_an_invite_code_is_known_by_its_digest_however_it_is_typed():
    pilot, today = load("staffordshire"), date(2026, 12, 1)
    codes = (" staffs-pilot-2026 ", "STAFFS-PILOT", "")
    assert [pilot.accepts_invite(code, today) for code in codes] == [True, False, False]
    assert load("liberty").accepts_invite("", today)


def test_an_invite_code_and_a_test_run_have_a_last_day():
    pilot = load("staffordshire")
    (one,) = pilot.invitations
    days = (one.ends_on, one.ends_on + timedelta(days=1))
    assert [pilot.accepts_invite("STAFFS-PILOT-2026", day) for day in days] == [True, False]
    assert pilot.date_words(pilot.pilot_ends) == "30 June 2027"
    assert (load("liberty").pilot_ends, load("liberty").invitations) == (None, ())


def test_today_is_the_day_where_the_force_is():
    late = datetime(2027, 6, 30, 23, 30, tzinfo=UTC)
    assert load("staffordshire").today(late) == date(2027, 7, 1)
    assert load("liberty").today(late) == date(2027, 6, 30)


def test_nothing_marks_an_entry_as_police_staff():
    shown = {key for key in load("staffordshire").words if "staff" in key or "colleague" in key}
    assert shown == set()


@pytest.mark.parametrize(
    ("name", "phrases"),
    [
        ("liberty", ["password", "remote or real-time access", "missing", "at any time"]),
        ("independence", ["no obligation", "do not monitor", "secure map", "brochure", "nearby"]),
        ("lancashire", ["request online", "only ever hold what you chose", "recording device"]),
        ("palos-park", ["confidential", "only where your cameras are", "costs nothing", "Sample"]),
        ("staffordshire", ["Nothing in the register marks", "never appears on a public map"]),
    ],
)
def test_the_promises_made_in_public_are_on_the_start_page(name, phrases):
    promises = " ".join(load(name).texts.promises)
    assert [phrase for phrase in phrases if phrase not in promises] == []


@pytest.mark.parametrize("name", REAL)
def test_american_programmes_speak_american_and_british_ones_british(name):
    programme = load(name)
    foreign = {
        "US": {"postcode", "neighbour", "neighbours", "colour", "programme", "999"},
        "GB": {"zip", "neighbor", "neighbors", "color", "program", "911"},
    }
    words = set(re.findall(r"\w+", said(programme).casefold()))
    assert words.isdisjoint(foreign[programme.country])


@pytest.mark.parametrize("name", REAL)
def test_whatever_could_be_real_is_an_announced_placeholder(name):
    warned = " ".join(linter.warnings(name))
    for key in ("contact.email", "contact.phone", "neighbours.link"):
        assert f"{key}: " in warned


@pytest.mark.parametrize("name", ALL)
def test_each_programme_has_a_stack_in_its_own_country(name):
    stack = json.loads((ROOT / "infra" / "stacks" / f"{name}.json").read_text("utf-8"))
    region = {"US": "us-east-2", "GB": "eu-west-2"}[load(name).country]
    assert stack["region"] == region
    assert stack["parameters"]["SiteUrl"].endswith(".example")
    assert stack["parameters"]["OfficerMfa"] == "required"
